"""Slices as data: the ways in which a study divides its clients, and into which broader group a small one goes.

Nothing is divided in another way than is declared here. A slice of people says on which ground, and may ask a higher
threshold than the study. `shown: asked` is computed in the closed zone, and leaves only where a question asked for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.slices import (
    AND,
    BROAD,
    BROADER,
    NAMED_OUTSIDE,
    OF_PEOPLE,
    ONLY_FOR_SLICES,
    Dimension,
    base_of,
    parts_of,
)

TEAM_AND_COHORT_SLICE = f"{Dimension.TEAM}{AND}{Dimension.COHORT}"
NAMES = (ALL, *Dimension, *BROADER)
Group = Annotated[str, Field(min_length=1, max_length=60)]


class Slice(Part):
    """One way of dividing the clients; a group that is too small is read in `merges_into`."""

    name: str
    merges_into: str | None = None
    shown: Literal["always", "asked"] = "always"
    ground: str | None = Field(default=None, min_length=10)
    threshold: int | None = Field(default=None, ge=10, le=100)
    groups: dict[Group, list[Group]] = {}

    @model_validator(mode="after")
    def _name_is_known(self) -> Slice:
        parts = parts_of(self.name)
        strange = [part for part in parts if part not in NAMES or (len(parts) > 1 and part == ALL)]
        if strange or len(parts) > 2 or len(set(parts)) < len(parts):
            what = f"'{self.name}' is geen indeling die het programma kent."
            raise broken_rule(what, f"Kies uit: {', '.join(NAMES)}; of twee daarvan met een + ertussen.", "name")
        if len(parts) > 1 and self.name != TEAM_AND_COHORT_SLICE:
            first, second = (base_of(part) for part in parts)
            if second in NAMED_OUTSIDE or Dimension.TEAM in (first, second):
                what = "in een paar heeft alleen de eerste eigen namen, en gaat een wijkteam alleen met een jaar."
                raise broken_rule(what, "Bijvoorbeeld target_group+cohort of area+age_band.", "name")
        return self

    @model_validator(mode="after")
    def _groups_are_of_a_broader_slice(self) -> Slice:
        is_broad = self.name.endswith(BROAD) and AND not in self.name
        if is_broad != bool(self.groups):
            what = "groups zegt welke groepen samen een ruimere groep zijn, en hoort bij een indeling op _broad."
            raise broken_rule(what, "Bijvoorbeeld groups: {kwetsbaar: [verslaving, psychisch]}.", "groups")
        every = [one for several in self.groups.values() for one in several]
        if len(set(every)) < len(every):
            raise broken_rule("een groep staat in twee ruimere groepen.", "Haal haar uit één ervan.", "groups")
        return self

    @model_validator(mode="after")
    def _dividing_people_has_a_ground(self) -> Slice:
        if self.ground is None and any(base_of(part) in OF_PEOPLE for part in parts_of(self.name)):
            what = f"'{self.name}' deelt mensen in naar wie zij zijn; daarvoor is een grondslag nodig."
            raise broken_rule(what, "Vul ground in: waarvoor, en wie dat besloot.", "ground")
        return self

    @property
    def is_asked(self) -> bool:
        """Whether it leaves only where a question asked for it."""
        return self.shown == "asked"


def require_whole(slices: Sequence[Slice]) -> None:
    """Raise RulesBroken where slices do not merge into each other up to everybody."""
    names = [one.name for one in slices]
    if len(set(names)) < len(names):
        raise broken_rule("een indeling staat er twee keer.", "Haal er één weg.")
    if ALL not in names:
        raise broken_rule("de indeling 'all' ontbreekt.", "Zet '- name: all' bovenaan.")
    for one in slices:
        if one.merges_into and one.merges_into not in names:
            what = f"'{one.merges_into}' is geen indeling van deze studie."
            raise broken_rule(what, f"Kies uit: {', '.join(names)}.")
        if one.name != ALL and not one.merges_into:
            raise broken_rule(f"'{one.name}' zegt niet waarin een te kleine groep opgaat.", "Vul merges_into in.")
        parts = parts_of(one.name)
        if len(parts) > 1 and (missing := [part for part in parts if part not in names]):
            what = f"'{one.name}' is een paar, en {', '.join(missing)} staat niet zelf onder slices."
            raise broken_rule(what, "Zet beide er ook apart bij.")
        if len(parts) > 1 and one.merges_into not in parts:
            raise broken_rule(f"'{one.name}' gaat niet op in een van de twee.", f"Kies uit: {', '.join(parts)}.")
        chain_of(slices, one.name)


def chain_of(slices: Sequence[Slice], name: str) -> tuple[str, ...]:
    """The slices that a group of `name` is read in when it is too small, nearest first, up to everybody."""
    into = {one.name: one.merges_into for one in slices}
    chain: list[str] = []
    at = into[name]
    while at is not None:
        if at in (name, *chain):
            what = f"'{name}' gaat in een kring op in zichzelf."
            raise broken_rule(what, "Laat merges_into eindigen bij all.")
        chain.append(at)
        at = into[at]
    return tuple(chain)


def broader_groups(slices: Sequence[Slice]) -> dict[tuple[str, str], dict[str, str]]:
    """A slice and the slice of broader groups made of it -> each group with the broader one that it lies in."""
    names = {one.name for one in slices}
    return {
        (base_of(one.name), one.name): {part: label for label, parts in one.groups.items() for part in parts}
        for one in slices
        if one.groups and base_of(one.name) in names
    }


def unused_columns(table: str, slices: Sequence[Slice]) -> list[str]:
    """The columns of a delivered table that only slices use, and none of these: they are not stored."""
    serve = {"clients": [str(one) for one in ONLY_FOR_SLICES], "provisions": [str(Dimension.PROVIDER)]}
    return [name for name in serve.get(table, []) if name not in stored(slices)]


def stored(slices: Sequence[Slice]) -> frozenset[str]:
    """What must be known of a client to divide by these slices."""
    return frozenset(base_of(part) for one in slices for part in parts_of(one.name)) - {ALL}
