"""Months of intake around a start: only whole months count, on either side."""

import datetime as dt

import numpy as np
import pandas as pd

from indicators.designs.monthly_series import series_estimates, takes_part
from indicators.effects.estimates import Outcome

STARTED_ON = dt.date(2022, 1, 1)
EUROS = Outcome("euros", "provisions", "eur", what="wmo")


def clients(seed: int = 2) -> pd.DataFrame:
    """Four on each of three days a month from 2019, with a few hundred euros each; the last first years are open."""
    rng = np.random.default_rng(seed)
    days = [month + pd.Timedelta(days=day) for month in pd.date_range("2019", "2025", freq="MS") for day in (0, 9, 19)]
    intake_on = pd.Series(np.repeat(days, 4))
    return pd.DataFrame(
        {
            "intake_on": intake_on,
            "first_year_complete": intake_on <= "2024-11-15",
            "euros": rng.gamma(2, 300, intake_on.size),
        }
    )


def test_a_month_that_a_limit_cuts_is_no_month_like_the_others() -> None:
    """The first of January 2021 is a year before the start, and the rest of that January met both ways of working."""
    people = clients()
    taken = people[takes_part(people, EUROS, STARTED_ON)]["intake_on"]
    assert taken[taken < pd.Timestamp(STARTED_ON)].max() == pd.Timestamp("2020-12-20")
    assert taken.max() == pd.Timestamp("2024-10-20")


def test_one_expensive_client_in_a_cut_month_moves_no_step() -> None:
    people = clients()
    dear = people.assign(euros=people["euros"].mask(people["intake_on"] == "2021-01-01", 50_000.0))
    steps = [series_estimates(one, [EUROS], STARTED_ON)["estimate"][0] for one in (people, dear)]
    assert steps[0] == steps[1]
    assert abs(steps[0]) < 300


def test_a_start_within_a_month_leaves_that_month_out() -> None:
    people = clients()
    taken = people[takes_part(people, EUROS, dt.date(2022, 1, 15))]["intake_on"]
    after = taken[taken >= pd.Timestamp("2022")]
    assert after.min() == pd.Timestamp("2022-02-01")
