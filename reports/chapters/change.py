"""Wat is er veranderd: per life domain the shares up, equal and down, the mean change, and the spread over teams."""

from __future__ import annotations

import pandas as pd

from data_contracts.scales import scale_of
from data_contracts.vocabulary import ALL
from indicators.shares import with_shares
from reports import dutch, wording
from reports.charts import Intervals, Series, Shares
from reports.parts import Chapter, Explanation, Figure, Heading, Part, Table, Text
from reports.source import Source

MIN_TEAMS = 5
SHOWN_SHARES = (("Vooruit", "share_up"), ("Gelijk", "share_equal"), ("Achteruit", "share_down"))
TEST = (
    "Rangtekentoets van Wilcoxon met nullen volgens Pratt. De kans p is gecorrigeerd, omdat wie veel leefgebieden "
    "bekijkt er bij toeval altijd wel een vindt."
)


def change(source: Source) -> Chapter:
    """Per life domain of the ZRM, between the two moments that the study names first."""
    rows = with_shares(source.change("zrm", source.main_pair))
    title = "Wat is er veranderd per leefgebied?"
    if rows.empty:
        return Chapter("verandering", title, missing="Daarvoor zijn twee metingen per persoon nodig.")
    parts: list[Part] = [
        Text(
            "Een professional gaf een score van 1 (acute problematiek) tot 5 (volledig zelfredzaam). We vergelijken "
            f"per persoon de {wording.moment(source.main_pair[0])} met de {wording.moment(source.main_pair[1])}. Dit "
            "is een verandering. Of die door de aanpak komt, staat verderop."
        ),
        share_figure(source, rows, "zrm", source.main_pair),
        mean_figure(source, rows, "zrm", source.main_pair),
        *_other_pairs(source),
        *_teams(source),
    ]
    return Chapter("verandering", title, tuple(parts))


def share_figure(source: Source, rows: pd.DataFrame, subject: str, pair: tuple[str, str]) -> Figure:
    """Stacked shares up, equal and down; `rows` hold the shares."""
    names = tuple(wording.outcome(subject, row, ALL) for row in rows["life_domain"])
    noise = _noise(source, subject, pair)
    columns = ["Leefgebied", "Mensen", "Vooruit", "95% tussen", "Gelijk", "Achteruit", "95% tussen "]
    body = [
        [
            name,
            dutch.count(row["n_clients"]),
            dutch.percent(row["share_up"]),
            dutch.between(row["share_up_low"], row["share_up_high"], dutch.percent),
            dutch.percent(row["share_equal"]),
            dutch.percent(row["share_down"]),
            dutch.between(row["share_down_low"], row["share_down_high"], dutch.percent),
        ]
        for name, (_, row) in zip(names, rows.iterrows(), strict=True)
    ]
    if noise:
        columns.append("Vooruit door meetruis (aanname)")
        body = [[*line, noise.get(code, dutch.NOT_SHOWN)] for line, code in zip(body, rows["life_domain"], strict=True)]
    return Figure(
        f"Wie ging vooruit en wie achteruit, van {wording.moment(pair[0])} tot {wording.moment(pair[1])}",
        Shares(
            names,
            tuple((name, tuple(rows[column].astype(float))) for name, column in SHOWN_SHARES),
            "deel van de mensen met twee metingen",
            dutch.percent,
        ),
        Table("Deel van de mensen dat vooruitging, gelijk bleef of achteruitging", tuple(columns), _frozen(body)),
        Explanation(
            "Aantal mensen met een hogere, gelijke of lagere score gedeeld door iedereen met twee scores. Marge "
            "volgens Wilson, uit de afgeronde aantallen.",
            f"{_range_of(rows)} mensen, verschillend per leefgebied",
            f"Mensen met een score op beide momenten: {wording.moment(pair[0])} en {wording.moment(pair[1])}.",
            "Een score kan ook schommelen doordat een ander scoort of een dag anders is. Een deel van 'vooruit' en "
            "'achteruit' is zulke ruis." + (" De laatste kolom schat dat deel onder een aanname." if noise else ""),
        ),
    )


def mean_figure(source: Source, rows: pd.DataFrame, subject: str, pair: tuple[str, str]) -> Figure:
    """Mean change with its interval, and the test."""
    names = tuple(wording.outcome(subject, row, ALL) for row in rows["life_domain"])
    scale = scale_of(subject, str(rows["life_domain"].iloc[0]))
    body = [
        [
            name,
            dutch.count(row["n_clients"]),
            dutch.score(row["mean_before"]),
            dutch.score(row["mean_after"]),
            dutch.signed(row["mean_change"]),
            dutch.between(row["mean_change_low"], row["mean_change_high"], dutch.signed),
            _p_value(row["p_adjusted"]),
        ]
        for name, (_, row) in zip(names, rows.iterrows(), strict=True)
    ]
    span = f"van {scale.lowest} tot {scale.highest}" if scale else ""
    return Figure(
        "Hoeveel schoof de gemiddelde score op?",
        Intervals(
            names,
            (
                Series(
                    "Gemiddelde verandering",
                    tuple(rows["mean_change"].astype(float)),
                    tuple(rows["mean_change_low"].astype(float)),
                    tuple(rows["mean_change_high"].astype(float)),
                ),
            ),
            f"verandering op de schaal {span}",
            1.0,
            dutch.signed,
        ),
        Table(
            "Gemiddelde score eerst en later",
            ("Leefgebied", "Mensen", "Eerst", "Later", "Verandering", "95% tussen", "Kans op toeval (p)"),
            _frozen(body),
        ),
        Explanation(
            f"Gemiddelde van de latere score min de eerdere score, per persoon. {TEST}",
            f"{_range_of(rows)} mensen, verschillend per leefgebied",
            f"Mensen met een score op beide momenten: {wording.moment(pair[0])} en {wording.moment(pair[1])}.",
            "De schaal is een rangorde; een gemiddelde doet alsof elke stap even groot is. Kijk daarom eerst naar "
            "de delen vooruit en achteruit.",
        ),
    )


def _p_value(value: float) -> str:
    if pd.isna(value):
        return dutch.NOT_SHOWN
    return "0,001 of kleiner" if value <= 0.001 else dutch.decimal(value, 3)


def _range_of(rows: pd.DataFrame) -> str:
    low, high = dutch.count(rows["n_clients"].min()), dutch.count(rows["n_clients"].max())
    return low if low == high else f"{low} tot {high}"


def _frozen(body: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line) for line in body)


def _noise(source: Source, subject: str, pair: tuple[str, str]) -> dict[str, str]:
    """Life domain -> the share that seems to rise by noise alone, over the assumed reliabilities."""
    if "out_change__noise_floor" not in source.tables:
        return {}
    rows = source.tables["out_change__noise_floor"]
    keep = (rows["subject"] == subject) & (rows["slice"] == ALL)
    keep &= (rows["moment_from"] == pair[0]) & (rows["moment_to"] == pair[1])
    groups = rows[keep].dropna(subset=["share_up_by_noise"]).groupby("life_domain", observed=True)["share_up_by_noise"]
    return {str(code): dutch.between(found.min(), found.max(), dutch.percent) for code, found in groups}


def _other_pairs(source: Source) -> list[Part]:
    """The leading life domains between the other moments, and whether a result lasts."""
    lines = []
    for pair in source.facts.moment_pairs[1:]:
        rows = with_shares(source.change("zrm", pair))
        rows = rows[rows["life_domain"].isin(source.facts.headline_domains)]
        lines += [
            (
                f"{wording.domain(row['life_domain'])}, {wording.moment(pair[0])} tot {wording.moment(pair[1])}",
                dutch.count(row["n_clients"]),
                dutch.percent(row["share_up"]),
                dutch.percent(row["share_down"]),
                dutch.signed(row["mean_change"]),
                dutch.between(row["mean_change_low"], row["mean_change_high"], dutch.signed),
            )
            for _, row in rows.iterrows()
        ]
    parts: list[Part] = [Heading("Andere momenten, en houdt het stand?")]
    if lines:
        columns = ("Leefgebied en momenten", "Mensen", "Vooruit", "Achteruit", "Verandering", "95% tussen")
        parts.append(Table("De leidende leefgebieden tussen andere momenten", columns, tuple(lines)))
    lasting = [pair for pair in source.facts.moment_pairs if pair[1] == "monitoring"]
    if not any(len(source.change("zrm", pair)) for pair in lasting):
        parts.append(
            Text(
                "Of het resultaat standhoudt na afloop, is nog niet ingevuld. Daarvoor zijn metingen in de waakvlam "
                "nodig, bij genoeg mensen, en het paar 'last' en 'monitoring' in study.yaml."
            )
        )
    return parts


def _teams(source: Source) -> list[Part]:
    """How far teams lie apart: lowest, middle and highest, without names."""
    rows = source.change("zrm", source.main_pair, "team")
    rows = rows[rows["life_domain"].isin(source.facts.headline_domains)].dropna(subset=["mean_change"])
    lines = [
        (
            wording.domain(str(code)),
            str(len(group)),
            dutch.signed(group["mean_change"].min()),
            dutch.signed(group["mean_change"].median()),
            dutch.signed(group["mean_change"].max()),
        )
        for code, group in rows.groupby("life_domain", sort=False, observed=True)
        if len(group) >= MIN_TEAMS
    ]
    if not lines:
        return []
    return [
        Heading("Verschillen tussen teams"),
        Text(
            "Teams verschillen in soort, wijk en mensen. Een verschil zegt dus niet dat een team beter of slechter "
            "werkt. Daarom staan hier geen namen en is er geen ranglijst. Elk team bespreekt zijn eigen cijfers in "
            "de leerkring."
        ),
        Table(
            "Gemiddelde verandering per team: laagste, middelste en hoogste team",
            ("Leefgebied", "Teams", "Laagste", "Middelste", "Hoogste"),
            tuple(lines),
        ),
    ]
