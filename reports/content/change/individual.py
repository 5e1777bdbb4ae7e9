"""Change per person beyond the noise of the instrument, over the declared band, and what that band rests on."""

from __future__ import annotations

import math

import pandas as pd

from data_contracts.tables.released import PartStatus
from data_contracts.vocabulary.field import ReliableChange
from reports.content.change.beside import rests_on
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

SMALLEST = 0.01
NO_BAND = (
    "Niet ingevuld: in study.yaml staat geen 'reliability'. Zonder aanname over hoe precies een professional scoort, "
    "is niet te zeggen wie meer veranderde dan meetruis, en ook niet hoeveel mensen door meetruis bewegen."
)


def individual(source: Source) -> list[Part]:
    """Recovered, improved, equal, worse and relapsed in the leading life domains."""
    declared = source.facts.reliability
    heading = Heading("Wie veranderde meer dan meetruis?")
    rows = source.leading(source.beside_change("out_change__reliable", method="beyond_noise"))
    if rows.empty:
        few = "Er zijn te weinig mensen met twee metingen om dit te tonen."
        return [heading, Text(NO_BAND if declared is None else few)]
    source_of_band = f"Waar die aanname op rust: {declared.source} " if declared else ""
    return [
        heading,
        Text(
            "Hier telt een stap pas als hij groter is dan meetruis kan verklaren: van mensen die niet veranderden, "
            "zouden er hoogstens 5 van de 100 zo'n stap laten zien. Hersteld is: vooruit, en over de "
            "grens naar voldoende (score 4 of hoger). Teruggevallen is: achteruit, en eronder. Verbeterd en "
            "verslechterd bleven aan dezelfde kant van die grens. Hoe preciezer een score, hoe meer stappen tellen. "
            f"Dat rust op {rests_on(source)}. Waar het uitmaakt, staan er daarom twee uitkomsten: voorzichtig en "
            "hoopvol."
        ),
        table(source, rows, "Verandering per persoon, groter dan meetruis"),
        Text(f"{source_of_band}{own_ratings(source)}"),
    ]


def table(source: Source, rows: pd.DataFrame, caption: str) -> Table:
    """A row per life domain; each share at the lowest and the highest reliability."""
    lines = [
        (
            terms.domain(str(code)),
            dutch.count(group["n_clients"].max()),
            *(_over_the_band(source, group, f"n_{kind.value}") for kind in ReliableChange),
        )
        for code, group in rows.groupby("life_domain", sort=False, observed=True)
    ]
    columns = ("Leefgebied", "Mensen", *(dutch.sentence(kind.label) for kind in ReliableChange))
    return Table(caption, columns, tuple(lines))


def _over_the_band(source: Source, group: pd.DataFrame, name: str) -> str:
    ordered = group.sort_values("reliability")
    first, last = (_share(source, ordered.iloc[at], name) for at in (0, -1))
    if first == last:
        return first
    return " of ".join("niet te tonen" if one == dutch.NOT_SHOWN else one for one in (first, last))


def _share(source: Source, row: pd.Series, name: str) -> str:
    n = float(row["n_clients"])
    if row[f"{name}_status"] == PartStatus.SHOWN:
        share = min(float(row[name]) / n, 1.0)
        return dutch.percent(share) if share >= SMALLEST else f"minder dan {dutch.percent(SMALLEST)}"
    if row[f"{name}_status"] == PartStatus.BELOW:
        below = math.ceil(100 * source.facts.thresholds.of(str(row["life_domain"])) / n) / 100
        return f"minder dan {dutch.percent(below)}"
    return dutch.NOT_SHOWN


def own_ratings(source: Source) -> str:
    """What the municipality's own double ratings say of the reliability, or why they say nothing."""
    rows = source.shown("out_quality__agreement", subject="zrm", measure="icc_agreement")
    known = rows.dropna(subset=["estimate"])
    if known.empty:
        reasons = rows["refused_because"].dropna().unique()
        return (
            f"Eigen schatting: {reasons[0]}" if len(reasons) else "Eigen schatting: er zijn te weinig dubbele metingen."
        )
    span = dutch.between(known["estimate"].min(), known["estimate"].max(), dutch.decimal)
    return (
        f"Eigen schatting uit metingen door twee professionals kort na elkaar: {span} over {len(known)} leefgebieden "
        "(ICC; zie Verantwoording)."
    )
