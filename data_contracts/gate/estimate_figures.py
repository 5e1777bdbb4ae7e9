"""Estimates as they leave: no more digits than their own uncertainty and their number of clients allow."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from data_contracts.gate.rounding import (
    Floats,
    outward,
    rounded_count,
    rounded_to_step,
    significant,
    step_not_above,
    step_not_below,
)
from data_contracts.gate.table import Flags
from data_contracts.tables.assumptions import Assumptions, Figure
from data_contracts.vocabulary.certainty import Z_95

FEWEST_WORKERS = 3  # with fewer, a result is that of one worker, or a colleague can work it out
DIGITS = 2  # of a standard error
STEPS_PER_SE = 5


def rounded_estimates(exact: pd.DataFrame, shown: Flags, base: int) -> pd.DataFrame:
    """The columns of out_effects__estimates that hold figures or free words, for the rows in `shown`.

    An estimate goes in steps of 1, 2 or 5 not above a fifth of its standard error: the MKBA computes on it, and a step
    of a whole standard error moved a balance by 5 %. The step is at least `base` divided by the clients, so that times
    the clients it tells no count finer than a rounded one. A standard error never goes below half a step: that of a
    rare event tells how often it happened. Intervals go outward. Without a standard error the step is a tenth of the
    estimate.
    """
    se = exact["se"].to_numpy(np.float64)
    estimate = exact["estimate"].to_numpy(np.float64)
    step = estimate_step(se, estimate, exact["n_clients"].to_numpy(np.float64), base)
    workers = exact["n_workers"].astype("Int64")
    figures = {
        "estimate": _where(shown, rounded_to_step(estimate, step)),
        "se": _where(shown, np.maximum(significant(se, DIGITS), step / 2)),
        "ci_low": _where(shown, outward(exact["ci_low"], step, np.floor)),
        "ci_high": _where(shown, outward(exact["ci_high"], step, np.ceil)),
        "n_workers": pd.Series(rounded_count(workers.fillna(0), base), exact.index)
        .astype("Int64")
        .where(shown & workers.notna()),
        "assumptions": exact["assumptions"].map(_rounded_checks).where(shown, "{}"),
        "refused_because": exact["refused_because"].where(shown),
    }
    return pd.DataFrame(figures, index=exact.index)


def estimate_step(se: ArrayLike, estimate: ArrayLike, n_clients: ArrayLike, base: int) -> Floats:
    """The step in which an estimate leaves; see `rounded_estimates`."""
    se = np.asarray(se, dtype=np.float64)
    known = np.isfinite(se) & (se > 0)
    precision = np.where(known, se / STEPS_PER_SE, np.abs(np.asarray(estimate, dtype=np.float64)) / 10)
    finest = step_not_below(base / np.maximum(np.asarray(n_clients, dtype=np.float64), 1))
    return np.maximum(step_not_above(np.where(precision > 0, precision, finest)), finest)


def rounded_model(exact: pd.DataFrame, columns: tuple[str, str, str], shown: Flags, base: int) -> pd.DataFrame:
    """A figure of a model and the ends of its 95 % interval, in the steps of `rounded_estimates`."""
    figure, low, high = columns
    n = np.maximum(exact["n_clients"].to_numpy(np.float64), 1)
    precision = (exact[high] - exact[low]).to_numpy(np.float64) / (2 * Z_95 * STEPS_PER_SE)
    finest = step_not_below(base / n)
    step = np.maximum(step_not_above(np.where(precision > 0, precision, finest)), finest)
    figures = {
        figure: _where(shown, rounded_to_step(exact[figure], step)),
        low: _where(shown, outward(exact[low], step, np.floor)),
        high: _where(shown, outward(exact[high], step, np.ceil)),
    }
    return pd.DataFrame(figures, index=exact.index)


def few_workers(exact: pd.DataFrame) -> Flags:
    """True where known workers are so few that the figure is about them."""
    return (exact["n_workers"].astype("Int64") < FEWEST_WORKERS).fillna(False).to_numpy(np.bool_)


def _where(shown: Flags, values: Floats) -> Floats:
    return np.where(shown, values, np.nan)


def _rounded_checks(text: str) -> str:
    """The checks of a design without fine digits; their contract knows no counts of clients and no words but codes."""
    exact = Assumptions.of(text).checks
    return Assumptions({name: {one: _rounded(it) for one, it in check.items()} for name, check in exact.items()}).text


def _rounded(value: Figure) -> Figure:
    if not isinstance(value, float):
        return value
    return float(significant(value, DIGITS)) if np.isfinite(value) else None
