"""In what approaches differ, declared beforehand, and whether municipalities then find something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from data_contracts.demonstrable import LEVEL
from data_contracts.region import Feature
from indicators.many_outcomes import adjusted
from indicators.synthesis.features import FeatureDifference, feature_difference
from indicators.synthesis.outcomes import CHANGE, OutcomeTogether
from indicators.synthesis.random_effects import FEWEST
from reports.content.parts import Heading, Part, Table, Text
from reports.content.region.facts import RegionFacts
from reports.content.region.words import name_of, show_of
from reports.language import dutch

COLUMNS = ("Kenmerk", "Uitkomst", "Gemeenten", "Verschil (95%)", "Aantoonbaar")


@dataclass(frozen=True, slots=True)
class _Row:
    """One outcome beside one value of a feature."""

    words: str
    outcome: OutcomeTogether
    found: FeatureDifference


def features(facts: RegionFacts, outcomes: Sequence[OutcomeTogether]) -> Iterator[Part]:
    """Nothing where the region declares no feature; of what only changed nothing is said."""
    if not facts.features:
        return
    yield Heading("Maakt de aanpak uit?")
    told = [row for one in outcomes if one.kind != CHANGE for row in _rows(facts, one)]
    if not told:
        yield Text(f"Aan weerszijden van een kenmerk staan er nog geen {FEWEST} gemeenten met hetzelfde cijfer.")
        return
    yield Text(
        "De regio heeft vooraf gezegd waarin de aanpakken verschillen. Hier staat hoeveel hoger het cijfer gemiddeld "
        "is waar het kenmerk geldt. Gemeenten kozen hun aanpak zelf: dit is geen bewijs dat het door dit kenmerk komt."
    )
    p_values = adjusted(np.array([row.found.p_value for row in told]), "holm")
    rows = tuple(_told(row, p_value) for row, p_value in zip(told, p_values, strict=True))
    yield Table("Gemeenten met en zonder een kenmerk", COLUMNS, rows, frozenset({1, 4}))


def _rows(facts: RegionFacts, one: OutcomeTogether) -> Iterator[_Row]:
    places = one.rows["municipality"].tolist()
    for feature in facts.features:
        values = [facts.of_each[at].get(feature.name) for at in places]
        known = np.array([value is not None for value in values])
        for words, value in _contrasts(feature):
            has = np.array([each == value for each in values])
            found = feature_difference(one.estimates[known], one.variances[known], has[known])
            if found is not None:
                yield _Row(words, one, found)


def _contrasts(feature: Feature) -> Iterator[tuple[str, str]]:
    """Of two values the second beside the first; of more each beside all others."""
    if len(feature.values) == 2:
        first, second = feature.values
        yield f"{feature.name}: {second}, niet {first}", second
        return
    for value in feature.values:
        yield f"{feature.name}: {value}, niet iets anders", value


def _told(row: _Row, p_value: float) -> tuple[str, ...]:
    found = row.found
    margin = dutch.with_margin(found.difference, found.low, found.high, show_of(row.outcome))
    holds = "ja" if p_value < LEVEL else "nee"
    return row.words, name_of(row.outcome), f"{found.n_with} en {found.n_without}", margin, holds
