"""The ledger as one would keep it by hand: per row that was shown the people in it and what each adds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from municipality import SLICES

from data_contracts.contract import canonical, empty_frame, require
from data_contracts.gate.disclosure import release_tables, unnamed_teams
from data_contracts.gate.groups import OTHER
from data_contracts.gate.ledger import DISTANCES, LEDGER, Before, new_entries
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import USERS

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
        now = {key: who_of(people) for key, people in people_of(frame, name).items()}
        rows = [
            (*state, d, d)
            for state, who in self.people.items()
            if state[1] == name
            for d in [distance(who, now.get(state[2], {}))]
        ]
        told = pd.DataFrame(rows, columns=list(DISTANCES.columns)).astype(empty_frame(DISTANCES).dtypes.to_dict())
        cells = {SPECS[name].cell(json.loads(key)): len(who) for key, who in now.items()}
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
    """release_tables of one, with the usual thresholds and slices; `people` says who is in a row."""
    before = (ledger or remembered()).until(frame, name)
    given = {"thresholds": Thresholds(), "slices": SLICES, "before": before} | given
    out = release_tables({name: frame.drop(columns="people", errors="ignore")}, **given)[name]
    if not len(out.cells):
        return out
    return replace(out, cells=out.cells.assign(people=out.cells["key"].map(people_of(frame, name))))


def people_of(frame: pd.DataFrame, name: str) -> dict[str, str]:
    """Key of a row -> who is in it; the teams that may not be named are one row together."""
    if "people" not in frame:
        return {}
    unnamed = unnamed_teams(name, frame.drop(columns="people"), Thresholds(), empty_frame(USERS))
    found: dict[str, str] = {}
    for row in frame.to_dict("records"):
        team, *cohort = str(row.get("slice_value")).split(" | ")
        if row.get("slice") in ("team", "team+cohort") and team in unnamed:
            row |= {"slice_value": " | ".join([OTHER, *cohort])}
        key = key_of(row, name)
        found[key] = f"{found[key]} {row['people']}" if key in found else row["people"]
    return found


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
