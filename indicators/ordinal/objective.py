"""Log-likelihood and gradient of the whole model at given parameters, with or without a team intercept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from indicators.arrays import Floats, sums
from indicators.ordinal.likelihood import ClientIntegral, Terms, client_integral, gauss_hermite
from indicators.ordinal.patterns import Patterns


@dataclass(frozen=True, slots=True)
class Parameters:
    """Thresholds (rising), coefficients, and standard deviations of the client and the team intercept."""

    thresholds: Floats
    coefficients: Floats
    sigma: float
    tau: float

    def point(self) -> Floats:
        """All in one array, in the order of the fields."""
        return np.concatenate([self.thresholds, self.coefficients, [self.sigma, self.tau]])


def parameters(point: Floats, n_thresholds: int) -> Parameters:
    """The inverse of Parameters.point."""
    return Parameters(point[:n_thresholds], point[n_thresholds:-2], float(point[-2]), float(point[-1]))


class Objective:
    """The likelihood of one set of patterns as a function of the parameters.

    It remembers where each integrand was highest, because the next parameters are near; team nodes stand still while
    the parameters move, and are placed anew by `place_team_nodes`.
    """

    def __init__(self, data: Patterns, part: Terms, design: Floats, n_nodes: int, n_team_nodes: int) -> None:
        self.data, self.part, self.design, self.n_nodes = data, part, design, n_nodes
        self.mode: Floats = np.zeros(len(data.start))
        team = np.unique(data.team, return_inverse=True)[1]
        self.n_teams, self.team = int(team.max()) + 1, team
        self.team_nodes = np.zeros((self.n_teams, 1))
        self.team_log_weights = np.zeros((self.n_teams, 1))
        self.has_teams, self.n_team_nodes = n_team_nodes > 0, n_team_nodes

    def integral(self, now: Parameters, team_effect: Floats) -> ClientIntegral:
        """The client integral of every pattern when the teams have these effects, float64[teams]."""
        place = (now.thresholds - (self.design @ now.coefficients)[:, None]).ravel()
        shift = now.tau * team_effect[self.team]
        centre = place[self.part.place] - shift[self.part.owner]
        found = client_integral(self.part, centre, now.sigma, self.mode, self.n_nodes)
        self.mode = found.mode
        return found

    def place_team_nodes(self, now: Parameters) -> None:
        """Put the team nodes around where each team's integrand is highest."""
        if not self.has_teams:
            return
        effect, step = self.team_nodes.mean(axis=1), 1e-3
        for _ in range(20):
            slope = self._team_slope(now, effect)
            curvature = (self._team_slope(now, effect - step) - self._team_slope(now, effect + step)) / (2 * step)
            move = np.clip(slope / curvature, -2, 2)
            effect = effect + move
            if np.abs(move).max() < 1e-6:
                break
        nodes, log_weights = gauss_hermite(self.n_team_nodes)
        spread = 1 / np.sqrt(curvature)
        self.team_nodes = effect[:, None] + spread[:, None] * nodes
        self.team_log_weights = log_weights + np.log(spread)[:, None] - self.team_nodes**2 / 2

    def value_and_gradient(self, now: Parameters) -> tuple[float, Floats]:
        """Log-likelihood, and its gradient to thresholds, coefficients, sigma and tau."""
        found = [self.integral(now, effect) for effect in self.team_nodes.T]
        per_team = np.column_stack([self._per_team(self.data.weight * one.log_likelihood) for one in found])
        log_joint = per_team + self.team_log_weights
        log_total = special.logsumexp(log_joint, axis=1)
        posterior = np.exp(log_joint - log_total[:, None])[self.team]
        slope, by_sigma, by_tau = np.zeros(len(self.part.owner)), 0.0, 0.0
        for node, one in enumerate(found):
            at_node = one.slope * self.part.weight * posterior[self.part.owner, node]
            slope += at_node
            by_sigma += float(np.sum(one.slope_sigma * self.data.weight * posterior[:, node]))
            by_tau -= float(np.sum(at_node * self.team_nodes[self.team[self.part.owner], node]))
        return self._with_gaps(now, float(log_total.sum()), slope, by_sigma, by_tau)

    def _with_gaps(
        self, now: Parameters, value: float, slope: Floats, by_sigma: float, by_tau: float
    ) -> tuple[float, Floats]:
        n_thresholds = len(now.thresholds)
        table = sums(self.part.place, slope, len(self.design) * n_thresholds).reshape(len(self.design), n_thresholds)
        by_threshold, gaps = table.sum(axis=0), np.diff(now.thresholds)
        value += float(self.part.n_between @ np.log(-np.expm1(-gaps)))
        push = self.part.n_between / np.expm1(gaps)
        by_threshold[1:] += push
        by_threshold[:-1] -= push
        return value, np.concatenate([by_threshold, -table.sum(axis=1) @ self.design, [by_sigma, by_tau]])

    def _team_slope(self, now: Parameters, effect: Floats) -> Floats:
        found = self.integral(now, effect)
        per_pattern = np.add.reduceat(found.slope * self.part.weight, self.part.start)
        return -now.tau * self._per_team(per_pattern) - effect

    def _per_team(self, per_pattern: Floats) -> Floats:
        return sums(self.team, per_pattern, self.n_teams)
