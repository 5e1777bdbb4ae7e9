"""The product beside the reference after every step, in three orders of arrival that must end alike."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.living.in_memory import in_memory
from tests.living.municipality import QUARTERS, TABLES, Step, Years, arrivals, ten_years
from tests.living.product import Product, columns_of
from tests.living.reference import Reference, changes

FIRST_DAY = dt.date(2027, 1, 1)


@dataclass
class Compared:
    """What one seed gave: how much was compared, and every place where the two were not equal."""

    seed: int
    deliveries: int = 0
    steps: int = 0
    accounts: int = 0
    rows: int = 0
    events: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def compared(
    seed: int, root: Path, *, quarters: int = QUARTERS, every: int = 1, of: Callable[[Years, Path], Product] = in_memory
) -> Compared:
    """Each order of arrival of the years of one seed; tables are compared after every `every` steps and at the end.

    `of` makes the product: with its tables in memory, or as files in a home. The accounts are compared as it went; what
    a delivery changes hangs on the deliveries there are, so the other orders tell nothing new of them.
    """
    years = ten_years(seed, quarters)
    told = Compared(seed, len(years.deliveries), events=years.events)
    ends = []
    for number, order in enumerate(arrivals(years, seed)):
        one = of(years, root / f"order-{number}")
        ends.append(_followed(one, order, told, every, with_accounts=number == 0))
    told.differences += [f"seed {seed}: order {at} ends otherwise" for at in (1, 2) if ends[at] != ends[0]]
    return told


def _followed(
    one: Product, order: list[Step], told: Compared, every: int, *, with_accounts: bool
) -> dict[str, Counter[Any]]:
    counting: dict[str, bool] = {}
    for at, step in enumerate(order):
        one.does(step, FIRST_DAY + dt.timedelta(days=at))
        counting[step.delivery] = step.what != "withdraw" and (step.what == "take" or counting.get(step.delivery, True))
        if at % every == 0 or at == len(order) - 1:
            told.steps += 1
            told.differences += _unequal(one, counting, told, step, with_accounts=with_accounts)
    return one.states()


def _unequal(one: Product, counting: dict[str, bool], told: Compared, step: Step, *, with_accounts: bool) -> list[str]:
    reference = Reference(one.years, _deliveries(one.years, counting))
    found, states = [], one.states()
    for table in TABLES:
        is_now, should_be = states[table], reference.state(table)
        told.rows += sum(should_be.values())
        if is_now != should_be:
            rows = sum(((is_now - should_be) + (should_be - is_now)).values())
            found.append(f"seed {told.seed}, {step.what} {step.delivery}, {table}: {rows} rows")
    if with_accounts and step.what == "receive" and counting[step.delivery]:
        found += _other_changes(one, reference, told, step)
    return found


def _other_changes(one: Product, after: Reference, told: Compared, step: Step) -> list[str]:
    """The account of new, changed, gone and equal beside that of the reference."""
    others = [delivery for delivery in after.deliveries if delivery.name != step.delivery]
    before = Reference(one.years, others)
    before.new_key = after.new_key
    account, found = one.changes(step.delivery), []
    told.accounts += 1
    for table in account.index:
        should_be = changes(_by_record(before, table), _by_record(after, table))
        is_now = {name: int(account.loc[table, name]) for name in ("n_new", "n_changed", "n_gone", "n_equal")}
        if any(should_be[name] != n for name, n in is_now.items()):
            found.append(f"seed {told.seed}, changes of {step.delivery}, {table}: {is_now} for {dict(should_be)}")
    return found


def _by_record(reference: Reference, table: str) -> dict[Any, Counter[Any]]:
    names = sorted(columns_of(table))
    found: dict[Any, Counter[Any]] = {}
    for values, n in reference.state(table).items():
        row = dict(zip(names, values, strict=True))
        said = tuple(value for name, value in row.items() if name != "record_no")
        found.setdefault(reference.record(table, row), Counter())[said] += n
    return found


def _deliveries(years: Years, counting: dict[str, bool]) -> list[Any]:
    return [years.deliveries[name] for name, counts in counting.items() if counts]
