"""Probabilities by logistic regression: of being in the new approach, of being measured again."""

from __future__ import annotations

import numpy as np

from indicators.arrays import Flags, Floats


def fitted_probability(covariates: Floats, happened: Flags) -> Floats:
    """(N,) probability from `covariates` (N, p), an intercept added, by maximum likelihood.

    NaN throughout when the covariates separate the two groups perfectly: then no finite fit exists, and nobody is
    comparable.
    """
    design = np.column_stack([np.ones(len(covariates)), covariates])
    outcome = happened.astype(np.float64)
    coefficient = np.zeros(design.shape[1])
    for _ in range(50):
        probability = 1 / (1 + np.exp(-np.clip(design @ coefficient, -30, 30)))
        information = (design * (probability * (1 - probability))[:, None]).T @ design
        step = np.linalg.lstsq(information, design.T @ (outcome - probability), rcond=1e-10)[0]
        coefficient = coefficient + step
        if np.abs(step).max() < 1e-10:
            return probability
    return np.full(len(outcome), np.nan)
