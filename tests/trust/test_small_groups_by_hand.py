"""Small groups put together, in numbers that can be added by head."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from municipality import one_block

from data_contracts.gate.small_groups import small_teams, without_few, without_small_groups
from data_contracts.gate.specs import SPECS
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import USE

CHANGE, IN_USE = SPECS["out_change__by_domain"], SPECS["out_care__use"]


def change(*groups: tuple[str, str, int]) -> pd.DataFrame:
    """Groups of so many clients, of whom nobody moved."""
    return one_block([(slice_, value, n, 0, n, 0) for slice_, value, n in groups])


def use(*groups: dict[str, object]) -> pd.DataFrame:
    usual = {"subject": "provisions", "what": "begeleiding", "law": "wmo", "unit": "hour", "slice": "team"}
    usual |= {"n_clients": 3, "n_clients_base": 6, "client_years": 5.0}
    kinds = {name: str(column.dtype) for name, column in USE.columns.items()}
    return pd.DataFrame([usual | one for one in groups])[list(kinds)].astype(kinds)


def together(exact: pd.DataFrame, spec=CHANGE) -> pd.Series:
    """The one row of small teams together."""
    found, n_left_out = without_small_groups(spec, exact, Thresholds())
    assert (list(found.columns), found.index.tolist(), n_left_out) == (list(exact.columns), [*range(len(found))], 0)
    (row,) = found[found["slice_value"] == "overig"].to_dict("records")
    return row


def names(exact: pd.DataFrame, **thresholds: int) -> tuple[list[str], int]:
    found, n_left_out = without_small_groups(CHANGE, exact, Thresholds(**thresholds))
    assert found.index.tolist() == [*range(len(found))]
    return found["slice_value"].tolist(), n_left_out


def test_a_team_is_small_below_the_threshold_in_every_row_of_it() -> None:
    exact = change(("team", "Noord", 9), ("team", "Oost", 10), ("team", "Zuid", 11))
    assert small_teams(CHANGE, exact, Thresholds()) == ["Noord"]
    assert small_teams(CHANGE, exact, Thresholds(clients=11)) == ["Noord", "Oost"]
    by_year = change(("team+cohort", "Noord | 2023", 4), ("team+cohort", "Noord | 2024", 12), ("team", "West", 3))
    assert small_teams(CHANGE, by_year, Thresholds()) == ["West"]
    assert small_teams(CHANGE, change(("cohort", "2024", 3)), Thresholds()) == []
    assert small_teams(SPECS["out_change__series"], pd.DataFrame({"cohort": ["2024"]}), Thresholds()) == []


def test_counts_of_small_teams_are_added_and_means_weighted_by_clients() -> None:
    exact = change(("all", "all", 60), ("team", "Noord", 6), ("team", "Oost", 2), ("team", "Zuid", 52))
    exact = exact.assign(mean_before=[3.0, 2.0, 4.0, 3.0], mean_change=[0.0, 0.5, -0.5, 0.0], p_value=0.03)
    row = together(exact.assign(mean_change_low=-0.1, mean_change_high=0.2))
    assert (row["n_clients"], row["n_equal"], row["n_up"]) == (8, 8, 0)
    assert (row["mean_before"], row["mean_change"]) == (2.5, 0.25)
    assert np.isnan([row["p_value"], row["mean_change_low"], row["mean_change_high"], row["mean_after"]]).all()


def test_a_mean_that_one_of_the_teams_does_not_have_is_not_known_of_them_together() -> None:
    exact = change(("team", "Noord", 6), ("team", "Oost", 2)).assign(mean_before=[2.0, np.nan])
    assert np.isnan(together(exact)["mean_before"])


def test_teams_by_year_are_put_together_by_year() -> None:
    exact = change(
        ("team+cohort", "Noord | 2023", 4), ("team+cohort", "Oost | 2023", 5), ("team+cohort", "Noord | 2024", 3)
    )
    found, _ = without_small_groups(CHANGE, exact, Thresholds())
    assert found.set_index("slice_value")["n_clients"].to_dict() == {"overig | 2023": 9, "overig | 2024": 3}


def test_groups_of_other_slices_keep_their_names_however_small_and_nothing_changes_without_small_teams() -> None:
    assert names(change(("all", "all", 4), ("cohort", "2024", 3), ("team_type", "access", 1))) == (
        ["all", "2024", "access"],
        0,
    )
    assert names(change(("team", "Noord", 10), ("team", "Oost", 12))) == (["Noord", "Oost"], 0)


def test_where_figures_cannot_be_added_rows_of_small_teams_are_left_out_and_counted() -> None:
    estimates = SPECS["out_effects__estimates"]
    exact = pd.DataFrame({"slice": ["all", "team", "team"], "slice_value": ["all", "Noord", "Oost"]})
    found, n_left_out = without_small_groups(estimates, exact.assign(n_clients=[40, 9, 31]), Thresholds())
    assert (found["slice_value"].tolist(), found.index.tolist(), n_left_out) == (["all", "Oost"], [0, 1], 1)


@pytest.mark.parametrize(
    ("largest", "kept"), [(9, ["all"]), (10, ["all", "Kade | 2023", "Kade | 2024"])]
)  # a word that a delivery brought
def test_a_name_from_outside_needs_the_threshold_somewhere_in_its_slice(largest: int, kept: list[str]) -> None:
    exact = change(("all", "all", 40), ("area+cohort", "Kade | 2023", 2), ("area+cohort", "Kade | 2024", largest))
    assert names(exact) == (kept, 3 - len(kept))


def test_a_name_from_outside_that_is_large_in_one_slice_says_nothing_in_another() -> None:
    exact = change(("all", "all", 40), ("area", "Kade", 30), ("provider", "Kade", 4))
    assert names(exact) == (["all", "Kade"], 1)


def test_the_largest_client_of_teams_together_is_the_largest_of_each() -> None:
    """Of 100 hours 50 and 30 by two clients, of another 100 hours 40 and 20: of 200 hours 50 and then 40."""
    first = {"slice_value": "Noord", "total": 100.0, "largest_share": 0.5, "two_largest_share": 0.8}
    other = {"slice_value": "Oost", "total": 100.0, "largest_share": 0.4, "two_largest_share": 0.6}
    row = together(use(first, other), IN_USE)
    assert (row["total"], row["client_years"], row["n_clients_base"], row["n_clients"]) == (200.0, 10.0, 12, 6)
    assert (row["largest_share"], row["two_largest_share"]) == (0.25, 0.45)


def test_two_clients_of_one_team_may_be_the_two_largest_of_all() -> None:
    first = {"slice_value": "Noord", "total": 90.0, "largest_share": 0.5, "two_largest_share": 0.9}
    other = {"slice_value": "Oost", "total": 10.0, "largest_share": 1.0, "two_largest_share": 1.0}
    row = together(use(first, other), IN_USE)
    assert (row["largest_share"], row["two_largest_share"]) == pytest.approx((0.45, 0.81))
    nobody = {"slice_value": "Zuid", "total": 0.0, "largest_share": None, "two_largest_share": None}
    row = together(use(first, other, nobody), IN_USE)
    assert (row["largest_share"], row["two_largest_share"]) == pytest.approx((0.45, 0.81))


def test_a_sum_of_nothing_has_no_largest_client() -> None:
    nothing = {"total": 0.0, "largest_share": None, "two_largest_share": None}
    row = together(use(nothing | {"slice_value": "Noord"}, nothing | {"slice_value": "Oost"}), IN_USE)
    assert row["total"] == 0 and np.isnan([row["largest_share"], row["two_largest_share"]]).all()


def test_groups_of_too_few_have_no_row_outside_and_everybody_always_has() -> None:
    frame = pd.DataFrame({"slice": ["all", "team", "team"], "slice_value": ["all", "Noord", "Oost"]})
    frame["status"] = ["too_few", "too_few", "secondary"]
    found = without_few(CHANGE, frame)
    assert (found["slice_value"].tolist(), found.index.tolist()) == (["all", "Oost"], [0, 1])
    assert list(found.columns) == list(frame.columns)
    assert without_few(SPECS["out_quality__self_report"], frame) is frame
