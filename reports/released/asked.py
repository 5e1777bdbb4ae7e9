"""A question of the council, as far as a reader may know, and where its answer stands in the released tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """`about` says which rows of `table`; `threshold` is the fewest people that its slice shows.

    `compared` says whether everybody stands beside the group.
    """

    id: str
    words: str
    table: str
    about: tuple[tuple[str, str], ...]
    slice: str
    slice_value: str
    compared: bool
    threshold: int
    on: dt.date
