"""How much care clients use, per slice: est_care__use, with what the gate needs to judge dominance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.estimates import ALL, USE
from indicators.arrays import Floats, Integers
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
    used = _used(clients, use)
    return _as_use([_of_slice(clients, used, name, of_users=False) for name in slices])


def case_records(clients: pd.DataFrame, records: pd.DataFrame, slices: Sequence[str]) -> pd.DataFrame:
    """The same for what case records tell, where nothing recorded is not zero: over the people with a row for it.

    `records` has at most one row per person and `what`: `client_no`, `subject`, `what`, `law`, `unit`, `quantity`.
    """
    used = _used(clients, records)
    table = _as_use([_of_slice(clients, used, name, of_users=True) for name in slices])
    return table.sort_values("what", kind="stable", ignore_index=True)


@dataclass(frozen=True, slots=True)
class _Used:
    """What each client used of each kind, as codes, so that a slice compares whole numbers and no words.

    `kinds` (K,) in the order in which they came. Per client and kind (N,), in the order of clients: the place in
    `clients`, the kind, and the quantity. `largest_first` puts the rows of users in order. `recorded` are the first
    rows of each client and `what`.
    """

    kinds: pd.DataFrame
    client: Integers
    kind: Integers
    quantity: Floats
    largest_first: Integers
    recorded: Integers


def _used(clients: pd.DataFrame, use: pd.DataFrame) -> _Used:
    use = use.astype({"quantity": "float64"})
    rows = use.groupby(["client_no", *_WHAT], observed=True, dropna=False)["quantity"].sum().reset_index()
    kinds = rows[_WHAT].drop_duplicates(ignore_index=True)
    numbered = rows.merge(kinds.reset_index(names="kind"), on=_WHAT, validate="many_to_one")
    place = pd.Index(clients["client_no"]).get_indexer(numbered["client_no"])
    order = np.argsort(place, kind="stable")
    order = order[place[order] >= 0]
    client, kind, quantity = (np.asarray(one)[order] for one in (place, numbered["kind"], numbered["quantity"]))
    users = np.flatnonzero(quantity > 0)
    largest_first = users[np.argsort(-quantity[users], kind="stable")]
    what = kinds["what"].factorize()[0][kind]
    recorded = np.unique(client * (len(kinds) + 1) + what, return_index=True)[1]
    return _Used(kinds, client, kind, quantity, largest_first, recorded)


def _as_use(tables: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat([empty_frame(USE), *tables], ignore_index=True) if tables else empty_frame(USE)
    return table.astype(empty_frame(USE).dtypes.to_dict())


def provision_totals(use: pd.DataFrame) -> pd.DataFrame:
    """Rows of use with each provision counted again under its law: `what` becomes the law's code."""
    provisions = use[use["subject"] == "provisions"]
    return pd.concat([use, provisions.assign(what=provisions["law"])], ignore_index=True)


def _of_slice(clients: pd.DataFrame, used: _Used, name: str, *, of_users: bool) -> pd.DataFrame:
    """Use of every kind per value of one slice: over everybody in it, or over the people with a row of what it is."""
    code, values = clients[name].factorize(sort=True)
    n_values, n_kinds = len(values), len(used.kinds)
    people, years = _base(clients["client_years"].to_numpy(np.float64), used, code, n_values, of_users=of_users)
    rows = used.largest_first[code[used.client[used.largest_first]] >= 0]
    group, quantity = used.kind[rows] * n_values + code[used.client[rows]], used.quantity[rows]
    n_clients, total = _counted_and_summed(group, quantity, n_kinds * n_values)
    largest, two_largest = _first_and_two(group, quantity, n_kinds * n_values)
    told = np.flatnonzero(people)
    share = np.where(total > 0, total, np.nan)[told]
    return pd.DataFrame(
        {
            **used.kinds.iloc[told // max(n_values, 1)].reset_index(drop=True),
            "slice": name,
            "slice_value": values.take(told % max(n_values, 1)),
            "n_clients": n_clients[told],
            "n_clients_base": people.ravel()[told],
            "client_years": years.ravel()[told],
            "total": total[told],
            "largest_share": largest[told] / share,
            "two_largest_share": np.minimum(two_largest[told] / share, 1.0),
        },
        columns=list(USE.columns),
    )


def _base(years: Floats, used: _Used, code: Integers, n_values: int, *, of_users: bool) -> tuple[Integers, Floats]:
    """The people behind each kind and value of a slice, (K, V), and their years in view."""
    if not of_users:
        people, over = _counted_and_summed(code[code >= 0], years[code >= 0], n_values)
        shape = (len(used.kinds), n_values)
        return np.broadcast_to(people, shape), np.broadcast_to(over, shape)
    what, words = used.kinds["what"].factorize()
    client = used.client[used.recorded]
    inside = code[client] >= 0
    group = code[client] + n_values * what[used.kind[used.recorded]]
    people, over = _counted_and_summed(group[inside], years[client][inside], n_values * len(words))
    shape = (len(words), n_values)
    return people.reshape(shape)[what], over.reshape(shape)[what]


def _counted_and_summed(group: Integers, values: Floats, n_groups: int) -> tuple[Integers, Floats]:
    """How many rows each group has, and the sum of their values, as exact as pandas adds."""
    summed = pd.Series(values).groupby(group).sum()
    total = np.zeros(n_groups)
    total[summed.index.to_numpy(np.int64)] = summed.to_numpy()
    return np.bincount(group, minlength=n_groups), total


def _first_and_two(group: Integers, values: Floats, n_groups: int) -> tuple[Floats, Floats]:
    """The first value of each group and the sum of its first two; nothing where there is none."""
    order = np.argsort(group, kind="stable")
    n_before = np.cumsum(np.bincount(group, minlength=n_groups)) - np.bincount(group, minlength=n_groups)
    rank = np.arange(len(group)) - n_before[group[order]]
    first, second = np.full(n_groups, np.nan), np.zeros(n_groups)
    first[group[order][rank == 0]] = values[order][rank == 0]
    second[group[order][rank == 1]] = values[order][rank == 1]
    return first, first + second
