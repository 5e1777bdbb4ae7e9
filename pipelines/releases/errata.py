"""Putting a published error right in public: it says which figures are others than they were, and why.

It loosens nothing: what may be shown was decided by the gate before. A mark stands beside a figure as long as nothing
else has stood in its place since the release that was rectified.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.errors import StudyError
from data_contracts.revised import key_of, revised_figures
from data_contracts.tables.errata import MARKED, REVISED, wrong_by
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.errata import Cause
from pipelines.releases.release import add_decision, approved_ever, current, decisions, release_named, status_of
from pipelines.storage.home import Home
from pipelines.storage.tables import StoredTable

_CAUSES = {one.value: one for one in Cause}
RECTIFY, MARK = "rectify", "revised_from"
Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True)
class Rectification:
    """What somebody said was wrong with a published release."""

    release: str
    cause: Cause
    by: str
    why: str
    on: dt.date


def rectify(home: Home, release: str | None, cause: Cause, by: str, why: str, on: dt.date) -> Rectification:
    """Put on record why the figures of a published release were wrong; without a name the one that was withdrawn last.

    Raises StudyError for one that nobody could read.
    """
    name = release or _wrong_one(home)
    release_named(home, name)
    if name not in approved_ever(home):
        raise StudyError(
            f"Publicatie '{name}' is nooit goedgekeurd, dus er staat niets in het openbaar om recht te zetten. "
            "wijkbaat release list toont welke wel."
        )
    add_decision(home, {"release": name, "decision": RECTIFY, "cause": cause.value}, by, why, on)
    return Rectification(name, cause, by, why, on)


def _wrong_one(home: Home) -> str:
    done = {one.release for one in rectifications(home)}
    withdrawn = [name for name in approved_ever(home) if status_of(home, name) == "withdrawn" and name not in done]
    found = withdrawn[-1] if withdrawn else current(home)
    if found is None and done:
        raise StudyError(
            "Bij elke ingetrokken publicatie is al vastgelegd waarom zij fout was, en er geldt er nu geen. Draai "
            "wijkbaat run. Zet u een andere recht, noem dan haar naam; wijkbaat release list toont ze."
        )
    if found is None:
        raise StudyError("Er is nog niets gepubliceerd, dus er valt niets recht te zetten.")
    return found


def rectifications(home: Home) -> list[Rectification]:
    """Every rectification, oldest first; of one release the last counts."""
    found = {
        record["release"]: Rectification(
            record["release"],
            _CAUSES[record["cause"]],
            record["by"],
            record["why"],
            dt.date.fromisoformat(record["on"]),
        )
        for record in decisions(home)
        if record["decision"] == RECTIFY
    }
    return list(found.values())


def with_marks(home: Home, tables: Tables) -> dict[str, pd.DataFrame]:
    """`tables` with a column `revised_from` where a figure may be put right, and the list of those that were."""
    order, lists = approved_ever(home), list[pd.DataFrame]()
    for one in rectifications(home):
        since = [home.released / name for name in order[order.index(one.release) :]]
        for name, contract in wrong_by(one.cause).items():
            then = [table_of(directory, name) for directory in since]
            if then[0] is None or tables[name].empty:
                continue
            figures = revised_figures(contract, tables[name], [frame for frame in then if frame is not None])
            lists.append(figures.assign(table_name=name, revised_from=one.release, cause=one.cause.value))
    every = pd.concat(lists) if lists else empty_frame(REVISED)
    # Where two were rectified, the later one is what a reader saw last.
    last = every.reset_index(names="row").drop_duplicates(["table_name", "key", "figure"], keep="last")
    marked = {
        name: tables[name].assign(**{MARK: _marks(tables[name], last[last["table_name"] == name])}) for name in MARKED
    }
    listed = last[list(REVISED.columns)].sort_values(REVISED.unique, ignore_index=True)
    return {**tables, **marked, str(REVISED.name): listed}


def _marks(table: pd.DataFrame, revised: pd.DataFrame) -> pd.Series:
    by_row = revised.drop_duplicates("row").set_index("row")["revised_from"]
    return by_row.reindex(table.index).astype("str")


def marks_of(directory: Path) -> dict[str, list[dict[str, object]]]:
    """The marks of a release for --json: what was put right, and what shows an old figure or none because of one."""
    kept: list[dict[str, object]] = []
    for name, contract in MARKED.items():
        table = table_of(directory, name)
        if table is not None and "held_from" in table:
            for _, row in table[table["status"].isin([Status.HELD, Status.WITHDRAWN])].iterrows():
                held_from = None if pd.isna(row["held_from"]) else row["held_from"]
                kept.append({"table_name": name, "key": key_of(contract, row), "held_from": held_from})
    revised = table_of(directory, str(REVISED.name))
    put_right = [] if revised is None else revised.to_dict("records")
    return {"revised": [{str(key): value for key, value in row.items()} for row in put_right], "held": kept}


def table_of(directory: Path, name: str) -> pd.DataFrame | None:
    """A table as it stands in a release; None where this release has none of that name."""
    path = directory / "tables" / f"{name}.parquet"
    return StoredTable(name, (path,)).frame() if path.is_file() else None
