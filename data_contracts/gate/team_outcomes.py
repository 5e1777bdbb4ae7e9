"""What team-years told of a tree leaves as an outcome per link and per indicator; a team-year never does."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import require
from data_contracts.gate.earlier import json_of_rows
from data_contracts.gate.ledger import Before
from data_contracts.gate.rounding import significant
from data_contracts.gate.summary import Released
from data_contracts.gate.unaudited import PLAIN_SPECS, against_earlier
from data_contracts.protection import Thresholds
from data_contracts.tables.released import Status
from data_contracts.tables.team_years import GATED_LINK_TESTS, GATED_SPREAD, LINK_TESTS, SPREAD

DIGITS = 2


def release_link_tests(est_frame: pd.DataFrame, thresholds: Thresholds, before: Before) -> Released:
    """gated_logic__link_tests: numbers of teams and team-years and the verdict as they are, figures in two digits.

    A slope is about all clients of at least five teams together, from at least ten degrees of freedom. A link whose
    test a few people moved shows its earlier one.
    """
    require(LINK_TESTS, est_frame)
    figures = ["slope", "slope_low", "slope_high", "spread_from", "one_from", "one_to"]
    return _beside_earlier(est_frame, GATED_LINK_TESTS, figures, thresholds, before)


def release_logic_spread(est_frame: pd.DataFrame, thresholds: Thresholds, before: Before) -> Released:
    """gated_logic__spread: where the middle half of at least five teams lies, in two digits."""
    require(SPREAD, est_frame)
    found = _beside_earlier(est_frame, GATED_SPREAD, ["low", "middle", "high"], thresholds, before)
    told = found.frame["status"] != Status.WITHDRAWN
    return replace(found, frame=found.frame[told].reset_index(drop=True))


def _beside_earlier(
    est_frame: pd.DataFrame, result: pa.DataFrameSchema, figures: list[str], thresholds: Thresholds, before: Before
) -> Released:
    """In two digits, and against every state that was shown; by the largest threshold, whatever the life domain."""
    frame = est_frame.assign(**{name: significant(est_frame[name], DIGITS) for name in figures})
    frame = frame.assign(status=Status.RELEASED.value, held_from=None).reset_index(drop=True)
    kinds = {name: str(column.dtype) for name, column in result.columns.items()}
    frame, spec = frame[list(kinds)].astype(kinds), PLAIN_SPECS[str(result.name)]
    cells = [spec.cell(json.loads(key)) for key in json_of_rows(frame[spec.key])]
    n_clients = pd.Series([before.counted.get(cell, 0) for cell in cells], frame.index, dtype="int64")
    limit = np.full(len(frame), max(thresholds.clients, thresholds.sensitive_clients), np.int64)
    return against_earlier(spec, frame, n_clients, limit, before, thresholds.round_to)
