"""est_care__use: everyone in the slice is the base, users or not."""

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import USE
from indicators.counts.care_use import care_use, case_records, provision_totals, use_in_view

CLIENTS = pd.DataFrame(
    {"client_no": [1, 2, 3, 4], "client_years": [1.0, 0.5, 1.0, 1.0], "all": "all", "team": ["A", "A", "B", None]}
)
PROVISIONS = pd.DataFrame(
    {
        "client_no": [1, 1, 2, 3, 9],
        "subject": "provisions",
        "what": ["guidance", "guidance", "guidance", "cleaning", "guidance"],
        "law": "wmo",
        "unit": "eur",
        "quantity": [100.0, 200.0, 100.0, 50.0, 900.0],
    }
)
EVENTS = pd.DataFrame(
    {"client_no": [3], "subject": "events", "what": "eviction", "law": None, "unit": "event", "quantity": [1]}
)


def row(table: pd.DataFrame, **which: str) -> pd.Series:
    for column, value in which.items():
        table = table[table[column] == value]
    (found,) = [table.iloc[at] for at in range(len(table))]
    return found


def test_use_is_summed_per_client_and_slice_over_known_clients_only() -> None:
    table = care_use(CLIENTS, pd.concat([PROVISIONS, EVENTS]), ["all", "team"])
    guidance = row(table, what="guidance", slice="all")
    assert guidance[["n_clients", "n_clients_base", "client_years", "total"]].tolist() == [2, 4, 3.5, 400.0]
    assert (guidance["largest_share"], guidance["two_largest_share"]) == (0.75, 1.0)
    assert broken_rules(USE, table) == {}


def test_a_kind_that_nobody_in_the_slice_used_is_a_zero_with_its_base() -> None:
    evictions = row(care_use(CLIENTS, EVENTS, ["team"]), what="eviction", slice_value="A")
    assert evictions[["n_clients", "n_clients_base", "total"]].tolist() == [0, 2, 0.0]
    assert pd.isna(evictions["largest_share"])


def test_a_law_is_the_sum_of_its_products_and_counts_each_client_once() -> None:
    total = row(care_use(CLIENTS, provision_totals(PROVISIONS), ["all"]), what="wmo")
    assert (total["total"], total["n_clients"], total["law"]) == (450.0, 3, "wmo")
    assert total["largest_share"] == pytest.approx(300 / 450)


def test_no_use_at_all_is_an_empty_table_that_keeps_its_contract() -> None:
    assert broken_rules(USE, care_use(CLIENTS, PROVISIONS.head(0), ["all"])) == {}


def test_a_slice_in_which_nobody_has_a_group_has_no_rows() -> None:
    clients = CLIENTS.assign(area=pd.Series([None] * 4, dtype="str"))
    assert len(care_use(clients, PROVISIONS, ["area"])) == len(case_records(clients, EVENTS, ["area"])) == 0
    assert len(care_use(CLIENTS.head(0), PROVISIONS, ["all", "team"])) == 0


def test_case_records_are_about_the_people_whose_record_tells_it() -> None:
    plans = pd.DataFrame(
        {"client_no": [1, 2, 4], "subject": "cases", "what": "with_plan", "law": None, "unit": "client"}
    ).assign(quantity=[1, 0, 1])
    waited = plans.assign(what="waiting_time", unit="day", quantity=[0, 30, 60])[:2]
    table = case_records(CLIENTS, pd.concat([plans, waited]), ["all"])
    columns = ["n_clients", "n_clients_base", "total"]
    assert row(table, what="with_plan")[columns].tolist() == [2, 3, 2.0]
    assert row(table, what="waiting_time")[columns].tolist() == [1, 2, 30.0]
    assert broken_rules(USE, table) == {}


def test_use_is_over_the_years_in_view_and_a_case_record_over_those_who_have_one() -> None:
    days = pd.to_datetime(["2021-01-01"] * 4), pd.to_datetime(["2022-01-01", "2021-07-02", "2022-01-01", "2022-01-01"])
    clients = CLIENTS[["client_no", "team"]].assign(intake_on=days[0], in_view_until=days[1])
    record = EVENTS.assign(subject="cases", what="plan", unit="client", in_first_year=True)
    table = use_in_view(clients, pd.concat([PROVISIONS.assign(in_first_year=True), record]), ["all", "team"])
    by_law = row(table, what="wmo", slice="all")
    assert by_law["total"] == 450.0
    assert by_law["client_years"] == pytest.approx((3 * 365 + 182) / 365.25)
    assert row(table, what="plan", slice="all")["n_clients_base"] == 1
    assert broken_rules(USE, table) == {}


def test_every_cell_is_what_a_plain_sum_over_its_people_gives() -> None:
    rng = np.random.default_rng(5)
    clients = pd.DataFrame({"client_no": rng.permutation(400), "client_years": rng.uniform(0.1, 4, 400), "all": "all"})
    clients["team"] = rng.choice(np.array(["B", "A", "C", None], dtype=object), 400)
    what, law, unit = (
        rng.choice(np.array(words, object), 900) for words in (["x", "y"], ["wmo", None], ["eur", "hour"])
    )
    use = pd.DataFrame({"client_no": rng.integers(0, 450, 900), "subject": "provisions", "what": what, "law": law})
    use = use.assign(unit=unit, quantity=rng.integers(0, 50, 900) / 7)
    for of_users, table in (
        (False, care_use(clients, use, ["all", "team"])),
        (True, case_records(clients, use, ["team"])),
    ):
        for told in table.to_dict("records"):
            members = clients[clients[told["slice"]] == told["slice_value"]]
            rows = use[use["client_no"].isin(members["client_no"]) & (use["what"] == told["what"])]
            base = members[members["client_no"].isin(rows["client_no"])] if of_users else members
            law = rows["law"].isna() if pd.isna(told["law"]) else rows["law"] == told["law"]
            per_client = rows[law & (rows["unit"] == told["unit"])].groupby("client_no")["quantity"].sum()
            largest = per_client[per_client > 0].sort_values(ascending=False).to_numpy()
            assert (told["n_clients"], told["n_clients_base"]) == (len(largest), len(base))
            assert told["client_years"] == pytest.approx(base["client_years"].sum(), rel=1e-12)
            assert told["total"] == pytest.approx(largest.sum(), rel=1e-12)
            assert told["largest_share"] == pytest.approx(largest[0] / largest.sum(), rel=1e-12)
            assert told["two_largest_share"] == pytest.approx(largest[:2].sum() / largest.sum(), rel=1e-12)
        assert len(table) == (32 if not of_users else 24)
