"""How a mapping writes the form of a date: 'd-m-yyyy', 'd mmm yyyy', 'yyyymmdd', or 'serial' for a day number.

d or dd, m or mm, mmm or mmmm (the name of the month, Dutch or English), yy or yyyy; 'ddd ' in front of all that is the
name of the day of the week. Anything else is text. A time behind the date is always allowed and never needs to be
written.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress

SERIAL = "serial"  # days since 30-12-1899, as workbooks count them
WEEKDAY = "ddd"
# As a regular expression of Python and of the engine, with what may stand behind it.
WEEKDAYS = (
    r"^(ma|di|wo|do|vr|za|zo|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
    r"|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[.,]* +"
)
_PARTS = re.compile(r"d{1,2}|m{1,4}|y{4}|y{2}")
_CODES = {"d": "%d", "dd": "%d", "m": "%m", "mm": "%m", "mmm": "%b", "mmmm": "%b", "yy": "%y", "yyyy": "%Y"}
ISO = "yyyy-mm-dd"


def strptime_form(notation: str) -> str:
    """The form that DuckDB reads: 'd-m-yyyy' gives '%d-%m-%Y'; a named month is %b, its first three letters."""
    return _PARTS.sub(lambda part: _CODES[part[0]], without_weekday(notation))


def without_weekday(notation: str) -> str:
    """A form without the name of the day of the week before it."""
    return notation.removeprefix(f"{WEEKDAY} ")


def names_the_month(notation: str) -> bool:
    """Whether the month is written as a word."""
    return notation != SERIAL and "mmm" in notation


def notation_problem(notation: str) -> str | None:
    """What is wrong with a form of a date, in Dutch; None when it names a day, a month and a year once each."""
    if notation == SERIAL:
        return None
    notation = without_weekday(notation)
    found = [part[0] for part in _PARTS.findall(notation)]
    if sorted(found) != ["d", "m", "y"]:
        return f"'{notation}' noemt niet één keer een dag (d), een maand (m) en een jaar (yy of yyyy)."
    if re.search(r"[A-Za-z%]", _PARTS.sub("", notation)):
        return f"'{notation}' bevat letters die geen dag, maand of jaar zijn."
    return None


def days_in(text: str, notation: str) -> set[dt.date]:
    """The days that stand in a text in this form (months as numbers), not as part of a longer number."""
    widths = {"d": r"\d{1,2}", "m": r"\d{1,2}", "dd": r"\d\d", "mm": r"\d\d", "yy": r"\d\d", "yyyy": r"\d{4}"}
    pattern = "".join(widths.get(part, re.escape(part)) for part in re.split(f"({_PARTS.pattern})", notation))
    found = set()
    for one in re.findall(rf"(?<!\d){pattern}(?!\d)", text):
        with suppress(ValueError):  # 20261399 has the form of a day and is none
            found.add(dt.datetime.strptime(one, strptime_form(notation)).date())
    return found


def day_written(day: dt.date, notation: str) -> str:
    """A day in this form (months as numbers), as `days_in` finds it."""
    parts = {"d": day.day, "m": day.month, "dd": f"{day.day:02}", "mm": f"{day.month:02}",
             "yy": f"{day.year % 100:02}", "yyyy": f"{day.year:04}"}  # fmt: skip
    return _PARTS.sub(lambda part: str(parts[part[0]]), notation)


def notation_of(form: str) -> str:
    """The notation of a strptime form, as mappings of version 1 wrote it: '%d-%m-%Y' gives 'dd-mm-yyyy'."""
    words = {"%d": "dd", "%m": "mm", "%Y": "yyyy", "%y": "yy", "%b": "mmm", "%B": "mmmm"}
    return re.sub(r"%[a-zA-Z]", lambda code: words.get(code[0], code[0]), form)
