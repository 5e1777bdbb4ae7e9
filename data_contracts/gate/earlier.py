"""How earlier releases bind the rows of a table that is about to leave."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.contract import canonical
from data_contracts.gate.figures import PART_STATUS, as_contract
from data_contracts.gate.ledger import NEAR, SAME, SAME_FEW, Before, bound_by
from data_contracts.gate.means import MEAN_STEP
from data_contracts.gate.rounding import Integers, bin_of
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Decision, ExactTable, Part, Row, first_decision
from data_contracts.tables.released import PartStatus, Status

HIDDEN_AGAIN = {Status.SECONDARY.value: Row.SECONDARY, Status.REFUSED.value: Row.REFUSED}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first decision with what the ledger adds to it, and the state that binds each row (see ledger.bound_by)."""

    first: Decision
    entries: pd.DataFrame


def cells_of(spec: TableSpec, exact: pd.DataFrame, before: Before) -> pd.DataFrame:
    """What the ledger knows each row by, and whether it is known who contributes to it."""
    keys = json_of_rows(exact[spec.key])
    counted = pd.Series([before.counted.get(spec.cell(json.loads(key)), 0) for key in keys], exact.index)
    n_clients = exact[spec.whole].astype("int64")
    return pd.DataFrame(
        {
            "table_name": spec.result.name,
            "key": pd.Series(keys, exact.index, dtype="str"),
            "n_clients": n_clients,
            "is_known": counted.ge(n_clients) if spec.rests_on_others else counted.eq(n_clients),
        },
        index=exact.index,
    )


def earlier_rows(spec: TableSpec, cells: pd.DataFrame, before: Before, table: ExactTable, base: int) -> Earlier:
    """Rows that an earlier state binds start as held, or as hidden as they were then; the rest by the rules.

    What earlier releases told of the same people counts in the audit, so that rounding the same small group beside
    other neighbours, release after release, does not narrow it down.
    """
    decision = first_decision(table)
    entries = bound_by(cells, before, table.threshold)
    bound = entries[entries["bound"].notna()].astype(object)
    for place, entry in zip(bound.index, bound.to_dict("records"), strict=True):
        row = json.loads(entry["row"])
        if entry["bound"] in (SAME, SAME_FEW):
            decision.public[place] = [row[name] is not None for name in spec.counts]
            _keep_told(table, decision, place, json.loads(entry["told"]))
            # Told closer than anything hidden may be: it was shown once, and what was hidden since takes nothing back.
            decision.public[place] |= decision.told_high[place] - decision.told_low[place] < base
        if entry["status"] in HIDDEN_AGAIN:
            if decision.row[place] == Row.SHOWN:
                decision.row[place] = HIDDEN_AGAIN[entry["status"]]
        elif entry["bound"] == NEAR:
            # In a closed cell there may be any number of other people now.
            change = table.top if entry["is_closed"] else int(table.threshold[place]) - 1
            _hold(decision, place, row[spec.whole], int(entry["rounded_to"]), change)
            _keep_parts(spec, table, decision, place, row, int(entry["rounded_to"]), change)
        elif entry["bound"] == SAME:
            decision.part[place] = np.where(_hid(spec, row), Part.HIDDEN, decision.part[place])
            decision.means[place] &= not spec.means or any(row[name] is not None for name in spec.means)
    return Earlier(decision, entries)


def _hold(decision: Decision, place: int, shown: int, base: int, change: int) -> None:
    """Hold a row: a reader knows that its clients differ by at most `change` from those of a row that was shown."""
    low, high = bin_of(shown, base)
    decision.row[place] = Row.HELD
    decision.held_low[place] = max(0, int(low) - change)
    decision.held_high[place] = int(high) + change


def _keep_parts(
    spec: TableSpec, table: ExactTable, decision: Decision, place: int, row: dict[str, Any], base: int, change: int
) -> None:
    """The parts of a held row differ by at most `change` from what was shown of them too.

    Beside new figures of the whole and of its neighbours that could tell what the few did who differ. Where it is not
    known how many differ, a part may lie further off: then nobody can go by this.
    """
    for column, name in enumerate(spec.counts[1:], start=1):
        if row[name] is not None:
            low, high = (int(side) for side in bin_of(row[name], base))
        elif row[f"{name}_status"] == PartStatus.BELOW:
            low, high = 0, int(table.threshold[place]) - 1
        else:
            continue
        if low - change <= table.counts[place, column] <= high + change:
            decision.told_low[place, column] = max(0, low - change)
            decision.told_high[place, column] = min(table.top, high + change)


def _keep_told(table: ExactTable, decision: Decision, place: int, told: list[list[int]]) -> None:
    """Bounds that were told of these same people, unless another way of computing made them untrue."""
    low, high = np.array(told, dtype=np.int64).T
    if ((low <= table.counts[place]) & (table.counts[place] <= high)).all():
        decision.told_low[place], decision.told_high[place] = low, high


def _hid(spec: TableSpec, row: dict[str, object]) -> list[bool]:
    """Which counts of a row were hidden to protect others: they stay so for the same people."""
    hidden = PART_STATUS[Part.HIDDEN]
    return [False, *(row[f"{name}_status"] == hidden for name in spec.counts[1:])]


def shown_again(
    spec: TableSpec, frame: pd.DataFrame, cells: pd.DataFrame, earlier: Earlier, told: tuple[Integers, Integers]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`frame` with earlier rows in the place of held ones, and `cells` with what each row now shows and tells.

    A row to hold of which every state was withdrawn shows nothing, and says so. `cells` gets `is_new` where the ledger
    must remember the row, and the release that an old row is `shown_from`.
    """
    entries = earlier.entries
    same = entries["bound"].isin([SAME, SAME_FEW])
    frame = _same_beside_others(spec, frame, entries[same])
    figures = frame[[name for name in spec.result.columns if name not in spec.key]]
    rows = pd.Series(json_of_rows(figures), frame.index, dtype="str")
    tells = pd.Series([json.dumps(one) for one in np.stack(told, axis=2).tolist()], frame.index, dtype="str")
    is_held = frame["status"] == Status.HELD
    repeated = same & entries["stood"] & (entries["told"] == tells) & (entries["row"] == rows)
    cells = cells.assign(
        status=frame["status"].mask(earlier.first.row == Row.TOO_FEW, Status.TOO_FEW),
        row=rows,
        told=tells,
        is_new=~(is_held | repeated | (entries["bound"] == NEAR)),
        shown_from=entries["shows_from"].where(is_held, entries["release_id"].where(same & entries["stood"])),
    )
    again = is_held & entries["shows"].notna()
    result = frame.assign(status=frame["status"].mask(is_held & ~again, Status.WITHDRAWN))
    if again.any():
        before = pd.DataFrame([json.loads(text) for text in entries.loc[again, "shows"]], index=frame.index[again])
        before = before.assign(status=Status.HELD, held_from=entries.loc[again, "shows_from"])
        result = pd.concat([result[~again], frame.loc[again, spec.key].join(before)])
    return as_contract(spec, result.loc[frame.index]), cells


def _same_beside_others(spec: TableSpec, frame: pd.DataFrame, same: pd.DataFrame) -> pd.DataFrame:
    """`frame` with sums as they were for the same people: rounded again beside other neighbours they tell more.

    A mean that was told in a finer step keeps it where nothing but the step moved it: who asks for a group beside it
    takes no figure away.
    """
    frame = _means_as_told(spec, frame, same[same["stood"]])
    for name in spec.sums:
        before = pd.Series([json.loads(row)[name] for row in same["row"]], same.index, dtype="float64")
        frame = frame.assign(**{name: before.reindex(frame.index).where(frame[name].notna()).fillna(frame[name])})
    return frame


def _means_as_told(spec: TableSpec, frame: pd.DataFrame, same: pd.DataFrame) -> pd.DataFrame:
    ends = [end for pair in spec.intervals for end in pair]
    names = [*spec.means, *ends]
    if not spec.means or same.empty:
        return frame
    told = pd.DataFrame([json.loads(row) for row in same["row"]], index=same.index)[names].astype("float64")
    now = frame.loc[same.index, names].astype("float64")
    slack = pd.Series(MEAN_STEP / 2, names).mask(pd.Index(names).isin(ends), MEAN_STEP) + 1e-9
    is_like = ((told - now).abs().le(slack) | (told.isna() & now.isna())).all(axis=1)
    finer = is_like & _in_steps(now).all(axis=1) & ~_in_steps(told).all(axis=1)
    frame = frame.copy()
    frame.loc[finer[finer].index, names] = told[finer]
    return frame


def _in_steps(means: pd.DataFrame) -> pd.DataFrame:
    return means.isna() | ((means / MEAN_STEP - (means / MEAN_STEP).round()).abs() < 1e-6)


def json_of_rows(frame: pd.DataFrame) -> list[str]:
    """One JSON text per row; everything missing is null."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [canonical({str(name): value for name, value in row.items()}) for row in plain.to_dict("records")]
