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


def test_a_delivery_that_ends_within_the_last_quarter_holds_a_part_of_that_year() -> None:
    every_week = pd.Series(pd.date_range("2021-01-04", "2022-11-15", freq="7D"))
    assert whole_years(every_week) == {2021}
    assert whole_years(every_week[every_week < "2022-10-05"]) == {2021}
    assert whole_years(every_week[every_week > "2021-02-15"]) == set()
    assert whole_years(pd.Series(pd.date_range("2021-01-04", "2022-12-20", freq="7D"))) == {2021, 2022}


def test_where_people_seldom_come_a_month_without_anybody_ends_no_year() -> None:
    now_and_then = pd.to_datetime(["2021-01-20", "2021-04-01", "2021-08-01", "2021-10-20", "2022-02-01", "2022-11-01"])
    assert whole_years(pd.Series(now_and_then)) == {2021, 2022}
