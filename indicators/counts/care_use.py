"""How much care clients use, per slice: est_care__use, with what the gate needs to judge dominance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.estimates import ALL, USE
from indicators.contributions import Added, as_code, of_all

_WHAT = ["subject", "what", "law", "unit"]


def use_in_view(clients: pd.DataFrame, use: pd.DataFrame, slices: Sequence[str]) -> pd.DataFrame:
    """est_care__use of one delivery: everything that clients used, and what their case records tell.

    `clients` has one row per person: `client_no`, `intake_on`, `in_view_until`, and a column per slice name but 'all'.
    `use` is core_clients__use; each provision counts under its law as well.
    """
    days = (clients["in_view_until"] - clients["intake_on"]).dt.days
    clients = clients.assign(client_years=days / 365.25, **{ALL: ALL})
    is_record = use["subject"] == "cases"
    used = care_use(clients, provision_totals(use[~is_record]), slices)
    return pd.concat([used, case_records(clients, use[is_record], slices)], ignore_index=True)


def use_contributions(clients: pd.DataFrame, use: pd.DataFrame) -> Iterator[Added]:
    """What each client adds to every kind of use: how much, and beside it the days in view."""
    client = np.sort(clients["client_no"].to_numpy(np.int64))
    days = (clients["in_view_until"] - clients["intake_on"]).dt.days.set_axis(clients["client_no"])
    for about, rows in provision_totals(use).groupby(["subject", "what", "unit"]):
        own = rows[rows["client_no"].isin(client)].groupby("client_no")["quantity"].sum()
        # Nothing recorded in a case record is not zero: only who has a row is in the base.
        people = own.index.to_numpy(np.int64) if about[0] == "cases" else client
        used = as_code(own.reindex(people).fillna(0.0))
        beside = pd.DataFrame({"used": used, "days": days.reindex(people).to_numpy()})
        yield Added(outcome_name("use", list(about)), people, used, of_all(beside))


def care_use(clients: pd.DataFrame, use: pd.DataFrame, slices: Sequence[str]) -> pd.DataFrame:
    """est_care__use: total use per kind and slice value, over all clients of that slice, users or not.

    `clients` has one row per person: `client_no`, `client_years` in view, and a column per slice name with the value
    of the slice (missing: the client is not in that slice). `use` has any number of rows per person: `client_no`,
    `subject` (events, provisions, hours, solutions), `what` (kind of event, product, ...), `law` (missing outside
    provisions), `unit` (event, eur, hour, client, ...), `quantity` of at least 0. Rows of people outside `clients`
    have no part.

    A kind of use without users in a slice value is a row with total 0: that nobody used it is a finding. The shares of
    the largest and the two largest users are missing there.
    """
    per_client = _per_client(use)
    return _as_use([_of_slice(clients, per_client, name, of_users=False) for name in slices])


def case_records(clients: pd.DataFrame, records: pd.DataFrame, slices: Sequence[str]) -> pd.DataFrame:
    """The same for what case records tell, where nothing recorded is not zero: over the people with a row for it.

    `records` has at most one row per person and `what`: `client_no`, `subject`, `what`, `law`, `unit`, `quantity`.
    """
    per_client = _per_client(records)
    table = _as_use([_of_slice(clients, per_client, name, of_users=True) for name in slices])
    return table.sort_values("what", kind="stable", ignore_index=True)


def _per_client(use: pd.DataFrame) -> pd.DataFrame:
    use = use.astype({"quantity": "float64"})
    return use.groupby(["client_no", *_WHAT], observed=True, dropna=False)["quantity"].sum().reset_index()


def _as_use(tables: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat([empty_frame(USE), *tables], ignore_index=True) if tables else empty_frame(USE)
    return table.astype(empty_frame(USE).dtypes.to_dict())


def provision_totals(use: pd.DataFrame) -> pd.DataFrame:
    """Rows of use with each provision counted again under its law: `what` becomes the law's code."""
    provisions = use[use["subject"] == "provisions"]
    return pd.concat([use, provisions.assign(what=provisions["law"])], ignore_index=True)


def _of_slice(clients: pd.DataFrame, per_client: pd.DataFrame, name: str, *, of_users: bool) -> pd.DataFrame:
    """Use of every kind per value of one slice: over everybody in it, or over the people with a row of what it is."""
    members = clients.loc[clients[name].notna(), ["client_no", "client_years", name]].rename(
        columns={name: "slice_value"}
    )
    about, kinds = ["slice_value"], per_client[_WHAT].drop_duplicates()
    counted = members
    if of_users:
        about = ["what", *about]
        counted = members.merge(per_client[["client_no", "what"]].drop_duplicates(), on="client_no")
    base = counted.groupby(about, observed=True, as_index=False).agg(
        n_clients_base=("client_no", "nunique"), client_years=("client_years", "sum")
    )
    users = per_client[per_client["quantity"] > 0].merge(members, on="client_no", validate="many_to_one")
    users = users.sort_values("quantity", ascending=False, kind="stable")
    by = [*_WHAT, "slice_value"]
    groups = users.groupby(by, observed=True, dropna=False)
    found = groups["quantity"].agg(n_clients="size", total="sum", largest="max")
    first_two = groups.head(2).groupby(by, observed=True, dropna=False)["quantity"]
    found = found.assign(two_largest=first_two.sum())
    pairs = kinds.merge(base, on="what") if of_users else kinds.merge(base, how="cross")
    table = pairs.merge(found.reset_index(), how="left", on=by)
    total = table["total"].where(table["total"] > 0)
    return table.assign(
        slice=name,
        n_clients=table["n_clients"].fillna(0),
        total=table["total"].fillna(0.0),
        largest_share=table["largest"] / total,
        two_largest_share=np.minimum(table["two_largest"] / total, 1.0),
    )[list(USE.columns)]
