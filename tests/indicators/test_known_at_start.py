"""What groups must be equal in before their use is compared."""

import numpy as np
import pandas as pd
import pytest

from indicators.comparison.known_at_start import known_at_start


def clients(n: int = 80) -> pd.DataFrame:
    """Two groups of equal size in two half-years, everybody at level 3."""
    numbers = np.arange(n)
    return pd.DataFrame(
        {
            "exposed": numbers % 2,
            "intake_period": 4040 + numbers // 2 % 2,
            "finances": 3.0,
            "housing": 3.0,
            "step": 2.0 + numbers % 3,
            "is_age_old": (numbers // 4 % 2).astype(float),
        }
    )


def known(frame: pd.DataFrame) -> pd.DataFrame:
    return known_at_start(frame, ["finances", "housing"], ["finances"], ["step"], ["is_age_old"])


def test_level_is_the_mean_of_what_was_scored_and_a_declared_score_its_distance_to_it() -> None:
    found = known(clients().assign(finances=2.0, housing=5.0))
    assert found["known_start_level"].eq(3.5).all()
    assert found["known_of_finances"].eq(-1.5).all()
    assert found["known_of_step"].mean() == pytest.approx(0)


def test_what_was_not_asked_counts_as_no_distance_and_is_known_by_itself() -> None:
    frame = clients().assign(finances=lambda one: one["finances"].where(one.index % 8 > 3))
    found = known(frame)
    asked = frame["finances"].notna()
    assert found.loc[~asked, "known_of_finances"].eq(0).all() and found["known_start_level"].notna().all()
    assert found["known_without_finances"].eq(~asked).all()


def test_a_client_without_any_score_has_no_part() -> None:
    found = known(clients().assign(finances=np.nan, housing=lambda one: one["housing"].where(one.index > 0)))
    assert found.loc[0].isna().all()
    assert found.loc[1:].notna().all(axis=None)


def test_a_half_year_in_which_one_group_took_in_few_is_not_compared() -> None:
    frame = clients()
    late = (frame["exposed"] == 0) & (frame["intake_period"] == 4041)
    few = frame.drop(index=frame.index[late][9:])
    found = known(few)
    assert found[few["intake_period"] == 4041].isna().all(axis=None)
    assert found[few["intake_period"] == 4040].notna().all(axis=None)
    enough = frame.drop(index=frame.index[late][10:])
    assert known(enough).notna().all(axis=None)


def test_of_two_half_years_one_is_the_ground_and_a_rare_trait_is_left_out() -> None:
    half_years = [name for name in known(clients()) if "half_year" in name]
    assert len(half_years) == 1
    assert "known_is_age_old" in known(clients())
    rare = clients().assign(is_age_old=lambda one: (one.index < 18).astype(float))
    assert "known_is_age_old" not in known(rare)


def test_nobody_at_all_gives_no_rows_to_compare() -> None:
    assert known(clients().head(0)).empty
    assert known(clients().assign(finances=np.nan, housing=np.nan)).isna().all(axis=None)
