"""Where a branch breaks: the rules of the method, and planted breaks that are found."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from data_contracts.vocabulary.logic import Diagnosis, LinkTestVerdict, Verdict
from indicators.results_logic.findings.association import Slope
from indicators.results_logic.findings.diagnosis import NodeState, branches, diagnosis, states_of
from indicators.results_logic.findings.link_tests import link_tests, verdict_of_slope
from indicators.results_logic.findings.teams import spread_of_teams
from indicators.results_logic.values.panel import months_per_period
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import logic_tables_of
from tests.results_logic.broken_chain import SIZES, broken_chain
from tests.results_logic.figures import CHANGE, rows_of
from tests.results_logic.planted import outcome, three_branches
from tests.results_logic.trees import small_tree

GOOD, BAD, UNSURE = Verdict.AS_EXPECTED, Verdict.DIFFERENT, Verdict.TOO_UNCERTAIN
ALONG, BEHIND, OPEN = LinkTestVerdict.MOVES_ALONG, LinkTestVerdict.STAYS_BEHIND, LinkTestVerdict.TOO_UNCERTAIN
RULES = [
    ("the approach did not come off the ground", BAD, OPEN, UNSURE, OPEN, UNSURE, Diagnosis.EXECUTION),
    ("the approach moved, the result did not follow", GOOD, BEHIND, UNSURE, OPEN, UNSURE, Diagnosis.APPROACH),
    ("carried out, and the result shows no rise at all", GOOD, OPEN, BAD, OPEN, UNSURE, Diagnosis.APPROACH),
    ("the result moved, the effect did not follow", GOOD, ALONG, GOOD, BEHIND, UNSURE, Diagnosis.POLICY_LOGIC),
    ("the result moved without the approach, no effect", UNSURE, OPEN, GOOD, BEHIND, BAD, Diagnosis.POLICY_LOGIC),
    ("everything moves along", GOOD, ALONG, GOOD, ALONG, GOOD, Diagnosis.HOLDS),
    ("a rise alone proves nothing", GOOD, OPEN, GOOD, OPEN, GOOD, Diagnosis.TOO_LITTLE),
    ("a rise alone accuses nobody", GOOD, OPEN, GOOD, OPEN, BAD, Diagnosis.TOO_LITTLE),
    ("the upper half is open", GOOD, ALONG, GOOD, OPEN, UNSURE, Diagnosis.TOO_LITTLE),
    ("nothing is measured", Verdict.NOT_MEASURED, OPEN, UNSURE, OPEN, UNSURE, Diagnosis.TOO_LITTLE),
]


@pytest.mark.parametrize("rule", RULES, ids=[rule[0] for rule in RULES])
def test_the_rules_of_the_method(rule: tuple) -> None:
    _, approach, lower, result, upper, effect, expected = rule
    states = [NodeState(verdict, compared=False) for verdict in (approach, result, effect)]
    assert diagnosis(states[0], lower, states[1], upper, states[2]) is expected


def test_a_result_that_was_compared_counts_as_reached() -> None:
    found = diagnosis(NodeState(UNSURE, False), OPEN, NodeState(GOOD, True), OPEN, NodeState(BAD, False))
    assert found is Diagnosis.POLICY_LOGIC


@pytest.mark.parametrize(
    ("low", "high", "spread", "expected"),
    [
        (0.1, 0.9, 2.0, ALONG),
        (-0.2, 0.4, 2.0, BEHIND),  # even the high end, 0.8, is less than counts
        (-0.2, 0.6, 2.0, OPEN),
        (-0.2, 0.4, 0.9, OPEN),  # the lower node itself moved less than counts
        (float("-inf"), float("inf"), 2.0, OPEN),
    ],
)
def test_a_link_stays_behind_only_when_a_response_that_counts_is_excluded(
    low: float, high: float, spread: float, expected: LinkTestVerdict
) -> None:
    assert verdict_of_slope(Slope((low + high) / 2, low, high, spread)) is expected


@pytest.mark.parametrize("place", ["none", "execution", "approach", "policy_logic"])
def test_a_strong_planted_break_is_found_and_nobody_else_is_accused(place: str) -> None:
    truth = Diagnosis.HOLDS if place == "none" else Diagnosis[place.upper()]
    assert outcome(place, "strong", seed=5) == (truth, False)


def test_a_weak_break_ends_in_too_little_data() -> None:
    assert outcome("policy_logic", "weak", seed=5) == (Diagnosis.TOO_LITTLE, False)


def test_without_figures_of_teams_every_branch_has_too_little_data() -> None:
    tree = three_branches()
    tests = link_tests(tree, Released())
    assert {test.verdict for test in tests} == {LinkTestVerdict.NOT_TESTABLE}
    found = branches(tree, states_of(tree, logic_tables_of(tree, Released())), tests)
    assert {branch.diagnosis for branch in found} == {Diagnosis.TOO_LITTLE}


def test_two_scores_of_one_worker_must_hold_with_and_without_a_shared_error(monkeypatch: pytest.MonkeyPatch) -> None:
    tree, released = three_branches(), broken_chain("none", SIZES["strong"], 0, 1)
    careful = link_tests(tree, released)
    monkeypatch.setattr("indicators.results_logic.findings.link_tests.HALO", (0.0,))
    trusting = link_tests(tree, released)
    score_to_score, share_to_score = 4, 0
    assert careful[score_to_score].slope.low < trusting[score_to_score].slope.low
    assert careful[share_to_score].slope == trusting[share_to_score].slope


def test_what_goes_as_expected_needs_no_wider_margin_and_what_does_not_does() -> None:
    one = small_tree().indicators[0]
    many = [one.model_copy(update={"id": f"geld-{number}"}) for number in range(5)]
    tree = small_tree().model_copy(update={"indicators": many})
    just = {"mean_change": 0.1, "mean_change_low": 0.01, "mean_change_high": 0.19}
    for figures, expected in ((just, GOOD), ({name: -figure for name, figure in just.items()}, UNSURE)):
        low, high = sorted([figures["mean_change_low"], figures["mean_change_high"]])
        change = rows_of(CHANGE, {**figures, "mean_change_low": low, "mean_change_high": high})
        states = states_of(tree, logic_tables_of(tree, Released(change=change)))
        assert states["grip"].verdict is expected


def test_a_delay_of_a_year_looks_at_the_upper_node_a_year_later() -> None:
    tree = three_branches()
    released = broken_chain("none", SIZES["strong"], 0, 1)
    first = tree.links[0].model_copy(update={"delay_months": 12})
    later = tree.model_copy(update={"links": [first, *tree.links[1:]]})
    now, then = link_tests(tree, released)[0], link_tests(later, released)[0]
    assert (now.lag_months, then.lag_months) == (0, 12)
    assert then.n_team_years == now.n_team_years * 4 // 5
    assert now.slope and then.slope and then.slope.estimate < now.slope.estimate


def test_a_measured_rival_is_taken_out_and_an_unmeasured_one_is_named() -> None:
    tree = three_branches()
    rivals = [
        {
            "explanation": "Mensen krijgen meer uren",
            "measure": {"name": "amount_per_year", "subject": "hours", "what": "all"},
        },
        {"explanation": "De economie groeit"},
    ]
    data = tree.model_dump(by_alias=True)
    data["links"][0]["rivals"] = rivals
    found = link_tests(type(tree).model_validate(data), broken_chain("none", SIZES["strong"], 0, 1))[0]
    assert found.adjusted_for == ("Mensen krijgen meer uren",)
    assert found.not_adjusted_for == ("De economie groeit",)


def test_a_common_cause_that_is_measured_no_longer_makes_a_link() -> None:
    """Result 1 as its own rival explains all that effect 1 does, so nothing is left for the approach."""
    tree = three_branches()
    released = broken_chain("none", SIZES["strong"], 0, 1)
    data = tree.model_dump(by_alias=True)
    data["links"][1]["rivals"] = [
        {"explanation": "Iets anders", "measure": {"name": "case_record", "what": "with_plan"}},
    ]
    plain, adjusted = (link_tests(one, released)[1].slope for one in (tree, type(tree).model_validate(data)))
    assert plain and adjusted and adjusted.spread_x < 0.5 * plain.spread_x


@pytest.mark.parametrize(
    ("periods", "months"), [(["2022", "2023"], 12), (["2022-H1", "2022-H2"], 6), (["2022-Q1", "2022-Q2", "2022-Q4"], 4)]
)
def test_the_length_of_a_period_follows_from_its_labels(periods: list[str], months: int) -> None:
    assert months_per_period(pd.Series(periods)) == months


def test_many_links_share_one_error_margin() -> None:
    tree = three_branches()
    released = broken_chain("none", SIZES["strong"], 0, 1)
    alone = tree.model_copy(update={"indicators": tree.indicators[:2]})
    one = next(test for test in link_tests(alone, released) if test.slope).slope
    many = link_tests(tree, released)[0].slope
    assert one and many and many.high - many.low > one.high - one.low


def test_the_spread_of_teams_has_no_names_and_needs_five_of_them() -> None:
    tree = three_branches()
    rows = spread_of_teams(tree, broken_chain("none", SIZES["strong"], 0, 1))
    assert rows
    assert not any("Team " in str(row) for row in rows)
    few = dataclasses.replace(SIZES["strong"], n_teams=4)
    assert spread_of_teams(tree, broken_chain("none", few, 0, 1)) == []
