"""How figures leave, written down anew: steps of 1, 2 or 5, counts by five, intervals outward (docs/gate.md)."""

from __future__ import annotations

import math

from tests.reference.recomputed.staggered import Found

COUNT = 5
_STEPS = [lead * 10.0**power for power in range(-6, 9) for lead in (1, 2, 5)]


def count(n: int) -> int:
    """By five; halves go up."""
    return (n + COUNT // 2) // COUNT * COUNT


def step_of(found: Found) -> float:
    """The largest step not above a fifth of the standard error, and not below five divided by the clients."""
    fine = max(one for one in _STEPS if one <= found.se / 5 * (1 + 1e-9))
    return max(fine, min(one for one in _STEPS if one >= COUNT / found.n_clients * (1 - 1e-9)))


def figures(found: Found) -> dict[str, float]:
    """Estimate, standard error and interval as they stand in a release."""
    step, (low, high) = step_of(found), found.interval
    digits = 10.0 ** (math.floor(math.log10(found.se)) - 1)
    return {
        "estimate": round(found.estimate / step) * step,
        "se": max(round(found.se / digits) * digits, step / 2),
        "ci_low": math.floor(low / step + 1e-9) * step,
        "ci_high": math.ceil(high / step - 1e-9) * step,
        "n_clients": count(found.n_clients),
    }
