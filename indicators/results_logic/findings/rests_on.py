"""On which people the test of a link, and the spread of an indicator, rest: what the ledger asks of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from data_contracts.gate.specs import SPECS
from data_contracts.tables.contributions import outcome_name
from data_contracts.vocabulary.field import TEAM_AND_COHORT
from indicators.results_logic.tree import measures
from indicators.results_logic.tree.measures import Measure
from indicators.results_logic.values.formulas import levels
from indicators.results_logic.values.measured_rows import measured_rows
from indicators.results_logic.values.periods import two_periods
from indicators.results_logic.values.released import Released

TEAM, TEAM_YEAR = "team", "team+cohort"
COLUMNS = ["figure", "outcome", "slice", "slice_value"]
_TABLE = {
    measures.PairMeasure: "out_change__by_domain",
    measures.Registration: "out_change__funnel",
    measures.Reach: "out_change__funnel",
    measures.ShareUsing: "out_care__use",
    measures.CaseRecord: "out_care__use",
    measures.AmountPerYear: "out_care__use",
}


@dataclass(frozen=True, slots=True)
class RestsOn:
    """A measure, and the groups of one slice in which it plays a part."""

    measure: Measure
    slice: str
    groups: frozenset[str]


def team_years_of(measure: Measure, cells: Iterable[tuple[str, str]]) -> RestsOn:
    """These teams in these periods."""
    return RestsOn(measure, TEAM_YEAR, frozenset(f"{team}{TEAM_AND_COHORT}{period}" for team, period in cells))


def of_spread(measure: Measure, teams: Sequence[str], released: Released) -> RestsOn:
    """What the figures of these teams are made of: two periods of each, or everybody in it."""
    if not isinstance(measure, measures.PeriodMeasure):
        return RestsOn(measure, TEAM, frozenset(teams))
    pairs = two_periods(levels(measure, released), measure.period_from, measure.period_to, released.in_part)
    pairs = pairs[(pairs["slice"] == TEAM) & pairs["slice_value"].isin(teams)]
    cells = pairs[["slice_value", "period_from"]], pairs[["slice_value", "period_to"]]
    return team_years_of(measure, [cell for one in cells for cell in one.itertuples(index=False, name=None)])


def outcomes_of(figure: str, rests_on: Iterable[RestsOn], released: Released) -> pd.DataFrame:
    """COLUMNS: to which outcomes of which groups the people behind `figure` contribute (contributions.py)."""
    found = []
    for one in rests_on:
        rows = measured_rows(one.measure, released)
        if rows.empty:
            continue
        rows = rows[(rows["slice"] == one.slice) & rows["slice_value"].isin(one.groups)]
        kind, *about = SPECS[next(table for of, table in _TABLE.items() if isinstance(one.measure, of))].outcome
        names = [outcome_name(kind, [row[name] for name in about]) for row in rows.to_dict("records")]
        found += [(figure, name, one.slice, group) for name, group in zip(names, rows["slice_value"], strict=True)]
    return pd.DataFrame(found, columns=COLUMNS, dtype="str").drop_duplicates(ignore_index=True)
