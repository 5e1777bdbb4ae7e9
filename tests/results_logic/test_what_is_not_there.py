"""An indicator without a figure says what is not there under that name, and what is."""

from __future__ import annotations

from typing import Any

import pytest

from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import logic_tables_of
from tests.results_logic.figures import COST, ESTIMATE, FUNNEL, USE, rows_of
from tests.results_logic.trees import small_tree

HELP = USE | {"subject": "provisions", "what": "huishoudelijke hulp", "unit": "uur"}
RELEASED = Released(
    use=rows_of(USE, {}, {"slice_value": "2023"}, HELP, HELP | {"unit": "eur"}, HELP | {"slice_value": "2023"}),
    funnel=rows_of(FUNNEL, {}, {"slice_value": "2023"}),
    costs=rows_of(COST),
    estimates=rows_of(ESTIMATE, {"subject": "events", "life_domain": "all", "what": "huisuitzetting", "unit": "event"}),
)
YEARS = {"period_from": "2022", "period_to": "2023"}
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "an event misspelled": (
        {"name": "share_using", "subject": "events", "what": "huisuitzeting"},
        "In de levering staat niets met de naam 'huisuitzeting'. Wel: huisuitzetting.",
        "Verbeter de naam in de boom, of lever dit aan.",
    ),
    "an estimate of an event misspelled": (
        {
            "name": "estimate",
            "subject": "events",
            "what": "huisuitzeting",
            "design": "staggered",
            "counted_as": "amount",
        },
        "In de levering staat niets met de naam 'huisuitzeting'. Wel: huisuitzetting.",
        "Verbeter de naam in de boom, of lever dit aan.",
    ),
    "a kind of costs misspelled": (
        {"name": "cost_per_case", "cost_kind": "lonkosten", **YEARS},
        "In de levering staat niets met de naam 'lonkosten'. Wel: loonkosten.",
        "Verbeter de naam in de boom, of lever dit aan.",
    ),
    "a unit that it is not counted in": (
        {"name": "amount_per_year", "subject": "provisions", "what": "huishoudelijke hulp", "counted_in": "euro"},
        "Dit is niet geteld in 'euro'. Wel in: eur, uur.",
        "Verbeter de eenheid in de boom (geteld in).",
    ),
    "two units": (
        {"name": "amount_per_year", "subject": "provisions", "what": "huishoudelijke hulp", **YEARS},
        "Dit is in meer dan een eenheid geteld: eur, uur.",
        "Zeg in de boom in welke eenheid (geteld in).",
    ),
    "two years that nobody delivered": (
        {"name": "reach", "period_from": "2031", "period_to": "2032"},
        "Van 2031 en 2032 staat er niets in de levering. Wel: 2022, 2023.",
        "Verbeter de jaren in de boom, of wacht tot zij zijn geleverd.",
    ),
    "one year that nobody delivered": (
        {"name": "reach", "period_from": "2023", "period_to": "2032"},
        "Van 2032 staat er niets in de levering. Wel: 2022, 2023.",
        "Verbeter de jaren in de boom, of wacht tot zij zijn geleverd.",
    ),
}


def tree_with(measure: dict[str, Any]) -> Tree:
    data = small_tree().model_dump(by_alias=True)
    data["indicators"][0]["measure"] = measure
    data["indicators"][0]["expectation"]["smallest_difference"] = 0.1
    return Tree.model_validate(data)


@pytest.mark.parametrize("case", CASES)
def test_what_the_tree_names_and_the_delivery_has_not_is_said(case: str) -> None:
    measure, said, do = CASES[case]
    (row,) = logic_tables_of(tree_with(measure), RELEASED).indicators.to_dict("records")
    assert row["verdict_text"] == f"Nog niet gemeten. {said}"
    assert row["to_register"] == do


def test_what_was_never_delivered_says_what_to_record() -> None:
    measure = {"name": "case_record", "what": "with_plan"}
    (row,) = logic_tables_of(tree_with(measure), RELEASED).indicators.to_dict("records")
    assert row["verdict_text"] == "Nog niet gemeten. In de levering staat hierover niets."
    assert row["to_register"] == "Leg per traject vast of er een plan is."
