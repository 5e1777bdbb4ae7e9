"""Who takes part in what a region finds together, and who may be named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

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

    def named_rows(self, rows: pd.DataFrame) -> tuple[tuple[str, ...], pd.DataFrame]:
        """The rows of a figure with what each is called: names by the alphabet, then those without one.

        A league table would be read in an order of the figure, and the order of region.yaml would tell who is who. So
        those without a name stand, and are numbered anew, by what the figure shows of them and by nothing else.
        """
        names = rows["municipality"].map(lambda at: self.shown_names[at] or "")
        shown = ["estimate", "ci_low", "ci_high"]
        placed = rows.assign(name=names, nameless=names.eq(""), folded=names.str.casefold())
        placed = placed.sort_values(["nameless", "folded", *shown], ignore_index=True)
        number = placed["nameless"].cumsum().astype(str)
        return tuple(placed["name"].mask(placed["nameless"], f"{NAMELESS} " + number)), placed[list(rows)]
