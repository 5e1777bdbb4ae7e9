"""The figures of one table as they leave: rounded where the decision shows them, null where it does not."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.gate.estimate_figures import rounded_estimates, rounded_model
from data_contracts.gate.means import MEAN_STEP, at_the_end, tell_the_number
from data_contracts.gate.rounding import Floats, outward, rounded_count, rounded_to_step, step_not_below
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Decision, ExactTable, Flags, Part, Row
from data_contracts.tables.released import PartStatus, Status
from data_contracts.vocabulary.certainty import P_STEP

FINE_MEAN_STEP, FINE_MEAN_FROM = 0.01, 50  # two decimals, from so many clients
TEST_STEP = 0.1
SIGNIFICANT = 0.05
LARGEST_SHARE, TWO_LARGEST_SHARE = 0.5, 0.9  # of a sum, for one and for two clients
ROW_STATUS = {
    Row.SHOWN: Status.RELEASED,
    Row.HELD: Status.HELD,
    Row.TOO_FEW: Status.TOO_FEW,
    Row.SECONDARY: Status.SECONDARY,
    Row.REFUSED: Status.REFUSED,
}
PART_STATUS = [PartStatus.SHOWN, PartStatus.BELOW, PartStatus.ABOVE, PartStatus.HIDDEN]


def released_figures(
    spec: TableSpec, exact: pd.DataFrame, table: ExactTable, decision: Decision, base: int
) -> pd.DataFrame:
    """`exact` after the decision, with the columns and types of the out_ contract; held rows are still empty."""
    shown = decision.row == Row.SHOWN
    result = exact.copy()
    for column, name in enumerate(spec.counts):
        visible = shown & (decision.part[:, column] == Part.SHOWN)
        result[name] = pd.Series(rounded_count(exact[name], base), exact.index).where(visible).astype("Int64")
        if column:
            codes = np.where(shown, decision.part[:, column], Part.HIDDEN)
            result[f"{name}_status"] = np.array(PART_STATUS, dtype=object)[codes]
    if spec.means:
        _means(spec, exact, result, table, decision, base)
    if spec.tests:
        _tests(spec, exact, result, decision)
    for name in spec.sums:
        step = _step_of_sum(exact, name, table, base)
        many = np.isin(decision.part[:, 1], (Part.SHOWN, Part.ABOVE))
        result[name] = np.where(shown & many & _not_dominated(exact), rounded_to_step(exact[name], step), np.nan)
        result["client_years"] = np.where(shown, rounded_to_step(exact["client_years"], float(base)), np.nan)
    if "se" in exact:
        figures = rounded_estimates(exact, shown, base)
        result[figures.columns] = figures
    for figure, low, high in spec.models:
        result[[figure, low, high]] = rounded_model(exact, (figure, low, high), shown, base)
        result["refused_because"] = exact["refused_because"].where(shown)
    for name, source in spec.verdicts.items():
        is_so = exact[source] < SIGNIFICANT if source.startswith("p_") else exact[source] > 0
        result[name] = is_so.astype("boolean").where(shown)
    result["status"] = row_status(table, decision)
    result["held_from"] = None
    return as_contract(spec, result)


def as_contract(spec: TableSpec, result: pd.DataFrame) -> pd.DataFrame:
    """`result` with the columns, order and types of the out_ contract."""
    kinds = {name: str(column.dtype) for name, column in spec.result.columns.items()}
    return result[list(kinds)].astype(kinds)


def row_status(table: ExactTable, decision: Decision) -> NDArray[np.object_]:
    """What a reader sees of each row.

    Where a block hides a group to protect another, all its hidden groups look alike: knowing which of them are really
    small would narrow what they can be. Elsewhere 'too few' is the plain truth.
    """
    protects = np.isin(table.block, table.block[decision.row == Row.SECONDARY])
    codes = np.where(protects & (decision.row == Row.TOO_FEW), Row.SECONDARY, decision.row)
    status = np.array([ROW_STATUS[code] for code in Row], dtype=object)[codes]
    banded = (decision.row == Row.SHOWN) & (decision.part[:, 1:] != Part.SHOWN).any(axis=1)
    status[banded] = Status.BANDED
    return status


def _means(
    spec: TableSpec, exact: pd.DataFrame, result: pd.DataFrame, table: ExactTable, decision: Decision, base: int
) -> None:
    """Means in one decimal; in two for 50 clients or more when nothing in the row or in its block is hidden.

    Who is in no group that stands there is hidden too.
    Means that go with one number of clients only would tell it exactly beside its rounded count: then in one decimal,
    and where that tells it too, not at all.
    A finer mean of a whole and of its shown part would give the mean of the few that are hidden. An interval is rounded
    outward, and left out where nearly all went the same way: a width of zero says that all did.
    """
    n = table.counts[:, 0]
    visible = (decision.row == Row.SHOWN) & decision.means
    whole_row = (decision.part[:, 1:] == Part.SHOWN).all(axis=1)
    open_block = ~np.isin(table.block, table.block[(decision.row != Row.SHOWN) | leaves_few(table)])
    step = np.where((n >= FINE_MEAN_FROM) & whole_row & open_block, FINE_MEAN_STEP, MEAN_STEP)
    step = np.where(_tell_the_number(spec, exact, table, step, base), MEAN_STEP, step)
    visible &= ~_tell_the_number(spec, exact, table, step, base)
    for name, part in spec.means.items():
        told = visible if part == "change" else visible & ~at_the_end(exact, name, n, table.threshold)
        result[name] = np.where(told, rounded_to_step(exact[name], step), np.nan)
    same_way = (decision.part[:, table.telling(1)[0]] == Part.ABOVE).any(axis=1)
    for low, high in spec.intervals:
        result[low] = np.where(visible & ~same_way, outward(exact[low], step, np.floor), np.nan)
        result[high] = np.where(visible & ~same_way, outward(exact[high], step, np.ceil), np.nan)


def leaves_few(table: ExactTable) -> Flags:
    """Rows of which the groups that stand there leave a few people over: in none of them, or in two."""
    parent, left = table.links.left_over(table.counts[:, :1])
    few = (left[:, 0] != 0) & (np.abs(left[:, 0]) < table.threshold[parent])
    found = np.zeros(len(table.block), np.bool_)
    found[parent[few]] = True
    return found


def _tell_the_number(spec: TableSpec, exact: pd.DataFrame, table: ExactTable, step: Floats, base: int) -> Flags:
    means = {name: rounded_to_step(exact[name], step) for name in spec.means}
    return tell_the_number(means, step, table.counts[:, 0], base, table.threshold)


def _tests(spec: TableSpec, exact: pd.DataFrame, result: pd.DataFrame, decision: Decision) -> None:
    """A test is nearly a function of its parts: beside the shown ones it would give a hidden one back."""
    family = [spec.counts.index(part) for one in spec.families[:1] for part in one.parts]
    visible = (decision.row == Row.SHOWN) & (decision.part[:, family] == Part.SHOWN).all(axis=1)
    for name in spec.tests:
        if name.startswith("p_"):
            figure = np.maximum(rounded_to_step(exact[name], P_STEP), P_STEP)
        else:
            figure = rounded_to_step(exact[name], TEST_STEP)
        result[name] = np.where(visible, figure, np.nan)
    result["p_adjusted"] = np.nan  # from the p-values that are shown, behind the gate
    result["method"] = exact["method"].where(visible, "none")
    result["refused_because"] = exact["refused_because"].where(visible)


def _step_of_sum(exact: pd.DataFrame, name: str, table: ExactTable, base: int) -> Floats:
    """At least `base`, and at least half the largest contribution of one client to any group of the block.

    Two sums that differ by one client then tell nothing finer than that client's contribution.
    """
    largest = (exact[name] * exact["largest_share"].fillna(0)).groupby(table.block).transform("max")
    return step_not_below(np.maximum(largest.to_numpy(np.float64) / 2, float(base)))


def _not_dominated(exact: pd.DataFrame) -> Flags:
    largest, two = exact["largest_share"], exact["two_largest_share"]
    return ((largest <= LARGEST_SHARE) & (two <= TWO_LARGEST_SHARE)).fillna(False).to_numpy(np.bool_)
