"""Tables that are not about clients: money per year, the design, public figures, and how many rows were used."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import require
from data_contracts.gate.admission import OTHER_COSTS, objection
from data_contracts.gate.rounding import rounded_count, rounded_to_step, significant
from data_contracts.gate.summary import Released, leaving
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import COSTS, DESIGN
from data_contracts.tables.intake import ACCOUNTING
from data_contracts.tables.municipal import COMPARED, LINES, OUT_COMPARED, OUT_LINES
from data_contracts.tables.released import ACCOUNTING as OUT_ACCOUNTING
from data_contracts.tables.released import COSTS as OUT_COSTS
from data_contracts.tables.released import DESIGN as OUT_DESIGN
from data_contracts.tables.released import Status
from data_contracts.vocabulary.names import folded

EUROS = 100.0
FEWEST_TEAMS = 3  # that share a kind of costs which no list names
FIGURE_DIGITS = 5
ROW_COUNTS = ["rows", "accepted", "quarantined", "exact_duplicates", "not_used"]


def release_costs(est_frame: pd.DataFrame, declared: Collection[str]) -> Released:
    """out_costs__by_year: amounts in hundreds of euros.

    A kind of costs is a word from outside, and may be one person's salary by name. It stays when the study declares it
    (`declared`) or teams of the threshold share it; all other kinds are together the other costs.
    """
    require(COSTS, est_frame)
    listed = {folded(kind) for kind in declared}
    most_teams = est_frame.groupby("cost_kind")["n_teams"].max()
    names = {
        kind: kind
        if objection(kind, is_declared=folded(kind) in listed or n_teams >= FEWEST_TEAMS) is None
        else OTHER_COSTS
        for kind, n_teams in zip(most_teams.index.astype("str"), most_teams, strict=True)
    }
    kinds = est_frame.assign(cost_kind=est_frame["cost_kind"].map(names))
    frame = kinds.groupby(list(OUT_COSTS.unique), as_index=False).agg({"n_teams": "max", "amount_eur": "sum"})
    amount = rounded_to_step(frame["amount_eur"], EUROS)
    return _released(frame.assign(amount_eur=amount, status=Status.RELEASED), OUT_COSTS)


def release_design(est_frame: pd.DataFrame) -> Released:
    """out_effects__design: which design was used, and why, in the sentences of our own that count teams only."""
    require(DESIGN, est_frame)
    return _released(est_frame.assign(status=Status.RELEASED), OUT_DESIGN)


def release_municipalities(est_frame: pd.DataFrame) -> Released:
    """out_effects__municipalities: public figures beside public figures, made of nothing from the closed zone."""
    return _public(est_frame, COMPARED, OUT_COMPARED, ["estimate", "lowest", "highest", "error_before"])


def release_municipal_lines(est_frame: pd.DataFrame) -> Released:
    """out_effects__municipal_lines: per municipality and period the public figure, and what imitates it."""
    return _public(est_frame, LINES, OUT_LINES, ["imitated", "weight"])


def _public(
    est_frame: pd.DataFrame, contract: pa.DataFrameSchema, out: pa.DataFrameSchema, computed: list[str]
) -> Released:
    """Figures as they were published, what was computed in five digits; names must pass the tripwires."""
    require(contract, est_frame)
    digits = {name: significant(est_frame[name], FIGURE_DIGITS) for name in computed}
    frame = est_frame.assign(**digits, status=Status.RELEASED)
    return _released(frame, out)


def release_accounting(core_frame: pd.DataFrame, thresholds: Thresholds, labels: Mapping[str, str]) -> Released:
    """out_intake__accounting per delivery and kind of file: rounded, and null from 1 row to below the threshold.

    Rows are no people, but a row may be one client's. Names of files were chosen by someone else and stay behind; of a
    delivery its label leaves (`labels`, by key).
    """
    require(ACCOUNTING, core_frame)
    named = core_frame["delivery"].map(labels).astype("str")
    frame = core_frame.assign(delivery=named).groupby(["delivery", "table_name"], as_index=False)[ROW_COUNTS].sum()
    few = (frame[ROW_COUNTS] > 0) & (frame[ROW_COUNTS] < thresholds.clients)
    for name in ROW_COUNTS:
        count = pd.Series(rounded_count(frame[name], thresholds.round_to), frame.index).astype("Int64")
        frame[name] = count.mask(few[name])
    frame["status"] = np.where(few.any(axis=1), Status.BANDED, Status.RELEASED)
    return _released(frame, OUT_ACCOUNTING)


def _released(frame: pd.DataFrame, contract: pa.DataFrameSchema) -> Released:
    kinds = {name: str(column.dtype) for name, column in contract.columns.items()}
    frame = frame[list(kinds)].astype(kinds).sort_values(contract.unique, ignore_index=True)
    return leaving(contract, frame)
