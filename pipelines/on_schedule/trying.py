"""What was asked for and did not come to its end is asked again, twice: after five minutes and after half an hour.

A full disk or a home that another run held often passes by itself. What still fails then waits for a person.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

WAITS = (dt.timedelta(minutes=5), dt.timedelta(minutes=30))
_AT_MOST = len(WAITS) + 1


@dataclass(frozen=True, slots=True)
class Tried:
    """How many times something was asked for, and when last (ISO)."""

    times: int
    last: str

    def waits(self, now: dt.datetime) -> str:
        """Why it is not asked for at this moment, in Dutch; empty where it may be."""
        if self.times >= _AT_MOST:
            return (
                f"{_AT_MOST} keer geprobeerd en niet gelukt: dit wordt niet vanzelf opnieuw geprobeerd. Bij Runs staat "
                "wat er misging. Is dat verholpen, draai dan wijkbaat run."
            )
        left = dt.datetime.fromisoformat(self.last) + WAITS[self.times - 1] - now
        if left <= dt.timedelta():
            return ""
        minutes = math.ceil(left / dt.timedelta(minutes=1))
        after = "1 minuut" if minutes == 1 else f"{minutes} minuten"
        return f"niet gelukt; over {after} wordt het opnieuw geprobeerd (poging {self.times + 1} van {_AT_MOST})."


def asked_again(before: Tried | None, now: dt.datetime) -> Tried:
    """It is asked for now, once more than `before`."""
    return Tried((before.times if before else 0) + 1, now.isoformat())
