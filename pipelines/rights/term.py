"""The end of the term (`retention.records_until`): warned of first, and then acted upon.

closed/rights/term.json   the term that was warned of, since when, and whether it was carried out

Everything about people goes, and the cells that were shown are closed. Nobody is put on the list of erased people:
there is nothing to keep out, because nothing is read any more. A term is carried out on a later day than the first
warning, so that a mistyped year costs nothing.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

from data_contracts.errors import StudyError
from pipelines.releases.forgetting import stage_ledger
from pipelines.rights.acts import Asked, stage_act
from pipelines.rights.deciding import drop_derived, tidy_traces
from pipelines.rights.tables import drop_table, table_name, tables_of
from pipelines.storage.home import Home
from pipelines.storage.platform import connect, write_whole
from pipelines.storage.receipts import Receipts, receipt_bytes
from pipelines.storage.restricted_people import restriction_file
from pipelines.storage.run_history import forget_runs, stage_forgetting
from pipelines.storage.staged import all_at_once
from pipelines.study.workplace import Workplace

TERM = "term.json"


def act_on_term(place: Workplace, today: dt.date) -> str:
    """Carry out a term that has ended; says so in Dutch then, and nothing is read or computed. Empty while it runs.

    StudyError on the first day that an end is noticed without a warning before it. Where nothing is due the lock is
    left alone, so that who only looks is not in the way of a run.
    """
    if is_due(place, today):
        with place.home.lock():
            _act(place, today)
    return _ended(place) if place.files.study.retention.has_ended(today) else ""


def is_due(place: Workplace, today: dt.date) -> bool:
    """Whether the term must be acted upon: warned of for the first time, or carried out."""
    term = place.files.study.retention
    warned = _warned(place.home, term.records_until)
    return "done_on" not in warned if term.has_ended(today) else bool(term.warning(today)) and not warned


def _act(place: Workplace, today: dt.date) -> None:
    home, term = place.home, place.files.study.retention
    known = {"records_until": term.records_until.isoformat(), "warned_on": today.isoformat()}
    warned = _warned(home, term.records_until)
    if not warned:
        _write(home, known)
    if not term.has_ended(today) or "done_on" in warned:
        return
    warned = warned or known
    if warned["warned_on"] >= today.isoformat():
        raise StudyError(
            f"De bewaartermijn van deze studie is op {term.records_until:%d-%m-%Y} geëindigd (retention.records_until "
            "in study.yaml). Vanaf morgen wist de eerste run alle gegevens over mensen. Klopt de datum niet, pas hem "
            "dan vandaag aan; tot dan wordt er niets meer gelezen of berekend."
        )
    _carry_out(place, today, {**warned, "records_until": term.records_until.isoformat()})


def _ended(place: Workplace) -> str:
    until = f"{place.files.study.retention.records_until:%d-%m-%Y}"
    return (
        f"De bewaartermijn van deze studie is op {until} geëindigd: alle gegevens over mensen in de gesloten map zijn "
        "gewist. Er wordt niets meer gelezen of berekend; de laatste publicatie blijft staan. Verwijder zelf wat er "
        f"nog in {place.home.inbox} en in andere mappen met leveringen ligt."
    )


def require_term(place: Workplace, today: dt.date) -> None:
    """StudyError once the term has ended: for steps that are started apart from a run."""
    if place.files.study.retention.has_ended(today):
        raise StudyError("De bewaartermijn van deze studie is geëindigd. Draai wijkbaat run; die zegt wat er gebeurt.")


def _warned(home: Home, until: dt.date) -> dict[str, str]:
    """What is known of this term; nothing where another one was warned of."""
    file = home.rights / TERM
    known = json.loads(file.read_bytes()) if file.exists() else {}
    return known if known.get("records_until") == until.isoformat() else {}


def _write(home: Home, known: dict[str, str]) -> None:
    write_whole(home.rights / TERM, json.dumps(known, sort_keys=True).encode())


def _carry_out(place: Workplace, today: dt.date, known: dict[str, str]) -> None:
    home, receipts = place.home, Receipts(place.home.receipts).all()
    with all_at_once(home.root) as staged:
        gone = [path for path in tables_of(home) if not table_name(home, path).startswith("out_")]
        for path in gone:
            drop_table(staged, path)
        lost = stage_ledger(connect(home.work), home, staged, everybody=True)
        drop_derived(home, staged)
        stage_forgetting(home, staged)
        staged.drop(restriction_file(home))
        for receipt in receipts:
            place_of_receipt = home.receipts / f"{receipt.key}.json"
            staged.write(place_of_receipt, receipt_bytes(replace(receipt, status="ended")))
        why = f"de bewaartermijn in study.yaml eindigde op {known['records_until']}"
        counts = {"deliveries": len(receipts), "tables": len(gone), "rows": {"ledger": lost}}
        stage_act(home, staged, "end_of_term", Asked("wijkbaat", why, today), counts)
        staged.write(home.rights / TERM, json.dumps({**known, "done_on": today.isoformat()}, sort_keys=True).encode())
    tidy_traces(home)
    forget_runs(home)
