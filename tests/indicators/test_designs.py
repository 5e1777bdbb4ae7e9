"""The declared design is kept when the data carry it; otherwise the study says what it does instead."""

import pandas as pd
import pytest

from indicators.designs.supported import design_verdict, supported_designs
from tests.indicators.test_staggered_estimates import municipality


def clients() -> pd.DataFrame:
    return municipality().assign(is_measured_twice=True, first_year_complete=True)


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


def test_a_refusal_names_the_twelve_months_that_left_too_few_over() -> None:
    nobody_before = clients().assign(exposed=lambda c: c["exposed"].mask(c["exposed"] == 0))
    for declared in ("staggered", "comparison"):
        because = design_verdict(declared, nobody_before).because
        assert because is not None
        assert "minder dan twaalf maanden vóór de start" in because


def test_a_refusal_names_no_rule_that_excluded_nobody() -> None:
    started = clients()[lambda c: c["exposed"] == 1]
    assert "twaalf maanden" not in str(design_verdict("staggered", started).because)


def test_people_whose_first_year_is_not_over_are_not_called_measured_once() -> None:
    early = clients().assign(is_measured_twice=False, first_year_complete=False)
    because = design_verdict("staggered", early).because
    assert because == "Van niemand is het eerste jaar na de instroom al voorbij; pas dan telt een uitkomst mee."
