"""Teams beside each other: their spread, without names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.vocabulary.certainty import Z_95
from indicators.pooling import Pooled, pooled
from indicators.results_logic.tree.measures import Measure, unit_of
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.formulas import values
from indicators.results_logic.values.released import Released

FEWEST_TEAMS = 5
MIDDLE_HALF = 0.674490  # half of a normal distribution lies within this many standard deviations


def spread_of_teams(tree: Tree, released: Released) -> list[dict[str, object]]:
    """Per indicator where the middle half of the teams lies, without the noise of few people and without names.

    Of figures before the gate; `low` and `high` are equal where the teams differ no more than chance explains.
    """
    rows = []
    for indicator in tree.indicators:
        found = teams_told(indicator.measure, released) if indicator.measure else None
        if indicator.measure is None or found is None:
            continue
        teams = _pooled(found)
        half = MIDDLE_HALF * float(np.sqrt(teams.between_variance))
        rows.append(
            {
                "tree": tree.version,
                "indicator": indicator.id,
                "unit": unit_of(indicator.measure),
                "n_teams": len(teams.estimates),
                "low": teams.mean - half,
                "middle": teams.mean,
                "high": teams.mean + half,
            }
        )
    return rows


def teams_told(measure: Measure, released: Released) -> pd.DataFrame | None:
    """The figures of the teams that have one that counts; None with too few of them."""
    found = values(measure, released)
    found = found[(found["slice"] == "team") & found["estimate"].notna() & (found["ci_low"] < found["ci_high"])]
    return found if len(found) >= FEWEST_TEAMS else None


def _pooled(found: pd.DataFrame) -> Pooled:
    spread = (found["ci_high"] - found["ci_low"]).to_numpy(float) / (2 * Z_95)
    return pooled(found["estimate"].to_numpy(float), spread**2)
