"""Change as two figures: the shares up, equal and down, and the mean with its test."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.scales import scale_of
from indicators.change.shares import with_shares
from reports.charts.specs import Intervals, Series, Shares
from reports.content.parts import Explanation, Figure, Table
from reports.language import dutch, terms
from reports.released.marks import NO_MARKS, Marks
from reports.released.source import Source

SHARES = (("Vooruit", "share_up"), ("Gelijk", "share_equal"), ("Achteruit", "share_down"))
TEST = (
    "Toets: rangtekentoets van Wilcoxon met nullen volgens Pratt. De waarde p zegt hoe vaak u zo'n verschil zou "
    "zien als er in het echt niets veranderde. Zij is gecorrigeerd: wie veel leefgebieden bekijkt, vindt bij toeval "
    "altijd wel iets."
)


@dataclass(frozen=True, slots=True)
class Compared:
    """Rows of change with their shares and the name that each has in charts; `noise` is by life domain."""

    rows: pd.DataFrame
    names: tuple[str, ...]
    what: str
    moments: str
    noise: dict[str, str]
    marks: Marks = NO_MARKS

    def marked(self, figure: str, show: dutch.Show) -> list[str]:
        """The names, each with the mark of this figure behind it."""
        rows = (row for _, row in self.rows.iterrows())
        return [
            name + self.marks.behind("out_change__by_domain", row, figure, show)
            for name, row in zip(self.names, rows, strict=True)
        ]

    @property
    def n_clients(self) -> str:
        """How many people: one number, or from fewest to most."""
        low, high = dutch.count(self.rows["n_clients"].min()), dutch.count(self.rows["n_clients"].max())
        return f"{low} mensen" if low == high else f"{low} tot {high} mensen, per rij verschillend"


def compared_domains(source: Source, pair: tuple[str, str], subject: str = "zrm") -> Compared | None:
    """Every life domain of a ZRM between two moments; what noise would do is known of that for adults only."""
    rows = with_shares(source.change(subject, pair))
    if rows.empty:
        return None
    moments = f"{terms.moment(pair[0])} tot {terms.moment(pair[1])}"
    names = tuple(terms.domain(str(code)) for code in rows["life_domain"])
    noise = noise_of(source, pair) if subject == "zrm" else {}
    return Compared(rows, names, "Leefgebied", moments, noise, source.marks)


def compared_pairs(source: Source, subject: str, domains: Collection[str] | None = None) -> Compared | None:
    """The scales of a subject, or these of them, over all pairs of moments; named where there are several."""
    pairs = [(pair, source.change(subject, pair)) for pair in source.facts.moment_pairs]
    if domains is not None:
        pairs = [(pair, rows[rows["life_domain"].isin(list(domains))]) for pair, rows in pairs]
    kept = [(pair, rows) for pair, rows in pairs if len(rows)]
    if not kept:
        return None
    one_scale = len({domain for _, rows in kept for domain in rows["life_domain"]}) == 1
    names = tuple(
        dutch.sentence(
            ("" if one_scale else f"{terms.domain(str(domain))}, ")
            + f"{terms.moment(pair[0])} tot {terms.moment(pair[1])}"
        )
        for pair, rows in kept
        for domain in rows["life_domain"]
    )
    return Compared(
        with_shares(pd.concat([rows for _, rows in kept])), names, "Momenten", "per rij genoemd", {}, source.marks
    )


def share_figure(compared: Compared) -> Figure:
    """Stacked shares up, equal and down."""
    columns = [
        compared.what,
        "Mensen",
        "Vooruit",
        "Marge vooruit (95%)",
        "Gelijk",
        "Achteruit",
        "Marge achteruit (95%)",
    ]
    body = [
        [
            name,
            dutch.count(row["n_clients"]),
            dutch.percent(row["share_up"]),
            dutch.between(row["share_up_low"], row["share_up_high"], dutch.percent),
            dutch.percent(row["share_equal"]),
            dutch.percent(row["share_down"]),
            dutch.between(row["share_down_low"], row["share_down_high"], dutch.percent),
            *([compared.noise.get(row["life_domain"], dutch.NOT_SHOWN)] if compared.noise else []),
        ]
        for name, (_, row) in zip(compared.marked("n_up", dutch.count), compared.rows.iterrows(), strict=True)
    ]
    ruis = (
        (" De laatste kolom schat dat deel, onder een aanname over hoe precies een score is.") if compared.noise else ""
    )
    return Figure(
        "Welk deel van de mensen ging vooruit of achteruit?",
        Shares(
            compared.names,
            tuple((name, tuple(compared.rows[column].astype(float))) for name, column in SHARES),
            "deel van de mensen met twee metingen",
            dutch.percent,
        ),
        Table(
            "Deel van de mensen dat vooruitging, gelijk bleef of achteruitging",
            tuple(columns + ["Zou ook zonder echte verandering vooruit gaan (aanname)"] * bool(compared.noise)),
            tuple(map(tuple, body)),
        ),
        Explanation(
            "Aantal mensen met een hogere, gelijke of lagere score gedeeld door iedereen met twee scores. Marge "
            "volgens Wilson, uit de afgeronde aantallen.",
            compared.n_clients,
            f"Mensen met een score op beide momenten: {compared.moments}.",
            "Een score kan ook schommelen doordat een ander scoort of een dag anders is. Een deel van 'vooruit' en "
            f"'achteruit' is zulke ruis.{ruis}",
        ),
    )


def mean_figure(compared: Compared) -> Figure:
    """Mean change with its interval, and the test."""
    rows = compared.rows
    scale = scale_of(str(rows["subject"].iloc[0]), str(rows["life_domain"].iloc[0]))
    body = [
        (
            name,
            dutch.count(row["n_clients"]),
            dutch.score(row["mean_before"]),
            dutch.score(row["mean_after"]),
            dutch.signed(row["mean_change"]),
            dutch.between(row["mean_change_low"], row["mean_change_high"], dutch.signed),
            _p_value(row["p_adjusted"]),
        )
        for name, (_, row) in zip(compared.marked("mean_change", dutch.signed), rows.iterrows(), strict=True)
    ]
    values = (tuple(rows[f"mean_change{end}"].astype(float)) for end in ("", "_low", "_high"))
    return Figure(
        "Hoeveel schoof de gemiddelde score op?",
        Intervals(
            compared.names,
            (Series("Gemiddelde verandering", *values),),
            "verandering op de schaal" + (f" van {scale.lowest} tot {scale.highest}" if scale else ""),
            1.0,
            dutch.signed,
        ),
        Table(
            "Gemiddelde score eerst en later",
            (compared.what, "Mensen", "Eerst", "Later", "Verandering", "Marge (95%)", "Toets (p)"),
            tuple(body),
        ),
        Explanation(
            f"Gemiddelde van de latere score min de eerdere score, per persoon. {TEST}",
            compared.n_clients,
            f"Mensen met een score op beide momenten: {compared.moments}.",
            "De schaal is een rangorde; een gemiddelde doet alsof elke stap even groot is. Kijk daarom eerst naar "
            "de delen vooruit en achteruit.",
        ),
    )


def _p_value(value: float) -> str:
    if pd.isna(value):
        return dutch.NOT_SHOWN
    return "0,001 of kleiner" if value <= 0.001 else dutch.decimal(value, 3)


def noise_of(source: Source, pair: tuple[str, str]) -> dict[str, str]:
    """Life domain -> the share that seems to rise by noise alone, over the assumed reliabilities."""
    rows = source.shown("out_change__noise_floor", subject="zrm", slice=ALL, moment_from=pair[0], moment_to=pair[1])
    groups = rows.groupby("life_domain", observed=True)["share_up_by_noise"]
    return {str(code): dutch.between(found.min(), found.max(), dutch.percent) for code, found in groups}
