"""Does one series of team-years move where and when another one moves?

Both series are measured with error, about the same people. What is common to a team and what is common to a year is
taken out first, so that only movement of a team against its own level and against the other teams remains.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy
from numpy.typing import NDArray

Array = NDArray[np.float64]
WIDE = 2.563103  # from the tenth to the ninetieth percentile of a normal distribution, in standard deviations


@dataclass(frozen=True, slots=True)
class TeamYears:
    """Cells of a lower (x) and an upper (y) series, each with its sampling variance; all arrays of length n_cells.

    `covariates` has shape (n_cells, k): measured rivals, taken out of both series.
    """

    x: Array
    y: Array
    variance_x: Array
    variance_y: Array
    team: NDArray[np.intp]
    period: NDArray[np.intp]
    covariates: Array


@dataclass(frozen=True, slots=True)
class Slope:
    """How much y moves per unit of x, with its interval; unbounded (inf) when x moved too evenly to tell.

    `spread_x` is the true difference in x between a high and a low team-year, without the sampling error.
    """

    estimate: float
    low: float
    high: float
    spread_x: float


def slope(cells: TeamYears, halo: float, confidence: float) -> Slope:
    """Slope of y on x with errors in both, and its interval by Fieller's theorem over teams.

    Moments are corrected for the sampling error in x (which would pull the slope to zero) and for a correlation `halo`
    between the sampling errors of x and y. The sums per team carry the uncertainty, with n_teams - 1 degrees of
    freedom: team-years of one team are not independent. Sources: Fuller (1987), Fieller (1954).
    """
    upper, lower, degrees = _team_sums(cells, halo)
    spread = WIDE * float(np.sqrt(max(lower.sum(), 0.0) / degrees))
    return Slope(*ratio_of_sums(upper, lower, confidence), spread)


def ratio_of_sums(upper: Array, lower: Array, confidence: float) -> tuple[float, float, float]:
    """Sum of `upper` over sum of `lower` with Fieller's interval; elements are independent groups."""
    groups = len(lower)
    quantile = float(scipy.stats.t.ppf((1 + confidence) / 2, groups - 1))
    a, b = float(upper.sum()), float(lower.sum())
    variance = np.cov(upper, lower) * groups
    square = b * b - quantile**2 * variance[1, 1]
    middle = a * b - quantile**2 * variance[0, 1]
    rest = a * a - quantile**2 * variance[0, 0]
    discriminant = middle**2 - square * rest
    if b <= 0 or square <= 0 or discriminant < 0:
        return (a / b if b > 0 else float("nan")), -np.inf, np.inf
    half = float(np.sqrt(discriminant))
    return a / b, (middle - half) / square, (middle + half) / square


def _team_sums(cells: TeamYears, halo: float) -> tuple[Array, Array, float]:
    """Per team the sums of x*y and x*x after projection, without their sampling error; and the degrees of freedom."""
    noise = cells.variance_x / cells.variance_x.mean() + cells.variance_y / cells.variance_y.mean()
    weight = (1 / noise) / (1 / noise).mean()
    keep = _residual_maker(cells, np.sqrt(weight))
    x, y = keep @ (np.sqrt(weight) * cells.x), keep @ (np.sqrt(weight) * cells.y)
    shares = keep**2
    own = x * x - shares @ (weight * cells.variance_x)
    both = x * y - halo * (shares @ (weight * np.sqrt(cells.variance_x * cells.variance_y)))
    teams = np.unique(cells.team, return_inverse=True)[1]
    degrees = max(float(np.trace(keep)), 1.0)
    return np.bincount(teams, both).astype(float), np.bincount(teams, own).astype(float), degrees


def _residual_maker(cells: TeamYears, root_weight: Array) -> Array:
    """What takes out teams, periods and covariates: shape (n_cells, n_cells)."""
    teams = (cells.team[:, None] == np.unique(cells.team)).astype(float)
    periods = (cells.period[:, None] == np.unique(cells.period)[1:]).astype(float)
    design = np.hstack([teams, periods, cells.covariates]) * root_weight[:, None]
    left, singular, _ = np.linalg.svd(design, full_matrices=False)
    basis = left[:, singular > 1e-9 * singular[0]]
    return np.eye(len(root_weight)) - basis @ basis.T
