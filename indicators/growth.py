"""Growth over time of a score taken as a number: linear mixed model per life domain. Secondary, and said so.

Score on months since the first assessment, with an intercept and a slope of its own for every client (statsmodels).
The ordinal model is the headline; this one gives levels per year, which people ask for, and treats the steps between
levels as equal, which they are not.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.arrays import Floats, Integers

FEWEST_CLIENTS = 30


@dataclass(frozen=True, slots=True)
class Growth:
    """Levels at the start and levels per year, each with standard error; variances between and within clients.

    `client_covariance`: of intercept and slope, float64[2, 2]; `converged` is False when the data cannot carry it.
    """

    intercept: float
    intercept_error: float
    per_year: float
    per_year_error: float
    client_covariance: Floats
    residual_variance: float
    log_likelihood: float
    n_clients: int
    converged: bool


def growth(score: Integers, months: Floats, client: Integers) -> Growth | None:
    """Linear growth by restricted maximum likelihood, one entry per assessment; None below `FEWEST_CLIENTS`."""
    import statsmodels.regression.mixed_linear_model as mixed
    from statsmodels.tools.sm_exceptions import ConvergenceWarning

    clients = pd.unique(pd.Series(client))
    if len(clients) < FEWEST_CLIENTS or len(np.unique(score)) < 2:
        return None
    design = np.column_stack([np.ones(len(score)), np.asarray(months, np.float64) / 12])
    model = mixed.MixedLM(np.asarray(score, np.float64), design, groups=client, exog_re=design)
    with warnings.catch_warnings():
        # What these warn about stands in `converged`.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        found = model.fit(reml=True, method=["lbfgs", "bfgs"])
    return Growth(
        intercept=float(found.fe_params[0]),
        intercept_error=float(found.bse_fe[0]),
        per_year=float(found.fe_params[1]),
        per_year_error=float(found.bse_fe[1]),
        client_covariance=np.asarray(found.cov_re),
        residual_variance=float(found.scale),
        log_likelihood=float(found.llf),
        n_clients=len(clients),
        converged=bool(found.converged),
    )
