"""Team-years before the gate: which of them count, and that their outcomes are read back as they were written."""

from __future__ import annotations

import pytest

from data_contracts.contract import empty_frame
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import REACH
from indicators.results_logic.findings import explained
from indicators.results_logic.findings.link_tests import link_tests
from indicators.results_logic.findings.team_outcomes import before_the_gate, links_tested, team_outcomes
from indicators.results_logic.tree.measures import AmountPerYear, MeanChange, Measure
from indicators.results_logic.values.formulas import levels
from indicators.results_logic.values.panel import team_years
from indicators.results_logic.values.released import Released
from tests.results_logic.broken_chain import SIZES, broken_chain
from tests.results_logic.figures import CHANGE, FUNNEL, USE, rows_of
from tests.results_logic.planted import three_branches
from tests.results_logic.trees import small_tree

YEARS = [{"slice": "team+cohort", "slice_value": f"Team Noord | {year}"} for year in (2022, 2023)]


def exact(change: list[dict[str, object]] = YEARS, use: list[dict[str, object]] = YEARS) -> Released:
    return before_the_gate(
        rows_of(CHANGE, *change), rows_of(FUNNEL, *YEARS), rows_of(USE, *use), empty_frame(REACH), Thresholds()
    )


def counted(measure: Measure, figures: Released) -> list[str]:
    return team_years(measure, figures)["period"].tolist()


@pytest.mark.parametrize(
    ("life_domain", "n_clients", "periods"),
    [
        ("finances", 9, ["2022"]),
        ("finances", 10, ["2022", "2023"]),
        ("mental_health", 19, ["2022"]),
        ("mental_health", 20, ["2022", "2023"]),
    ],
)
def test_a_team_year_counts_from_the_threshold_of_its_life_domain(
    life_domain: str, n_clients: int, periods: list[str]
) -> None:
    change = [one | {"life_domain": life_domain} for one in YEARS]
    change[1] |= {"n_clients": n_clients}
    measure = MeanChange(name="mean_change", life_domain=life_domain, moment_to="m6")
    assert counted(measure, exact(change)) == periods


def test_a_team_year_in_which_few_had_the_provision_does_not_count_for_its_amount() -> None:
    measure = AmountPerYear(name="amount_per_year", subject="events", what="huisuitzetting")
    use = [YEARS[0] | {"n_clients": 10}, YEARS[1] | {"n_clients": 9}]
    assert counted(measure, exact(use=use)) == ["2022"]


def test_figures_before_the_gate_are_not_widened_for_rounding() -> None:
    measure = AmountPerYear(name="amount_per_year", subject="events", what="huisuitzetting")
    found = levels(measure, exact())
    assert found["variance"].tolist() == pytest.approx([1 / 20, 1 / 20])


@pytest.mark.parametrize("place", ["none", "policy_logic", "approach"])
def test_what_is_read_back_says_the_same_as_what_was_tested(place: str) -> None:
    tree = three_branches()
    figures = broken_chain(place, SIZES["moderate"], 0, 3)
    tested, again = link_tests(tree, figures), links_tested(tree, team_outcomes(tree, figures))
    for ours in (explained.tested_in_words, explained.missing_for):
        assert [ours(tree, one) for one in again] == [ours(tree, one) for one in tested]
    assert [one.slope for one in again] == [one.slope for one in tested]


def test_without_any_figure_every_link_says_what_to_register() -> None:
    tree = small_tree()
    tests = links_tested(tree, team_outcomes(tree, Released()))
    assert [one.verdict for one in tests] == [one.verdict for one in link_tests(tree, Released())]
    assert all(explained.missing_for(tree, one) for one in tests)
