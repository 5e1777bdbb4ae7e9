"""What was shown before, about whom: so that two releases side by side tell no more than each by itself.

An entry is one row of an out_ table as it left the gate for the first time, with the exact number of clients behind it:
the ledger stays in the closed zone. A population that differs from an earlier one by fewer people than the threshold is
not shown anew, because the difference would be a figure about those few: the earlier row is shown again.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd

from data_contracts.contract import contract, day, integer, text
from data_contracts.gate.rounding import Integers
from data_contracts.tables.released import Status

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
        "told": text(),  # per count of the row the lowest and the highest value that the releases so far allow
    },
    key=["release_id", "table_name", "key"],
)

SAME, NEAR, OTHER_DEFINITION, SAME_FEW = "same", "near", "other_definition", "same_few"
_RANK = {SAME: 0, OTHER_DEFINITION: 1, NEAR: 2, SAME_FEW: 3}
_ENTRY = ["release_id", "row", "told", "status"]


def held(cells: pd.DataFrame, ledger: pd.DataFrame, threshold: Integers) -> pd.DataFrame:
    """Per cell (table_name, key, definition, population, n_clients) the earlier entry that binds it, if any.

    Columns `bound`, `release_id`, `row`, `told` and `status` of that entry, null where nothing binds, with the index of
    `cells`. An entry binds when its population is the same, or differs in number by less than `threshold`: first the
    same people, then the latest release. Of almost the same people under another definition nothing may be shown; of
    the same people it may. That few people were too few (same_few) binds only what may be told of these same people.
    """
    names_of_cells = {"table_name": "str", "key": "str"}  # an empty ledger and empty cells must meet all the same
    mine = cells.astype(names_of_cells).assign(threshold=threshold).rename_axis("cell").reset_index()
    before = ledger.rename(columns={"population": "people", "n_clients": "n", "definition": "meaning"})
    both = mine.merge(before, on=["table_name", "key"], validate="many_to_many")
    same = both["population"] == both["people"]
    near = (both["n_clients"] - both["n"]).abs() < both["threshold"]
    redefined, few = both["definition"] != both["meaning"], both["status"] == Status.TOO_FEW
    both["bound"] = NEAR
    both.loc[redefined, "bound"] = OTHER_DEFINITION
    both.loc[same, "bound"] = SAME
    both.loc[few, "bound"] = SAME_FEW
    both = both[(same & ~redefined) | (near & ~same & ~few)]
    both = both.assign(rank=both["bound"].map(_RANK))
    both = both.sort_values(["cell", "rank", "released_on", "release_id"], ascending=[True, True, False, False])
    return both.drop_duplicates("cell").set_index("cell")[["bound", *_ENTRY]].reindex(cells.index)


def new_entries(cells: pd.DataFrame, release_id: str, released_on: dt.date) -> pd.DataFrame:
    """The ledger's entries for what a release shows or hides for the first time; `cells` comes from Released.

    What was shown again adds nothing.
    """
    fresh = cells[cells["is_new"].astype("bool")]
    entries = fresh.assign(release_id=release_id, released_on=pd.Timestamp(released_on))
    kinds = {name: str(column.dtype) for name, column in LEDGER.columns.items()}
    return entries[list(kinds)].astype(kinds).reset_index(drop=True)


def canonical(values: dict[str, Any]) -> str:
    """One JSON text per content, whatever the order of the columns."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
