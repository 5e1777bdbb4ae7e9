"""The conditions of an estimate have one name each: under another they are an error, not a condition left out."""

from __future__ import annotations

import json
from typing import get_args

import pandas as pd
import pytest

from data_contracts.contract import broken_rules, empty_frame
from data_contracts.demonstrable import NONE, shows
from data_contracts.errors import ContractBroken
from data_contracts.tables.assumptions import Assumptions, Condition
from data_contracts.tables.estimates import ESTIMATES
from reports.language import wording

CHECKS: dict = {
    "counterfactual": {"holds": False},
    "demonstrable": {"holds": False, "p_value": 0.03, "p_value_adjusted": 0.2},
    "teams": {"holds": False, "total": 12, "unit": "team"},
}


def estimate(checks: dict, **other: object) -> pd.DataFrame:
    """One estimate of a change, clear of zero by its own interval."""
    usual = dict.fromkeys(ESTIMATES.columns, None) | {
        "estimate_id": "one",
        "subject": "zrm",
        "life_domain": "finances",
        "what": "all",
        "slice": "all",
        "slice_value": "all",
        "moment_from": "first",
        "moment_to": "m12",
        "design": "before_after",
        "measure": "mean_change",
        "unit": "points",
        "per": "client",
        "estimate": 0.4,
        "se": 0.1,
        "ci_low": 0.2,
        "ci_high": 0.6,
        "n_clients": 300,
        "method": "mean",
        "stamp": "change",
        "assumptions": json.dumps(checks),
    }
    return pd.DataFrame([usual | other]).astype(empty_frame(ESTIMATES).dtypes.to_dict())


def without(name: str) -> dict:
    return {known: check for known, check in CHECKS.items() if known != name}


def test_an_estimate_with_the_checks_of_its_measure_keeps_its_contract() -> None:
    assert broken_rules(ESTIMATES, estimate(CHECKS)) == {}


@pytest.mark.parametrize(
    "checks",
    [
        without("demonstrable"),
        without("demonstrable") | {"is_demonstrable": CHECKS["demonstrable"]},
        CHECKS | {"demonstrable": {"holds": False, "p": 0.03, "p_value_adjusted": 0.2}},
        CHECKS | {"demonstrable": {"p_value": 0.03, "p_value_adjusted": 0.2}},
        CHECKS | {"demonstrable": {"holds": "nee", "p_value": 0.03, "p_value_adjusted": 0.2}},
        CHECKS | {"teams": {"holds": False, "total": 12, "unit": "wijk"}},
        CHECKS | {"teams": {"holds": False, "total": "twaalf", "unit": "team"}},
    ],
)
def test_a_condition_that_is_missing_or_has_another_name_breaks_the_contract(checks: dict) -> None:
    assert broken_rules(ESTIMATES, estimate(checks)) == {"assumptions: niet zoals beloofd": 1}


def test_a_refused_estimate_and_one_beside_a_headline_need_no_correction_for_many_outcomes() -> None:
    refused = {"estimate": None, "se": None, "ci_low": None, "ci_high": None, "refused_because": "Te weinig."}
    assert broken_rules(ESTIMATES, estimate({}, **refused)) == {}
    assert broken_rules(ESTIMATES, estimate({}, measure="mean_change_reweighted")) == {}


def test_what_does_not_hold_among_many_outcomes_is_no_difference_and_without_that_check_nothing_is_said() -> None:
    assert shows(estimate(CHECKS)).tolist() == [NONE]
    with pytest.raises(ContractBroken, match="'demonstrable'"):
        shows(estimate(without("demonstrable")))
    with pytest.raises(ContractBroken, match="'is_demonstrable'"):
        shows(estimate(CHECKS | {"is_demonstrable": CHECKS["demonstrable"]}))


def test_a_figure_that_no_check_has_cannot_be_asked() -> None:
    found = Assumptions.of(json.dumps(CHECKS))
    assert found.number("teams", "total") == 12
    assert found.number("teams", "degrees_of_freedom") is None
    with pytest.raises(ContractBroken, match="freedom"):
        found.number("teams", "freedom")


def test_what_is_not_promised_cannot_be_written() -> None:
    with pytest.raises(ContractBroken, match="'overlap'"):
        _ = Assumptions({"overlap": {"holds": True, "share": 0.1}}).text


def test_every_condition_that_a_report_asks_exists() -> None:
    assert wording.CHECKS.keys() <= set(get_args(Condition))
