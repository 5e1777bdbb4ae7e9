"""`wijkbaat watch`: one look by a clock that is not ours, as the daemon of Dagster takes them: run what is ready, tell.

closed/alerts/seen.json   the inbox as it was on the look before
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass

from data_contracts.errors import DeliveryRefused, HomeLocked, MachineFault, OurBug, WijkbaatError
from pipelines.intake.door import key_of
from pipelines.intake.no_delivery import no_delivery
from pipelines.on_schedule.alerts import alerts_due
from pipelines.on_schedule.looking import InboxLook, is_waiting, look_in, waits_words
from pipelines.on_schedule.telling import DIRECTORY, Brought, failure_of, failures, note_failures, tell
from pipelines.rights.term import is_due
from pipelines.run import Order, Outcome, run
from pipelines.storage.home import Home
from pipelines.storage.machine import machine_fault
from pipelines.storage.platform import write_whole
from pipelines.storage.receipts import Receipts
from pipelines.storage.retention import forget_raw
from pipelines.study.workplace import Workplace, read_study

SEEN = "seen.json"


@dataclass(frozen=True, slots=True)
class Watched:
    """What a look did: the run or its error, why there was none, and what was told."""

    outcome: Outcome | None
    notes: tuple[str, ...]
    told: Brought
    error: WijkbaatError | None = None


def watch(order: Order, *, always: bool = False) -> Watched:
    """Look in the inbox, run where a delivery is whole (or `always`), and tell what is due.

    Where the machine failed last time it is tried again. What is past its term goes, also when nothing came.
    """
    files, home = read_study(order.study), Home(order.home)
    study = files.study
    home.prepare()
    ended = study.retention.has_ended(order.today) and is_due(
        Workplace(files, home, order.as_of, order.seed), order.today
    )
    with suppress(HomeLocked):  # the run that is at work does it too
        forget_raw(home, study.retention.raw_days, order.today)
    look = _look(home)
    wanted = (
        always or ended or _is_new(home, look) or any(one.exit_code == MachineFault.exit_code for one in failures(home))
    )
    outcome, error = None, None
    notes = [waits_words(path) for path in look.moving]
    if ended or (wanted and not look.moving):  # after the end of the term nothing is read any more
        outcome, error = _ran(order, home)
    elif not look.moving:
        notes.append(_nothing_new(order, home))
    told = tell(study, home, alerts_due(study, home, order.today, failures(home)))
    return Watched(outcome, tuple(notes), told, error)


def _nothing_new(order: Order, home: Home) -> str:
    """Also that the last run failed: who reads the last line only would think that all is well."""
    told = f"Er is geen nieuwe levering in '{home.inbox}'."
    if failed := failures(home):
        return f"{told} {failed[-1].sentence} Dat is: wijkbaat run {order.study} --home {home.root}"
    received = Receipts(home.receipts).all()
    return told if received else no_delivery(order.study, home.inbox, home.root)


def _look(home: Home) -> InboxLook:
    """A look beside the one before it, which is kept for the next."""
    path = home.closed / DIRECTORY / SEEN
    try:
        before = json.loads(path.read_bytes())
    except (OSError, ValueError):
        before = {}
    look = look_in(home.inbox, before)
    write_whole(path, json.dumps(look.seen, ensure_ascii=False).encode("utf-8"))
    return look


def _is_new(home: Home, look: InboxLook) -> bool:
    """Whether something lies ready that was not read; what has no good name is for the run to refuse."""
    receipts = Receipts(home.receipts)
    try:
        return any(is_waiting(receipts, key_of(path)) for path in look.still)
    except DeliveryRefused:
        return True


def _ran(order: Order, home: Home) -> tuple[Outcome | None, WijkbaatError | None]:
    """A run, and what is known of failures after it. That another run is going on is no failure."""
    try:
        outcome = run(order)
    except HomeLocked as busy:
        return None, busy
    except WijkbaatError as ours:
        error = ours
    except Exception as other:  # an edge: told by its kind and place, as the command line does
        error = machine_fault(other) or OurBug(other)
    else:
        note_failures(home, [])
        return outcome, None
    note_failures(home, [failure_of(error)])
    return None, error
