"""The joint distribution of estimates: as much of it as the estimates themselves show."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.contract import canonical, empty_frame, require
from data_contracts.gate.estimate_figures import STEPS_PER_SE
from data_contracts.gate.ledger import Before
from data_contracts.gate.rounding import Floats, rounded_count, rounded_to_step, significant, step_not_above
from data_contracts.gate.summary import Released, leaving
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import JOINT
from data_contracts.tables.released import JOINT as OUT_JOINT
from data_contracts.tables.released import Status

DIGITS = 3  # of a covariance
CORRELATION_STEP = 0.01
SHRINK = 0.01  # step in which correlations shrink until the rounded matrix is a covariance
WITH, NOW = "with", ""  # beside an estimate's own figures: its covariances; and the vintage that is being made
OWN = ["mean", "covariance", "scale", "n_clients"]


def release_joint(est_frame: pd.DataFrame, estimates: Released, thresholds: Thresholds, before: Before) -> Released:
    """out_effects__joint of the estimates that `estimates` (out_effects__estimates) shows with a figure.

    An estimate has one vintage: one that shows an earlier row has the mean, the variance and the covariances of that
    release. Between vintages no covariance was ever computed, so it is missing and who reads it minds the worst.
    Correlations are in two decimals. Rounding does not make the matrix impossible: it stays positive semidefinite.
    """
    require(JOINT, est_frame)
    if est_frame.empty:
        return leaving(OUT_JOINT, empty_frame(OUT_JOINT))
    own = _own(est_frame, estimates, thresholds, before.entries)
    kinds = {name: str(column.dtype) for name, column in OUT_JOINT.columns.items()}
    parts = [_vector(est_frame[est_frame["vector"] == name], rows, thresholds) for name, rows in own.groupby("vector")]
    frame = pd.concat(parts)[list(kinds)].astype(kinds) if parts else empty_frame(OUT_JOINT)
    frame = frame.sort_values(list(OUT_JOINT.unique), ignore_index=True)
    return leaving(OUT_JOINT, frame, _cells(own, frame, before.entries))


def _own(est_frame: pd.DataFrame, estimates: Released, thresholds: Thresholds, ledger: pd.DataFrame) -> pd.DataFrame:
    """Mean, variance, scale and clients per vector and estimate that may be shown; earlier ones where the row is.

    `with` holds the covariances of then of an earlier one.
    """
    about = ["n_clients", "shown_from", "rounded_to", "is_known"]
    cells = estimates.cells[about].rename(columns={"n_clients": "n_exact"})
    shown = pd.concat([estimates.frame[["estimate_id", "estimate", "se", "status"]], cells], axis=1)
    diagonal = est_frame[est_frame["estimate_id"] == est_frame["with_estimate_id"]]
    own = diagonal.dropna(subset=["mean", "covariance"]).merge(
        shown[shown["estimate"].notna()], on="estimate_id", validate="many_to_one"
    )
    is_plain = own["scale"] == "identity"
    spread = np.sqrt(own["covariance"].to_numpy(np.float64))
    step = step_not_above(np.where(spread > 0, spread / STEPS_PER_SE, 1.0))
    own["mean"] = np.where(is_plain, own["estimate"], rounded_to_step(own["mean"], step))
    own["covariance"] = significant(np.where(is_plain, np.maximum(spread, own["se"]), spread) ** 2, DIGITS)
    own["n_clients"] = rounded_count(own["n_clients"], thresholds.round_to)
    own["key"] = [
        canonical({"vector": vector, "estimate_id": one})
        for vector, one in zip(own["vector"], own["estimate_id"], strict=True)
    ]
    return _with_earlier(own, ledger_of_joint(ledger))


def _with_earlier(own: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """`own` with the earlier figures of estimates that are shown again; without those that have none."""
    own = own.assign(vintage=own["shown_from"].where(own["status"] == Status.HELD))
    again = own.index[own["vintage"].notna()]
    earlier = _remembered(own.loc[again], ledger)
    rows = {place: json.loads(row) for place, row in zip(again, earlier, strict=True) if isinstance(row, str)}
    if rows:
        own.loc[list(rows), OWN] = pd.DataFrame.from_dict(rows, orient="index")[OWN]
    own[WITH] = [rows.get(place, {}).get(WITH) for place in own.index]
    return own.drop(index=again.difference(list(rows)))


def _remembered(own: pd.DataFrame, ledger: pd.DataFrame) -> NDArray[np.object_]:
    """The row of each that the ledger holds of the release that it is shown from."""
    places = pd.MultiIndex.from_frame(own[["key", "shown_from"]])
    found: NDArray[np.object_] = ledger.set_index(["key", "release_id"])["row"].reindex(places).to_numpy(object)
    return found


def _vector(exact: pd.DataFrame, own: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """The rows of one vector: variances as they are shown, and rounded correlations between them."""
    names = own["estimate_id"].to_list()
    pairs = exact.set_index(["estimate_id", "with_estimate_id"])[["covariance", "n_clients"]].astype("float64")
    grid = pairs.reindex(pd.MultiIndex.from_product([names, names])).to_numpy().reshape(len(names), len(names), 2)
    covariance, n_both = grid[..., 0], grid[..., 1]
    exact_spread = np.sqrt(np.diag(covariance))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlation = rounded_to_step(covariance / np.outer(exact_spread, exact_spread), CORRELATION_STEP)
    few = ~(n_both >= thresholds.clients)
    correlation = np.where(few | ~np.isfinite(correlation), 0.0, np.clip(correlation, -1, 1))
    correlation = np.minimum(correlation, correlation.T)
    then = _of_then(own)
    vintage = own["vintage"].fillna(NOW).to_numpy(str)
    is_one = vintage[:, None] == vintage[None, :]
    is_earlier = is_one & (vintage != NOW)[:, None]
    correlation = np.where(is_one, np.where(is_earlier, np.nan_to_num(then), correlation), 0.0)
    matrix = _covariance(correlation, own["covariance"].to_numpy(np.float64))
    known = is_one & ~(is_earlier & np.isnan(then)) | np.eye(len(names), dtype=np.bool_)
    few |= is_earlier | ~is_one  # how many were in both then, is not remembered
    few &= ~np.eye(len(names), dtype=np.bool_)
    n_shown = pd.Series(rounded_count(np.where(few, 0, n_both), thresholds.round_to).ravel()).astype("Int64")
    size = len(names)
    return pd.DataFrame(
        {
            "vector": own["vector"].iloc[0],
            "estimate_id": np.repeat(np.array(names, dtype=object), size),
            "with_estimate_id": np.tile(np.array(names, dtype=object), size),
            "mean": np.repeat(own["mean"].to_numpy(np.float64), size),
            "covariance": np.where(known, matrix, np.nan).ravel(),
            "scale": np.repeat(own["scale"].to_numpy(object), size),
            "n_clients": n_shown.mask(pd.Series(few.ravel())),
            "vintage": np.repeat(own["vintage"].to_numpy(object), size),
            "status": np.repeat(np.where(own["status"] == Status.HELD, Status.HELD, Status.RELEASED), size),
        }
    )


def _of_then(own: pd.DataFrame) -> Floats:
    """The correlations between estimates of one earlier vintage, as that release showed them; missing elsewhere."""
    names, spread = own["estimate_id"].to_list(), np.sqrt(own["covariance"].to_numpy(np.float64))
    covariance = [[(row or {}).get(name, np.nan) for name in names] for row in own[WITH]]
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.array(covariance, dtype=np.float64).reshape(len(names), len(names)) / np.outer(spread, spread)
    return np.where(np.isnan(found), found.T, found)


def _covariance(correlation: Floats, variance: Floats) -> Floats:
    """The rounded covariance with this diagonal; correlations shrink until no combination has a negative variance."""
    spread = np.sqrt(variance)
    scale = np.outer(np.where(spread > 0, spread, 1.0), np.where(spread > 0, spread, 1.0))
    others = correlation * ~np.eye(len(variance), dtype=np.bool_)
    for shrink in np.arange(0.0, 1.0 + SHRINK, SHRINK):
        matrix = significant(others * (1 - min(shrink, 1.0)) * np.outer(spread, spread), DIGITS) + np.diag(variance)
        if np.linalg.eigvalsh(matrix / scale).min() >= 0:
            return matrix
    return np.diag(variance)


def _cells(own: pd.DataFrame, frame: pd.DataFrame, ledger: pd.DataFrame) -> pd.DataFrame:
    """What the ledger must remember: mean, variance and covariances per estimate; nothing twice."""
    of_now = frame[frame["vintage"].isna() & frame["covariance"].notna()]
    together = {
        key: dict(zip(rows["with_estimate_id"], rows["covariance"], strict=True))
        for key, rows in of_now.groupby(["vector", "estimate_id"])
    }
    rows = [dict(zip(OWN, row, strict=True)) for row in own[OWN].astype(object).to_numpy().tolist()]
    names = list(zip(own["vector"], own["estimate_id"], strict=True))
    whole = [canonical({**row, WITH: together.get(name, {})}) for row, name in zip(rows, names, strict=True)]
    earlier = [json.loads(row) if isinstance(row, str) else {} for row in _remembered(own, ledger_of_joint(ledger))]
    is_same = [{name: then.get(name) for name in OWN} == row for then, row in zip(earlier, rows, strict=True)]
    cells = own[["key", "shown_from", "rounded_to", "is_known"]]
    return cells.assign(
        is_new=own["vintage"].isna() & ~np.array(is_same, dtype=np.bool_),
        table_name=OUT_JOINT.name,
        n_clients=own["n_exact"],
        status=Status.RELEASED,
        row=whole,
        told="[]",
    ).reset_index(drop=True)


def ledger_of_joint(ledger: pd.DataFrame) -> pd.DataFrame:
    """The entries about joint distributions."""
    return ledger[ledger["table_name"] == OUT_JOINT.name]
