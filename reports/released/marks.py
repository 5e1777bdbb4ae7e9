"""The marks that stand beside a figure: put right, with what it was and why, or held, with the day it is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from data_contracts.revised import key_of
from data_contracts.tables.errata import MARKED
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.errata import Cause
from reports.language import dutch

CAUSES = Cause.labels()
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """The figures that were put right, by table, key and column."""

    revised: Mapping[Place, pd.Series]

    @staticmethod
    def of(revised: pd.DataFrame) -> Marks:
        """The marks in out_release__revised."""
        return Marks({(row["table_name"], row["key"], row["figure"]): row for _, row in revised.iterrows()})

    def behind(self, table: str, row: pd.Series, figure: str, show: dutch.Show) -> str:
        """What to write behind the name of this figure; empty where nothing is the matter."""
        if row.get("status") == Status.HELD:
            return f" (vastgehouden, cijfer van {day_of(row['held_from'])})"
        found = self.revised.get((table, key_of(MARKED[table], row), figure)) if self.revised else None
        return f" ({rectified(found, show)})" if found is not None else ""


NO_MARKS = Marks({})


def rectified(revised: pd.Series, show: dutch.Show) -> str:
    """One figure that was put right, in words."""
    was, day = show(float(revised["was"])), day_of(revised["revised_from"])
    return f"gerectificeerd: was {was} in het cijfer van {day}, want {CAUSES[revised['cause']]}"


def day_of(release: str) -> str:
    """The day on the documents of a release, in words."""
    return dutch.day(dt.date.fromisoformat(str(release)[:10]))
