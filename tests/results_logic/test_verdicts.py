"""A verdict follows from an interval against 'no change'; never from a level."""

from __future__ import annotations

import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.demonstrable import LESS, MORE, NONE, compared_words
from data_contracts.tables import logic
from data_contracts.vocabulary.logic import Direction, LinkVerdict, Verdict
from indicators.results_logic.values.released import Released
from indicators.results_logic.values.tables import logic_tables_of
from indicators.results_logic.values.verdicts import link_verdict, node_verdict, together, verdict_of
from indicators.results_logic.values.wording import between, figure
from tests.results_logic.figures import CHANGE, ESTIMATE, rows_of
from tests.results_logic.trees import small_tree

NAN = float("nan")
RARE = "name: share_using\n      subject: events\n      what: huisuitzetting"
CASES = [
    ("released", 0.1, 0.5, Direction.HIGHER, Verdict.AS_EXPECTED),
    ("released", -0.5, -0.1, Direction.HIGHER, Verdict.DIFFERENT),
    ("released", -0.1, 0.1, Direction.HIGHER, Verdict.STOOD_STILL),  # no rise that counts
    ("released", -0.1, 0.1, Direction.LOWER, Verdict.STOOD_STILL),
    ("released", 0.01, 0.1, Direction.STABLE, Verdict.AS_EXPECTED),
    ("released", -0.1, 0.5, Direction.HIGHER, Verdict.TOO_UNCERTAIN),
    ("released", -0.5, -0.1, Direction.LOWER, Verdict.AS_EXPECTED),
    ("released", 0.1, 0.5, Direction.LOWER, Verdict.DIFFERENT),
    ("released", -0.1, 0.1, Direction.STABLE, Verdict.AS_EXPECTED),
    ("released", 0.3, 0.5, Direction.STABLE, Verdict.DIFFERENT),
    ("released", -0.1, 0.5, Direction.STABLE, Verdict.TOO_UNCERTAIN),
    ("released", NAN, NAN, Direction.HIGHER, Verdict.TOO_UNCERTAIN),
    ("too_few", NAN, NAN, Direction.HIGHER, Verdict.TOO_FEW),
    ("secondary", NAN, NAN, Direction.HIGHER, Verdict.TOO_FEW),
    ("missing", NAN, NAN, Direction.HIGHER, Verdict.NOT_MEASURED),
    ("one_period", NAN, NAN, Direction.HIGHER, Verdict.NOT_MEASURED),
]


@pytest.mark.parametrize(("status", "low", "high", "direction", "expected"), CASES)
def test_the_verdict_on_an_indicator(
    status: str, low: float, high: float, direction: Direction, expected: Verdict
) -> None:
    estimate = 0.0 if status == "released" else NAN
    value = pd.Series({"status": status, "estimate": estimate, "ci_low": low, "ci_high": high, "is_demonstrable": True})
    assert verdict_of(value, direction, 0.2) is expected


def test_a_node_is_as_its_indicators_or_mixed() -> None:
    good, bad, unsure = Verdict.AS_EXPECTED, Verdict.DIFFERENT, Verdict.TOO_UNCERTAIN
    assert together([good, unsure]) is good
    assert together([good, bad]) is Verdict.MIXED
    assert together([unsure, Verdict.NOT_MEASURED]) is unsure
    assert together([]) is Verdict.NOT_MEASURED


def test_a_compared_figure_goes_before_a_mere_change() -> None:
    good, bad, unsure = Verdict.AS_EXPECTED, Verdict.DIFFERENT, Verdict.TOO_UNCERTAIN
    assert node_verdict([(good, "change"), (bad, "strong_comparison")]) is bad
    assert node_verdict([(good, "change"), (unsure, "strong_comparison")]) is unsure
    assert node_verdict([(good, "change"), (Verdict.TOO_FEW, "strong_comparison")]) is good
    assert node_verdict([(good, "change"), (unsure, "indication")]) is unsure
    assert node_verdict([(good, "change"), (bad, "change")]) is Verdict.MIXED
    assert node_verdict([(Verdict.STOOD_STILL, "change"), (bad, "change")]) is bad


def test_of_a_rare_thing_a_quarter_counts_already() -> None:
    tree = small_tree("name: mean_change\n      life_domain: finances\n      moment_to: m6", RARE)
    assert tree.indicators[0].smallest_difference(0.4) == 0.05
    assert tree.indicators[0].smallest_difference(0.02) == pytest.approx(0.005)
    assert tree.indicators[0].smallest_difference(NAN) == 0.05


def test_a_link_is_only_put_to_the_test_when_its_lower_node_moves() -> None:
    good, bad, unsure = Verdict.AS_EXPECTED, Verdict.DIFFERENT, Verdict.TOO_UNCERTAIN
    assert link_verdict(good, good) is LinkVerdict.MOVES_TOGETHER
    assert link_verdict(good, bad) is LinkVerdict.UPPER_STAYS_BEHIND
    assert link_verdict(bad, good) is LinkVerdict.LOWER_STAYS_BEHIND
    assert link_verdict(bad, bad) is LinkVerdict.LOWER_STAYS_BEHIND
    assert link_verdict(unsure, bad) is LinkVerdict.UNDECIDED


def test_the_frames_keep_their_contracts_with_and_without_figures() -> None:
    for released in (Released(), Released(change=rows_of(CHANGE))):
        found = logic_tables_of(small_tree(), released)
        assert broken_rules(logic.INDICATORS, found.indicators) == {}
        assert broken_rules(logic.NODES, found.nodes) == {}
        assert broken_rules(logic.LINKS, found.links) == {}


def test_the_sentence_gives_figure_and_interval_and_claims_no_cause() -> None:
    row = logic_tables_of(small_tree(), Released(change=rows_of(CHANGE))).indicators.iloc[0]
    assert row["verdict"] == "as_expected"
    assert row["verdict_text"] == (
        "Gaat zoals verwacht (verwacht: omhoog). Gemeten is een verandering van +0,35 punt, "
        "waarschijnlijk tussen +0,2 en +0,5 punt."
    )


def test_what_is_missing_says_what_to_register() -> None:
    row = logic_tables_of(small_tree(), Released()).indicators.iloc[0]
    assert row["verdict"] == "not_measured"
    assert row["to_register"].startswith("Leg op beide momenten")


def test_a_team_never_reaches_the_report_frames() -> None:
    change = rows_of(CHANGE, {}, {"slice": "team", "slice_value": "Team Noord"})
    tree = small_tree("    node: grip\n", "    node: grip\n    disaggregate:\n      - team_type\n")
    found = logic_tables_of(tree, Released(change=change))
    for frame in (found.indicators, found.nodes, found.links):
        assert "Team Noord" not in frame.to_csv()


COMPARED = (
    "name: mean_change\n      life_domain: finances\n      moment_to: m6",
    "name: estimate\n      subject: zrm\n      life_domain: finances\n      design: staggered\n"
    "      counted_as: points",
)


def test_what_is_not_demonstrable_among_many_does_not_go_as_expected() -> None:
    found = logic_tables_of(small_tree(*COMPARED), Released(estimates=rows_of(ESTIMATE)))
    row = found.indicators.iloc[0]
    assert row["verdict"] == "too_uncertain"
    assert row["verdict_text"].endswith("Toch is dit geen aantoonbaar verschil: er is naar veel tegelijk gekeken.")
    shown = rows_of(
        ESTIMATE, {"assumptions": '{"demonstrable": {"holds": true, "p_value": 0.001, "p_value_adjusted": 0.01}}'}
    )
    assert logic_tables_of(small_tree(*COMPARED), Released(estimates=shown)).indicators["verdict"][0] == "as_expected"


@pytest.mark.parametrize(("word", "counts"), [(NONE, False), (LESS, False), (MORE, True)])
def test_a_change_that_the_comparison_does_not_find_or_finds_reversed_moves_no_node(word: str, counts: bool) -> None:
    released = Released(change=rows_of(CHANGE), compared={("zrm", "finances", "all"): word})
    found = logic_tables_of(small_tree(), released)
    unsaid = found.indicators["verdict_text"][0].endswith(" punt. Of dit door de aanpak komt, is niet aantoonbaar.")
    assert unsaid is not counts
    node = found.nodes.set_index("node").loc["grip"]
    assert (node["verdict"], node["n_judged"]) == (("as_expected", 1) if counts else ("too_uncertain", 0))


def test_a_change_that_is_not_demonstrable_among_many_does_not_go_as_expected() -> None:
    for p_adjusted, verdict in ((0.2, "too_uncertain"), (0.01, "as_expected")):
        found = logic_tables_of(small_tree(), Released(change=rows_of(CHANGE, {"p_adjusted": p_adjusted})))
        assert found.indicators["verdict"][0] == verdict


def test_what_stands_still_says_so_where_a_direction_was_expected() -> None:
    """+1 point, -3 to +4 where 5 counts: it stayed equal. That is no movement the other way."""
    still = rows_of(CHANGE, {"mean_change": 0.02, "mean_change_low": -0.1, "mean_change_high": 0.14})
    row = logic_tables_of(small_tree(), Released(change=still)).indicators.iloc[0]
    assert row["verdict"] == "stood_still"
    assert row["verdict_text"].startswith("Bleef gelijk (verwacht: omhoog).")
    assert row["verdict_text"].endswith("Een verschil onder 0,2 punt telt als gelijk gebleven.")


def test_what_was_expected_to_stay_equal_says_which_difference_counts() -> None:
    """A rise that nobody can take for nothing stays readable beside the margin that somebody chose."""
    risen = rows_of(CHANGE, {"mean_change": 0.3, "mean_change_low": 0.23, "mean_change_high": 0.36})
    tree = small_tree("      direction: higher\n", "      direction: stable\n      smallest_difference: 0.5\n")
    row = logic_tables_of(tree, Released(change=risen)).indicators.iloc[0]
    assert row["verdict"] == "as_expected"
    assert row["verdict_text"].endswith("Een verschil onder 0,5 punt telt als gelijk gebleven.")


def test_a_share_below_one_in_a_hundred_is_not_told_as_nothing() -> None:
    assert between(-0.004, 0.05, "share") == "tussen -0,4 en +5 procentpunt"
    assert figure(0.0042, "share") == "+0,4 procentpunt"
    assert figure(-0.12, "ratio") == "-12%"


def test_only_outcomes_that_the_design_compared_have_a_word_of_the_comparison() -> None:
    change = ESTIMATE | {"stamp": "change"}
    assert compared_words(rows_of(ESTIMATE), "staggered", "effect") == {("zrm", "finances", "all"): NONE}
    assert compared_words(rows_of(change), "staggered", "effect") == {}
    assert compared_words(rows_of(ESTIMATE), "comparison", "effect") == {}
