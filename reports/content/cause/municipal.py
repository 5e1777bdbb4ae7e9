"""This municipality beside a mix of others, in public figures: a comparison for a start on one day for everybody."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.certainty import RARE
from reports.charts.specs import Course, Courses
from reports.content.parts import Explanation, Figure, Heading, Part, Points, Table, Text
from reports.language import dutch
from reports.released.source import Source

SMALLEST_NAMED = 0.01
OWN, MIX, OTHERS = "deze gemeente", "het mengsel van andere gemeenten", "afwijking bij andere gemeenten"


def municipal(source: Source) -> list[Part]:
    """Per public indicator a picture and a sentence, the figures in a table, and what was refused and why."""
    rows, series = source.table("out_effects__municipalities"), source.facts.municipal_series
    if rows.empty or series is None or source.facts.started_on is None:
        return []
    place = {one.name: place for place, one in enumerate(series.indicators)}
    rows = rows.sort_values("indicator", key=lambda names: names.map(place))
    shown = rows[rows["estimate"].notna()]
    lines = source.table("out_effects__municipal_lines")
    parts: list[Part] = [Heading("Deze gemeente naast andere gemeenten"), Text(_what_this_is(source))]
    for _, row in shown.iterrows():
        own = lines[lines["indicator"] == row["indicator"]]
        parts += [_figure(source, row, own), Text(f"{_conclusion(row)} {_mix(own)}")]
    if len(shown):
        parts.append(_table(shown))
    if len(shown) > 1:
        parts.append(Text("Wie naar meer cijfers kijkt, vindt er eerder één dat opvalt. Daarmee is hier gerekend."))
    reasons = [f"{row['indicator']}: {row['refused_because']}" for _, row in rows[rows["estimate"].isna()].iterrows()]
    if reasons:
        parts += [Text("Van deze openbare cijfers is er geen vergelijking:"), Points(tuple(reasons))]
    return [
        *parts,
        Text(f"Bron van de cijfers: {series.source} Zo zijn de andere gemeenten gekozen: {series.others_chosen_by}"),
    ]


def _what_this_is(source: Source) -> str:
    return (
        f"In {source.facts.municipality} begon iedereen op dezelfde dag. Binnen de gemeente is er dus niemand om mee "
        "te vergelijken. Er zijn wel openbare cijfers per gemeente. Van andere gemeenten is een mengsel gemaakt dat "
        "vóór de start dezelfde lijn volgde. Wijkt deze gemeente daarna van dat mengsel af, dan kan dat met de aanpak "
        "te maken hebben. Het kan ook iets anders zijn dat alleen hier gebeurde. Daarom is het nooit meer dan een "
        "aanwijzing. Het gaat over de gemeente als geheel, niet over de mensen in deze studie. Het telt niet mee in "
        "het stempel van deze studie en niet in kosten en baten."
    )


def _conclusion(row: pd.Series) -> str:
    size = dutch.plain(abs(row["estimate"]))
    side = "hoger" if row["estimate"] > 0 else "lager"
    n, whole = int(row["n_as_large"]), dutch.count(row["n_placebos"])
    others = f"Bij {n or 'geen'} van de {whole} andere gemeenten, waar deze aanpak niet begon, was de afwijking "
    text = (
        f"{row['indicator']}: na de start lag deze gemeente gemiddeld {size} {row['unit']} {side} dan het mengsel. "
        f"{others}minstens zo groot, gemeten aan hoe goed het mengsel vóór de start paste. "
    )
    if row["p_smallest"] > RARE:
        return text + (
            "Met zo weinig andere gemeenten kon hier niets uit komen: ook als geen enkele zo ver afweek, is de kans "
            f"op toeval nog {dutch.percent(row['p_smallest'])}. Wij noemen iets een aanwijzing tot "
            f"{dutch.percent(RARE)}. Dit zegt dus niet dat er iets gebeurde, en ook niet dat er niets gebeurde."
        )
    if row["p_adjusted"] <= RARE:
        return text + "Dat is een aanwijzing dat er hier iets veranderde toen de aanpak begon."
    return text + "Zo'n afwijking komt dus ook zonder de aanpak voor. Dit is geen aanwijzing."


def _verdict(row: pd.Series) -> str:
    if row["p_smallest"] > RARE:
        return "niet te zeggen: te weinig gemeenten"
    return "aanwijzing" if row["p_adjusted"] <= RARE else "geen aanwijzing"


def _mix(lines: pd.DataFrame) -> str:
    """Who is in the mix, who could not be, and who is not among the grey lines."""
    donors = lines[~lines["is_own"]].drop_duplicates("municipality")
    named = donors[donors["weight"] >= SMALLEST_NAMED].sort_values("weight", ascending=False, kind="stable")
    texts = [
        "Het mengsel bestaat uit "
        + dutch.listed(f"{one['municipality']} ({dutch.percent(one['weight'])})" for _, one in named.iterrows())
        + "."
    ]
    for chosen, why in (
        (donors["weight"].isna(), "Niet in het mengsel, want niet elke periode is gepubliceerd"),
        (donors["weight"].notna() & ~donors["is_compared"], "Niet in het grijs, want niet goed na te bootsen"),
    ):
        if chosen.any():
            texts.append(f"{why}: {dutch.listed(donors.loc[chosen, 'municipality'])}.")
    return " ".join(texts)


def _figure(source: Source, row: pd.Series, lines: pd.DataFrame) -> Figure:
    own = lines[lines["is_own"]].sort_values("begins_at")
    others = lines[~lines["is_own"] & lines["is_compared"]].sort_values(["municipality", "begins_at"])
    begins, mix = own["begins_at"].to_numpy(float), own["imitated"].to_numpy(float)
    x = tuple(begins + (begins[1] - begins[0]) / 2)
    behind = tuple(
        Course(str(name), x, tuple(mix + (group["value"] - group["imitated"]).to_numpy(float)))
        for name, group in others.groupby("municipality", sort=False)
    )
    started = source.facts.started_on
    chart = Courses(
        (Course(OWN, x, tuple(own["value"].astype(float))), Course(MIX, x, tuple(mix))),
        "jaar",
        str(row["unit"]),
        dutch.plain,
        x_step=1.0,
        behind=behind,
        behind_name=OTHERS,
        start=None if started is None else started.year + (started.timetuple().tm_yday - 1) / 365,
        has_zero=False,
    )
    body = tuple(
        (
            str(one["period"]),
            dutch.plain(one["value"]),
            dutch.plain(one["imitated"]),
            _signed(one["value"] - one["imitated"]),
        )
        for _, one in own.iterrows()
    )
    return Figure(
        f"{row['indicator']}: deze gemeente en een mengsel van andere",
        chart,
        Table(f"{row['indicator']} ({row['unit']})", ("Periode", "Deze gemeente", "Het mengsel", "Verschil"), body),
        Explanation(
            "Het mengsel is een gewogen gemiddelde van andere gemeenten, op het niveau van deze gemeente. De gewichten "
            "zijn zo gekozen dat de lijnen vóór de start zo dicht mogelijk bij elkaar liggen. Voor het grijs is "
            "hetzelfde gedaan met elke andere gemeente; haar afwijking is op het mengsel hier gelegd.",
            f"geen: openbare cijfers over {dutch.count(row['n_donors'] + 1)} gemeenten, zonder gegevens van cliënten",
            f"{row['n_before']} perioden vóór de start en {row['n_after']} erna. De periode waarin de start valt, telt "
            "niet mee.",
            "Zonder de aanpak was deze gemeente het mengsel blijven volgen. De andere gemeenten begonnen niet met deze "
            "aanpak, en er gebeurde in deze tijd niets anders dat alleen hier speelde.",
        ),
        "Grijs is hoe ver andere gemeenten van hun eigen mengsel afweken. Valt deze gemeente na de start binnen het "
        "grijs, dan is er niets bijzonders te zien.",
    )


def _table(rows: pd.DataFrame) -> Table:
    body = tuple(
        (
            f"{row['indicator']} ({row['unit']})",
            _signed(row["estimate"]),
            dutch.between(row["lowest"], row["highest"], _signed),
            dutch.plain(row["error_before"]),
            f"{row['n_as_large']} van {row['n_placebos']}",
            _verdict(row),
        )
        for _, row in rows.iterrows()
    )
    columns = (
        "Cijfer",
        "Verschil na de start",
        "Als één gemeente uit het mengsel wegblijft",
        "Zo ver zat het mengsel er vóór de start naast",
        "Andere gemeenten met minstens zo'n afwijking",
        "Wat zegt dat?",
    )
    return Table("Deze gemeente min het mengsel, gemiddeld na de start", columns, body, texts=frozenset({2, 4, 5}))


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + dutch.plain(value)
