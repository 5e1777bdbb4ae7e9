"""Cumulative-link mixed model for scores on an ordinal scale: several assessments per client, clients in teams.

The model for two or more moments that are not the same for everybody: clients who miss one stay in (missing at
random). Its odds ratios are not for reading by councils: use `share_at_least`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize, special

from indicators.arrays import Floats, Integers, sums
from indicators.ordinal.likelihood import terms
from indicators.ordinal.objective import Objective, Parameters, parameters
from indicators.ordinal.patterns import Patterns, patterns

Z = 1.959963984540054
ROUNDS = 5
GRADIENT_TOLERANCE = 0.01
NODES_TOLERANCE = 0.02
NODES_IN_TEAMS = 9
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

    @property
    def standard_errors(self) -> Floats:
        """In the order of `covariance`."""
        return np.sqrt(np.diag(self.covariance))


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
    fit = fit_patterns(data, levels, np.asarray(design[: data.n_cells], np.float64), n_nodes)
    return fit if team is None else _with_teams(fit, data, design[: data.n_cells], n_nodes, n_team_nodes)


def fit_patterns(data: Patterns, levels: Integers, design: Floats, n_nodes: int = 15) -> OrdinalFit:
    """Fit patterns of clients, without a team intercept."""
    objective = Objective(data, terms(data), design, n_nodes, 0)
    return _fit(objective, levels, _maximum(objective, _start(data, design.shape[1]), None))


def _with_teams(fit: OrdinalFit, data: Patterns, design: Floats, n_nodes: int, n_team_nodes: int) -> OrdinalFit:
    start = Parameters(fit.thresholds, fit.coefficients, fit.sigma, 0.3)
    objective = Objective(data, terms(data), design, min(n_nodes, NODES_IN_TEAMS), n_team_nodes)
    return _fit(objective, fit.levels, _maximum(objective, start, _spread_of_vector(start, fit.covariance)))


def _fit(objective: Objective, levels: Integers, best: Parameters) -> OrdinalFit:
    covariance = _covariance(objective, best)
    n_free = len(covariance)
    best = _polished(objective, best, covariance)
    value, gradient = objective.value_and_gradient(best)
    variances = np.diag(covariance)
    is_sound = bool(np.isfinite(covariance).all() and variances.min() > 0 and variances.max() < LARGEST_ERROR**2)
    return OrdinalFit(
        levels=levels,
        thresholds=best.thresholds,
        coefficients=best.coefficients,
        sigma=abs(best.sigma),
        tau=abs(best.tau),
        covariance=covariance,
        log_likelihood=value,
        n_clients=int(objective.data.weight.sum()),
        n_patterns=len(objective.data.start),
        converged=is_sound and bool(np.abs(gradient[:n_free]).max() < GRADIENT_TOLERANCE),
    )


def _start(data: Patterns, n_coefficients: int) -> Parameters:
    counts = sums(data.level, data.weight[data.of_observation], data.n_levels)
    below = np.cumsum(counts)[:-1] / counts.sum()
    return Parameters(1.3 * special.logit(below), np.zeros(n_coefficients), 1.0, 0.0)


def _spread_of_vector(now: Parameters, covariance: Floats) -> Floats | None:
    """The covariance of the optimiser's vector from that of a fit without teams, and a guess for tau."""
    if not np.isfinite(covariance).all() or np.linalg.eigvalsh(covariance).min() <= 0:
        return None
    to_vector = np.eye(len(covariance))
    for place, gap in enumerate(np.diff(now.thresholds), start=1):
        to_vector[place, place - 1 : place + 1] = [-1 / gap, 1 / gap]
    spread = np.pad(to_vector @ covariance @ to_vector.T, (0, 1))
    spread[-1, -1] = 0.01
    return (spread + spread.T) / 2


def _maximum(objective: Objective, start: Parameters, spread: Floats | None) -> Parameters:
    """The best parameters from `start`; `spread` guesses the covariance of the vector."""
    n_thresholds = len(start.thresholds)
    fixed = np.zeros(0 if objective.has_teams else 1)

    def loss(vector: Any) -> tuple[float, Any]:
        now = parameters(np.append(vector, fixed), n_thresholds)
        value, gradient = objective.value_and_gradient(now)
        # Thresholds are built from gaps: a gap moves every threshold above it.
        above = np.cumsum(gradient[:n_thresholds][::-1])[::-1]
        above[1:] *= np.diff(now.thresholds)
        return -value, -np.concatenate([above, gradient[n_thresholds : len(gradient) - len(fixed)]])

    now = start
    for _ in range(ROUNDS):
        objective.place_team_nodes(now)
        vector = now.vector()[: -len(fixed) or None]
        options: Any = {"gtol": GRADIENT_TOLERANCE, "maxiter": 500, "hess_inv0": spread}
        found = optimize.minimize(loss, vector, jac=True, method="BFGS", options=options)
        now = parameters(np.append(found.x, fixed), n_thresholds)
        objective.place_team_nodes(now)
        if abs(objective.value_and_gradient(now)[0] + found.fun) < NODES_TOLERANCE:
            break
    return now


def _covariance(objective: Objective, best: Parameters) -> Floats:
    """Inverse of the observed information, by central differences of the gradient."""
    point = np.concatenate([best.thresholds, best.coefficients, [best.sigma, best.tau]])
    n_thresholds, n_free = len(best.thresholds), len(point) - (0 if objective.has_teams else 1)

    def gradient(at: Floats) -> Floats:
        now = Parameters(at[:n_thresholds], at[n_thresholds:-2], float(at[-2]), float(at[-1]))
        return objective.value_and_gradient(now)[1][:n_free]

    steps = 1e-4 * np.eye(len(point))[:n_free]
    information = -np.stack([(gradient(point + step) - gradient(point - step)) / 2e-4 for step in steps])
    try:
        return np.linalg.inv((information + information.T) / 2)
    except np.linalg.LinAlgError:
        return np.full((n_free, n_free), np.nan)


def _polished(objective: Objective, best: Parameters, covariance: Floats) -> Parameters:
    """One step of Newton's method, which takes a good maximum to a very good one."""
    gradient = objective.value_and_gradient(best)[1]
    step = np.pad(covariance @ gradient[: len(covariance)], (0, len(gradient) - len(covariance)))
    if not np.isfinite(step).all() or np.abs(step).max() > 0.1:
        return best
    n_thresholds = len(best.thresholds)
    moved = np.concatenate([best.thresholds, best.coefficients, [best.sigma, best.tau]]) + step
    return Parameters(moved[:n_thresholds], moved[n_thresholds:-2], float(moved[-2]), float(moved[-1]))


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
    return share, special.expit(middle - Z * error), special.expit(middle + Z * error)
