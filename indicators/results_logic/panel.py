"""Team-years: what a node did per team and year of intake, in differences that count.

One unit is the smallest difference that counts for the indicator, and upwards is the expected direction. Team-years
are used to test links and by a team's own circle; they never reach a report.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.logic_words import Direction
from indicators.results_logic.formulas import levels
from indicators.results_logic.measures import Measure, unit_of
from indicators.results_logic.model import Indicator, Tree
from indicators.results_logic.released import Released, split_team_and_cohort

CELL = ["team", "period"]
COLUMNS = [*CELL, "movement", "variance"]
_NOTHING = pd.DataFrame(columns=COLUMNS).astype({"team": "str", "period": "str", "movement": float, "variance": float})


def team_years(measure: Measure, released: Released) -> pd.DataFrame:
    """Columns team, period, movement (the level in the measure's own unit) and variance; released cells only."""
    found = levels(measure, released)
    found = found[(found["slice"] == "team+cohort") & found["level"].notna() & found["variance"].notna()]
    cells = split_team_and_cohort(found).rename(columns={"level": "movement"})
    return cells[COLUMNS].sort_values(CELL, ignore_index=True)


def node_team_years(tree: Tree, node: str, released: Released) -> tuple[Indicator | None, pd.DataFrame]:
    """The indicator of a node with the most team-years, and those, scaled to differences that count.

    An indicator that should stay equal says nothing about moving along and is passed over.
    """
    best: tuple[Indicator | None, pd.DataFrame] = (None, _NOTHING)
    for indicator in tree.indicators:
        if indicator.node != node or indicator.measure is None or indicator.expectation is None:
            continue
        if indicator.expectation.direction is Direction.STABLE:
            continue
        cells = team_years(indicator.measure, released)
        if len(cells) > len(best[1]):
            best = (indicator, _scaled(cells, indicator))
    return best


def _scaled(cells: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    assert indicator.measure and indicator.expectation  # noqa: S101  chosen above
    one = indicator.smallest_difference
    one = float(np.log1p(one)) if unit_of(indicator.measure) == "ratio" else one
    sign = -1 if indicator.expectation.direction is Direction.LOWER else 1
    return cells.assign(movement=sign * cells["movement"] / one, variance=cells["variance"] / one**2)


def months_per_period(periods: pd.Series) -> int:
    """Months in one period, from labels such as 2023, 2023-H1 or 2023-Q1: the most that share a year."""
    if periods.empty:
        return 12
    labels = pd.Series(periods.unique())
    return 12 // min(int(labels.str[:4].value_counts().max()), 12)
