"""The declared design is kept when the data carry it; otherwise the study says what it does instead."""

import pandas as pd
import pytest

from indicators.designs.supported import design_verdict, supported_designs
from tests.indicators.test_staggered_estimates import municipality


def clients() -> pd.DataFrame:
    return municipality().assign(is_measured_twice=True)


def test_a_staggered_start_carries_every_design() -> None:
    assert set(supported_designs(clients()).values()) == {None}


@pytest.mark.parametrize("declared", ["staggered", "comparison", "before_after", "series"])
def test_a_design_that_the_data_carry_is_used_as_declared(declared: str) -> None:
    assert design_verdict(declared, clients()).used == declared


def test_a_stronger_design_is_named_but_not_chosen() -> None:
    verdict = design_verdict("before_after", clients())
    assert "gespreide start" in verdict.remarks[0]
    assert verdict.used == "before_after"


@pytest.mark.parametrize(
    ("keep", "reason"),
    [
        (lambda c: c["exposed"] == 0, "minstens 2 zijn nodig"),
        (lambda c: c["team_no"] == 0, "minstens 2 zijn nodig"),
        (lambda c: c["team_no"] < 2, "nog niet waren begonnen"),
        (lambda c: c["team_no"] < 0, "maar één keer gemeten"),
    ],
    ids=["nobody started", "one team", "all started", "one moment only"],
)
def test_a_design_that_the_data_cannot_carry_falls_back_and_says_why(keep, reason: str) -> None:
    verdict = design_verdict("staggered", clients()[keep(clients())])
    assert verdict.used == "before_after"
    assert reason in verdict.remarks[0]
