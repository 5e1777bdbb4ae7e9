"""Design B as rows: four figures on the same clients, with balance, overlap and what an unseen cause must do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators import comparison
from indicators.arrays import Flags, Floats, Integers
from indicators.comparison import Overlap, Pairs, overlap
from indicators.demonstrable import with_demonstrable
from indicators.estimates import (
    FEW_TEAMS,
    Basis,
    Check,
    Estimated,
    Group,
    Line,
    Outcome,
    differ_too_little,
    estimate_rows,
    joint_rows,
    n_workers,
    one_row_per_client,
    rounded,
)
from indicators.few_teams import Inferred, TeamInference, calibration, left_out_weights
from indicators.logistic import fitted_probability
from indicators.team_cells import EXPOSED, UNEXPOSED, TeamCells, team_cells

MIN_TEAMS = 2
MAX_TRIMMED = 0.5
_METHODS = {
    "effect": "difference in differences, team jackknife, t",
    "effect_ancova": "ancova on the starting score, team jackknife, t",
    "effect_weighted": "weighted by the odds of treatment, team jackknife, t",
    "effect_doubly_robust": "doubly robust, team jackknife, t",
}
LINES = {measure: Line("comparison", measure, method) for measure, method in _METHODS.items()}


def comparison_estimates(
    clients: pd.DataFrame,
    outcomes: Sequence[Outcome],
    before: Sequence[str],
    covariates: Sequence[str] = (),
    group: Group | None = None,
    headline: str = "effect",
) -> Estimated:
    """The mean effect on clients in the new approach, against clients of other teams in the same time.

    `clients` has one row per person: `client_no`, `team_no`, `exposed` (1, 0; missing has no part), optionally
    `rater_no`, numeric `covariates` known at the start, and per outcome the later score in `outcome.column` and the
    starting score in the column that `before` names at the same place. Clients without both scores have no part here
    (see `missing`). The joint table holds `headline`, the measure that the study declared: 'effect', which is
    difference-in-differences, or 'effect_ancova'. The others are companions on the same clients.
    """
    one_row_per_client(clients)
    group = group or Group()
    clients = clients[clients["exposed"].notna() & clients["team_no"].notna()]
    teams, team = np.unique(clients["team_no"].to_numpy(np.int64), return_inverse=True)
    used = np.zeros((len(clients), len(outcomes)), bool)
    found, bases = [], []
    for at, (outcome, start) in enumerate(zip(outcomes, before, strict=True)):
        complete, pairs = _measured_twice(clients, outcome, start, covariates)
        shared = overlap(pairs)
        used[complete, at] = shared.kept
        own = team[used[:, at]]
        refused = _refusal(pairs, shared, own)
        kept = pairs.of(shared.kept)
        figures = _figures(kept, own, teams.size) if refused is None else _nothing(teams.size)
        checks = {} if refused else _checks(kept, shared, own, figures[headline])
        found.append(figures)
        about = complete if refused else used[:, at]
        bases.append(Basis(int(about.sum()), n_workers(clients[about]), checks, refused))
    per_line = {measure: TeamInference.of([one[measure] for one in found]) for measure in LINES}
    bases = with_demonstrable(outcomes, per_line[headline], bases)
    rows = [estimate_rows(outcomes, group, line, per_line[measure], bases) for measure, line in LINES.items()]
    joint = joint_rows(outcomes, group, LINES[headline], per_line[headline], bases, used)
    return Estimated(pd.concat(rows, ignore_index=True), joint)


def takes_part(clients: pd.DataFrame, outcome: Outcome, start: str, covariates: Sequence[str] = ()) -> Flags:
    """(N,) which clients the figures on `outcome` rest on: placed, measured twice, and alike enough to compare."""
    found = (clients["exposed"].notna() & clients["team_no"].notna()).to_numpy(bool, copy=True)
    complete, pairs = _measured_twice(clients[found], outcome, start, covariates)
    complete[complete] = overlap(pairs).kept
    found[found] = complete
    return found


def _measured_twice(
    clients: pd.DataFrame, outcome: Outcome, start: str, covariates: Sequence[str]
) -> tuple[Flags, Pairs]:
    """(N,) whose scores and covariates are all known, and their pairs."""
    columns = clients[[start, outcome.column, *covariates]].to_numpy(np.float64, na_value=np.nan)
    complete = ~np.isnan(columns).any(axis=1)
    exposed = clients["exposed"].eq(EXPOSED).to_numpy(bool)
    return complete, Pairs(columns[:, 0], columns[:, 1], exposed, columns[:, 2:]).of(complete)


def _figures(pairs: Pairs, team: Integers, n_teams: int) -> dict[str, Inferred]:
    """Each figure with its team jackknife, calibrated as that of the plain difference, which is linear."""
    point = _point(pairs)
    deviation = np.zeros((n_teams, len(LINES)))
    for one in np.unique(team):
        deviation[one] = _point(pairs.of(team != one)) - point
    side = np.where(pairs.treated, EXPOSED, UNEXPOSED).astype(np.int8)
    change = (pairs.after - pairs.before)[:, None]
    cells = team_cells(team, np.zeros_like(team), side, change, np.ones_like(change)).outcome(0)
    scale, freedom = calibration(*left_out_weights(difference_weights, cells), cells.weight.ravel())
    return {measure: (point[at], scale * deviation[:, at], freedom) for at, measure in enumerate(LINES)}


def difference_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the mean over exposed minus the mean over unexposed clients of one outcome."""
    weights = multiplicity[:, None, :, None] * cells.weight
    total = weights.sum(axis=(2, 3), keepdims=True)
    signed = weights * np.array([-1.0, 1.0])[:, None, None]
    return np.divide(signed, total, out=np.full_like(signed, np.nan), where=total > 0)


def _point(pairs: Pairs) -> Floats:
    propensity = fitted_probability(pairs.background, pairs.treated)
    return np.array(
        [
            comparison.difference_in_differences(pairs),
            comparison.ancova(pairs)[0],
            comparison.weighted(pairs, propensity),
            comparison.doubly_robust(pairs, propensity),
        ]
    )


def _nothing(n_teams: int) -> dict[str, Inferred]:
    return {measure: (np.nan, np.zeros(n_teams), np.nan) for measure in LINES}


def _refusal(pairs: Pairs, shared: Overlap, team: Integers) -> str | None:
    """Why two groups cannot be compared on this outcome, in words for the report; None when they can."""
    if pairs.treated.all() or not pairs.treated.any():
        return "Er is maar één groep met twee metingen; er is niets om mee te vergelijken."
    if not shared.kept.any() or shared.share_trimmed > MAX_TRIMMED:
        return (
            "Er blijft geen vergelijking over: de meeste cliënten in de nieuwe werkwijze hebben geen "
            "vergelijkbare cliënt in de andere groep."
        )
    treated = pairs.treated[shared.kept]
    n_teams = [np.unique(team[group]).size for group in (treated, ~treated)]
    if min(n_teams) < MIN_TEAMS:
        return (
            f"Te weinig teams voor een vergelijking: {n_teams[0]} met en {n_teams[1]} zonder; minstens {MIN_TEAMS} elk."
        )
    if differ_too_little(pairs.after - pairs.before):
        return "Bijna alle cliënten veranderden evenveel; er valt geen verschil te meten."
    return None


def _checks(kept: Pairs, shared: Overlap, team: Integers, headline: Inferred) -> dict[str, Check]:
    propensity = fitted_probability(kept.background, kept.treated)
    raw = float(np.abs(comparison.standardised_differences(kept)).max())
    weights = comparison.odds_weights(kept.treated, propensity)
    balanced = float(np.abs(comparison.standardised_differences(kept, weights)).max())
    effect, deviation, freedom = headline
    inference = TeamInference.of([(effect, deviation, freedom)])
    nearest = effect - np.sign(effect) * float(inference.half_width()[0])
    point, limit = comparison.e_value(effect, nearest, float((kept.after - kept.before).std(ddof=1)))
    n_teams = np.unique(team).size
    starts = kept.before[kept.treated].mean() - kept.before[~kept.treated].mean()
    return {
        "balance_at_start": {"holds": raw < comparison.MAX_IMBALANCE, "largest": rounded(raw)},
        "balance_weighted": {"holds": balanced < comparison.MAX_IMBALANCE, "largest": rounded(balanced)},
        "overlap": {"holds": shared.share_trimmed < 0.1, "share_trimmed": round(shared.share_trimmed, 2)},
        "unseen_cause": {"holds": None, "e_value": rounded(point), "e_value_interval": rounded(limit)},
        "difference_or_ancova": {
            "holds": None,
            "difference_at_start": rounded(float(starts)),
            "slope": rounded(comparison.ancova(kept)[1]),
        },
        "teams": {"holds": n_teams >= FEW_TEAMS, "total": n_teams, "degrees_of_freedom": rounded(freedom)},
    }
