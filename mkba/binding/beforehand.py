"""Which released effect was known about beforehand, and of which others it is the sum."""

from __future__ import annotations

from data_contracts.vocabulary.field import ALL, Law
from mkba.binding.effects import Effect, Effects
from mkba.inputs.beforehand import PROVISIONS, Beforehand

_WHOLES = {ALL, *(one.value for one in Law)}
_ALIKE = ("life_domain", "slice", "slice_value", "design", "measure", "moment_from", "moment_to")


def place_of(known: Beforehand, effects: Effects) -> int | str:
    """The place of the effect; or, in Dutch, why there is none."""
    places = effects.matching(known)
    if len(places) != 1:
        return (
            "de uitkomst is niet vergeleken of niet vrijgegeven"
            if not places
            else "er is meer dan één uitkomst die zo heet"
        )
    refused = effects.effects[places[0]].refused
    return places[0] if refused is None else refused


def parts_of(place: int, effects: Effects) -> list[int]:
    """The effects that the one at `place` is the sum of: of all provisions together each of them; else itself.

    Only where all of them are shown, in the same release, and add up to what is shown, to the precision of the gate.
    """
    whole = effects.effects[place]
    if whole.what != ALL or whole.subject != PROVISIONS:
        return [place]
    parts = [at for at, one in enumerate(effects.effects) if one.what not in _WHOLES and _is_alike(one, whole)]
    own = [effects.effects[at] for at in parts]
    if not parts or any(one.refused is not None or one.vintage != whole.vintage for one in own):
        return [place]
    room = (whole.rounding_step + sum(one.rounding_step for one in own)) / 2
    return parts if abs(whole.mean - sum(one.mean for one in own)) <= room else [place]


def _is_alike(one: Effect, whole: Effect) -> bool:
    same = (one.subject, one.unit, one.per) == (whole.subject, whole.unit, whole.per)
    return same and all(one.about.get(key) == whole.about.get(key) for key in _ALIKE)
