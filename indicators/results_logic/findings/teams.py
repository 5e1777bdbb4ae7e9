"""Teams beside each other: the spread without names for everybody, a team's own view for its own circle only."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.logic import Diagnosis
from indicators.results_logic.findings.diagnosis import Branch
from indicators.results_logic.findings.pooling import Pooled, pooled
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.measures import Measure, unit_of
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.formulas import values
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.verdicts import NOT_AS_EXPECTED, together, verdict_of

FEWEST_TEAMS = 5
MIDDLE_HALF = 0.674490  # half of a normal distribution lies within this many standard deviations


def spread_of_teams(tree: Tree, released: Released) -> list[dict[str, object]]:
    """Per indicator where the middle half of the teams lies, without the noise of few people and without names.

    Of figures before the gate; `low` and `high` are equal where the teams differ no more than chance explains.
    """
    rows = []
    for indicator in tree.indicators:
        teams = _teams(indicator.measure, released) if indicator.measure else None
        if indicator.measure is None or teams is None:
            continue
        half = MIDDLE_HALF * float(np.sqrt(teams[1].between_variance))
        rows.append(
            {
                "tree": tree.version,
                "indicator": indicator.id,
                "unit": unit_of(indicator.measure),
                "n_teams": len(teams[0]),
                "low": teams[1].mean - half,
                "middle": teams[1].mean,
                "high": teams[1].mean + half,
            }
        )
    return rows


def team_view(tree: Tree, released: Released, team: str) -> pd.DataFrame:
    """What a team may see of itself, in its own circle: columns indicator, node, estimate, ci_low, ci_high, verdict.

    Its own figures drawn towards those of all teams, the more so the fewer people they are about. Never for a report.
    """
    rows = []
    for indicator in tree.indicators:
        value = _own_value(indicator, released, team)
        if value is not None and indicator.expectation:
            verdict = verdict_of(value, indicator.expectation.direction, indicator.smallest_difference(value["base"]))
            figures = {name: value[name] for name in ("estimate", "ci_low", "ci_high")}
            rows.append({"indicator": indicator.id, "node": indicator.node, **figures, "verdict": verdict})
    return pd.DataFrame(rows, columns=["indicator", "node", "estimate", "ci_low", "ci_high", "verdict"])


def team_diagnosis(branch: Branch, view: pd.DataFrame) -> Diagnosis:
    """The diagnosis of a branch for one team: its own execution first, else what holds for all teams together."""
    own = together(view.loc[view["node"] == branch.approach.id, "verdict"])
    return Diagnosis.EXECUTION if own in NOT_AS_EXPECTED else branch.diagnosis


def _own_value(indicator: Indicator, released: Released, team: str) -> pd.Series | None:
    teams = _teams(indicator.measure, released) if indicator.measure else None
    if teams is None or team not in teams[0]:
        return None
    place = teams[0].index(team)
    base = values(indicator.measure, released).set_index("slice_value").loc[team, "base"] if indicator.measure else None
    estimate, half = teams[1].estimates[place], Z_95 * float(np.sqrt(teams[1].variances[place]))
    figures = {"estimate": estimate, "ci_low": estimate - half, "ci_high": estimate + half}
    return pd.Series({"status": "released", "base": base, "is_demonstrable": True, **figures})


def _teams(measure: Measure, released: Released) -> tuple[list[str], Pooled] | None:
    """Names and pooled figures of the teams that have a released figure; None with too few of them."""
    found = values(measure, released)
    found = found[(found["slice"] == "team") & found["estimate"].notna() & (found["ci_low"] < found["ci_high"])]
    if len(found) < FEWEST_TEAMS:
        return None
    spread = (found["ci_high"] - found["ci_low"]).to_numpy(float) / (2 * Z_95)
    return found["slice_value"].tolist(), pooled(found["estimate"].to_numpy(float), spread**2)
