"""Use of care, costs and the accounting of deliveries at the gate."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.gate.plain_tables import release_accounting, release_costs
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import COSTS, FUNNEL, ODD_COURSES, SERIES, USE
from data_contracts.tables.intake import ACCOUNTING


def frame_of(schema, usual: dict, *rows: dict) -> pd.DataFrame:
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    return pd.DataFrame([usual | row for row in rows])[list(kinds)].astype(kinds)


def use(*rows: dict) -> pd.DataFrame:
    usual = {"subject": "provisions", "what": "begeleiding", "law": "wmo", "unit": "hour", "slice": "all"}
    usual |= {"slice_value": "all", "n_clients": 63, "n_clients_base": 208, "client_years": 412.4, "total": 9_874.0}
    return frame_of(USE, usual | {"largest_share": 0.04, "two_largest_share": 0.07}, *rows)


def test_a_sum_is_rounded_by_half_the_largest_contribution(gate) -> None:
    # The largest client has 395 hours, so steps of 200.
    shown = gate(use({}), "out_care__use").frame.iloc[0]
    assert shown[["n_clients", "n_clients_base", "client_years", "total"]].tolist() == [65, 210, 410.0, 9_800.0]


@pytest.mark.parametrize(
    ("largest", "two", "is_shown"),
    [(0.5, 0.7, True), (0.51, 0.7, False), (0.46, 0.9, True), (0.46, 0.91, False), (np.nan, np.nan, False)],
)
def test_a_sum_that_one_or_two_clients_make_is_not_shown(gate, largest: float, two: float, is_shown: bool) -> None:
    shown = gate(use({"largest_share": largest, "two_largest_share": two}), "out_care__use").frame.iloc[0]
    assert np.isnan(shown["total"]) != is_shown
    assert shown["n_clients"] == 65


def test_few_users_show_no_number_and_no_sum(gate) -> None:
    table = use({}, {"slice": "team", "slice_value": "Team 01", "n_clients": 7, "n_clients_base": 90})
    shown = gate(table, "out_care__use").frame.set_index("slice_value").loc["Team 01"]
    assert shown["n_clients_base"] == 90
    assert shown["n_clients_status"] == "below"
    assert np.isnan(shown["total"])


def test_a_provision_that_few_people_have_anywhere_is_not_even_named(gate) -> None:
    out = gate(use({}, {"what": "zeldzame regeling", "n_clients": 4}), "out_care__use")
    assert out.frame["what"].tolist() == ["begeleiding"]
    assert out.summary.left_out == 1


def test_small_teams_together_have_the_sum_and_dominance_of_all_their_clients(gate) -> None:
    small = {"slice": "team", "n_clients": 7, "n_clients_base": 9, "client_years": 10.0, "total": 100.0}
    shares = {"largest_share": 0.3, "two_largest_share": 0.5}
    teams = [small | shares | {"slice_value": f"Team 0{number}"} for number in range(3)]
    shown = gate(use({}, *teams), "out_care__use").frame.set_index("slice_value").loc["overig"]
    # 27 clients, of whom 21 use 300 hours; the steps are those of the largest client of all.
    assert shown[["n_clients_base", "client_years", "total"]].tolist() == [25, 30.0, 400.0]
    assert shown["n_clients_status"] == "above"


def test_the_funnel_bands_who_is_left_over(gate) -> None:
    usual = {"subject": "zrm", "life_domain": "housing", "slice": "all", "slice_value": "all"}
    table = frame_of(FUNNEL, usual, {"n_clients": 100, "n_scored": 95, "n_scored_twice": 42, "n_monitored": 3})
    shown = gate(table, "out_change__funnel").frame.iloc[0]
    assert shown[["n_scored_status", "n_scored_twice_status", "n_monitored_status"]].tolist() == [
        "above",
        "shown",
        "below",
    ]
    assert shown[["n_clients", "n_scored_twice"]].tolist() == [100, 40]


def test_a_part_that_its_own_parts_give_away_hides_those_and_no_more(gate) -> None:
    # All 39 of Team 04 are scored, 28 twice: who is scored once are 10 or more, so at least 38 are scored.
    usual = {"subject": "zrm", "life_domain": "housing", "n_monitored": 12}
    rows = [
        {"slice": "all", "slice_value": "all", "n_clients": 115, "n_scored": 104, "n_scored_twice": 68},
        {"slice": "team", "slice_value": "Team 00", "n_clients": 76, "n_scored": 65, "n_scored_twice": 40},
        {"slice": "team", "slice_value": "Team 04", "n_clients": 39, "n_scored": 39, "n_scored_twice": 28},
    ]
    shown = gate(frame_of(FUNNEL, usual, *rows), "out_change__funnel").frame.set_index("slice_value")
    assert shown["n_clients"].tolist() == [115, 75, 40]
    assert shown.loc["Team 04", ["n_scored_status", "n_scored_twice_status"]].tolist() == ["hidden", "hidden"]


def test_a_series_by_cohort_is_protected_by_month(gate) -> None:
    usual = {"subject": "zrm", "life_domain": "housing", "edition": "zrm_2017", "mean_score": 2.931}
    rows = [
        {"cohort": cohort, "months_since_intake": months, "n_clients": n, "n_sufficient": n // 2}
        for months, sizes in ((0, (60, 60, 120)), (6, (60, 8, 68)))
        for cohort, n in zip(("2021", "2022", "all"), sizes, strict=True)
    ]
    out = gate(frame_of(SERIES, usual, *rows), "out_change__series").frame
    assert out.loc[out["months_since_intake"] == 0, "mean_score"].tolist() == [2.93] * 3
    later = out[out["months_since_intake"] == 6].set_index("cohort")
    assert later.loc["2022", "status"] in ("too_few", "secondary")
    assert later.loc["all", "mean_score"] == 2.9


def test_costs_leave_in_hundreds_of_euros() -> None:
    usual = {"year": 2024, "cost_kind": "salaris", "is_new_approach": False, "n_teams": 12}
    out = release_costs(frame_of(COSTS, usual, {"amount_eur": 123_456.78}), declared=[])
    assert out.frame["amount_eur"].tolist() == [123_500.0]
    assert out.summary.released == 1


def test_the_accounting_leaves_rounded_per_kind_of_file_and_without_file_names() -> None:
    usual = {
        "delivery": "2025-q1-ab12cd34",
        "table_name": "assessments",
        "exact_duplicates": 0,
        "left_out": 0,
        "not_used": 0,
        "blanked_scores": 0,
    }
    first = {"file": "jansen.csv", "rows": 100, "accepted": 98, "quarantined": 2}
    second = {"file": "pietersen.csv", "rows": 50, "accepted": 49, "quarantined": 1}
    out = release_accounting(
        frame_of(ACCOUNTING, usual, first, second), Thresholds(), {"2025-q1-ab12cd34": "2025-q1 (nr. 1)"}
    ).frame
    assert "file" not in out and out["delivery"].tolist() == ["2025-q1 (nr. 1)"]
    assert out[["rows", "accepted", "exact_duplicates", "not_used"]].to_numpy().tolist() == [[150, 145, 0, 0]]
    assert out["quarantined"].isna().all()
    assert out["status"].tolist() == ["banded"]


def test_a_few_under_two_pseudonyms_leave_without_a_number(gate) -> None:
    usual = {"n_clients": 4000}
    rows = frame_of(ODD_COURSES, usual, {"what": "two_pseudonyms", "n_odd": 7}, {"what": "came_back", "n_odd": 63})
    out = gate(rows, "out_quality__odd_courses").frame.set_index("what")
    assert out["n_odd_status"].to_dict() == {"two_pseudonyms": "below", "came_back": "shown"}
    assert pd.isna(out.loc["two_pseudonyms", "n_odd"]) and out.loc["came_back", "n_odd"] == 65


@pytest.mark.parametrize(
    ("n_teams", "declared", "shown"),
    [
        (12, [], "salaris"),
        (1, [], "overige kosten"),
        (1, ["Salaris"], "salaris"),
    ],
)
def test_a_kind_of_costs_needs_a_list_or_several_teams(n_teams: int, declared: list[str], shown: str) -> None:
    usual = {"year": 2024, "is_new_approach": False, "amount_eur": 1_000.0}
    rows = [{"cost_kind": "salaris", "n_teams": n_teams}, {"cost_kind": "Kanarie de Vries", "n_teams": 1}]
    out = release_costs(frame_of(COSTS, usual, *rows), declared=declared).frame
    assert set(out["cost_kind"]) == {shown, "overige kosten"}
    assert out["amount_eur"].sum() == 2_000.0


def test_a_kind_of_costs_that_holds_a_phone_number_never_leaves() -> None:
    usual = {"year": 2024, "is_new_approach": False, "n_teams": 12, "amount_eur": 1_000.0}
    out = release_costs(frame_of(COSTS, usual, {"cost_kind": "inhuur 06-12345678"}), ["inhuur 06-12345678"])
    assert out.frame["cost_kind"].tolist() == ["overige kosten"]


def test_a_group_of_which_no_largest_client_is_known_makes_no_sum_coarser(gate) -> None:
    unused = {"slice": "team", "slice_value": "Noord", "n_clients": 0, "n_clients_base": 90, "total": 4_000.0}
    unknown = unused | {"largest_share": None, "two_largest_share": None}
    shown = gate(use({}, unknown), "out_care__use").frame.set_index("slice_value")["total"]
    assert shown["all"] == 9_800.0 and np.isnan(shown["Noord"])


def test_kinds_of_costs_that_few_teams_share_are_together_and_rows_stand_in_the_order_of_their_key() -> None:
    usual = {"year": 2024, "is_new_approach": False, "amount_eur": 1_000.0}
    kinds = {"salaris": 1, "auto's": 2, "huur": 3, "bijzonder": 1}
    exact = frame_of(COSTS, usual, *({"cost_kind": kind, "n_teams": n} for kind, n in kinds.items()))
    frame = release_costs(exact, declared=["Salaris"]).frame
    assert frame.index.tolist() == [0, 1, 2]
    assert frame[["cost_kind", "n_teams", "amount_eur"]].to_numpy().tolist() == [
        ["huur", 3, 1_000.0],
        ["overige kosten", 2, 2_000.0],
        ["salaris", 1, 1_000.0],
    ]
