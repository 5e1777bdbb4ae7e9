"""A year that is delivered in part is compared with no other: one rule for every measure over two years."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from pydantic import TypeAdapter

from indicators.results_logic.tree.measures import AnyMeasure
from indicators.results_logic.values.formulas import values
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import logic_tables_of
from tests.results_logic.figures import COST, FUNNEL, USE, rows_of
from tests.results_logic.test_what_is_not_there import tree_with

TO_2024 = {"period_from": "2023", "period_to": "2024"}
EVERY = [
    {"name": "reach", **TO_2024},
    {"name": "cost_per_case", **TO_2024},
    {"name": "registration", "what": "scored", "life_domain": "finances", **TO_2024},
    {"name": "share_using", "subject": "events", "what": "huisuitzetting", **TO_2024},
    {"name": "amount_per_year", "subject": "events", "what": "huisuitzetting", **TO_2024},
    {"name": "case_record", "what": "with_plan", **TO_2024},
]
SAID = (
    "Nog niet gemeten. Van 2024 is maar een deel van het jaar geleverd. Met een heel jaar is dat niet te vergelijken."
)


def figures() -> Released:
    """Until 2024 about as many as before; of 2024 the delivery holds a quarter."""
    years = [{"slice_value": year} for year in ("2022", "2023")]
    use = [{**USE, **one} for one in (*years, {"slice_value": "2024", "n_clients": 5, "n_clients_base": 70})]
    plans = [one | {"subject": "cases", "what": "with_plan"} for one in use]
    quarter = FUNNEL | {"slice_value": "2024", "n_clients": 70, "n_scored": 30}
    everybody = [{"life_domain": "all", **one} for one in (*years, quarter | {"life_domain": "all"})]
    reach = pd.DataFrame({"year": [2022, 2023, 2024], "is_whole_year": pd.array([True, None, False], "boolean")})
    found = Released(
        use=rows_of(USE, *use, *plans),
        funnel=rows_of(FUNNEL, *years, quarter, *everybody),
        costs=rows_of(COST, {}, {"year": 2023}, {"year": 2024}),
    )
    return found.without_part_years(reach)


def value(measure: dict[str, Any]) -> pd.Series:
    return values(TypeAdapter(AnyMeasure).validate_python(measure), figures()).iloc[0]


@pytest.mark.parametrize("measure", EVERY, ids=lambda one: one["name"])
def test_a_year_that_was_asked_for_and_is_delivered_in_part_gives_no_figure_and_is_named(
    measure: dict[str, Any],
) -> None:
    (row,) = logic_tables_of(tree_with(measure), figures()).indicators.to_dict("records")
    assert pd.isna(row["estimate"])
    assert row["verdict_text"] == SAID
    assert row["to_register"] == "Kies in de boom twee hele jaren, of wacht tot het jaar helemaal is geleverd."


def test_without_a_wish_the_last_whole_year_is_taken() -> None:
    found = value({"name": "share_using", "subject": "events", "what": "huisuitzetting"})
    assert (found["status"], found["n_clients"]) == ("released", 200)
    measure = {"name": "share_using", "subject": "events", "what": "huisuitzetting"}
    (row,) = logic_tables_of(tree_with(measure), figures()).indicators.to_dict("records")
    assert row["measured"].endswith("laatste hele jaar van instroom vergeleken met het eerste")


def test_two_whole_years_are_compared_as_before() -> None:
    found = value({"name": "reach", "period_from": "2022", "period_to": "2023"})
    assert found["estimate"] == pytest.approx(0.0)


def test_a_team_is_not_compared_over_such_a_year_either() -> None:
    teams = [{"slice": "team+cohort", "slice_value": f"Team Noord | {year}"} for year in ("2022", "2023", "2024")]
    measure = TypeAdapter(AnyMeasure).validate_python({"name": "reach", **TO_2024})
    whole = Released(funnel=rows_of(FUNNEL, *teams))
    assert values(measure, whole)["status"].tolist() == ["released"]
    reach = pd.DataFrame({"year": [2024], "is_whole_year": [False]})
    assert values(measure, whole.without_part_years(reach))["status"].tolist() == ["period_in_part"]
