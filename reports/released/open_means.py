"""A mean of two numbers that were rounded: one number where that hardly matters, else between which two it lies."""

from __future__ import annotations

# What rounding leaves open, as a share of the mean, from which it is no single number.
_PRECISE = 0.1


def between(total: float, over: float, round_to: int) -> tuple[float, float] | None:
    """The ends of `total / over`, each rounded to a multiple of `round_to`; None where the mean itself will do."""
    half = round_to / 2
    low, high = max(total - half, 0.0) / (over + half), (total + half) / max(over - half, 1.0)
    return None if high - low <= _PRECISE * total / over else (low, high)
