"""Who came in when, and in which way of working."""

import pandas as pd

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import REACH
from indicators.effects.exposure import client_frame, reach_by_year, whole_years

# Team 1 started on 1 July 2021, team 2 never, and of team 3 it is known only that it started within 2021.
GROUPS = pd.DataFrame(
    {
        "client_no": [1, 2, 3, 4, 5, 6],
        "team_no": [1, 1, 1, 2, 3, 3],
        "intake_on": pd.to_datetime(
            ["2020-05-01", "2021-01-10", "2021-11-01", "2021-11-01", "2021-06-01", "2022-02-01"]
        ),
        "approach_from": pd.to_datetime(["2021-07-01"] * 3 + [None] + ["2021-01-01"] * 2),
        "approach_by": pd.to_datetime(["2021-07-01"] * 3 + [None] + ["2021-12-31"] * 2),
        "first_year_complete": True,
    }
)


def test_a_client_is_exposed_only_when_the_team_surely_worked_in_the_new_way() -> None:
    exposed = client_frame(GROUPS)["exposed"]
    assert exposed.tolist() == [0, pd.NA, 1, 0, pd.NA, 1]


def test_reach_counts_clients_per_year_and_way_and_says_which_years_are_whole() -> None:
    table = reach_by_year(GROUPS)
    assert table.to_numpy().tolist() == [
        [2020, "regular", 1, False],
        [2021, "between", 2, True],
        [2021, "new", 1, True],
        [2021, "regular", 1, True],
        [2022, "new", 1, False],
    ]
    assert broken_rules(REACH, table.astype({"n_clients": "int64"})) == {}


def test_a_year_is_whole_when_clients_came_in_from_its_first_to_its_last_quarter() -> None:
    assert whole_years(pd.to_datetime(pd.Series(["2021-01-02", "2021-10-01", "2022-04-01", "2022-12-01"]))) == {2021}


def test_a_delivery_of_early_october_makes_no_whole_year_of_nine_months() -> None:
    """Its clients a year are the volume of the MKBA: a quarter too few, unsaid."""
    quarters = ["2021-01-04", "2021-12-20", "2022-01-10", "2022-10-04"]
    assert whole_years(pd.to_datetime(pd.Series(quarters))) == {2021}
    assert whole_years(pd.to_datetime(pd.Series([*quarters, "2022-12-19"]))) == {2021, 2022}
    assert whole_years(pd.to_datetime(pd.Series(["2020-03-25", "2020-12-20", *quarters]))) == {2021}
