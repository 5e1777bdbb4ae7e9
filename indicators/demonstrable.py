"""Is there a difference at all, when many outcomes were looked at?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from indicators.arrays import Floats
from indicators.estimates import Basis, Check, Outcome, rounded
from indicators.few_teams import TeamInference


def holm(p_values: Floats) -> Floats:
    """(K,) p-values adjusted for all that are known; unknown ones stay NaN."""
    from statsmodels.stats.multitest import multipletests

    adjusted = p_values.copy()
    known = np.isfinite(adjusted)
    if known.any():
        adjusted[known] = multipletests(adjusted[known], method="holm")[1]
    return adjusted


def with_demonstrable(outcomes: Sequence[Outcome], found: TeamInference, bases: Sequence[Basis]) -> list[Basis]:
    """The bases with a check 'demonstrable': is there a difference from zero, after Holm over outcomes of one subject?

    Without it a report says that there is no demonstrable difference.
    """
    adjusted = np.full(len(outcomes), np.nan)
    refused = np.array([basis.refused_because is not None for basis in bases])
    for subject in {one.subject for one in outcomes}:
        family = np.array([one.subject == subject for one in outcomes]) & ~refused
        adjusted[family] = holm(found.p_value[family])
    checks: list[dict[str, Check]] = [
        {"demonstrable": {"holds": bool(after < 0.05), "p_value": rounded(p_value), "p_value_holm": rounded(after)}}
        for p_value, after in zip(found.p_value, adjusted, strict=True)
    ]
    return [
        basis if basis.refused_because else replace(basis, checks=basis.checks | check)
        for basis, check in zip(bases, checks, strict=True)
    ]
