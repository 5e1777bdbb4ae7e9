"""Linear growth equals R lme4 on an invented panel. Values made by growth.R."""

from pathlib import Path

import pandas as pd
import pytest

from indicators.growth import growth

HERE = Path(__file__).parent
EXPECTED = pd.read_csv(HERE / "growth.csv").set_index("name")["value"]
DATA = pd.read_csv(HERE / "data" / "effect_synth.csv")


def test_growth_equals_lmer() -> None:
    found = growth(DATA["score"].to_numpy(), DATA["months"].to_numpy(), DATA["client"].to_numpy())
    assert found is not None and found.converged
    for name in ("intercept", "intercept_error", "per_year", "per_year_error"):
        assert getattr(found, name) == pytest.approx(EXPECTED[name], rel=1e-3)
    assert found.residual_variance == pytest.approx(EXPECTED["residual"], rel=1e-3)
    assert found.log_likelihood == pytest.approx(EXPECTED["log_likelihood"], abs=1e-4)
    assert found.client_covariance[1, 1] == pytest.approx(EXPECTED["variance_slope"], rel=0.02)


def test_too_few_clients_give_no_growth() -> None:
    few = DATA[DATA["client"] <= 20]
    assert growth(few["score"].to_numpy(), few["months"].to_numpy(), few["client"].to_numpy()) is None
