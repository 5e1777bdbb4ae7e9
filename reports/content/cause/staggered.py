"""A staggered start asked in other ways: the careful figure, the one to be warned of, and the picture over time."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.assumptions import Assumptions
from reports.charts.specs import Intervals, Series
from reports.content.parts import Explanation, Figure, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

MOST_DRIFT = 5.0  # the search ends here
HALF_YEAR = 6
GOOD_POWER = 0.8  # from here on it says something that a check saw nothing


def staggered(source: Source, rows: pd.DataFrame) -> list[Part]:
    """Beside each other: the headline, the careful figure, the old way of computing, and the drift it can bear."""
    beside = source.by_domain("staggered", "effect_group_time")
    body = []
    for _, row in rows.iterrows():
        domain, checks = str(row["life_domain"]), Assumptions.of(str(row["assumptions"]))
        body.append(
            (
                terms.domain(domain),
                dutch.signed(row["estimate"]),
                with_margin(beside.get(domain)),
                dutch.signed(checks.number("two_way", "estimate")),
                _drift_words(checks.number("drift_that_would_undo_it", "m_bar"), beside.get(domain)),
            )
        )
    table = Table(
        "Het hoofdcijfer naast andere rekenwijzen",
        (
            "Leefgebied",
            "Hoofdcijfer",
            "Team voor team vergeleken (marge)",
            "Waarschuwing: oude rekenwijze",
            "Zoveel scheefheid kan het hebben",
        ),
        tuple(body),
        texts=frozenset({2, 4}),
    )
    return [
        Text(
            "Het hoofdcijfer gebruikt alle mensen die nog niet onder de nieuwe werkwijze vielen. De tweede kolom "
            "gebruikt per team alleen de periode net voor de start. Dat vraagt minder aannamen en geeft een ruimere "
            "marge. Liggen die twee dicht bij elkaar, dan hangt de uitkomst niet aan de rekenwijze."
        ),
        table,
        Text(
            "De oude rekenwijze (twee-weg) staat er als waarschuwing. Zij gebruikt ook teams die al begonnen zijn als "
            "vergelijking. Dat gaat mis als het verschil per team of in de tijd anders is. Gebruik dat getal niet."
        ),
        Text(
            "De laatste kolom zegt hoe scheef de vergelijking mag zijn. Bij 1 mogen de groepen na de start evenveel "
            "uit elkaar lopen als het meeste dat vóór de start te zien was, en blijft het verschil toch duidelijk. "
            "Deze toets gebruikt de voorzichtige tweede kolom."
        ),
        *_power(rows),
        *_by_time(source, _powers(rows)),
    ]


def _powers(rows: pd.DataFrame) -> list[float]:
    """How often the check on drift would have seen one that makes the whole effect, per outcome where that is known."""
    found = (Assumptions.of(str(text)).number("pre_trend", "power") for text in rows["assumptions"])
    return [one for one in found if one is not None]


def _power(rows: pd.DataFrame) -> list[Part]:
    """What the check on the time before the start could have seen, and what is left under what it could not exclude."""
    body = []
    for _, row in rows.iterrows():
        checks = Assumptions.of(str(row["assumptions"]))
        slope, explaining, power = (
            checks.number("pre_trend", name) for name in ("slope_per_period", "slope_explaining", "power")
        )
        if slope is None or explaining is None or power is None:
            continue
        furthest, left = (checks.number("drift_not_excluded", name) for name in ("per_period", "estimate"))
        seen = f"in {round(100 * power)} van de 100 keer"
        figures = (slope, explaining, furthest, left)
        shown = [dutch.signed(one) for one in figures]
        body.append((terms.domain(str(row["life_domain"])), *shown[:2], seen, *shown[2:]))
    if not body:
        return []
    columns = (
        "Leefgebied",
        "Gevonden scheefgroei per halfjaar",
        "Scheefgroei die het hele verschil maakt",
        "Had de toets die gezien?",
        "Scheefgroei die niet is uit te sluiten",
        "Verschil dat dan overblijft",
    )
    return [
        Text(
            "Liepen de teams vóór de start al uiteen? De toets daarop is niet verzacht voor het aantal uitkomsten. "
            "Vond hij niets, dan kan hij ook te weinig hebben kunnen zien. Daarom staat hieronder hoe vaak hij een "
            "scheefgroei had gezien die het hele verschil zou verklaren. De laatste kolommen gaan uit van de grootste "
            "scheefgroei die de cijfers nog toelaten."
        ),
        Table("Wat de toets op gelijk oplopen kon zien", columns, tuple(body), texts=frozenset({3})),
    ]


def _drift_words(m_bar: float | None, careful: pd.Series | None) -> str:
    """How far groups may drift apart before the careful figure is no longer clear."""
    if m_bar is None or careful is None:
        return "niet na te gaan: te weinig perioden vóór de start"
    if m_bar > 0:
        return f"meer dan {MOST_DRIFT:.0f} keer" if m_bar >= MOST_DRIFT else f"{dutch.decimal(m_bar)} keer"
    is_clear = careful["ci_low"] > 0 or careful["ci_high"] < 0
    return "geen: elke scheefheid maakt het onzeker" if is_clear else "geen: ook zonder scheefheid niet zeker"


def _by_time(source: Source, powers: list[float]) -> list[Part]:
    """A picture per leading life domain by time since the start: before it there should be nothing."""
    rows = source.claims_of_companions
    rows = rows[rows["measure"].str.match(r"(effect|placebo)_at_") & rows["estimate"].notna()]
    if rows.empty:
        return []
    rows = rows.assign(time=rows["measure"].str.rpartition("_")[2].astype(int)).sort_values("time", kind="stable")
    figures = [_figure(str(domain), group) for domain, group in rows.groupby("life_domain", sort=False)]
    return [*figures, Text(_before_words(rows, powers))]


def _figure(domain: str, rows: pd.DataFrame) -> Figure:
    moments = tuple(map(_moment, rows["time"]))
    series = tuple(
        Series(name, *(tuple(rows[column].where(chosen).astype(float)) for column in ("estimate", "ci_low", "ci_high")))
        for name, chosen in (
            ("vóór de start: hoort nul te zijn", rows["time"] < 0),
            ("vanaf de start", rows["time"] >= 0),
        )
    )
    body = tuple(
        (
            moment,
            dutch.signed(row["estimate"]),
            dutch.between(row["ci_low"], row["ci_high"], dutch.signed),
            dutch.count(row["n_clients"]),
        )
        for moment, (_, row) in zip(moments, rows.iterrows(), strict=True)
    )
    name = terms.domain(domain)
    return Figure(
        f"{name}: het verschil per halfjaar, vóór en na de start",
        Intervals(moments, series, "punten op de schaal van 1 tot 5", 1.0, dutch.signed),
        Table(
            f"{name}: verschil in punten per halfjaar van binnenkomst",
            ("Halfjaar van binnenkomst", "Verschil", "Marge (95%)", "Mensen"),
            body,
        ),
        Explanation(
            "Per halfjaar: de verandering van deze teams min die van teams die toen nog niet begonnen waren, beide "
            "ten opzichte van de laatste periode vóór de start.",
            "per halfjaar verschillend, zie de tabel",
            "Alleen halfjaren waarin minstens twee teams iets kunnen zeggen. Mensen die half onder de oude en half "
            "onder de nieuwe werkwijze vielen, tellen niet mee: daarom is er een gat vlak voor de start.",
            "Zonder de aanpak waren de teams gelijk opgelopen.",
        ),
        "Met weinig teams in een halfjaar is de marge breed.",
    )


def _before_words(rows: pd.DataFrame, powers: list[float]) -> str:
    before = rows[rows["time"] < 0]
    if before.empty:
        return "Van vóór de start zijn er te weinig perioden. Of de groepen toen gelijk opliepen, is niet na te gaan."
    apart = before[(before["ci_low"] > 0) | (before["ci_high"] < 0)]
    if apart.empty:
        nothing = "Vóór de start is er op geen van deze leefgebieden een duidelijk verschil."
        return f"{nothing} {_weight_of_nothing(powers)}"
    names = dutch.listed(map(terms.domain, dict.fromkeys(apart["life_domain"])))
    return f"Al vóór de start is er een duidelijk verschil op {names}. Vertrouw de uitkomst daar minder."


def _weight_of_nothing(powers: list[float]) -> str:
    """What it is worth that nothing was seen before the start: as much as the check could have seen."""
    if powers and min(powers) >= GOOD_POWER:
        return (
            "Dat steunt de vergelijking, maar bewijzen kan het niets: ook bij een echt verschil kunnen de marges door "
            "de nul lopen."
        )
    if not powers:
        return "Hoeveel dat zegt, is niet na te gaan."
    low, high = round(100 * min(powers)), round(100 * max(powers))
    often = f"{low} tot {high}" if high > low else f"{low}"
    return (
        f"Dat zegt weinig: een scheefgroei die het hele verschil maakt, had de toets maar in {often} van de 100 keer "
        "gezien. Of de groepen vóór de start gelijk opliepen, blijft dus een aanname."
    )


def _moment(time: int) -> str:
    months = abs(time) * HALF_YEAR
    if time < 0:
        return f"{months} maanden vóór de start"
    return "bij de start" if time == 0 else f"{months} maanden na de start"


def with_margin(row: pd.Series | None) -> str:
    """The figure of a companion in points, with its margin."""
    if row is None:
        return dutch.NOT_SHOWN
    return dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], dutch.signed)
