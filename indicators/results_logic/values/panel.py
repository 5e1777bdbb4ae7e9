"""Team-years: what a node did per team and year of intake, in differences that count.

One unit is the smallest difference that counts for the indicator, and upwards is the expected direction. Team-years
are used to test links and by a team's own circle; they never reach a report.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.vocabulary.logic import Direction
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.measures import Measure, PairMeasure, unit_of
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.formulas import levels
from indicators.results_logic.values.periods import split_team_and_cohort
from indicators.results_logic.values.released import Released

CELL = ["team", "period"]
COLUMNS = [*CELL, "movement", "variance"]
NO_TEAM_YEARS = pd.DataFrame(columns=COLUMNS).astype(
    {"team": "str", "period": "str", "movement": float, "variance": float}
)


@dataclass(frozen=True, slots=True)
class NodeYears:
    """Team-years of a node: its indicator, one difference that counts in the indicator's unit, and the cells.

    `cells` has the columns team, period, movement and variance. `is_hidden`: there are team-years, and none of
    them is about enough people.
    """

    indicator: Indicator | None
    one: float
    cells: pd.DataFrame
    is_hidden: bool


def team_years(measure: Measure, released: Released) -> pd.DataFrame:
    """Columns team, period, movement (the level in the measure's own unit) and variance; cells with a figure only."""
    found = _all_team_years(measure, released)
    found = found[found["level"].notna() & found["variance"].notna()].rename(columns={"level": "movement"})
    return found[COLUMNS].sort_values(CELL, ignore_index=True)


def _all_team_years(measure: Measure, released: Released) -> pd.DataFrame:
    found = levels(measure, released)
    return split_team_and_cohort(found[found["slice"] == "team+cohort"])


def node_team_years(tree: Tree, node: str, released: Released) -> NodeYears:
    """The team-years of the indicator of a node that has the most of them.

    An indicator that should stay equal says nothing about moving along and is passed over.
    """
    best = NodeYears(None, 1.0, NO_TEAM_YEARS, is_hidden=False)
    for indicator in tree.indicators:
        if indicator.node != node or indicator.measure is None or indicator.expectation is None:
            continue
        if indicator.expectation.direction is Direction.STABLE:
            continue
        cells = team_years(indicator.measure, released)
        if len(cells) > len(best.cells):
            best = _scaled(cells, indicator, indicator.measure, indicator.expectation.direction)
        elif best.indicator is None and len(_all_team_years(indicator.measure, released)):
            best = NodeYears(None, 1.0, NO_TEAM_YEARS, is_hidden=True)
    return best


def _scaled(cells: pd.DataFrame, indicator: Indicator, measure: Measure, direction: Direction) -> NodeYears:
    is_share_of_people = unit_of(measure) == "share" and not isinstance(measure, PairMeasure)
    one = indicator.smallest_difference(float(cells["movement"].median()) if is_share_of_people else None)
    scale = float(np.log1p(one)) if unit_of(measure) == "ratio" else one
    sign = -1 if direction is Direction.LOWER else 1
    scaled = cells.assign(movement=sign * cells["movement"] / scale, variance=cells["variance"] / scale**2)
    return NodeYears(indicator, one, scaled, is_hidden=False)


def months_per_period(periods: pd.Series) -> int:
    """Months in one period, from labels such as 2023, 2023-H1 or 2023-Q1: the most that share a year."""
    if periods.empty:
        return 12
    labels = pd.Series(periods.unique())
    return 12 // min(int(labels.str[:4].value_counts().max()), 12)
