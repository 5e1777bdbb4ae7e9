"""Hiding more until no small count can be told from all tables together; each passed its own audit before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import components, propagated
from data_contracts.gate.hiding import give_up_a_slice
from data_contracts.gate.holding import Surroundings
from data_contracts.gate.programme import STEPS, Programme, Steps
from data_contracts.gate.rounding import Integers
from data_contracts.gate.same_names import Audited
from data_contracts.gate.table import Flags, Part, Row, says_new
from data_contracts.gate.together import MEANS, AllTables, Place, Together
from data_contracts.vocabulary.field import ALL

ROUNDS = 200  # in which further cells are hidden
STEPS_TOGETHER = 2 * STEPS  # for what cannot be proven within a block
Pin = list[Place]  # one fact that is shown, and where
OF_MEANS = 2  # what the means of a row are worth beside a count
EVERYBODY = 1_000  # what a row about everybody is worth: it goes last


def protected_together(several: Sequence[Audited], base: int, team_types: Mapping[str, str]) -> list[int]:
    """Hide in the decisions of `several` what has to be hidden besides, so that no small count is told within `base`.

    A block that shows nothing more cannot tell: what is told all the same was told by earlier releases. Hiding never
    tells more, so only what was not proven safe is attacked again. Gives per table how many slices or blocks were given
    up because the steps ran out.
    """
    n_cut_short = [0] * len(several)
    if not several:
        return n_cut_short
    tables = AllTables(several, base, team_types)
    found = tables.together()
    left = _unproven(found, base)
    told_before = set[Place]()
    for _ in range(ROUNDS):
        if not left.any():
            return n_cut_short
        changed, again = set[tuple[int, int]](), set[Place]()
        for at, pins in _told(found, left, base):
            again.add(found.members(at)[0])
            if changed.isdisjoint((place.table, place.row) for pin in pins for place in pin):
                hidden = _hide_one(several, pins)
                changed.update((place.table, place.row) for place in hidden or [])
                given_up = _give_up(several, found.members(at)) if hidden is None else None
                if hidden is None and given_up is None:
                    told_before.add(found.members(at)[0])
                if given_up is not None and not pins:
                    n_cut_short[given_up] += 1
        again -= told_before
        found = tables.together()
        left = np.zeros(len(found.known), np.bool_)
        left[[at for at in np.flatnonzero(found.system.hidden).tolist() if again & set(found.members(at)[:1])]] = True
    raise GateRefused("De tabellen samen blijven te herleiden. Er is niets gepubliceerd.")


def _unproven(found: Together, base: int) -> Flags:
    """The small counts that no two tables within one block prove safe."""
    tight, left = propagated(found.cut_into_blocks()), found.system.hidden.copy()
    wide = left & (tight.high - tight.low >= base)
    for members in components(replace(tight, hidden=wide)):
        places = np.flatnonzero(wide[members])
        programme = Programme(tight, members, Steps())
        programme.widen(places, base)
        left[members[places[programme.width(places) >= base]]] = False
    return left


def _told(found: Together, left: Flags, base: int) -> Iterator[tuple[int, list[Pin]]]:
    """Of the counts that are left those that all tables together tell, each with what holds it at its ends.

    A count for which the steps run out counts as told.
    """
    system, steps = found.system, Steps(STEPS_TOGETHER)
    around = Surroundings(system)
    for members in components(replace(system, hidden=left)):
        programme = Programme(system, members, steps)
        places = np.flatnonzero(left[members])
        programme.widen(places, base)
        for place in places[programme.width(places) < base].tolist():
            pins = around.pins(int(members[place]), base, steps)
            if pins is None:
                pins = programme.pins(place)
            if programme.width(np.array([place]))[0] < base:
                yield int(members[place]), _as_places(found, *pins)


def _as_places(found: Together, unknowns: Integers, rows: Integers) -> list[Pin]:
    """Where the counts and the means stand that hold something."""
    facts = rows - found.system.matrix.shape[0]
    means = [[found.averaged[fact]] for fact in facts.tolist() if 0 <= fact < len(found.averaged)]
    return [*means, *(found.members(one) for one in unknowns.tolist())]


def _hide_one(several: Sequence[Audited], pins: list[Pin]) -> Pin | None:
    """Hide what costs least of these, wherever it stands; None where none of them is shown."""
    costs = [(cost, at) for at, pin in enumerate(pins) if (cost := _cost(several, pin)) is not None]
    if not costs:
        return None
    cheapest = pins[min(costs)[1]]
    for place in cheapest:
        _hide(several[place.table], place)
    return cheapest


def _cost(several: Sequence[Audited], pin: Pin) -> tuple[int, int] | None:
    """The figures that go when it is hidden, and the people they are about; None where that hides nothing."""
    shown = [place for place in pin if _tells(several[place.table], place)]
    if not shown:
        return None
    lost = [_lost(several[place.table], place) for place in shown]
    people = [int(several[place.table].table.counts[place.row, max(place.column, 0)]) for place in shown]
    return sum(lost), max(people)


def _tells(one: Audited, place: Place) -> bool:
    """Whether this place says anything that was not said before."""
    shown, row = one.decision, place.row
    if shown.row[row] != Row.SHOWN:
        return False
    if place.column < 0:
        return place.column == MEANS and bool(shown.means[row])
    return not shown.public[row, place.column] and (not place.column or shown.part[row, place.column] != Part.HIDDEN)


def _lost(one: Audited, place: Place) -> int:
    shown, row = one.decision, place.row
    if place.column == MEANS:
        return OF_MEANS
    if place.column:
        return int((shown.part[row, one.table.telling(place.column)[0]] == Part.SHOWN).sum())
    whole_row = 1 + int((shown.part[row, 1:] == Part.SHOWN).sum()) + OF_MEANS * bool(shown.means[row])
    return whole_row + (EVERYBODY if one.table.slice[row] == ALL else 0)


def _hide(one: Audited, place: Place) -> None:
    if not _tells(one, place):
        return
    if place.column == MEANS:
        one.decision.means[place.row] = False
    elif place.column:
        one.decision.part[place.row, one.table.telling(place.column)[0]] = Part.HIDDEN
    else:
        one.decision.row[place.row] = Row.SECONDARY


def _give_up(several: Sequence[Audited], places: Pin) -> int | None:
    """Show nothing more of the finest slice, or of the block, in which one of these lies; gives the table, if any.

    A block that says nothing new is left: who has the earlier release reads it there.
    """
    for place in places:
        one = several[place.table]
        block = one.table.block == one.table.block[place.row]
        if (block & says_new(one.table, one.decision).any(axis=1)).any():
            told = np.array([place.row], np.int64)
            if not give_up_a_slice(one.table, one.decision, int(one.table.block[place.row]), told):
                one.decision.row[block] = Row.REFUSED
            return place.table
    return None
