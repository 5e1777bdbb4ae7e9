"""The figures of one table as they leave: rounded where the decision shows them, null where it does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.gate.rounding import Floats, Integers, rounded_count, rounded_to_step, step_not_below
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Decision, Part, Row
from data_contracts.released import PartStatus, Status

Flags = NDArray[np.bool_]

TWO_DECIMALS_FROM = 50  # clients
SMALLEST_P = 0.001
ROW_STATUS = {
    Row.SHOWN: Status.RELEASED,
    Row.HELD: Status.HELD,
    Row.TOO_FEW: Status.TOO_FEW,
    Row.SECONDARY: Status.SECONDARY,
    Row.REFUSED: Status.REFUSED,
}
PART_STATUS = [PartStatus.SHOWN, PartStatus.BELOW, PartStatus.ABOVE, PartStatus.HIDDEN]


def released_figures(
    spec: TableSpec, exact: pd.DataFrame, decision: Decision, block: Integers, base: int
) -> pd.DataFrame:
    """`exact` after the decision, with the columns and types of the out_ contract."""
    shown = decision.row == Row.SHOWN
    result = exact.copy()
    columns = {name: at for at, name in enumerate(spec.counts)}
    for name, at in columns.items():
        visible = shown & (decision.part[:, at] == Part.SHOWN)
        result[name] = pd.Series(rounded_count(exact[name], base), exact.index).where(visible).astype("Int64")
    for name in spec.parts:
        codes = np.where(shown, decision.part[:, columns[name]], Part.HIDDEN)
        result[f"{name}_status"] = np.array(PART_STATUS, dtype=object)[codes]
    all_parts = shown & (decision.part == Part.SHOWN).all(axis=1)
    step = _mean_step(exact[spec.whole].to_numpy(np.int64), all_parts, decision, block)
    for name in spec.means:
        result[name] = np.where(shown, rounded_to_step(exact[name], step), np.nan)
    unanimous = (decision.part == Part.ABOVE).any(axis=1)
    for low, high in spec.intervals:
        result[low] = np.where(shown & ~unanimous, _outward(exact[low], step, np.floor), np.nan)
        result[high] = np.where(shown & ~unanimous, _outward(exact[high], step, np.ceil), np.nan)
    if spec.tests:
        _tests(spec, exact, result, decision, columns)
    for name in spec.sums:
        step_of_sum = _sum_step(exact, name, block, base)
        people = shown & np.isin(decision.part[:, 1], (Part.SHOWN, Part.ABOVE))
        result[name] = np.where(people & _not_dominated(exact), rounded_to_step(exact[name], step_of_sum), np.nan)
    if "client_years" in exact:
        result["client_years"] = np.where(shown, rounded_to_step(exact["client_years"], float(base)), np.nan)
    result["status"] = _row_status(decision, shown & ~all_parts)
    result["held_from"] = None
    return as_contract(spec, result)


def as_contract(spec: TableSpec, result: pd.DataFrame) -> pd.DataFrame:
    """`result` with the columns, order and types of the out_ contract."""
    kinds = {name: str(column.dtype) for name, column in spec.result.columns.items()}
    return result[list(kinds)].astype(kinds)


def _row_status(decision: Decision, banded: Flags) -> NDArray[np.object_]:
    codes = np.array([ROW_STATUS[Row(code)] for code in range(len(Row))], dtype=object)[decision.row]
    codes[banded] = Status.BANDED
    return codes


def _mean_step(n: Integers, all_parts: Flags, decision: Decision, block: Integers) -> Floats:
    """0.1; 0.01 for 50 clients or more when nothing in the row or in its block is hidden.

    A finer mean of a whole and of its shown part would give the mean of the few that are hidden.
    """
    open_block = ~np.isin(block, block[decision.row != Row.SHOWN])
    return np.where((n >= TWO_DECIMALS_FROM) & all_parts & open_block, 0.01, 0.1)


def _outward(values: pd.Series, step: Floats, direction: np.ufunc) -> Floats:
    """An interval never gets narrower by rounding."""
    multiple = values.to_numpy(np.float64) / step
    near = np.round(multiple)
    whole = np.where(np.abs(multiple - near) < 1e-9, near, direction(multiple))
    return rounded_to_step(whole * step, step)


def _tests(
    spec: TableSpec, exact: pd.DataFrame, result: pd.DataFrame, decision: Decision, columns: dict[str, int]
) -> None:
    """A test is a function of its parts: beside rounded parts it would give a hidden one back."""
    family = [columns[part] for part in spec.families[0].parts]
    visible = (decision.row == Row.SHOWN) & (decision.part[:, family] == Part.SHOWN).all(axis=1)
    for name in spec.tests:
        figure = exact[name].to_numpy(np.float64)
        if name.startswith("p_"):
            figure = np.maximum(rounded_to_step(figure, 0.001), SMALLEST_P)
        else:
            figure = rounded_to_step(figure, 0.1)
        result[name] = np.where(visible, figure, np.nan)
    result["method"] = exact["method"].where(visible, "none")
    result["refused_because"] = exact["refused_because"].where(visible)


def _sum_step(exact: pd.DataFrame, name: str, block: Integers, base: int) -> Floats:
    """At least `base`, and half the largest contribution of one client to any group of the block.

    Two sums that differ by one client then tell nothing smaller than that client's contribution.
    """
    largest = (exact[name] * exact["largest_share"].fillna(1.0)).groupby(block).transform("max").to_numpy(np.float64)
    return step_not_below(np.maximum(largest / 2, float(base)))


def _not_dominated(exact: pd.DataFrame) -> Flags:
    """Dominance: the largest client makes at most half of a sum, the two largest at most 90 %."""
    largest, two = exact["largest_share"], exact["two_largest_share"]
    return ((largest <= 0.5) & (two <= 0.9)).fillna(False).to_numpy(bool)
