"""Who takes part in what a region finds together, and who may be named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from data_contracts.region import Feature

NAMELESS = "Gemeente zonder naam"


@dataclass(frozen=True, slots=True)
class Taker:
    """One municipality: how the region calls it, its name, whether it agreed to be named, whether it has a release.

    `left_out` says why a release that it has does not count; empty otherwise.
    """

    code: str
    name: str
    may_be_named: bool
    has_release: bool
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class RegionFacts:
    """What the pages of a region say beside the figures; `of_each` are the features of each of the `takers`."""

    region: str
    on: dt.date
    takers: tuple[Taker, ...]
    features: Sequence[Feature] = ()
    of_each: Sequence[dict[str, str]] = ()

    @property
    def n_released(self) -> int:
        """How many have a release that counts."""
        return sum(one.has_release for one in self.takers)

    @property
    def shown_names(self) -> tuple[str | None, ...]:
        """The name of each that may stand on a page that others read.

        Where just one did not agree, no name is shown at all: who knows the region would know the one that is left.
        """
        counting = [one for one in self.takers if one.has_release]
        if sum(not one.may_be_named for one in counting) == 1:
            return (None,) * len(self.takers)
        return tuple(one.name if one.may_be_named else None for one in self.takers)

    def rows(self, municipalities: Sequence[int]) -> tuple[str, ...]:
        """What each row of a figure is called; those without a name are numbered anew in every figure."""
        named, counted, rows = self.shown_names, 0, []
        for at in municipalities:
            name = named[at]
            counted += name is None
            rows.append(f"{NAMELESS} {counted}" if name is None else name)
        return tuple(rows)
