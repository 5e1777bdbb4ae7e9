"""Corrections for many outcomes, beside statsmodels, which is too slow to call per table."""

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from indicators.many_outcomes import adjusted


@pytest.mark.parametrize("method", ["holm", "fdr_bh"])
def test_adjusted_p_values_equal_those_of_statsmodels_and_pass_over_unknown_ones(method: str) -> None:
    p_values = np.array([0.04, np.nan, 0.001, 0.03, 0.9, 0.03, 0.0004])
    known = ~np.isnan(p_values)
    found = adjusted(p_values, method)
    assert found[known] == pytest.approx(multipletests(p_values[known], method=method)[1])
    assert np.isnan(found[~known]).all()
    assert adjusted(p_values[~known], method).size == 1
