"""The effect in every group of one declared slice, for one outcome, and why there is none where there is none."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data_contracts.slices import Slice
from data_contracts.study import Study
from indicators.arrays import Flags
from indicators.comparison import by_group as in_comparison
from indicators.designs.clients import Scored, age_columns
from indicators.effects.estimates import FEWEST_DIFFERENT
from indicators.effects.few_teams import LEAST_FREEDOM
from indicators.effects.group_differences import GroupEffect, margin
from indicators.staggered import by_group as in_staggered

TOO_FEW = "In deze groep zijn er te weinig mensen met of zonder de nieuwe werkwijze om een effect te bepalen."
NO_MARGIN = "In deze groep hangt te veel van één team af; de marge is niet te bepalen."
ALONE = "Er is geen tweede groep die groot genoeg is om mee te vergelijken."


@dataclass(frozen=True, slots=True)
class Looked:
    """One outcome of the clients who may be compared: the effect on everybody, and (N,) on whom it rests."""

    clients: pd.DataFrame
    scored: Scored
    study: Study
    whole: GroupEffect
    rest_on: Flags


@dataclass(frozen=True, slots=True)
class Group:
    """One group by its name: (N,) on whom its effect rests, the effect, and why there is none."""

    name: str
    rest_on: Flags
    effect: GroupEffect | None
    refused_because: str | None


def looked_at(clients: pd.DataFrame, scored: Scored, study: Study) -> Looked:
    """The outcome of these clients, everybody together."""
    (whole,), (rest_on,) = _effects(clients, scored, study, [np.ones(len(clients), bool)])
    return Looked(clients, scored, study, whole, rest_on)


def groups_of(looked: Looked, slice_: Slice, own: pd.Series) -> list[Group]:
    """Every group of the slice by name; `own` (N,) is the group of each client, missing for who is in none.

    A group has an effect where there are enough people on either side; one alone has nothing to stand beside.
    """
    names = sorted({str(name) for name in own.dropna()})
    known = looked.clients[looked.scored.change.column].notna().to_numpy(bool)
    members = [own.eq(name).to_numpy(bool, na_value=False) & known for name in names]
    least = max(looked.study.thresholds.of(looked.scored.change.life_domain), slice_.threshold or 0, FEWEST_DIFFERENT)
    large = [at for at, group in enumerate(members) if _is_large(looked.clients, group, least)]
    effects, rests = _effects(looked.clients, looked.scored, looked.study, [members[at] for at in large])
    found = dict(zip(large, zip(effects, rests, strict=True), strict=True))
    groups = []
    for at, name in enumerate(names):
        effect, rest_on = found.get(at, (None, members[at]))
        because = _refusal(looked, effect, rest_on, least)
        groups.append(Group(name, rest_on, None if because else effect, because))
    if sum(group.effect is not None for group in groups) == 1:
        groups = [replace(one, effect=None, refused_because=ALONE) if one.effect else one for one in groups]
    return groups


def _refusal(looked: Looked, effect: GroupEffect | None, rest_on: Flags, least: int) -> str | None:
    if effect is None or not _is_large(looked.clients, rest_on, least):
        return TOO_FEW
    half_width, freedom = margin(effect)
    # As for everybody together: a margin off the scale, or of less than one degree of freedom, says nothing.
    is_off_scale = abs(effect.estimate) + half_width > looked.scored.change.widest
    return NO_MARGIN if not np.isfinite(half_width) or freedom < LEAST_FREEDOM or is_off_scale else None


def _is_large(clients: pd.DataFrame, chosen: Flags, least: int) -> bool:
    """Enough people on either side: an effect on fifty people beside three others tells about these three."""
    exposed = clients.loc[chosen, "exposed"]
    return min(int(exposed.eq(1).sum()), int(exposed.eq(0).sum())) >= least


def _effects(
    clients: pd.DataFrame, scored: Scored, study: Study, groups: list[Flags]
) -> tuple[list[GroupEffect], list[Flags]]:
    if study.design.kind == "staggered":
        return in_staggered.effects_by_group(clients, scored.change, groups)
    after = replace(scored.change, column=scored.after)
    ages, headline = age_columns(clients), study.design.headline_measure
    return in_comparison.effects_by_group(clients, after, scored.before, ages, groups, headline)
