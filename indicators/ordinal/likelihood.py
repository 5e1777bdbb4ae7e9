"""Log-likelihood of the cumulative logit model with a client intercept, by adaptive Gauss-Hermite quadrature.

P(score <= k) = F(threshold_k - x'beta - sigma v), v standard normal per client. In the logistic case
log(F(a) - F(b)) = log F(a) + log F(-b) + log(1 - exp(b - a)), and the last part does not depend on v: what must be
integrated is a sum of log-sigmoids, smooth and concave. Sources: Tutz and Hennevogl 1996; Liu and Pierce 1994;
Christensen 2019 (R ordinal), of which these are the numbers.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from scipy import special

from indicators.arrays import Floats, Integers, sums
from indicators.ordinal.patterns import Patterns


@dataclass(frozen=True, slots=True)
class Terms:
    """The log-sigmoids of the observations: one for the threshold above a score, one for the threshold below.

    `sign`: +1 above, -1 below, float64[T]; `place`: cell * n_thresholds + threshold, int64[T]; `start`: first term of
    each pattern; `owner`: pattern of each term; `weight`: clients per term, float64[T].
    """

    sign: Floats
    place: Integers
    start: Integers
    owner: Integers
    weight: Floats
    n_between: Floats


def terms(data: Patterns) -> Terms:
    """The terms of `data`, pattern after pattern."""
    n_thresholds = data.n_levels - 1
    above = data.level < n_thresholds
    below = data.level > 0
    observation = np.concatenate([np.flatnonzero(above), np.flatnonzero(below)])
    sign = np.repeat([1.0, -1.0], [above.sum(), below.sum()])
    threshold = data.level[observation] - (sign < 0)
    order = np.argsort(observation, kind="stable")
    owner = data.of_observation[observation][order]
    n_between = sums(data.level, data.weight[data.of_observation], data.n_levels)[1:-1]
    return Terms(
        sign=sign[order],
        place=(data.cell[observation] * n_thresholds + threshold)[order],
        start=np.append(0, np.flatnonzero(np.diff(owner)) + 1),
        owner=owner,
        weight=data.weight[owner],
        n_between=n_between,
    )


@dataclass(frozen=True, slots=True)
class ClientIntegral:
    """The likelihood of each pattern with its client intercept integrated out.

    `log_likelihood`: float64[P]; `slope`: float64[T], the expected derivative of each term to its own place, given the
    scores; `slope_sigma`: float64[P], the derivative to sigma; `mode`: float64[P], where the integrand is highest.
    """

    log_likelihood: Floats
    slope: Floats
    slope_sigma: Floats
    mode: Floats


@functools.cache  # a fit asks for the same nodes a thousand times
def gauss_hermite(n_nodes: int) -> tuple[Floats, Floats]:
    """Nodes z and log weights for a standard normal; the weights carry z squared over two, for a shifted integrand."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(n_nodes)
    return nodes, np.log(weights / np.sqrt(2 * np.pi)) + nodes**2 / 2


def client_integral(part: Terms, centre: Floats, sigma: float, mode: Floats, n_nodes: int) -> ClientIntegral:
    """Integrate the client intercept out.

    `centre`: float64[T], threshold minus x'beta minus what else shifts the pattern; `mode`: where to start searching.
    The derivatives are the posterior mean of those of the complete data (Fisher's identity).
    """
    mode, spread = _modes(part, centre, sigma, mode)
    nodes, log_weight = gauss_hermite(n_nodes)
    v = mode[:, None] + spread[:, None] * nodes
    log_sigmoid = -np.logaddexp(0, -part.sign[:, None] * (centre[:, None] - sigma * v[part.owner]))
    log_joint = np.add.reduceat(log_sigmoid, part.start) - v**2 / 2 + log_weight
    log_total = special.logsumexp(log_joint, axis=1)
    posterior = np.exp(log_joint - log_total[:, None])
    each = -np.expm1(log_sigmoid) * posterior[part.owner] * part.sign[:, None]
    return ClientIntegral(
        log_likelihood=log_total + np.log(spread),
        slope=each.sum(axis=1),
        slope_sigma=-np.add.reduceat(np.sum(each * v[part.owner], axis=1), part.start),
        mode=mode,
    )


def _modes(part: Terms, centre: Floats, sigma: float, mode: Floats) -> tuple[Floats, Floats]:
    """Where each integrand is highest, and its width there.

    By Newton's method; the integrand is concave, so the sign of the gradient brackets the top, and a step beyond what
    is known (a large sigma makes the integrand sharp) is replaced by the middle.
    """
    low, high = np.full(len(mode), -1e6), np.full(len(mode), 1e6)
    for _ in range(100):
        miss = special.expit(-part.sign * (centre - sigma * mode[part.owner]))
        gradient = -sigma * np.add.reduceat(part.sign * miss, part.start) - mode
        curvature = sigma**2 * np.add.reduceat(miss * (1 - miss), part.start) + 1
        step = np.clip(gradient / curvature, -2, 2)
        if np.abs(step).max() < 1e-9:
            break
        low, high = np.where(gradient > 0, mode, low), np.where(gradient < 0, mode, high)
        beyond = (mode + step < low) | (mode + step > high)
        mode = np.where(beyond, (low + high) / 2, mode + step)
    return mode, 1 / np.sqrt(curvature)
