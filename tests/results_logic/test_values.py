"""Each registered measure gives the figure that a reader can work out from the released rows."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pydantic import TypeAdapter

from indicators.results_logic.tree.measures import AnyMeasure
from indicators.results_logic.values.formulas import VALUE_COLUMNS, values
from indicators.results_logic.values.released import Released
from tests.results_logic.figures import CHANGE, COST, ESTIMATE, FUNNEL, USE, rows_of

YEARS = {"period_from": "2022", "period_to": "2023"}
FIRST_TO_M6 = {"life_domain": "finances", "moment_to": "m6"}


def value(released: Released, **parameters: Any) -> pd.Series:
    found = values(TypeAdapter(AnyMeasure).validate_python(parameters), released)
    assert list(found.columns) == VALUE_COLUMNS
    return found[found["slice"] == "all"].iloc[0]


def test_mean_change_takes_the_released_estimate_and_interval() -> None:
    found = value(Released(change=rows_of(CHANGE)), name="mean_change", **FIRST_TO_M6)
    assert (found["estimate"], found["ci_low"], found["ci_high"]) == (0.35, 0.2, 0.5)
    assert found["stamp"] == "change"


def test_net_improved_is_the_share_up_minus_the_share_down() -> None:
    found = value(Released(change=rows_of(CHANGE)), name="net_improved", **FIRST_TO_M6)
    assert found["estimate"] == pytest.approx(0.25)
    assert found["ci_low"] < 0.25 < found["ci_high"]


def test_level_reached_is_the_change_in_the_share_at_four_or_five() -> None:
    found = value(Released(change=rows_of(CHANGE)), name="level_reached", **FIRST_TO_M6)
    assert found["estimate"] == pytest.approx(0.15)


def test_share_using_compares_the_last_released_year_with_the_first() -> None:
    years = rows_of(USE, {}, {"slice_value": "2023", "n_clients": 15}, {"slice_value": "2024", "n_clients": 10})
    found = value(Released(use=years), name="share_using", subject="events", what="huisuitzetting")
    assert found["estimate"] == pytest.approx(10 / 200 - 20 / 200)
    assert found["n_clients"] == 200


def test_a_year_that_is_too_small_is_passed_over_and_never_read() -> None:
    years = rows_of(USE, {}, {"slice_value": "2023", "n_clients": 15}, {"slice_value": "2024", "status": "too_few"})
    found = value(Released(use=years), name="share_using", subject="events", what="huisuitzetting")
    assert found["estimate"] == pytest.approx(15 / 200 - 20 / 200)


def test_a_figure_of_an_earlier_release_is_read_and_a_hidden_part_is_not() -> None:
    held = rows_of(CHANGE, {"status": "held"})
    assert value(Released(change=held), name="net_improved", **FIRST_TO_M6)["estimate"] == pytest.approx(0.25)
    banded = rows_of(CHANGE, {"status": "banded", "n_down": None})
    found = value(Released(change=banded), name="net_improved", **FIRST_TO_M6)
    assert (found["status"], pd.isna(found["estimate"])) == ("banded", True)
    assert value(Released(change=banded), name="mean_change", **FIRST_TO_M6)["estimate"] == 0.35


def test_two_years_that_are_too_small_give_no_figure_and_say_so() -> None:
    years = rows_of(USE, {"status": "too_few"}, {"slice_value": "2023", "status": "too_few"})
    found = value(Released(use=years), name="share_using", subject="events", what="huisuitzetting")
    assert found["status"] == "too_few"
    assert pd.isna(found["estimate"])


def test_one_year_is_not_a_comparison() -> None:
    found = value(Released(use=rows_of(USE)), name="share_using", subject="events", what="huisuitzetting")
    assert found["status"] == "one_period"


def test_amount_per_year_is_a_relative_difference_per_client_year() -> None:
    years = rows_of(USE, {}, {"slice_value": "2024", "total": 50.0, "client_years": 200.0, "n_clients_base": 400})
    found = value(Released(use=years), name="amount_per_year", subject="events", what="huisuitzetting")
    assert found["estimate"] == pytest.approx((50 / 200) / (25 / 100) - 1)


@pytest.mark.parametrize("name", ["share_using", "amount_per_year"])
def test_years_that_were_not_followed_equally_long_are_not_compared(name: str) -> None:
    years = rows_of(USE, {}, {"slice_value": "2024", "client_years": 40.0})
    found = value(Released(use=years), name=name, subject="events", what="huisuitzetting")
    assert (found["status"], pd.isna(found["estimate"])) == ("unequal_follow_up", True)


def test_an_amount_that_nearly_everybody_has_is_about_everybody() -> None:
    hours = {"subject": "hours", "what": "support", "n_clients": None, "n_clients_status": "above", "status": "banded"}
    years = rows_of({**USE, **hours}, {}, {"slice_value": "2023", "total": 50.0})
    found = value(Released(use=years), name="amount_per_year", subject="hours", what="support")
    assert (found["estimate"], found["n_clients"]) == (pytest.approx(1.0), 200)
    hidden = years.assign(n_clients_status="below")
    found = value(Released(use=hidden), name="amount_per_year", subject="hours", what="support")
    assert pd.isna(found["estimate"])


def test_reach_registration_and_cost_per_case_read_the_funnel() -> None:
    funnel = rows_of(FUNNEL, {}, {"slice_value": "2023", "n_clients": 250, "n_monitored": 100})
    costs = rows_of(COST, {}, {"year": 2023, "amount_eur": 150_000.0})
    released = Released(funnel=funnel, costs=costs)
    assert value(released, name="reach", **YEARS)["estimate"] == pytest.approx(0.25)
    monitored = value(released, name="registration", what="monitored", life_domain="finances", **YEARS)
    assert monitored["estimate"] == pytest.approx(100 / 250 - 40 / 200)
    assert value(released, name="cost_per_case", **YEARS)["estimate"] == pytest.approx((150 / 250) / (100 / 200) - 1)


def test_case_records_are_a_share_or_a_mean_per_person() -> None:
    plan = rows_of(USE, {"subject": "cases", "what": "with_plan"})
    plan = pd.concat([plan, plan.assign(slice_value="2023", n_clients=60)])
    assert value(Released(use=plan), name="case_record", what="with_plan")["estimate"] == pytest.approx(0.2)
    waiting = rows_of(USE, {"subject": "cases", "what": "waiting_time"})
    waiting = pd.concat([waiting, waiting.assign(slice_value="2023", total=50.0)])
    assert value(Released(use=waiting), name="case_record", what="waiting_time")["estimate"] == pytest.approx(1.0)


def test_an_estimate_of_the_study_keeps_its_own_stamp() -> None:
    estimates = pd.DataFrame(
        [
            {
                "subject": "zrm",
                "life_domain": "finances",
                "what": "all",
                "slice": "all",
                "slice_value": "all",
                "moment_from": "first",
                "moment_to": "m6",
                "design": "staggered",
                "measure": "difference",
                "unit": "point",
                "estimate": 0.2,
                "ci_low": 0.1,
                "ci_high": 0.3,
                "n_clients": 300,
                "stamp": "strong_comparison",
                "assumptions": '{"demonstrable": {"holds": true, "p_value": 0.01, "p_value_adjusted": 0.01}}',
                "status": "released",
            }
        ]
    )
    wanted = {"subject": "zrm", "life_domain": "finances", "measure": "difference", "design": "staggered"}
    found = value(Released(estimates=estimates), name="estimate", counted_as="points", **wanted)
    assert (found["estimate"], found["stamp"]) == (0.2, "strong_comparison")


def test_a_figure_of_a_team_is_computed_from_its_own_years() -> None:
    years = rows_of(
        USE,
        {"slice": "team+cohort", "slice_value": "Team Noord | 2022"},
        {"slice": "team+cohort", "slice_value": "Team Noord | 2023", "n_clients": 40},
        {"slice": "team+cohort", "slice_value": "Team Zuid | 2022"},
    )
    measure = TypeAdapter(AnyMeasure).validate_python(
        {"name": "share_using", "subject": "events", "what": "huisuitzetting"}
    )
    found = values(measure, Released(use=years)).set_index("slice_value")
    assert found.loc["Team Noord", "estimate"] == pytest.approx(0.1)
    assert found.loc["Team Zuid", "status"] == "one_period"


@pytest.mark.parametrize(
    "parameters",
    [
        {"name": "mean_change", **FIRST_TO_M6},
        {"name": "share_using", "subject": "events", "what": "huisuitzetting"},
        {"name": "amount_per_year", "subject": "hours", "what": "all"},
        {"name": "case_record", "what": "with_plan"},
        {"name": "reach", **YEARS},
        {"name": "registration", "what": "scored", "life_domain": "finances", **YEARS},
        {"name": "cost_per_case", **YEARS},
        {"name": "estimate", "subject": "ladder", "measure": "slope", "design": "series", "counted_as": "points"},
    ],
)
def test_no_measure_needs_a_table_that_the_study_lacks(parameters: dict[str, Any]) -> None:
    assert values(TypeAdapter(AnyMeasure).validate_python(parameters), Released()).empty


PROVISION = {"subject": "provisions", "what": "huishoudelijke hulp", "unit": "eur", "total": 9000.0}


def test_what_is_delivered_in_two_units_has_no_figure_until_the_tree_says_which() -> None:
    """Years side by side in one unit each would be euros beside hours."""
    years = rows_of(
        USE,
        PROVISION,
        PROVISION | {"slice_value": "2023", "n_clients": 15},
        PROVISION | {"unit": "uur", "total": 300.0, "n_clients": 15},
        PROVISION | {"unit": "uur", "total": 290.0, "slice_value": "2023"},
    )
    asked = {"name": "amount_per_year", "subject": "provisions", "what": "huishoudelijke hulp", **YEARS}
    found = value(Released(use=years), **asked)
    assert (found["status"], pd.isna(found["estimate"])) == ("several_units", True)
    assert value(Released(use=years), counted_in="uur", **asked)["estimate"] == pytest.approx(290 / 300 - 1)
    only_hours = years[years["unit"] == "uur"]
    assert value(Released(use=only_hours), **asked)["counted"] == "uur"


def test_an_estimate_in_two_units_has_no_figure_until_the_tree_says_which() -> None:
    about = {"subject": "provisions", "life_domain": "all", "what": "huishoudelijke hulp"}
    rows = rows_of(ESTIMATE, about | {"unit": "eur", "estimate": -180.0}, about | {"unit": "uur", "estimate": -5.4})
    asked = {"name": "estimate", "subject": "provisions", "what": "huishoudelijke hulp", "design": "staggered"}
    found = values(TypeAdapter(AnyMeasure).validate_python(asked | {"counted_as": "amount"}), Released(estimates=rows))
    assert found["status"].tolist() == ["several_units"]
    found = value(Released(estimates=rows), counted_as="amount", counted_in="uur", **asked)
    assert (found["estimate"], found["counted"]) == (-5.4, "uur")


def test_two_estimates_of_one_thing_have_no_figure_until_the_tree_says_which() -> None:
    rows = rows_of(ESTIMATE, {}, {"moment_to": "within_24_months", "estimate": 0.5})
    asked = {"name": "estimate", "subject": "zrm", "life_domain": "finances", "design": "staggered"}
    found = values(TypeAdapter(AnyMeasure).validate_python(asked | {"counted_as": "points"}), Released(estimates=rows))
    assert found["status"].tolist() == ["several_figures"]
