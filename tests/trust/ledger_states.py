"""States of a cell as the ledger keeps them, written by hand."""

from __future__ import annotations

import json

import pandas as pd

from data_contracts.contract import empty_frame, require
from data_contracts.gate.ledger import DISTANCES, LEDGER, Before
from data_contracts.gate.specs import SPECS

CHANGE = SPECS["out_change__by_domain"]
THEN = "2025-01-01-eerste"
COUNTS = {"n_clients": 60, "n_up": 20, "n_equal": 25, "n_down": 15, "n_sufficient_before": 25}
SHOWN = COUNTS | {"n_sufficient_after": 25}
STATUSES = {f"{name}_status": "shown" for name in SHOWN if name != "n_clients"}
NO_MEANS = {"mean_before": None, "mean_after": None, "mean_change": None}
NOTHING_TOLD = [[0, 10_000]] * len(CHANGE.counts)


def state(release: str = THEN, **known: object) -> dict[str, object]:
    """An entry of the ledger about one cell."""
    own = {"release_id": release, "released_on": pd.Timestamp("2025-01-01"), "table_name": "t", "key": "k"}
    own |= {"n_clients": 60, "n_gone": 0, "is_known": True, "is_closed": False, "rounded_to": 5, "status": "released"}
    return own | {"row": json.dumps(SHOWN | STATUSES | NO_MEANS), "told": json.dumps(NOTHING_TOLD)} | known


def before(*states: dict[str, object], d: dict[str, tuple[int, int]], withdrawn: tuple[str, ...] = ()) -> Before:
    """The ledger with these states, and D per release: of own contributions, and of all that a figure hangs on."""
    kinds = {name: str(column.dtype) for name, column in LEDGER.columns.items()}
    entries = pd.DataFrame(states)[list(kinds)].astype(kinds)
    require(LEDGER, entries)
    rows = [(one["release_id"], one["table_name"], one["key"], *d[str(one["release_id"])]) for one in states
            if one["release_id"] in d]  # fmt: skip
    told = pd.DataFrame(rows, columns=list(DISTANCES.columns)).astype(empty_frame(DISTANCES).dtypes.to_dict())
    return Before(entries, told, frozenset(withdrawn))
