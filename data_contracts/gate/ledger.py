"""What was shown before, about whom: so that two releases side by side tell no more than each by itself.

An entry is one row of an out_ table that left the gate once, with the exact number of clients behind it: the ledger
stays in the closed zone. A population that differs from an earlier one by fewer people than the threshold is not shown
anew, because the difference would be a figure about those few: the earlier row is shown again.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd

from data_contracts.contract import contract, day, integer, text
from data_contracts.gate.rounding import Integers
from data_contracts.released import Status

LEDGER = contract(
    "closed_gate__ledger",
    {
        "release_id": text(),
        "released_on": day(),
        "table_name": text(),
        "key": text(),
        "definition": text(),
        "population": text(),
        "n_clients": integer(0),
        "status": text(*Status),
        "row": text(),
    },
    key=["release_id", "table_name", "key"],
)

SAME, NEAR, OTHER_DEFINITION = "same", "near", "other_definition"


def held(cells: pd.DataFrame, ledger: pd.DataFrame, threshold: Integers) -> pd.DataFrame:
    """Per cell (table_name, key, definition, population, n_clients) the earlier entry that binds it, if any.

    Columns `bound` (same, near, other_definition or null), `release_id`, `row`, `status` and `n_clients` of that entry,
    with the index of `cells`. Bound is a cell whose population is the same, or differs in number by less than
    `threshold`; among several the same population comes first, then the latest release. Another definition of the same
    people binds nothing; of almost the same people it may not be shown at all.
    """
    names_of_cells = {"table_name": "str", "key": "str"}  # an empty table has no types of its own
    mine = cells.astype(names_of_cells).assign(threshold=threshold).rename_axis("cell").reset_index()
    both = mine.merge(ledger, on=["table_name", "key"], suffixes=("", "_before"), validate="many_to_many")
    same = both["population"] == both["population_before"]
    near = (both["n_clients"] - both["n_clients_before"]).abs() < both["threshold"]
    redefined = both["definition"] != both["definition_before"]
    both["bound"] = NEAR
    both.loc[same, "bound"] = SAME
    both.loc[redefined, "bound"] = OTHER_DEFINITION
    both = both[(same | near) & ~(same & redefined)]
    both = both.assign(rank=both["bound"].map({SAME: 0, OTHER_DEFINITION: 1, NEAR: 2}))
    both = both.sort_values(["cell", "rank", "released_on", "release_id"], ascending=[True, True, False, False])
    first = both.drop_duplicates("cell").set_index("cell")
    names = {"bound": "bound", "release_id": "release_id", "row": "row", "status_before": "status"}
    names |= {"status": "status", "n_clients_before": "n_clients"}
    columns = [name for name in names if name in first]
    return first[columns].rename(columns=names).reindex(cells.index)


def new_entries(cells: pd.DataFrame, release_id: str, released_on: dt.date) -> pd.DataFrame:
    """The ledger's entries for what a release shows for the first time, and for what it hides to protect others.

    `cells` comes from Released. A row that was shown again or is about too few clients adds nothing.
    """
    fresh = cells[cells["is_new"].astype("bool")]
    entries = fresh.assign(release_id=release_id, released_on=pd.Timestamp(released_on))
    kinds = {name: str(column.dtype) for name, column in LEDGER.columns.items()}
    return entries[list(kinds)].astype(kinds).reset_index(drop=True)


def canonical(values: dict[str, Any]) -> str:
    """One JSON text per content, whatever the order of the columns."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
