"""Cumulative-link mixed model for scores on an ordinal scale: several assessments per client, clients in teams.

The model for two or more moments that are not the same for everybody: clients who miss one stay in (missing at
random). Its odds ratios are not for reading by councils: use `share_at_least`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from data_contracts.vocabulary.certainty import Z_95
from indicators.arrays import Floats, Integers
from indicators.ordinal.likelihood import terms
from indicators.ordinal.maximum import covariance_at, maximum, near_maximum, plain_start
from indicators.ordinal.objective import Objective, Parameters
from indicators.ordinal.patterns import Patterns, patterns

TEAM_GUESS = 0.3
# On the scale of log odds a larger standard error means that the data do not hold the coefficient at all.
LARGEST_ERROR = 5.0


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A fitted model: logit P(score <= k) = threshold_k - x'b - sigma v - tau w, v and w standard normal.

    `levels`: the scores that occur, int64[K]; `thresholds`: float64[K - 1]; `coefficients`: float64[p]; `sigma`, `tau`:
    standard deviations of client and team intercept (`tau` is 0 without teams); `covariance`: of thresholds,
    coefficients, sigma and, with teams, tau. `converged` is False when the data cannot carry the model, for example
    when everybody in one cell has the same score.
    """

    levels: Integers
    thresholds: Floats
    coefficients: Floats
    sigma: float
    tau: float
    covariance: Floats
    log_likelihood: float
    n_clients: int
    n_patterns: int
    converged: bool


def fit_ordinal(
    score: Integers,
    cell: Integers,
    design: Floats,
    client: Integers,
    team: Integers | None = None,
    n_nodes: int = 15,
    n_team_nodes: int = 7,
) -> OrdinalFit:
    """Fit scores, one entry per assessment, by maximum likelihood.

    `cell` says which row of `design` (float64[cells, p], without intercept) holds for the assessment. At least two
    different scores must occur. With `team`, clients share their team's intercept.
    """
    levels, level = np.unique(score, return_inverse=True)
    whose = np.zeros(len(score), np.int64) if team is None else np.asarray(team, np.int64)
    data = patterns(level, np.asarray(cell, np.int64), np.asarray(client), whose, len(levels))
    design = np.asarray(design[: data.n_cells], np.float64)
    fit = fit_patterns(data, levels, design, n_nodes)
    return fit if team is None or not fit.converged else _with_teams(fit, data, design, n_nodes, n_team_nodes)


def fit_patterns(data: Patterns, levels: Integers, design: Floats, n_nodes: int = 15) -> OrdinalFit:
    """Fit patterns of clients, without a team intercept."""
    objective = Objective(data, terms(data), design, n_nodes, 0)
    near = near_maximum(objective, plain_start(data, design.shape[1]))
    return _fit(objective, levels, near, covariance_at(objective, near))


def _with_teams(fit: OrdinalFit, data: Patterns, design: Floats, n_nodes: int, n_team_nodes: int) -> OrdinalFit:
    objective = Objective(data, terms(data), design, n_nodes, n_team_nodes)
    covariance = np.pad(fit.covariance, (0, 1))
    covariance[-1, -1] = TEAM_GUESS**2 / 10
    return _fit(objective, fit.levels, Parameters(fit.thresholds, fit.coefficients, fit.sigma, TEAM_GUESS), covariance)


def _fit(objective: Objective, levels: Integers, near: Parameters, curvature: Floats) -> OrdinalFit:
    best, is_top = maximum(objective, near, curvature)
    covariance = covariance_at(objective, best) if is_top else np.full_like(curvature, np.nan)
    n_fixed = len(best.thresholds) + len(best.coefficients)
    return OrdinalFit(
        levels=levels,
        thresholds=best.thresholds,
        coefficients=best.coefficients,
        sigma=abs(best.sigma),
        tau=abs(best.tau),
        covariance=covariance,
        log_likelihood=objective.value_and_gradient(best)[0],
        n_clients=int(objective.data.weight.sum()),
        n_patterns=len(objective.data.start),
        converged=bool(np.isfinite(covariance).all() and np.diag(covariance)[:n_fixed].max() < LARGEST_ERROR**2),
    )


def share_at_least(fit: OrdinalFit, level: int, design: Floats) -> tuple[Floats, Floats, Floats]:
    """P(score >= level) over the whole population at each row of `design`, with a 95 % interval; float64[cells] each.

    Averaged over clients and teams, not for a client in the middle; interval by the delta method on the logit scale.
    """
    below = int(np.sum(fit.levels < level))
    n_cells, n_free = len(design), len(fit.covariance)
    if below in (0, len(fit.levels)):
        share = np.full(n_cells, 1.0 if below == 0 else 0.0)
        return share, share, share
    nodes, log_weights = np.polynomial.hermite_e.hermegauss(40)
    weights = log_weights / log_weights.sum()
    spread = float(np.hypot(fit.sigma, fit.tau))
    centre = design @ fit.coefficients - fit.thresholds[below - 1]
    at_node = special.expit(centre[:, None] + spread * nodes)
    slope = at_node * (1 - at_node)
    share = at_node @ weights
    jacobian = np.zeros((n_cells, n_free))
    jacobian[:, below - 1] = -(slope @ weights)
    n_thresholds = len(fit.thresholds)
    jacobian[:, n_thresholds : n_thresholds + design.shape[1]] = (slope @ weights)[:, None] * design
    by_spread = slope @ (weights * nodes) / max(spread, 1e-12)
    for place, value in zip(range(n_thresholds + design.shape[1], n_free), (fit.sigma, fit.tau), strict=False):
        jacobian[:, place] = by_spread * value
    error = np.sqrt(np.einsum("ci,ij,cj->c", jacobian, fit.covariance, jacobian)) / (share * (1 - share))
    middle = special.logit(share)
    return share, special.expit(middle - Z_95 * error), special.expit(middle + Z_95 * error)
