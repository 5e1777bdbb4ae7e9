"""Which day it is: the one place where the clock is asked for a date."""

from __future__ import annotations

import datetime as dt


def utc_day() -> dt.date:
    """Today by universal time, the same on every machine."""
    return dt.datetime.now(tz=dt.UTC).date()
