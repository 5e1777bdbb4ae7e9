"""The extract date of a delivery where a name holds it: that of its files, else that of the directory they lie in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from data_contracts.mapping.date_notation import days_in
from pipelines.init.dates_found import FIRST
from pipelines.init.questions import Question, Talk

RECEIVED = "ontvangst"
EXTRACT_DATE = "peildatum"
_FORMS = ("yyyymmdd", "yyyy-mm-dd", "yyyy_mm_dd", "d-m-yyyy", "d_m_yyyy", "d.m.yyyy", "ddmmyyyy", "m-d-yyyy")


def extract_form(talk: Talk, paths: Sequence[Path], last_record: str | None, today: dt.date) -> str | None:
    """The form in which names hold the extract date; None where the day of receipt decides.

    A day before the last record is no extract date, and a name with two days holds a period. Where one name reads as
    two days, nothing is certain.
    """
    found = days_by_form(paths, today)
    found = {form: day for form, day in found.items() if last_record is None or day.isoformat() >= last_record}
    if not found:
        return None
    forms = list(found)
    certain = forms[0] if len(set(found.values())) == 1 else None
    choices = {form: f"de dag in de naam, geschreven als {form}: hier {found[form]:%d-%m-%Y}" for form in forms}
    said = talk.text(
        Question(
            EXTRACT_DATE,
            "Op welke dag is een levering uit het systeem gehaald (de peildatum)? De latere beslist.",
            choices | {RECEIVED: "de dag waarop zij binnenkomt"},
            certain=certain,
            default=RECEIVED,
        )
    )
    return None if said == RECEIVED else said


def days_by_form(paths: Sequence[Path], today: dt.date) -> dict[str, dt.date]:
    """The one day that names hold, per form in which they hold one."""
    found = {}
    for names in ({path.name for path in paths}, {path.resolve().parent.name for path in paths}):
        for form in _FORMS:
            days = set().union(*(days_in(name, form) for name in names))
            if len(days) == 1 and FIRST <= min(days) <= today:
                found[form] = days.pop()
        if found or any(days_in(name, form) for name in names for form in _FORMS):
            break
    return found
