"""What was shown before, and how many people lie between then and now: no two releases tell of a few people.

One rule. D is the number of people whose contribution to a figure differs between two states of it: in, out, or with
another value. A figure is shown anew only when D is nobody, or at least the threshold, against every state of it that
anybody could read; withdrawn ones too. It covers newcomers, corrections, erasure, other definitions, other rounding and
another study of the same home alike, because it asks what people contribute and not why that changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from data_contracts.contract import contract, day, empty_frame, flag, integer, text
from data_contracts.gate.rounding import Integers
from data_contracts.gate.spec import Cell
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status

LEDGER = contract(
    "closed_gate__ledger",  # a state of a cell: one row of an out_ table as it left for the first time
    {
        "release_id": text(),
        "released_on": day(),
        "table_name": text(),
        "key": text(),
        "n_clients": integer(0),
        "n_gone": integer(0),  # who contributed then and was erased since: they differ from every later state
        "is_known": flag(),  # whether it is known who contributed
        "is_closed": flag(),  # everybody was erased at the end of a term: nothing can be compared with it any more
        "rounded_to": integer(1),
        "status": text(*Status),
        "row": text(),
        "told": text(),  # per count of the row the lowest and the highest value that the releases so far allow
    },
    key=["release_id", "table_name", "key"],
)
DISTANCES = contract(
    "closed_gate__distances",  # per state of a cell D up to now; without a row nobody knows any more
    {
        "release_id": text(),
        "table_name": text(),
        "key": text(),
        "n_differ": integer(0),  # people whose own contribution differs
        "n_beside": integer(0),  # the same, or what else the figure may hang on
    },
    key=["release_id", "table_name", "key"],
)
STATE = ["release_id", "table_name", "key"]
SAME, NEAR, SAME_FEW = "same", "near", "same_few"


@dataclass(frozen=True, slots=True)
class Before:
    """Every state that was shown, D of each up to now, and the releases that were withdrawn as wrong.

    `counted` says how many people contribute to each cell now; a cell of which that is not the number in the row is one
    of which nobody knows who is in it.
    """

    entries: pd.DataFrame = field(default_factory=lambda: empty_frame(LEDGER))
    distances: pd.DataFrame = field(default_factory=lambda: empty_frame(DISTANCES))
    withdrawn: frozenset[str] = frozenset()
    counted: Mapping[Cell, int] = field(default_factory=dict)


def bound_by(cells: pd.DataFrame, before: Before, threshold: Integers) -> pd.DataFrame:
    """The earlier state, if any, that binds each of `cells` (table_name, key, n_clients, is_known), with their index.

    `bound` is near where too few people differ, same where nobody does, and same_few where nobody does and the group
    was too small to show; null where the cell is free. The other columns are those of that state; `stood` is false
    where it was withdrawn as wrong: shown again, it must be remembered as right. `shows` and `shows_from` are the row
    to show where it is near, null where every state with figures was withdrawn.
    """
    states = _states(cells, before, threshold)
    is_known = (states["is_known"] & states["was_known"]).astype("bool") & states["n_differ"].notna()
    differ, beside = (
        (states[name] + states["n_gone"]).astype("float64").where(is_known) for name in ("n_differ", "n_beside")
    )
    at_least, limit = (states["n_clients"] - states["n_then"]).abs(), states["threshold"]
    # Of whom nothing is known any more, at least as many differ as the numbers do.
    near = (~is_known & (at_least < limit)) | (differ.between(1, limit - 1)) | beside.between(1, limit - 1)
    near |= states["is_closed"].astype("bool")  # of a closed one nobody knows how many differ
    same, few = is_known & differ.eq(0) & ~near, states["status"] == Status.TOO_FEW
    shown = states["status"].isin(SHOWS_FIGURES)
    states = states.assign(
        bound=pd.Series(NEAR, states.index, dtype="str").mask(same, SAME).mask(same & few, SAME_FEW),
        rank=pd.Series(2, states.index).mask(same, 1).mask(same & few, 3).mask(near & shown, 0),
        differs=differ.ne(0),
    )
    latest = {"released_on": False, "release_id": False}
    binding = _first(states[same | (near & ~few)], {"rank": True, **latest})
    stands = _first(states[shown & ~states["release_id"].isin(before.withdrawn)], {"differs": True, **latest})
    result = binding[["bound", "release_id", "row", "told", "status", "rounded_to", "is_closed"]].reindex(cells.index)
    stands = stands[["row", "release_id"]].reindex(cells.index)
    stood = ~result["release_id"].isin(before.withdrawn)
    return result.assign(shows=stands["row"], shows_from=stands["release_id"], stood=stood)


def _states(cells: pd.DataFrame, before: Before, threshold: Integers) -> pd.DataFrame:
    """Every earlier state of every cell, with D where it is known."""
    names_of_cells = {"table_name": "str", "key": "str"}  # an empty ledger and empty cells must meet all the same
    mine = cells[["table_name", "key", "n_clients", "is_known"]].astype(names_of_cells).assign(threshold=threshold)
    mine = mine.rename_axis("cell").reset_index()
    states = before.entries.rename(columns={"n_clients": "n_then", "is_known": "was_known"}).astype(names_of_cells)
    distances = before.distances.astype({name: "str" for name in STATE})
    both = mine.merge(states, on=["table_name", "key"], validate="many_to_many")
    return both.astype({"release_id": "str"}).merge(distances, on=STATE, how="left", validate="many_to_one")


def _first(states: pd.DataFrame, order: dict[str, bool]) -> pd.DataFrame:
    by = ["cell", *order]
    found = states.sort_values(by, ascending=[True, *order.values()], kind="stable")
    return found.drop_duplicates("cell").set_index("cell")


def new_entries(cells: pd.DataFrame, release_id: str, released_on: dt.date) -> pd.DataFrame:
    """The ledger's entries for what a release shows or hides for the first time; `cells` comes from Released.

    What was shown again adds nothing.
    """
    fresh = cells[cells["is_new"].astype("bool")]
    entries = fresh.assign(release_id=release_id, released_on=pd.Timestamp(released_on), n_gone=0, is_closed=False)
    kinds = {name: str(column.dtype) for name, column in LEDGER.columns.items()}
    return entries[list(kinds)].astype(kinds).reset_index(drop=True)
