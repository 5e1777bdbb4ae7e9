"""Linear mixed model of a score over time, with an intercept and a slope of its own for every client.

Both fixed effects are random too, so a few sums over the clients with the same moments carry the
whole likelihood, and it costs nothing extra when there are more clients. Source: Bates and others 2015 (R lme4), of
which these are the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import optimize

from indicators.arrays import Floats, Integers, sums

FEWEST_CLIENTS = 30
N_FIXED = 2


@dataclass(frozen=True, slots=True)
class Growth:
    """Levels at the start and levels per year, each with standard error; by restricted maximum likelihood.

    `client_covariance`: of a client's own intercept and slope, float64[2, 2]; `log_likelihood`: restricted.
    """

    intercept: float
    intercept_error: float
    per_year: float
    per_year_error: float
    client_covariance: Floats
    residual_variance: float
    log_likelihood: float
    n_clients: int


@dataclass(frozen=True, slots=True)
class _Sums:
    """Per set of moments that clients share, d in all, with Z the intercept and the years of one client.

    `n_clients`: float64[d]; `squares`: Z'Z, float64[d, 2, 2]; `products`: sum of Z'y, float64[d, 2]; `outer`: sum of
    Z'y y'Z, float64[d, 2, 2]; over all: `scores_squared` y'y and `n_scores`.
    """

    n_clients: Floats
    squares: Floats
    products: Floats
    outer: Floats
    scores_squared: float
    n_scores: int


def linear_growth(score: Integers, months: Floats, client: Integers) -> Growth | None:
    """Linear growth, one entry per assessment; None below `FEWEST_CLIENTS`, or when time or score does not vary."""
    owner = np.unique(client, return_inverse=True)[1]
    n_clients = int(owner.max(initial=-1)) + 1
    if n_clients < FEWEST_CLIENTS or np.ptp(score) == 0 or np.ptp(months) == 0:
        return None
    given = _sums(np.asarray(score, np.float64), np.asarray(months, np.float64) / 12, owner, n_clients)

    def loss(factor: Any) -> Any:
        return _deviance(given, factor)[0]

    found = optimize.minimize(loss, np.array([1.0, 0.0, 0.5]), method="BFGS", options={"gtol": 1e-5})
    deviance, fixed, covariance, residual = _deviance(given, found.x)
    errors = np.sqrt(np.diag(covariance))
    lower = _lower(found.x)
    return Growth(
        intercept=float(fixed[0]),
        intercept_error=float(errors[0]),
        per_year=float(fixed[1]),
        per_year_error=float(errors[1]),
        client_covariance=residual * lower @ lower.T,
        residual_variance=residual,
        log_likelihood=-deviance / 2,
        n_clients=n_clients,
    )


def _sums(score: Floats, years: Floats, owner: Integers, n_clients: int) -> _Sums:
    moments = np.column_stack(
        [sums(owner, np.ones(len(owner)), n_clients), sums(owner, years, n_clients), sums(owner, years**2, n_clients)]
    )
    distinct, which = np.unique(moments.round(9), axis=0, return_inverse=True)
    which, n_sets = which.ravel(), len(distinct)
    total, over_time = sums(owner, score, n_clients), sums(owner, score * years, n_clients)
    mixed = sums(which, total * over_time, n_sets)
    outer = [sums(which, total**2, n_sets), mixed, mixed, sums(which, over_time**2, n_sets)]
    return _Sums(
        n_clients=sums(which, np.ones(n_clients), n_sets),
        squares=distinct[:, [0, 1, 1, 2]].reshape(-1, 2, 2),
        products=np.column_stack([sums(which, total, n_sets), sums(which, over_time, n_sets)]),
        outer=np.column_stack(outer).reshape(-1, 2, 2),
        scores_squared=float(score @ score),
        n_scores=len(score),
    )


def _lower(factor: Any) -> Floats:
    return np.array([[factor[0], 0.0], [factor[1], factor[2]]])


def _deviance(given: _Sums, factor: Any) -> tuple[float, Floats, Floats, float]:
    """Restricted deviance at the factor of the client covariance, with the fixed effects that are best there.

    The client covariance is residual variance x L L', L lower triangular. With W = I + L'Z'ZL, the inverse of the
    covariance of a client's scores is (I - Z L W^-1 L'Z') / residual variance.
    """
    lower = _lower(factor)
    reached = given.squares @ lower
    inner = np.eye(2) + lower.T @ reached
    pull = lower @ np.linalg.solve(inner, np.broadcast_to(lower.T, inner.shape))
    kept = np.eye(2) - given.squares @ pull
    information = np.einsum("d,dij->ij", given.n_clients, kept @ given.squares)
    fixed = np.linalg.solve(information, np.einsum("dij,dj->i", kept, given.products))
    left = given.scores_squared - float(np.sum(pull * given.outer)) - float(fixed @ information @ fixed)
    freedom = given.n_scores - N_FIXED
    residual = left / freedom
    log_inner = float(given.n_clients @ np.log(np.linalg.det(inner)))
    log_information = float(np.linalg.slogdet(information)[1])
    deviance = log_inner + log_information + freedom * (1 + float(np.log(2 * np.pi * residual)))
    return deviance, fixed, residual * np.linalg.inv(information), residual
