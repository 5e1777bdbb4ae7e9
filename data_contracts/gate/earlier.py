"""How earlier releases bind the rows of a table that is about to leave."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.gate.figures import PART_STATUS, as_contract
from data_contracts.gate.ledger import NEAR, OTHER_DEFINITION, SAME, SAME_FEW, canonical, held
from data_contracts.gate.rounding import Integers, bin_of
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Decision, ExactTable, Part, Row, first_decision
from data_contracts.tables.released import SHOWS_FIGURES, Status

HIDDEN_AGAIN = {Status.SECONDARY.value: Row.SECONDARY, Status.REFUSED.value: Row.REFUSED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first decision with what the ledger adds to it, and the ledger entry per row (see ledger.held)."""

    first: Decision
    entries: pd.DataFrame


def cells_of(spec: TableSpec, exact: pd.DataFrame, populations: pd.Series, definition: str) -> pd.DataFrame:
    """What the ledger knows each row by."""
    return pd.DataFrame(
        {
            "table_name": spec.result.name,
            "key": pd.Series(_json(exact[spec.key]), exact.index, dtype="str"),
            "definition": definition,
            "population": populations,
            "n_clients": exact[spec.whole].astype("int64"),
        },
        index=exact.index,
    )


def earlier_rows(spec: TableSpec, cells: pd.DataFrame, ledger: pd.DataFrame, table: ExactTable, base: int) -> Earlier:
    """Rows that an earlier release binds start as held, or as hidden as they were then; the rest by the rules.

    What earlier releases told of the same people counts in the audit, so that rounding the same small group beside
    other neighbours, release after release, does not narrow it down.
    """
    decision = first_decision(table)
    entries = held(cells, ledger, table.threshold)
    bound = entries[entries["bound"].notna()].astype(object)
    for place, entry in zip(bound.index, bound.to_dict("records"), strict=True):
        if entry["bound"] in (SAME, SAME_FEW):
            before = json.loads(entry["row"])
            decision.public[place] = [before[name] is not None for name in spec.counts]
            _keep_told(table, decision, place, json.loads(entry["told"]))
        if entry["status"] in HIDDEN_AGAIN:
            if decision.row[place] == Row.SHOWN:
                decision.row[place] = HIDDEN_AGAIN[entry["status"]]
        elif entry["bound"] == OTHER_DEFINITION:
            decision.row[place] = Row.REFUSED
        elif entry["bound"] == NEAR or not _repeats(spec, decision, place, json.loads(entry["row"])):
            _hold(decision, place, json.loads(entry["row"])[spec.whole], base, int(table.threshold[place]) - 1)
    return Earlier(decision, entries)


def _hold(decision: Decision, place: int, shown: int, base: int, change: int) -> None:
    """Hold a row: a reader knows that its clients differ by at most `change` from those of the row that is shown."""
    low, high = bin_of(shown, base)
    decision.row[place] = Row.HELD
    decision.held_low[place] = max(0, int(low) - change)
    decision.held_high[place] = int(high) + change


def _keep_told(table: ExactTable, decision: Decision, place: int, told: list[list[int]]) -> None:
    """Bounds that were told of these same people, unless a correction made them untrue."""
    low, high = np.array(told, dtype=np.int64).T
    if ((low <= table.counts[place]) & (table.counts[place] <= high)).all():
        decision.told_low[place], decision.told_high[place] = low, high


def _repeats(spec: TableSpec, decision: Decision, place: int, row: dict[str, Any]) -> bool:
    """Take over what was shown of these same people; False where that cannot be true of them any more."""
    if decision.row[place] == Row.TOO_FEW:
        return True
    codes = decision.part[place].copy()
    for column, name in enumerate(spec.counts[1:], start=1):
        before = PART_STATUS.index(row[f"{name}_status"])
        if before not in (codes[column], Part.HIDDEN):
            return False
        codes[column] = before
    decision.part[place] = codes
    decision.means[place] = any(row[name] is not None for name in spec.means)
    return bool(decision.row[place] == Row.SHOWN)


def shown_again(
    spec: TableSpec, frame: pd.DataFrame, cells: pd.DataFrame, earlier: Earlier, told: tuple[Integers, Integers]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`frame` with earlier rows in the place of held ones, and `cells` with what each row now shows and tells.

    Of the same people the same row is shown, even when a correction changed a figure. `cells` gets `is_new` where the
    ledger must remember the row, and the release that an old row is `shown_from`.
    """
    figures = frame[[name for name in spec.result.columns if name not in spec.key]]
    entries = earlier.entries
    rows = pd.Series(_json(figures), frame.index, dtype="str")
    tells = pd.Series([json.dumps(one) for one in np.stack(told, axis=2).tolist()], frame.index, dtype="str")
    same_people = entries["bound"].isin([SAME, SAME_FEW])
    showed, shows = entries["status"].isin(SHOWS_FIGURES), frame["status"].isin(SHOWS_FIGURES)
    differs = same_people & showed & shows & (entries["row"] != rows)
    again = (frame["status"] == Status.HELD) | differs
    repeated = (same_people & (entries["told"] == tells)) | entries["bound"].isin([NEAR, OTHER_DEFINITION])
    cells = cells.assign(
        status=frame["status"].mask(earlier.first.row == Row.TOO_FEW, Status.TOO_FEW),
        row=rows,
        told=tells,
        is_new=~(again | repeated),
        shown_from=entries["release_id"].where(again | same_people),
    )
    before = pd.DataFrame([json.loads(text) for text in entries.loc[again, "row"]], index=frame.index[again])
    before = before.assign(status=Status.HELD, held_from=entries.loc[again, "release_id"])
    result = pd.concat([frame[~again], frame.loc[again, spec.key].join(before)]) if again.any() else frame
    return as_contract(spec, result.loc[frame.index]), cells


def _json(frame: pd.DataFrame) -> list[str]:
    """One JSON text per row; everything missing is null."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [canonical({str(name): value for name, value in row.items()}) for row in plain.to_dict("records")]
