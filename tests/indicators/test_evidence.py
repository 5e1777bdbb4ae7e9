"""A stamp follows from the design and its checks, and from nothing else."""

import pytest

from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import Stamp
from indicators.effects.evidence import stamp_of

GOOD = {"pre_trend": {"holds": True}, "teams": {"degrees_of_freedom": 7.5}}


def test_before_and_after_is_change_whatever_its_checks_say() -> None:
    assert stamp_of("before_after", Assumptions({"counterfactual": {"holds": True}})) is Stamp.CHANGE


@pytest.mark.parametrize(
    ("checks", "stamp"),
    [
        (GOOD, Stamp.STRONG_COMPARISON),
        (GOOD | {"pre_trend": {"holds": None}}, Stamp.STRONG_COMPARISON),
        (GOOD | {"pre_trend": {"holds": False}}, Stamp.INDICATION),
        (GOOD | {"teams": {"degrees_of_freedom": 2.1}}, Stamp.COMPARISON),
    ],
)
def test_a_failed_check_lowers_a_staggered_start(checks, stamp: Stamp) -> None:
    assert stamp_of("staggered", Assumptions(checks)) is stamp


def test_a_comparison_out_of_balance_is_an_indication() -> None:
    for balance in ("balance_weighted", "balance_of_figure"):
        assert stamp_of("comparison", Assumptions({balance: {"holds": False}})) is Stamp.INDICATION
