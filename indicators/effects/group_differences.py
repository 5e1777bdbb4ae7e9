"""Does the effect differ between groups? One group's effect beside that of all others, and each drawn to the whole.

Every group's effect is the declared design on the clients of that group alone: a regression in which everything may
differ by group, so that the difference is the interaction of approach and group. The same teams are behind all groups;
leaving one team out at a time moves them together, and the difference knows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import ALL
from indicators.arrays import Floats
from indicators.effects.few_teams import Inferred, TeamInference, calibration
from indicators.many_outcomes import adjusted
from indicators.pooling import pooled


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """The effect in one group, and how it changes without each of the J teams in turn (J,).

    `weights` (cells,), `left_out` (J, cells) and `clients` (cells,) are of the sum of cell means by which the margin is
    calibrated. `weight` is on how many people in the approach the effect rests.
    """

    estimate: float
    deviation: Floats
    weights: Floats
    left_out: Floats
    clients: Floats
    weight: float


@dataclass(frozen=True, slots=True)
class GroupsCompared:
    """Per group (G,): its effect drawn towards the whole, half its 95 % interval, and p against the other groups."""

    effect: Floats
    half_width: Floats
    p_value: Floats


def compared(groups: Sequence[GroupEffect], whole: GroupEffect) -> GroupsCompared:
    """Two groups or more, each with an effect and a margin, beside the effect on everybody.

    Partial pooling with the variance between groups of `indicators/pooling.py`, towards the effect that the report
    leads with: a group with few people leans on it, and where groups differ no more than chance explains, all have it.
    The margin knows that the whole is made of the groups, that all rest on the same teams, and that what is drawn in
    misses a part of what is the group's own. Of two groups there is one difference, and one p-value.
    """
    own = TeamInference.of([_sum([(1.0, one)]) for one in (*groups, whole)])
    p_values = np.concatenate([difference(groups, at).p_value for at in range(len(groups))])
    # As in the joint table: widened, so that normal theory gives the interval of few teams.
    widened = own.deviation * (own.half_width() / own.standard_error / Z_95)
    covariance = widened.T @ widened
    found = pooled(own.estimate[:-1], np.diag(covariance)[:-1])
    weight = np.array([one.weight for one in groups])
    made_of = np.column_stack([np.diag(found.trust), 1 - found.trust])
    missed = np.diag(found.trust - 1) + np.outer(1 - found.trust, weight / weight.sum())
    variance = np.diag(made_of @ covariance @ made_of.T + found.between_variance * missed @ missed.T)
    return GroupsCompared(made_of @ own.estimate, Z_95 * np.sqrt(variance), p_values)


def with_adjusted_differences(groups: pd.DataFrame) -> pd.DataFrame:
    """out_effects__for_whom with `p_adjusted`: Holm over every difference that was looked at, in all life domains.

    Made behind the gate of the p-values that stand there, as that of change is; a test that is not shown counts as one
    that found nothing. Of two groups there is one difference.
    """
    done = groups[(groups["slice"] != ALL) & groups["refused_because"].isna()]
    at = done.groupby(["subject", "life_domain", "slice"], observed=True)
    first = done[at.cumcount().eq(0) | at["slice_value"].transform("size").ne(2)]
    known = pd.Series(adjusted(first["p_value"].fillna(1.0).to_numpy(np.float64), "holm"), first.index)
    own = known.reindex(groups.index)
    own = own.fillna(own.groupby([groups[name] for name in ("subject", "life_domain", "slice")]).transform("max"))
    return groups.assign(p_adjusted=own.where(groups["p_value"].notna()).round(3))


def margin(group: GroupEffect) -> tuple[float, float]:
    """Half of the group's own 95 % interval, and its degrees of freedom; NaN where no margin can be had."""
    found = TeamInference.of([_sum([(1.0, group)])])
    return float(found.half_width()[0]), float(found.degrees_of_freedom[0])


def difference(groups: Sequence[GroupEffect], at: int) -> TeamInference:
    """One group's effect minus the mean effect on the people of all other groups."""
    others = sum(one.weight for place, one in enumerate(groups) if place != at)
    factors = [1.0 if place == at else -one.weight / others for place, one in enumerate(groups)]
    return TeamInference.of([_sum(list(zip(factors, groups, strict=True)))])


def _sum(parts: Sequence[tuple[float, GroupEffect]]) -> Inferred:
    """A weighted sum of the effects of groups, as one figure of all their cells."""
    estimate = sum(factor * one.estimate for factor, one in parts)
    deviation = np.sum([factor * one.deviation for factor, one in parts], axis=0)
    scale, freedom = calibration(
        np.concatenate([factor * one.weights for factor, one in parts]),
        np.hstack([factor * one.left_out for factor, one in parts]),
        np.concatenate([one.clients for _, one in parts]),
    )
    return float(estimate), scale * deviation, freedom
