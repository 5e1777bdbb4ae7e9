"""Is there a difference at all, when many outcomes were looked at?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data_contracts.demonstrable import LEVEL
from data_contracts.tables.assumptions import Checks
from indicators.effects.estimates import Basis, Outcome, rounded
from indicators.effects.few_teams import TeamInference
from indicators.many_outcomes import adjusted


def with_demonstrable(outcomes: Sequence[Outcome], found: TeamInference, bases: Sequence[Basis]) -> list[Basis]:
    """The bases with a check 'demonstrable': is there a difference from zero, minding how many were looked at?

    Within a subject, Holm over the outcomes that the study declared and Benjamini-Hochberg over the rest. Without a
    demonstrable difference a report says so.
    """
    after = np.full(len(outcomes), np.nan)
    refused = np.array([basis.refused_because is not None for basis in bases])
    families = [(one.subject, one.is_headline) for one in outcomes]
    for family in set(families):
        own = np.array([one == family for one in families]) & ~refused
        after[own] = adjusted(found.p_value[own], "holm" if family[1] else "fdr_bh")
    checks: list[Checks] = [
        {"demonstrable": {"holds": bool(p_after < LEVEL), "p_value": rounded(p), "p_value_adjusted": rounded(p_after)}}
        for p, p_after in zip(found.p_value, after, strict=True)
    ]
    return [
        basis if basis.refused_because else replace(basis, checks=basis.checks | check)
        for basis, check in zip(bases, checks, strict=True)
    ]
