"""The ledger as one would keep it by hand: per row that was shown the people in it and what each adds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from municipality import SLICES

from data_contracts.contract import empty_frame, require
from data_contracts.gate.disclosure import release_table
from data_contracts.gate.ledger import DISTANCES, LEDGER, Before, canonical, new_entries
from data_contracts.gate.spec import SPECS
from data_contracts.gate.summary import Released
from data_contracts.study import Thresholds

CHANGE = "out_change__by_domain"
DAY = dt.date(2025, 3, 1)
Who = dict[str, str]  # per person what that person adds
Gate = Callable[..., Released]


@dataclass(frozen=True, slots=True)
class Remembered:
    """Every entry, with the people of its row, and the releases that were withdrawn."""

    entries: pd.DataFrame
    people: dict[tuple[str, str, str], Who]
    withdrawn: frozenset[str] = frozenset()

    def until(self, frame: pd.DataFrame, name: str) -> Before:
        """What the gate is told when `frame`, with its column `people`, is about to leave."""
        now = {key_of(row, name): who_of(row["people"]) for row in frame.to_dict("records") if "people" in frame}
        rows = [
            (*state, d, d)
            for state, who in self.people.items()
            if state[1] == name
            for d in [distance(who, now.get(state[2], {}))]
        ]
        told = pd.DataFrame(rows, columns=list(DISTANCES.columns)).astype(empty_frame(DISTANCES).dtypes.to_dict())
        spec = SPECS[name]
        cells = {
            spec.cell({one: row[one] for one in spec.key}): len(who_of(row["people"]))
            for row in frame.to_dict("records")
            if "people" in frame
        }
        return Before(self.entries, told, self.withdrawn, cells)


def distance(then: Who, now: Who) -> int:
    """The people who add something else: in, out, or another value."""
    return sum(then.get(person) != now.get(person) for person in {*then, *now})


def who_of(people: str) -> Who:
    """Who is in a row, as municipality.change_table writes it."""
    return dict(one.split(":") for one in people.split())


def key_of(row: dict[Any, Any], name: str) -> str:
    """The key under which the ledger knows a row."""
    return canonical({one: row[one] for one in SPECS[name].key})


def released(frame: pd.DataFrame, name: str = CHANGE, ledger: Remembered | None = None, **given: Any) -> Released:
    """release_table with the usual thresholds and slices; `people` says who is in a row."""
    before = (ledger or remembered()).until(frame, name)
    given = {"thresholds": Thresholds(), "slices": SLICES, "before": before} | given
    out = release_table(name, frame.drop(columns="people", errors="ignore"), **given)
    known = {key_of(row, name): row.get("people") for row in frame.to_dict("records")}
    if not len(out.cells):
        return out
    return replace(out, cells=out.cells.assign(people=out.cells["key"].map(known)))


def remembered(*releases: Released, withdrawn: tuple[str, ...] = ()) -> Remembered:
    """The ledger after these releases, which are called release-0, release-1, and so on."""
    entries, people = [empty_frame(LEDGER)], {}
    for at, one in enumerate(releases):
        if len(one.cells):
            fresh = new_entries(one.cells, f"release-{at}", DAY)
            entries.append(fresh)
            rows = one.cells[one.cells["is_new"].astype(bool)].to_dict("records")
            people |= {
                (f"release-{at}", row["table_name"], row["key"]): who_of(row["people"])
                for row in rows
                if isinstance(row.get("people"), str)
            }
    ledger = pd.concat(entries, ignore_index=True)
    require(LEDGER, ledger)
    return Remembered(ledger, people, frozenset(withdrawn))
