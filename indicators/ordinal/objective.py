"""Log-likelihood and gradient of the whole model at given parameters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Floats, sums
from indicators.ordinal.likelihood import Terms, client_integral
from indicators.ordinal.patterns import Patterns


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds (rising), coefficients, and the standard deviation of the client intercept."""

    thresholds: Floats
    coefficients: Floats
    sigma: float

    def point(self) -> Floats:
        """All in one array, in the order of the fields."""
        return np.concatenate([self.thresholds, self.coefficients, [self.sigma]])


def parameters(point: Floats, n_thresholds: int) -> Parameters:
    """The inverse of Parameters.point."""
    return Parameters(point[:n_thresholds], point[n_thresholds:-1], float(point[-1]))


class Objective:
    """The likelihood of one set of patterns as a function of the parameters.

    It remembers where each integrand was highest, because the next parameters are near.
    """

    def __init__(self, data: Patterns, part: Terms, design: Floats, n_nodes: int) -> None:
        self.data, self.part, self.design, self.n_nodes = data, part, design, n_nodes
        self.mode: Floats = np.zeros(len(data.start))

    def value_and_gradient(self, now: Parameters) -> tuple[float, Floats]:
        """Log-likelihood, and its gradient to thresholds, coefficients and sigma."""
        place = (now.thresholds - (self.design @ now.coefficients)[:, None]).ravel()
        found = client_integral(self.part, place[self.part.place], now.sigma, self.mode, self.n_nodes)
        self.mode = found.mode
        n_thresholds = len(now.thresholds)
        slope = sums(self.part.place, found.slope * self.part.weight, len(self.design) * n_thresholds)
        table = slope.reshape(len(self.design), n_thresholds)
        by_threshold, gaps = table.sum(axis=0), np.diff(now.thresholds)
        push = self.part.n_between / np.expm1(gaps)
        by_threshold[1:] += push
        by_threshold[:-1] -= push
        by_sigma = np.sum(found.slope_sigma * self.data.weight)
        value = sum((self.data.weight * found.log_likelihood).tolist())
        value += float(self.part.n_between @ np.log(-np.expm1(-gaps)))
        return value, np.concatenate([by_threshold, -table.sum(axis=1) @ self.design, [by_sigma]])
