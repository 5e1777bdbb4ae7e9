"""The figures of the MKBA: who pays and gains, the tornado and the payback curve."""

from __future__ import annotations

import pandas as pd

from reports.charts.specs import Bars, Course, Courses, Swings
from reports.content.money.totals import drawn, drawn_euros, drawn_margin, settled
from reports.content.parts import Explanation, Figure, Table
from reports.language import dutch, terms
from reports.released.source import Source

BARS_IN_TORNADO = 8


def _first(source: Source) -> pd.Series:
    return source.table("out_mkba__headline").iloc[0]


def input_name(code: str, label: str) -> str:
    """An input as a reader sees it; a measured one stands under the name of its line, so say which way it counts."""
    return f"{label} (gemeten verschil)" if _is_measured(code) else dutch.sentence(label)


def input_value(code: str, value: float, unit: str, *, with_unit: bool = True) -> str:
    """A value of an input; of a measured difference with its unit and its way: 180 euro per cliënt minder."""
    size, words = terms.as_read(value, unit)
    if not _is_measured(code) or pd.isna(value):
        return dutch.plain(size)
    shown = f"{dutch.plain(abs(size))} {words if with_unit else ''}".rstrip()
    return f"{shown} {'meer' if value > 0 else 'minder'}" if value else "geen verschil"


def input_unit(unit: str) -> str:
    """The unit of the values of `input_value`."""
    return terms.as_read(1.0, unit)[1]


def _is_measured(code: str) -> bool:
    return code.startswith("effect/")


def parties_figure(source: Source) -> Figure | None:
    """Net amount per budget under the first alternative; None where no balance may be shown."""
    headline = _first(source)
    name, label = headline["alternative"], headline["label"]
    rows = source.rows("out_mkba__stakeholders", alternative=name)
    rows = rows[(rows[["costs_eur", "benefits_eur", "transfers_eur"]] != 0).any(axis=1)]
    if rows.empty:
        return None
    balance = [
        settled(float(row["mean_eur"]), headline) if _is_fixed(row) else drawn(row["mean_eur"], headline)
        for _, row in rows.iterrows()
    ]

    transfers = ("Overdrachten",) if rows["transfers_eur"].any() else ()
    return Figure(
        f"Wie betaalt en wie ontvangt bij '{label}'",
        Bars(tuple(rows["label"]), tuple(balance), "saldo in euro's van nu", dutch.euros),
        Table(
            f"Kosten en baten per begroting bij '{label}'",
            ("Wie", "Kosten", "Baten", *transfers, "Saldo", "Marge (90%)", "Kans op voordeel"),
            tuple(
                (
                    f"{row['label']}{source.mark('out_mkba__stakeholders', row, 'mean_eur', dutch.euros)}",
                    dutch.euros(row["costs_eur"]) if _is_fixed(row) else drawn_euros(row["costs_eur"], headline),
                    drawn_euros(row["benefits_eur"], headline),
                    *(dutch.euros(row["transfers_eur"]) for _ in transfers),
                    dutch.euros(amount),
                    drawn_margin(row["p05_eur"], row["p95_eur"], headline),
                    dutch.chance(row["prob_gains"]),
                )
                for amount, (_, row) in zip(balance, rows.iterrows(), strict=True)
            ),
            frozenset({4 + len(transfers)}),
        ),
        Explanation(
            "Per regel van de MKBA: wie betaalt, wie ontvangt. Opgeteld over de jaren en teruggerekend naar nu.",
            "bedragen, geen mensen",
            "Alleen regels met een prijs; PM-posten staan apart. Een verschil dat geld kost in plaats van opbrengt, "
            "staat hier bij de kosten; in de tabel van de keuzes is het van de baten afgetrokken.",
            "Een overdracht is winst voor de een en verlies voor de ander. In het saldo van iedereen samen is die nul.",
        ),
    )


def _is_fixed(row: pd.Series) -> bool:
    """Whether no draw changes the amount: it was agreed or paid, and is no estimate."""
    return bool(row["p05_eur"] == row["p95_eur"])


def tornado_figure(source: Source) -> Figure | None:
    """What moves the balance most, under the first alternative."""
    headline = _first(source)
    name, label = headline["alternative"], headline["label"]
    rows = source.rows("out_mkba__tornado", alternative=name).sort_values("rank").head(BARS_IN_TORNADO)
    if rows.empty:
        return None
    names = tuple(input_name(row["input"], row["label"]) for _, row in rows.iterrows())
    return Figure(
        f"Wat maakt het meeste uit voor het saldo van '{label}'?",
        Swings(
            names,
            tuple(rows["npv_at_p10_eur"].astype(float)),
            tuple(rows["npv_at_p90_eur"].astype(float)),
            float(headline["npv_at_mean_eur"]),
            "saldo in euro's",
            dutch.euros,
        ),
        Table(
            "Saldo bij een lage en een hoge waarde van één uitgangspunt",
            ("Uitgangspunt", "Lage waarde", "Hoge waarde", "Saldo bij laag", "Saldo bij hoog"),
            tuple(
                (
                    one,
                    input_value(row["input"], row["value_p10"], row["unit"]),
                    input_value(row["input"], row["value_p90"], row["unit"]),
                    drawn_euros(row["npv_at_p10_eur"], headline),
                    drawn_euros(row["npv_at_p90_eur"], headline),
                )
                for one, (_, row) in zip(names, rows.iterrows(), strict=True)
            ),
            frozenset({1, 2}),
        ),
        Explanation(
            "Het saldo als één uitgangspunt laag is (1 op 10) of hoog (9 op 10), en de rest gelijk blijft.",
            "bedragen, geen mensen",
            "De uitgangspunten met de meeste invloed, de grootste bovenaan.",
            "Uitgangspunten die samen bewegen, worden hier los van elkaar veranderd.",
        ),
        "De stippellijn is het saldo zoals berekend. Komt een staaf over de nullijn, dan kan dit uitgangspunt "
        "alleen het saldo laten omslaan. Bij een gemeten verschil is 'minder': minder dan zonder de aanpak.",
    )


def payback_figure(source: Source) -> Figure | None:
    """The running total over the years, with its band, under the first alternative."""
    headline = _first(source)
    name, label = headline["alternative"], headline["label"]
    rows = source.rows("out_mkba__by_year", alternative=name)
    if rows.empty:
        return None

    years, middle, low, high = (
        tuple(rows[column].astype(float))
        for column in (
            "year",
            "cumulative_discounted_eur",
            "cumulative_discounted_p05_eur",
            "cumulative_discounted_p95_eur",
        )
    )
    return Figure(
        f"Wanneer zijn de kosten terugverdiend bij '{label}'?",
        Courses(
            (Course("Saldo tot en met dit jaar", years, middle, low, high),), "jaar", "euro's", dutch.euros, x_step=1
        ),
        Table(
            "Saldo tot en met elk jaar",
            ("Jaar", "Saldo tot en met dit jaar", "Marge (90%)"),
            tuple(
                (
                    str(int(year)),
                    dutch.euros(value) if bottom == top else drawn_euros(value, headline),
                    drawn_margin(bottom, top, headline),
                )
                for year, value, bottom, top in zip(years, middle, low, high, strict=True)
            ),
        ),
        Explanation(
            "Baten min kosten, opgeteld vanaf het eerste jaar en teruggerekend naar nu. De band is 90% van de "
            "trekkingen.",
            "bedragen, geen mensen",
            "Alleen regels met een prijs.",
            "Baten zijn meegeteld in het jaar waarin ze optreden, niet in het jaar waarin een begroting omlaag kan.",
        ),
    )
