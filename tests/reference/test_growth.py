"""Linear growth equals R lme4 on an invented panel. Values made by growth.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.change.linear_growth import linear_growth

HERE = Path(__file__).parent
EXPECTED = pd.read_csv(HERE / "growth.csv").set_index("name")["value"]
DATA = pd.read_csv(HERE / "data" / "effect_synth.csv")


def test_growth_equals_lmer() -> None:
    found = linear_growth(DATA["score"].to_numpy(), DATA["months"].to_numpy(), DATA["client"].to_numpy())
    assert found is not None
    assert found.log_likelihood == pytest.approx(EXPECTED["log_likelihood"], abs=1e-6)
    for name in ("intercept", "intercept_error", "per_year", "per_year_error"):
        assert getattr(found, name) == pytest.approx(EXPECTED[name], abs=1e-5)
    assert found.residual_variance == pytest.approx(EXPECTED["residual"], abs=1e-4)
    expected = EXPECTED[["variance_intercept", "covariance", "covariance", "variance_slope"]].to_numpy().reshape(2, 2)
    assert found.client_covariance == pytest.approx(expected, abs=2e-4)


def test_the_order_of_assessments_does_not_matter() -> None:
    shuffled = DATA.sample(frac=1, random_state=3)
    one = linear_growth(DATA["score"].to_numpy(), DATA["months"].to_numpy(), DATA["client"].to_numpy())
    other = linear_growth(shuffled["score"].to_numpy(), shuffled["months"].to_numpy(), shuffled["client"].to_numpy())
    assert one is not None and other is not None and other.per_year == pytest.approx(one.per_year, abs=1e-6)


def test_too_few_clients_or_one_moment_give_no_growth() -> None:
    few = DATA[DATA["client"] <= 20]
    assert linear_growth(few["score"].to_numpy(), few["months"].to_numpy(), few["client"].to_numpy()) is None
    assert linear_growth(DATA["score"].to_numpy(), np.zeros(len(DATA)), DATA["client"].to_numpy()) is None
