"""What design C asks of the data: why it is refused, and which conditions were checked with what result."""

from __future__ import annotations

import numpy as np

from data_contracts.tables.assumptions import Check, Checks
from indicators.arrays import Floats
from indicators.effects.estimates import FEW_TEAMS, Outcome, differ_too_little, rounded
from indicators.effects.few_teams import TeamInference, Weights
from indicators.effects.team_cells import EXPOSED, TeamCells
from indicators.staggered.drift import drift_checks
from indicators.staggered.event_study import breakdown_value
from indicators.staggered.imputed import imputed_target
from indicators.staggered.two_way import negative_share, two_way_weights
from indicators.staggered.wild_bootstrap import wild_p_value

MIN_TEAMS = 2
ALPHA = 0.05


def refusal(cells: TeamCells, values: Floats, outcome: Outcome) -> str | None:
    """Why this design cannot carry an estimate of `outcome`, in words for the report; None when it can.

    `values` are the outcomes of the clients who would have a part in it.
    """
    exposed = (cells.weight[EXPOSED] > 0).any(axis=1)
    started = int((imputed_target(cells) > 0).any(axis=1).sum())
    total = int((cells.weight > 0).any(axis=(0, 2)).sum())
    if not exposed.any():
        return "Bij geen enkel team zijn cliënten met deze uitkomst na de start van de nieuwe werkwijze ingestroomd."
    if started == 0:
        return (
            "Er blijft geen vergelijking over: geen twee teams waren in dezelfde periode nog niet begonnen, "
            "of van de begonnen teams is er niets van vóór de start."
        )
    if started < MIN_TEAMS or total < 2 * MIN_TEAMS:
        return (
            f"Te weinig teams voor een vergelijking: {started} begonnen, {total} in totaal; er zijn er minstens "
            f"{MIN_TEAMS} begonnen en {2 * MIN_TEAMS} in totaal nodig."
        )
    if differ_too_little(values, is_score=outcome.is_score):
        return "Bijna alle cliënten hebben dezelfde uitkomst; er valt geen verschil te meten."
    return None


def _wild_bootstrap(cells: TeamCells, weights_of: Weights, n_teams: int, p_value: float) -> Check:
    """Whether another way to mind few teams tells the same; null with too few teams to tell, or enough not to ask."""
    if n_teams >= FEW_TEAMS or 2 / 2**n_teams > ALPHA:
        return {"holds": None, "p_value": None}
    other = wild_p_value(weights_of, cells)
    return {"holds": (other < ALPHA) == (p_value < ALPHA), "p_value": rounded(other)}


def checks(cells: TeamCells, group_time: TeamInference, at: int) -> Checks:
    """Check -> result of the design for one outcome, at place `at`: `holds` is true, false, or null where unknown."""
    everyone = np.ones((1, cells.teams.size))
    two_way = two_way_weights(cells, everyone)
    return {
        "partly_exposed": {"holds": True, "rule": "left_out"},
        "drift_that_would_undo_it": {"holds": None, "m_bar": rounded(breakdown_value(cells))},
        "group_time": {"holds": None, "estimate": rounded(group_time.estimate[at])},
        "two_way": {
            "holds": None,
            "estimate": rounded(float((two_way[0] * cells.mean).sum())),
            "negative_weight": rounded(negative_share(two_way)),
        },
    }


def checks_of_figure(cells: TeamCells, weights_of: Weights, found: TeamInference, at: int) -> Checks:
    """What drift and few teams do to one figure: what was seen before the start, its own degrees of freedom, a second
    opinion.
    """
    n_teams = int((cells.weight > 0).any(axis=(0, 2)).sum())
    return drift_checks(cells, weights_of, float(found.estimate[at])) | {
        "teams": {
            "holds": n_teams >= FEW_TEAMS,
            "started": int((imputed_target(cells) > 0).any(axis=1).sum()),
            "total": n_teams,
            "degrees_of_freedom": rounded(found.degrees_of_freedom[at]),
        },
        "wild_bootstrap": _wild_bootstrap(cells, weights_of, n_teams, float(found.p_value[at])),
    }
