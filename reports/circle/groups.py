"""Which groups are told apart: with fewer than four people a card or a raised hand would point at somebody."""

from __future__ import annotations

from collections.abc import Mapping

from data_contracts.vocabulary.circle import FEWEST_IN_GROUP, TOGETHER, RoleGroup


def told_as(present: Mapping[RoleGroup, int]) -> dict[RoleGroup, str]:
    """Role group -> the group under which it speaks: itself, or the small ones together.

    Where the small ones together are still fewer than four, the smallest other group joins them.
    """
    counts = {group: n for group, n in present.items() if n > 0}
    small = {group for group, n in counts.items() if n < FEWEST_IN_GROUP}
    while small and sum(counts[one] for one in small) < FEWEST_IN_GROUP and small != set(counts):
        small.add(min(counts.keys() - small, key=lambda one: (counts[one], one.value)))
    return {group: TOGETHER if group in small else group.value for group in counts}


def groups_told(present: Mapping[RoleGroup, int]) -> dict[str, int]:
    """The groups that are told apart, with how many people each has; in the order of the vocabulary."""
    told, found = told_as(present), dict[str, int]()
    for group in sorted(told, key=list(RoleGroup).index):
        found[told[group]] = found.get(told[group], 0) + present[group]
    return found
