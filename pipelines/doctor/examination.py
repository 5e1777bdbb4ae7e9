"""`wijkbaat doctor`: is everything ready for a run, before there are any data? Nothing that it writes stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.doctor.disk import looks_at_place
from pipelines.doctor.kept import looks_at_kept
from pipelines.doctor.look import Found, Look, Subject
from pipelines.doctor.machine import looks_at_machine
from pipelines.doctor.rights import barred
from pipelines.on_schedule.sending import require_road
from pipelines.storage.home import Home
from pipelines.study.checking import advice_about
from pipelines.study.workplace import read_study


def examination(study: Path | None, home: Home, today: dt.date) -> Iterator[Look]:
    """Every look, one by one: the machine, the place of the home, the home, and the study where one is named."""
    yield from looks_at_machine()
    if (look := barred(home)) is not None:
        yield look
    else:
        yield from looks_at_place(home)
        yield from looks_at_kept(home)
    if study is not None:
        yield _study(study, today)
        yield from _roads(study)


def exit_code_of(looks: list[Look]) -> int:
    """0 when nothing is wrong, else the code of the first thing that is."""
    return next((look.exit_code for look in looks if look.found is Found.WRONG), 0)


def _roads(study: Path) -> Iterator[Look]:
    """Whether this machine knows how to reach everybody who is to be told; nothing for a study with faults."""
    try:
        tell = read_study(study).study.on_schedule.tell
    except StudyError:
        return
    for told in tell:
        road = told.mail or f"webhook {told.webhook}"
        yield Subject("alerts", f"Berichten aan {road}").unless_told(partial(require_road, told), "de weg is bekend.")


def _study(study: Path, today: dt.date) -> Look:
    subject, notes = Subject("study", "Studie"), list[str]()
    look = subject.unless_told(lambda: notes.extend(advice_about(study, today)), f"'{study}' klopt.")
    return subject.warning(" ".join(notes)) if notes and look.found is Found.GOOD else look
