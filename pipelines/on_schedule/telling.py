"""Telling what is due, once: a thing that was told is not told again until it was over.

closed/alerts/told.json     per road the alerts that were brought and still hold
closed/alerts/failed.json   the failures of runs that no daemon watches
"""

from __future__ import annotations

import http.client
import json
import smtplib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass

from data_contracts.errors import StudyError, WijkbaatError
from data_contracts.expected import Told
from data_contracts.study import Study
from pipelines.on_schedule.alerts import Alert, Failure
from pipelines.on_schedule.sending import send
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole

DIRECTORY, TOLD, FAILED = "alerts", "told.json", "failed.json"


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of the alerts: how many were brought now, and what could not be, in words for the log."""

    sent: int
    problems: tuple[str, ...]


def tell(study: Study, home: Home, due: Sequence[Alert]) -> Brought:
    """Bring everybody what is new for them, in one message; what cannot be brought waits for the next time."""
    known, sent, problems = _known(home), 0, list[str]()
    now: dict[str, list[str]] = {}
    for told in study.on_schedule.tell:
        road = str(told.mail or told.webhook)
        mine = [alert for alert in due if alert.about in told.about]
        before = [alert.id for alert in mine if alert.id in known.get(road, ())]
        new = [alert for alert in mine if alert.id not in before]
        if new and (problem := _brought(told, study, new)):
            problems.append(problem)
        else:
            before += [alert.id for alert in new]
            sent += len(new)
        now[road] = sorted({*now.get(road, []), *before})
    if now != known:
        write_whole(home.closed / DIRECTORY / TOLD, json.dumps(now, ensure_ascii=False, sort_keys=True).encode("utf-8"))
    return Brought(sent, tuple(problems))


def _brought(told: Told, study: Study, new: Collection[Alert]) -> str:
    """Empty when it was brought, else why not: the kind of fault, because a server's own words may hold anything."""
    subject = f"wijkbaat {study.municipality}: {len(new)} {'bericht' if len(new) == 1 else 'berichten'}"
    try:
        send(told, subject, "\n".join(alert.sentence for alert in new))
    except StudyError as unknown:
        return str(unknown)
    except (OSError, http.client.HTTPException, smtplib.SMTPException) as error:
        road = "mail" if told.mail else f"webhook {told.webhook}"
        return f"Een bericht via {road} kwam niet aan ({type(error).__name__}). De volgende keer opnieuw."
    return ""


def _known(home: Home) -> dict[str, list[str]]:
    """A file that cannot be read was nothing told: twice is better than never."""
    try:
        return {str(road): list(ids) for road, ids in json.loads((home.closed / DIRECTORY / TOLD).read_bytes()).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def failures(home: Home) -> list[Failure]:
    """The failures that were noted and not followed by a run that ended well."""
    path = home.closed / DIRECTORY / FAILED
    try:
        return [Failure(**one) for one in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        return []


def note_failures(home: Home, found: Iterable[Failure]) -> None:
    """What is known to have failed from now on; nothing after a run that ended well."""
    content = json.dumps([asdict(one) for one in found]).encode("utf-8")
    path = home.closed / DIRECTORY / FAILED
    if path.exists() or content != b"[]":
        write_whole(path, content)


def failure_of(error: WijkbaatError) -> Failure:
    """The failure that an error of ours is."""
    return Failure(error.job or "run", error.step, error.exit_code)
