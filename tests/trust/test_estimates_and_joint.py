"""Estimates and their joint distribution leave with as much precision as they have, and about as many people."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from plain_ledger import remembered

from data_contracts.errors import ContractBroken
from data_contracts.gate.joint import release_joint
from data_contracts.gate.ledger import Before
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import ESTIMATES, JOINT, USERS

NAME = "out_effects__estimates"
CHECKS = {
    "counterfactual": {"holds": False},
    "demonstrable": {"holds": True, "p_value": 0.03123, "p_value_adjusted": 0.06246},
    "teams": {"holds": False, "total": 12, "unit": "team"},
}


def estimates(*rows: dict) -> pd.DataFrame:
    usual = {
        "subject": "zrm",
        "life_domain": "housing",
        "what": "all",
        "slice": "all",
        "slice_value": "all",
        "moment_from": "first",
        "moment_to": "m12",
        "design": "before_after",
        "measure": "mean_change",
        "unit": "points",
        "per": "client",
        "estimate": 0.41234,
        "se": 0.0723,
        "ci_low": 0.2709,
        "ci_high": 0.5537,
        "n_clients": 300,
        "n_workers": 40,
        "method": "mean",
        "stamp": "change",
        "assumptions": json.dumps(CHECKS),
        "refused_because": None,
    }
    frame = pd.DataFrame([usual | row for row in rows])
    frame["estimate_id"] = [f"one/{number}" for number in range(len(frame))]
    kinds = {name: str(column.dtype) for name, column in ESTIMATES.columns.items()}
    return frame[list(kinds)].astype(kinds)


def joint(ids: list[str], mean: list[float], covariance: np.ndarray, n: int = 300) -> pd.DataFrame:
    size = len(ids)
    frame = pd.DataFrame(
        {
            "vector": "one",
            "estimate_id": np.repeat(np.array(ids, object), size),
            "with_estimate_id": np.tile(np.array(ids, object), size),
            "mean": np.repeat(mean, size),
            "covariance": np.asarray(covariance).ravel(),
            "scale": "identity",
            "n_clients": n,
        }
    )
    return frame.astype({name: str(column.dtype) for name, column in JOINT.columns.items()})


def released_joint(exact: pd.DataFrame, estimates: Released, ledger: pd.DataFrame | None = None) -> Released:
    return release_joint(exact, estimates, Thresholds(), Before(remembered().entries if ledger is None else ledger))


def test_an_estimate_has_steps_of_at_most_a_fifth_of_its_standard_error(gate) -> None:
    shown = gate(estimates({}), NAME).frame.iloc[0]
    assert shown[["estimate", "se", "ci_low", "ci_high"]].tolist() == [0.42, 0.072, 0.26, 0.56]
    assert shown[["n_clients", "n_workers"]].tolist() == [300, 40]


@pytest.mark.parametrize(("n", "status"), [(9, "too_few"), (10, "released")])
def test_an_estimate_needs_as_many_clients_as_a_count(gate, n: int, status: str) -> None:
    shown = gate(estimates({"n_clients": n, "se": 0.31}), NAME).frame.iloc[0]
    assert shown["status"] == status
    assert np.isnan(shown["estimate"]) == (status == "too_few")
    assert shown["assumptions"] == "{}" or status == "released"


def test_of_few_clients_an_estimate_has_one_decimal_however_small_its_error(gate) -> None:
    assert gate(estimates({"n_clients": 40, "se": 0.01}), NAME).frame["estimate"].tolist() == [0.4]


def test_an_estimate_without_a_standard_error_has_two_digits(gate) -> None:
    unsure = {"estimate": 12_345.67, "se": None, "ci_low": None, "ci_high": None, "unit": "eur"}
    shown = gate(estimates(unsure), NAME).frame.iloc[0]
    assert shown["estimate"] == 12_000
    assert np.isnan(shown["se"])


def test_a_rare_event_cannot_be_counted_back_from_its_rate_or_its_error(gate) -> None:
    # 3 of 400 clients: the rate times the clients, and the error squared, would both give the 3 back.
    rare = {"unit": "share", "estimate": 0.0075, "se": 0.0043, "ci_low": 0.0, "ci_high": 0.016, "n_clients": 400}
    shown = gate(estimates(rare), NAME).frame.iloc[0]
    assert shown[["estimate", "se"]].tolist() == [0.0, 0.01]


@pytest.mark.parametrize(("n_workers", "status"), [(2, "secondary"), (3, "released"), (None, "released")])
def test_a_result_of_one_or_two_workers_is_not_shown(gate, n_workers: int | None, status: str) -> None:
    assert gate(estimates({"n_workers": n_workers}), NAME).frame["status"].tolist() == [status]


def test_checks_leave_without_fine_digits(gate) -> None:
    shown = gate(estimates({}), NAME).frame["assumptions"].iloc[0]
    assert json.loads(shown) == CHECKS | {"demonstrable": {"holds": True, "p_value": 0.031, "p_value_adjusted": 0.062}}


@pytest.mark.parametrize("told", [{"n_left": 3}, {"who": "J. Smit"}, {"unit": "J. Smit"}])
def test_a_check_with_a_count_of_clients_or_a_name_leaves_nothing(gate, told: dict[str, object]) -> None:
    checks = {"teams": {"holds": True, "total": 12, "unit": "team"} | told}
    with pytest.raises(ContractBroken, match="niet zoals beloofd"):
        gate(estimates({"assumptions": json.dumps(checks)}), NAME)


def test_rows_of_a_team_that_is_too_small_everywhere_have_no_place(gate) -> None:
    table = estimates({}, {"slice": "team", "slice_value": "Team Klein", "n_clients": 4})
    out = gate(table, NAME)
    assert out.frame["slice_value"].tolist() == ["all"]
    assert out.summary.left_out == 1


def test_the_joint_distribution_holds_only_what_is_shown(gate) -> None:
    table = estimates({}, {"life_domain": "finances", "n_clients": 8}, {"life_domain": "adl"})
    out = gate(table, NAME)
    ids = ["one/0", "one/1", "one/2"]
    exact = joint(ids, [0.41234, 0.2, 0.41234], np.diag([0.0723**2] * 3) + 0.001)
    found = released_joint(exact, out).frame
    assert set(found["estimate_id"]) == {"one/0", "one/2"}
    assert found["mean"].tolist() == [0.42] * 4
    assert found.loc[found["estimate_id"] == found["with_estimate_id"], "covariance"].tolist() == [0.00623] * 2


def test_a_rounded_covariance_is_still_one(gate) -> None:
    rng = np.random.default_rng(3)
    factors = rng.normal(size=(9, 4))  # fewer teams than outcomes: rank 4
    exact = factors @ factors.T
    domains = ["housing", "finances", "adl", "addiction", "justice", "time_use", "basic_adl", "mental_health", "all"]
    table = estimates(
        *({"life_domain": domain, "se": float(np.sqrt(exact[at, at]))} for at, domain in enumerate(domains))
    )
    out = released_joint(joint(table["estimate_id"].to_list(), [0.41] * 9, exact), gate(table, NAME))
    matrix = out.frame["covariance"].to_numpy().reshape(9, 9)
    assert (matrix == matrix.T).all()
    assert np.linalg.eigvalsh(matrix).min() >= 0
    np.testing.assert_allclose(matrix, exact, atol=0.12 * np.trace(exact) / 9)


def test_a_held_estimate_keeps_the_mean_and_variance_of_its_release(gate) -> None:
    before, after = estimates({}), estimates({"estimate": 0.62, "se": 0.05, "n_clients": 296})
    first = gate(before, NAME)
    first_joint = released_joint(joint(["one/0"], [0.41234], np.array([[0.0723**2]])), first)
    known = remembered(first, first_joint)
    # Rows of one release, made apart here.
    ledger = known.entries.assign(release_id="release-0")
    second = gate(after, NAME, ledger=replace(known, entries=ledger))
    second_joint = released_joint(joint(["one/0"], [0.62], np.array([[0.05**2]])), second, ledger)
    assert second.frame["status"].tolist() == ["held"]
    figures = ["mean", "covariance", "n_clients"]
    assert second_joint.frame[figures].to_numpy().tolist() == first_joint.frame[figures].to_numpy().tolist()
    assert second_joint.frame["status"].tolist() == ["held"]


def test_held_estimates_of_one_release_keep_how_they_hung_together_and_of_two_it_is_missing(gate) -> None:
    rows = ({}, {"life_domain": "finances"}, {"life_domain": "adl"})
    ids, together = ["one/0", "one/1", "one/2"], 0.0723**2 * (np.eye(3) * 0.4 + 0.6)
    first = gate(estimates(*rows), NAME)
    first_joint = released_joint(joint(ids, [0.41234] * 3, together), first)
    known = remembered(first, first_joint)
    ledger = known.entries.assign(release_id="release-0")
    moved = estimates(rows[0] | {"n_clients": 297}, rows[1] | {"n_clients": 296}, rows[2] | {"n_clients": 400})
    second = gate(moved, NAME, ledger=replace(known, entries=ledger))
    assert second.frame["status"].tolist() == ["held", "held", "released"]
    apart = 0.09**2 * (np.eye(3) * 0.9 + 0.1)
    shown = released_joint(joint(ids, [0.7] * 3, apart), second, ledger).frame.set_index(
        ["estimate_id", "with_estimate_id"]
    )
    before = first_joint.frame.set_index(["estimate_id", "with_estimate_id"])
    assert shown.loc[("one/0", "one/1"), "covariance"] == pytest.approx(
        before.loc[("one/0", "one/1"), "covariance"], rel=0.01
    )
    assert np.isnan(shown.loc[("one/0", "one/2"), "covariance"])
    assert shown.loc[("one/2", "one/2"), "covariance"] == pytest.approx(0.09**2, rel=0.01)
    assert shown["vintage"].isna().tolist() == [False] * 6 + [True] * 3


def test_a_joint_row_without_an_earlier_release_to_repeat_is_left_out(gate) -> None:
    first = gate(estimates({}), NAME)
    known = remembered(first)
    second = gate(estimates({"n_clients": 296}), NAME, ledger=known)
    assert released_joint(joint(["one/0"], [0.62], np.array([[0.05**2]])), second, known.entries).frame.empty


def users(**n_clients: int) -> pd.DataFrame:
    rows = [{"subject": "events", "what": what, "unit": "event", "n_clients": n} for what, n in n_clients.items()]
    return pd.DataFrame(rows).astype({name: str(column.dtype) for name, column in USERS.columns.items()})


def of_use(*what: str) -> pd.DataFrame:
    usual = {"subject": "events", "life_domain": "all", "unit": "event", "per": "client_year"}
    return estimates(*(usual | {"what": one} for one in what))


@pytest.mark.parametrize(("n_users", "is_there"), [(1, False), (9, False), (10, True)])
def test_an_event_that_few_clients_had_does_not_exist_beyond_the_gate(gate, n_users: int, is_there: bool) -> None:
    table, n_all = of_use("ontruiming", "zeldzaam"), np.array([[0.04, 0.01], [0.01, 0.04]])
    shown = gate(table, NAME, users=users(ontruiming=60, zeldzaam=n_users))
    together = released_joint(joint(["one/0", "one/1"], [0.4, 0.4], n_all), shown)
    assert ("zeldzaam" in shown.frame["what"].to_list()) == is_there
    assert ("one/1" in together.frame["estimate_id"].to_list()) == is_there
    assert ("one/1" in together.frame["with_estimate_id"].to_list()) == is_there
    assert shown.summary.left_out == (not is_there)
    assert ("one/1" in shown.cells.to_csv()) == is_there


def test_an_event_of_which_nobody_counted_the_clients_does_not_leave(gate) -> None:
    assert gate(of_use("ontruiming"), NAME).frame.empty
    assert len(gate(estimates({}), NAME).frame) == 1


@pytest.mark.parametrize("refused", [None, "Er zijn te weinig teams."])
def test_a_refused_figure_does_not_name_a_rare_event_either(gate, refused: str | None) -> None:
    table = of_use("zeldzaam").assign(refused_because=refused)
    assert gate(table, NAME, users=users(zeldzaam=3)).frame.empty


@pytest.mark.parametrize(
    ("mean", "variance", "shown"), [(0.4321, 0.04, 0.44), (0.4321, 0.25, 0.4), (0.4321, 0.0, 0.0), (1.6, 0.0, 2.0)]
)
def test_a_mean_on_another_scale_has_steps_of_at_most_a_fifth_of_its_own_spread(
    gate, mean: float, variance: float, shown: float
) -> None:
    exact = joint(["one/0"], [mean], np.array([[variance]])).assign(scale="log")
    found = released_joint(exact, gate(estimates({}), NAME)).frame
    assert found["mean"].tolist() == [pytest.approx(shown)]
    assert found["covariance"].tolist() == [pytest.approx(variance)]


@pytest.mark.parametrize(("n_both", "covariance", "n_shown"), [(9, 0.0, None), (10, 0.00314, 10)])
def test_how_two_estimates_hang_together_is_told_of_enough_clients_only(
    gate, n_both: int, covariance: float, n_shown: int | None
) -> None:
    exact = joint(["one/0", "one/1"], [0.41234] * 2, 0.0723**2 * (np.eye(2) * 0.4 + 0.6))
    apart = exact["estimate_id"] != exact["with_estimate_id"]
    exact["n_clients"] = exact["n_clients"].mask(apart, n_both).astype(exact["n_clients"].dtype)
    found = released_joint(exact, gate(estimates({}, {"life_domain": "adl"}), NAME)).frame
    of_both = found[found["estimate_id"] != found["with_estimate_id"]]
    assert of_both["covariance"].tolist() == [pytest.approx(covariance, abs=1e-5)] * 2
    assert [None if pd.isna(n) else n for n in of_both["n_clients"]] == [n_shown] * 2
