"""A difference in change on a scale that ends equals R, in points, on the underlying scale, and over both."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from indicators.comparison.estimates import comparison_estimates
from indicators.effects.estimates import Outcome

HERE = Path(__file__).parent
R = pd.read_csv(HERE / "bounded_scale.csv").set_index("name")["value"]
# R searches along differences of the likelihood; both figures agree to six digits.
SEARCHED = 1e-5


@pytest.fixture(scope="module")
def compared() -> pd.DataFrame:
    data = pd.read_csv(HERE / "pairs.csv").rename(columns={"treated": "exposed", "team": "team_no"})
    finances = Outcome("after", "zrm", "points", "finances")
    return comparison_estimates(data.assign(client_no=data.index), [finances], ["before"]).estimates


def test_both_figures_equal_those_of_r(compared: pd.DataFrame) -> None:
    found = json.loads(compared.set_index("measure").loc["effect", "assumptions"])["bounded_scale"]
    expected = {"holds": None, "in_points": R["points"], "underlying": R["underlying"]}
    assert found == pytest.approx(expected, abs=5e-5)  # they stand there in four decimals


def test_the_margin_holds_the_margins_of_both(compared: pd.DataFrame) -> None:
    """One calibration serves all figures; that of ancova, pinned to R elsewhere, tells how large it is."""
    of = compared.set_index("measure")
    freedom = json.loads(of.loc["effect", "assumptions"])["teams"]["degrees_of_freedom"]
    every = pd.read_csv(HERE / "reference.csv").set_index("name")["value"]
    calibrated = of.loc["effect_ancova", "se"] / every["ancova_cr3_se"]
    half = stats.t.ppf(0.975, freedom) * calibrated
    ends = [R[one] + sign * half * R[f"{one}_jackknife_se"] for one in ("points", "underlying") for sign in (-1, 1)]
    row = of.loc["effect"]
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((min(ends), max(ends)), rel=SEARCHED * 10)
    assert row["estimate"] == pytest.approx((min(ends) + max(ends)) / 2, rel=SEARCHED * 10)
    assert np.isfinite(row["se"])
