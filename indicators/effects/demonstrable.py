"""Is there a difference at all, when many outcomes were looked at?

The hierarchy lies fixed before anything is estimated. Per subject the whole comes first: the scores that the study
declared, kinds of event, the euros of all provisions together. What is a part of a whole (a law, and behind it a
product), or the same in another unit, is a family of its own behind it (Dmitrienko and Tamhane 2007, Pharmaceutical
Statistics 6:171-180): it is never more certain than its whole, and takes nothing from other wholes. What is its whole
exactly, as the only product of a law, is no outcome more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data_contracts.demonstrable import LEVEL
from data_contracts.tables.assumptions import Checks
from indicators.arrays import Floats
from indicators.effects.estimates import Basis, Outcome, rounded
from indicators.effects.few_teams import TeamInference
from indicators.many_outcomes import adjusted


def with_demonstrable(outcomes: Sequence[Outcome], found: TeamInference, bases: Sequence[Basis]) -> list[Basis]:
    """The bases with a check 'demonstrable': is there a difference from zero, minding how many were looked at?

    In each family Holm over the outcomes that the study declared and Benjamini-Hochberg over the rest. Without a
    demonstrable difference a report says so.
    """
    refused = np.array([basis.refused_because is not None for basis in bases], dtype=bool)
    after = _through_the_gates(outcomes, found, np.where(refused, np.nan, found.p_value))
    checks: list[Checks] = [
        {"demonstrable": {"holds": bool(p_after < LEVEL), "p_value": rounded(p), "p_value_adjusted": rounded(p_after)}}
        for p, p_after in zip(found.p_value, after, strict=True)
    ]
    return [
        basis if basis.refused_because else replace(basis, checks=basis.checks | check)
        for basis, check in zip(bases, checks, strict=True)
    ]


def _through_the_gates(outcomes: Sequence[Outcome], found: TeamInference, p_value: Floats) -> Floats:
    """(K,) adjusted p-values: of the wholes first, then of their parts, and of parts of parts."""
    after, at = np.full(p_value.size, np.nan), {one.column: place for place, one in enumerate(outcomes)}
    # A whole that was refused is no gate: its parts are then wholes.
    gate = [at.get(one.part_of or "", -1) for one in outcomes]
    gate = [place if place >= 0 and np.isfinite(p_value[place]) else -1 for place in gate]
    copies = [place >= 0 and _are_one(found, own, place) for own, place in enumerate(gate)]
    families = [(gate[own], one.subject, one.is_headline) for own, one in enumerate(outcomes)]
    waiting = set(families)
    while waiting:
        ready = {family for family in waiting if family[0] < 0 or families[family[0]] not in waiting}
        for family in ready:
            own = np.array([one == family for one in families])
            counted = own & ~np.array(copies)
            behind = after[family[0]] if family[0] >= 0 else 0.0
            after[counted] = np.maximum(adjusted(p_value[counted], "holm" if family[2] else "fdr_bh"), behind)
            after[own & np.array(copies)] = behind
        waiting -= ready
    return np.where(np.isfinite(p_value), after, np.nan)


def _are_one(found: TeamInference, one: int, other: int) -> bool:
    """Whether two outcomes are the same for every team, and so the same outcome twice."""
    same = np.allclose(found.deviation[:, one], found.deviation[:, other], rtol=1e-9, atol=0)
    return bool(same and np.isclose(found.estimate[one], found.estimate[other], rtol=1e-9, atol=0))
