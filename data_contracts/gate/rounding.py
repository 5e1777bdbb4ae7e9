"""How figures are rounded, and what someone who knows the rule can tell from a rounded count."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


def rounded_count(count: ArrayLike, base: int) -> Integers:
    """The nearest multiple of `base`; halves go up."""
    return (np.asarray(count, dtype=np.int64) + base // 2) // base * base


def bin_of(rounded: ArrayLike, base: int) -> tuple[Integers, Integers]:
    """The lowest and the highest count that is rounded to `rounded`."""
    middle = np.asarray(rounded, dtype=np.int64)
    return middle - base // 2, middle + (base - 1) // 2


def rounded_to_step(values: ArrayLike, step: ArrayLike) -> Floats:
    """The nearest multiple of `step`; halves go to the even multiple, and minus zero becomes zero.

    Divided by a whole number where the step is below one, so that 0.3 is written as 0.3.
    """
    step = np.asarray(step, dtype=np.float64)
    multiple = np.round(np.asarray(values, dtype=np.float64) / step)
    with np.errstate(divide="ignore", invalid="ignore"):
        shown = np.where(step < 1, multiple / np.round(1 / step), multiple * step)
    return shown + 0.0


def outward(values: ArrayLike, step: ArrayLike, direction: np.ufunc) -> Floats:
    """An end of an interval in whole steps (np.floor or np.ceil), so that rounding never makes an interval narrower."""
    multiple = np.asarray(values, dtype=np.float64) / np.asarray(step, dtype=np.float64)
    nearest = np.round(multiple)
    whole = np.where(np.abs(multiple - nearest) < 1e-9, nearest, direction(multiple))
    return rounded_to_step(whole * step, step)


def significant(values: ArrayLike, digits: int) -> Floats:
    """`values` in so many significant digits; zero stays zero."""
    values = np.asarray(values, dtype=np.float64)
    known = np.isfinite(values) & (values != 0)
    size = np.floor(np.log10(np.abs(np.where(known, values, 1.0))))
    return np.where(known, rounded_to_step(values, 10.0 ** (size - digits + 1)), values)


def step_not_above(values: ArrayLike) -> Floats:
    """The largest of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... that is not above a positive value."""
    values = np.asarray(values, dtype=np.float64)
    size = 10.0 ** np.floor(np.log10(values) + 1e-9)
    lead = values / size + 1e-9
    return size * np.select([lead >= 5, lead >= 2], [5.0, 2.0], 1.0)


def step_not_below(values: ArrayLike) -> Floats:
    """The smallest of ..., 0.1, 0.2, 0.5, 1, 2, 5, ... that is not below a positive value."""
    below = step_not_above(values)
    next_one = np.where(np.isclose(significant(below, 1) / 10.0 ** np.floor(np.log10(below) + 1e-9), 2), 2.5, 2.0)
    return np.where(np.isclose(below, values), below, below * next_one)
