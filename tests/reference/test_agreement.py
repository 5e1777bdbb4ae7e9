"""ICC and weighted kappa equal R psych and the published table. Values made by agreement.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.counts.agreement import MEASURES, agreement_of_tables, intraclass

EXPECTED = pd.read_csv(Path(__file__).with_name("agreement.csv")).set_index("name")
CELLS = [f"c{i}{j}" for i in range(1, 6) for j in range(1, 6)]


def test_agreement_of_two_raters_equals_psych() -> None:
    found = agreement_of_tables(EXPECTED[CELLS].to_numpy(np.int64).reshape(-1, 5, 5))
    assert found == pytest.approx(EXPECTED[list(MEASURES)].to_numpy(), abs=1e-10)


def test_intraclass_equals_shrout_and_fleiss_1979() -> None:
    """Six targets, four judges: ICC(2,1) 0.29 and ICC(3,1) 0.71, here to six decimals."""
    ratings = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])
    overall, targets, judges = ratings.mean(), ratings.mean(axis=1), ratings.mean(axis=0)
    between = 4 * np.sum((targets - overall) ** 2) / 5
    columns = 6 * np.sum((judges - overall) ** 2) / 3
    error = np.sum((ratings - targets[:, None] - judges + overall) ** 2) / 15
    assert (between, columns, error) == pytest.approx((11.24, 32.49, 1.02), abs=0.005)
    assert intraclass(between, columns, error, 6, 4) == pytest.approx((0.289764, 0.714841), abs=1e-6)
