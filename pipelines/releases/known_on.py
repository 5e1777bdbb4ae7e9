"""A past state in a home of its own: the deliveries that were there on a day, and what was decided by then.

closed/known_on/<day>/    a home inside the closed zone; of it only released/ stays when the run is over

It has its own releases and its own copy of the ledger, so whatever is computed there publishes nothing, and the gate
compares with what was shown by then. Rows that were erased since, or whose term has ended, are not there either.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.tables.core import is_delivered
from pipelines.releases.ledger_links import LINKS, PROMISED, SECRET, place_of, whole_links
from pipelines.releases.release import DECISIONS, releases
from pipelines.storage.acts import ACTS, TAKE, Act
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.storage.questions import keep_until
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.restricted_people import restriction_file
from pipelines.storage.table_hash import hash_beside
from pipelines.storage.whole import MANIFEST


@contextmanager
def as_known_on(home: Home, day: str) -> Iterator[Home]:
    """The home of that day, for one run; StudyError when nothing had come by then."""
    if not home.receipts.is_dir():
        raise StudyError(f"In '{home.root}' is nog niets geleverd. Draai eerst wijkbaat run, of geef --home op.")
    past = Home(home.closed / "known_on" / day)
    with home.lock():
        shutil.rmtree(past.root, ignore_errors=True)
        past.prepare()
        try:
            _deliveries(home, past, day)
            if not Receipts(past.receipts).accepted():
                raise StudyError(f"Op {day} telde nog geen levering mee. Zie wijkbaat deliveries list.")
            _ledger(home, past, day)
            # What was asked and adopted by then stands in the release of that day.
            keep_until(home, past, day)
            CircleJournal(home).keep_until(past, dt.date.fromisoformat(day))
            yield past
        finally:
            for directory in (past.closed, past.inbox, past.restricted):
                shutil.rmtree(directory, ignore_errors=True)


def _deliveries(home: Home, past: Home, day: str) -> None:
    """Receipts, acts and tables of what was received by then."""
    receipts, kept = Receipts(home.receipts), Receipts(past.receipts)
    acts = receipts.acts.all()
    lines = [json.dumps(asdict(act), ensure_ascii=False, sort_keys=True) for act in acts if act.on <= day]
    if restriction_file(home).exists():  # who is counted nowhere is not counted in the past either
        _linked(restriction_file(home), restriction_file(past))
    write_whole(past.receipts / ACTS, "".join(f"{line}\n" for line in lines).encode())
    for receipt in receipts.all():
        if receipt.received_on <= day:
            kept.put(_as_it_stood(receipt, acts, day))
            for path in home.tables.glob(f"*/{receipt.key}.parquet"):
                if is_delivered(path.parent.name) and not path.parent.name.startswith("raw_"):
                    _linked(path, past.tables / path.parent.name / path.name)


def _as_it_stood(receipt: Receipt, acts: list[Act], day: str) -> Receipt:
    """A delivery that was stopped, and taken after that day, was not counted on it."""
    first = next((act for act in acts if act.delivery == receipt.key), None)
    if first is not None and first.what == TAKE and first.on > day:
        return replace(receipt, status="refused")
    return receipt


def _ledger(home: Home, past: Home, day: str) -> None:
    """What had been shown by then, with the decisions about it: the first of the links, none after a later one."""
    log = home.released / DECISIONS
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    decided = [line for line in lines if json.loads(line)["on"] <= day]
    by_then = {json.loads(line)["release"] for line in decided}
    links = []
    for link in whole_links(home):
        if link.release not in by_then:
            break
        links.append(link)
    if not links:
        return
    for link in links:
        for where in ("published", "people"):
            path = place_of(home, link.release, where)
            if path.exists():
                _linked(path, place_of(past, link.release, where))
    known = {link.release for link in links}
    for one in (release for release in releases(home) if release.name in known):
        # The page about what changed since sets the tables of the one before beside the new ones.
        for path in (one.directory / MANIFEST, *one.directory.glob("tables/*.parquet")):
            _linked(path, past.released / one.name / path.relative_to(one.directory))
    _linked(home.closed / "ledger" / SECRET, past.closed / "ledger" / SECRET)
    kept = "".join(f"{line}\n" for line in decided if json.loads(line)["release"] in known)
    write_whole(past.released / DECISIONS, kept.encode("utf-8"))
    listed = "".join(json.dumps(asdict(link), sort_keys=True) + "\n" for link in links)
    write_whole(past.closed / "ledger" / LINKS, listed.encode("utf-8"))
    write_whole(past.released / PROMISED, "".join(link.promised + "\n" for link in links).encode("utf-8"))


def _linked(path: Path, place: Path) -> None:
    """The same file in another place, with its hash where it has one: files are never changed, only replaced."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for source, target in ((path, place), (hash_beside(path), hash_beside(place))):
        if source.exists():
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)
