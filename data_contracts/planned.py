"""plan.json: what a study could ever show, as it may be told: coarse, and silent where too few people stand behind it.

Every smallest difference is rounded up to a coarse step, so that it promises nothing too small and tells of no person.
"""

from __future__ import annotations

import datetime as dt
import math
from typing import Literal, get_args

from data_contracts.study import Part

FILE = "plan.json"
Choice = Literal[
    "now", "everybody_twice", "another_year", "twice_as_many_teams", "drawn_order", "drawn_order_and_teams"
]
# Whether the report refuses what people use: groups that differ by nature and begin apart.
Refused = Literal["no", "perhaps", "yes"]
CHOICES: tuple[Choice, ...] = get_args(Choice)
# Steps on a scale that somebody scores on; of anything else, steps of about a fifth of the figure itself.
_ON_A_SCALE = {"point": 0.05, "step": 0.05, "mark": 0.05, "share": 0.01}
_STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


class PlannedOutcome(Part):
    """One outcome; `smallest` has no figure where nothing could be shown, nor where it is about too few people."""

    subject: str
    life_domain: str
    what: str
    unit: str
    is_headline: bool
    is_assumed: bool
    is_about_too_few: bool
    smallest: dict[Choice, float | None]


class PlannedStudy(Part):
    """The whole plan; `euros` is about all provisions together.

    `is_beforehand` is false where a release of this study had told of effects already.
    """

    schema_version: Literal[1] = 1
    made_on: dt.date
    is_beforehand: bool
    municipality: str
    design: Literal["before_after", "comparison", "staggered", "series"]
    n_teams: int
    n_started: int
    n_clients: int | None
    share_measured_twice: float | None
    clients_per_year: int | None
    outcomes: list[PlannedOutcome]
    euros: PlannedOutcome | None
    use_refused: Refused = "no"


def rounded_up(size: float, unit: str) -> float:
    """A smallest difference as it is told, never smaller than it is."""
    if unit in _ON_A_SCALE:
        step = _ON_A_SCALE[unit]
        return round(math.ceil(size / step - 1e-9) * step, 4)
    tens = 10.0 ** math.floor(math.log10(size))
    return round(next(one for one in _STEPS if one * tens >= size * (1 - 1e-9)) * tens, 6)
