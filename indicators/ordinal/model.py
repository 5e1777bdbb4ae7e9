"""Cumulative-link mixed model for scores on an ordinal scale, with several assessments per client.

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
from indicators.ordinal.objective import Objective
from indicators.ordinal.patterns import Patterns, patterns

# On the scale of log odds a larger standard error means that the data do not hold the coefficient at all.
LARGEST_ERROR = 5.0


@dataclass(frozen=True, slots=True)
class OrdinalFit:
    """A fitted model: logit P(score <= k) = threshold_k - x'b - sigma v, v standard normal.

    `levels`: the scores that occur, int64[K]; `thresholds`: float64[K - 1]; `coefficients`: float64[p]; `sigma`:
    standard deviation of the client intercept; `covariance`: of thresholds, coefficients and sigma. `converged` is
    False when the data cannot carry the model, for example when everybody in one cell has the same score.
    """

    levels: Integers
    thresholds: Floats
    coefficients: Floats
    sigma: float
    covariance: Floats
    log_likelihood: float
    n_clients: int
    converged: bool


def fit_ordinal(score: Integers, cell: Integers, design: Floats, client: Integers, n_nodes: int = 15) -> OrdinalFit:
    """Fit scores, one entry per assessment, by maximum likelihood.

    `cell` says which row of `design` (float64[cells, p], without intercept) holds for the assessment. At least two
    different scores must occur.
    """
    levels, level = np.unique(score, return_inverse=True)
    data = patterns(level, np.asarray(cell, np.int64), np.asarray(client), len(levels))
    return fit_patterns(data, levels, np.asarray(design[: data.n_cells], np.float64), n_nodes)


def fit_patterns(data: Patterns, levels: Integers, design: Floats, n_nodes: int = 15) -> OrdinalFit:
    """Fit patterns of clients."""
    objective = Objective(data, terms(data), design, n_nodes)
    near = near_maximum(objective, plain_start(data, design.shape[1]))
    curvature = covariance_at(objective, near)
    best, is_top = maximum(objective, near, curvature)
    covariance = covariance_at(objective, best) if is_top else np.full_like(curvature, np.nan)
    n_fixed = len(best.thresholds) + len(best.coefficients)
    return OrdinalFit(
        levels=levels,
        thresholds=best.thresholds,
        coefficients=best.coefficients,
        sigma=abs(best.sigma),
        covariance=covariance,
        log_likelihood=objective.value_and_gradient(best)[0],
        n_clients=int(data.weight.sum()),
        converged=bool(np.isfinite(covariance).all() and np.diag(covariance)[:n_fixed].max() < LARGEST_ERROR**2),
    )


def share_at_least(fit: OrdinalFit, level: int, design: Floats) -> tuple[Floats, Floats, Floats]:
    """P(score >= level) over the whole population at each row of `design`, with a 95 % interval; float64[cells] each.

    Averaged over clients, not for a client in the middle; interval by the delta method on the logit scale.
    """
    below = int(np.sum(fit.levels < level))
    n_cells = len(design)
    if below in (0, len(fit.levels)):
        share = np.full(n_cells, 1.0 if below == 0 else 0.0)
        return share, share, share
    nodes, log_weights = np.polynomial.hermite_e.hermegauss(40)
    weights = log_weights / log_weights.sum()
    centre = design @ fit.coefficients - fit.thresholds[below - 1]
    at_node = special.expit(centre[:, None] + fit.sigma * nodes)
    slope = at_node * (1 - at_node)
    share = at_node @ weights
    jacobian = np.zeros((n_cells, len(fit.covariance)))
    jacobian[:, below - 1] = -(slope @ weights)
    n_thresholds = len(fit.thresholds)
    jacobian[:, n_thresholds : n_thresholds + design.shape[1]] = (slope @ weights)[:, None] * design
    jacobian[:, -1] = slope @ (weights * nodes) / max(fit.sigma, 1e-12) * fit.sigma
    error = np.sqrt(np.einsum("ci,ij,cj->c", jacobian, fit.covariance, jacobian)) / (share * (1 - share))
    middle = special.logit(share)
    return share, special.expit(middle - Z_95 * error), special.expit(middle + Z_95 * error)
