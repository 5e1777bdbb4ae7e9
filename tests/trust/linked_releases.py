"""Releases of a linked town: all tables together, each by itself, and one after the other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from linked_town import Tables, exact_tables, town
from municipality import SLICES, team_types
from plain_ledger import DAY

from data_contracts.contract import empty_frame
from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.ledger import DISTANCES, Before, new_entries
from data_contracts.gate.spec import Cell
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.vocabulary.field import ALL

Shown = dict[str, pd.DataFrame]


def a_town(seed: int) -> tuple[Tables, dict[str, str]]:
    """Six teams of 1 to 59 people, and their types."""
    people = town(seed, np.random.default_rng(seed).integers(1, 60, 6).tolist())
    return exact_tables(people), team_types(people)


def together(exact: Tables, types: dict[str, str]) -> Shown:
    out = release_tables(exact, Thresholds(), SLICES, Before(), team_types=types)
    return {name: one.frame for name, one in out.items()}


def one_by_one(exact: Tables, types: dict[str, str]) -> Shown:
    given = (Thresholds(), SLICES, Before())
    return {name: release_tables({name: one}, *given, team_types=types)[name].frame for name, one in exact.items()}


def n_shown(out: Shown) -> int:
    counts = [frame.filter(regex="^n_").select_dtypes("number") for frame in out.values()]
    return sum(int(one.notna().to_numpy().sum()) for one in counts)


def two_releases(exact: Tables, types: dict[str, str]) -> list[Shown]:
    """The same people twice: cohorts stand in the second release only."""
    early = {name: _without_cohorts(frame) for name, frame in exact.items()}
    first = release_tables(early, Thresholds(), SLICES, Before(counted=_counted(exact)), team_types=types)
    second = release_tables(exact, Thresholds(), SLICES, _after(first, exact), team_types=types)
    return [{name: one.frame for name, one in out.items()} for out in (first, second)]


def _without_cohorts(frame: pd.DataFrame) -> pd.DataFrame:
    kept = frame["slice"] != "cohort" if "slice" in frame else frame.get("cohort", pd.Series(ALL, frame.index)) == ALL
    return frame[kept].reset_index(drop=True)


def _after(first: dict[str, Released], exact: Tables) -> Before:
    """The ledger after the first release, when nobody came, went or changed."""
    entries = pd.concat([new_entries(one.cells, "first", DAY) for one in first.values()], ignore_index=True)
    distances = entries[["release_id", "table_name", "key"]].assign(n_differ=0, n_beside=0)
    return Before(entries, distances.astype(empty_frame(DISTANCES).dtypes.to_dict()), counted=_counted(exact))


def _counted(exact: Tables) -> dict[Cell, int]:
    return {
        SPECS[name].cell({one: row[one] for one in SPECS[name].key}): row[SPECS[name].whole]
        for name, frame in exact.items()
        for row in frame.to_dict("records")
    }
