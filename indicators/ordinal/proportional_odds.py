"""Does the ordinal model's one odds ratio hold at every cut of the scale?

At each cut the scores become yes or no, and the same model is fitted to that. When odds are proportional, the cuts
estimate the same coefficients; a Wald test with the covariance of the cuts from the clients' own scores (Brant 1990,
here with a client intercept) asks whether they differ by more than chance. Where they do, read P(score >= 4) of the
model at that cut, not the common odds ratio.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy

from indicators.arrays import Floats, Integers
from indicators.ordinal.likelihood import client_integral, terms
from indicators.ordinal.model import OrdinalFit, fit_patterns
from indicators.ordinal.patterns import Patterns, patterns

# A cut with fewer assessments on one side says nothing about the others.
FEWEST_BEYOND_CUT = 30


@dataclass(frozen=True, slots=True)
class ProportionalOdds:
    """Coefficients per cut, and the test that they are the same.

    `cuts`: the score from which yes begins; `coefficients`: float64[cuts, p]; `chi_square`, `df`, `p_value`: NaN, 0 and
    NaN when fewer than two cuts can be fitted.
    """

    cuts: Integers
    coefficients: Floats
    chi_square: float
    df: int
    p_value: float


def proportional_odds(score: Integers, cell: Integers, design: Floats, client: Integers) -> ProportionalOdds:
    """Compare the cuts; arguments as for `fit_ordinal`."""
    levels, level = np.unique(score, return_inverse=True)
    data = patterns(level, np.asarray(cell, np.int64), client, len(levels))
    design = design[: data.n_cells]
    fits, influences, cuts = [], [], []
    for cut in range(1, len(levels)):
        yes = (level >= cut).sum()
        if min(yes, len(level) - yes) < FEWEST_BEYOND_CUT:
            continue
        at_cut = replace(data, level=(data.level >= cut).astype(np.int64), n_levels=2)
        fit = fit_patterns(at_cut, np.array([0, 1]), design)
        if fit.converged:
            fits.append(fit)
            influences.append(_scores(at_cut, design, fit) @ fit.covariance)
            cuts.append(levels[cut])
    n_coefficients = design.shape[1]
    coefficients = np.array([fit.coefficients for fit in fits]).reshape(len(fits), n_coefficients)
    if len(fits) < 2:
        return ProportionalOdds(np.array(cuts, np.int64), coefficients, float("nan"), 0, float("nan"))
    influence = np.hstack([one[:, 1 : 1 + n_coefficients] for one in influences])
    covariance = (influence * data.weight[:, None]).T @ influence
    beside_first = np.hstack([-np.ones((len(fits) - 1, 1)), np.eye(len(fits) - 1)])
    contrast = np.kron(beside_first, np.eye(n_coefficients))
    difference = contrast @ coefficients.ravel()
    chi_square = float(difference @ np.linalg.solve(contrast @ covariance @ contrast.T, difference))
    df = len(difference)
    return ProportionalOdds(np.array(cuts), coefficients, chi_square, df, float(scipy.stats.chi2.sf(chi_square, df)))


def _scores(data: Patterns, design: Floats, fit: OrdinalFit) -> Floats:
    """Derivative of each pattern's log-likelihood to threshold, coefficients and sigma, float64[P, 2 + p]."""
    part = terms(data)
    centre = (fit.thresholds - (design @ fit.coefficients)[:, None]).ravel()[part.place]
    found = client_integral(part, centre, fit.sigma, np.zeros(len(data.start)), 15)
    to_place = np.column_stack([np.ones(len(design)), -design])[part.place]
    by_place = np.add.reduceat(found.slope[:, None] * to_place, part.start)
    return np.column_stack([by_place, found.slope_sigma])
