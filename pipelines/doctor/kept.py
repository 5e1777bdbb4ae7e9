"""Is what a home holds whole: rights, work that was cut short, the ledger, what was written down, releases, tables.

Every check is the one that a run does; only here nothing is put right.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from data_contracts.errors import HomeLocked, StudyError
from pipelines.doctor.look import Look, Subject
from pipelines.releases.ledger_links import links_as_promised
from pipelines.releases.release import decisions, releases, require_unchanged
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from pipelines.storage.journal import JOURNAL
from pipelines.storage.questions import questions
from pipelines.storage.receipts import Receipts
from pipelines.storage.staged import STAGED
from pipelines.storage.table_hash import require_as_written


def looks_at_kept(home: Home) -> Iterator[Look]:
    """A look per subject; one look for a home that is not there yet."""
    if not home.closed.is_dir():
        yield Subject("home", "Home").good(f"'{home.root}' is er nog niet; de eerste opdracht maakt haar.")
        return
    yield _in_use(home)
    yield _zones(home)
    yield _cut_short(home)
    yield Subject("ledger", "Grootboek").unless_told(lambda: links_as_promised(home), "heel.")
    yield Subject("records", "Wat is vastgelegd").unless_told(
        lambda: _read_records(home), "leveringen, besluiten, vragen en leerkring zijn te lezen."
    )
    yield _releases(home)
    yield Subject("tables", "Tabellen").unless_told(lambda: _read_tables(home), "zoals zij zijn geschreven.")


def _in_use(home: Home) -> Look:
    subject = Subject("in_use", "In gebruik")
    if home.is_in_use():
        told = HomeLocked(home.root)
        return subject.wrong(str(told), "", told.exit_code)
    return subject.good("er loopt geen run.")


def _zones(home: Home) -> Look:
    """On Windows the rights of a directory are those of the account: there is no such number to look at."""
    subject = Subject("zones", "Rechten")
    try:
        home.require_real()
    except StudyError as told:
        return subject.wrong(str(told), "", told.exit_code)
    if os.name == "nt":
        return subject.warning("op Windows kijkt wijkbaat rechten niet na.", "Geef alleen uw account toegang.")
    private = [place for place in home.private if place.is_dir()]
    own = os.getuid()
    strange = [place for place in private if place.stat().st_uid != own]
    if strange:
        do = f"Draai wijkbaat als de eigenaar, of doe: chown -R {own} {home.root}."
        return subject.wrong(f"{_named(strange)} is van een ander account.", do, StudyError.exit_code)
    if loose := [place for place in private if place.stat().st_mode & 0o077]:
        do = "Doe: " + " ".join(["chmod", "700", *map(str, loose)]) + "."
        return subject.wrong(f"anderen op deze machine kunnen in {_named(loose)}.", do, StudyError.exit_code)
    return subject.good("alleen de eigenaar kan bij gegevens over mensen.")


def _named(places: list[Path]) -> str:
    return ", ".join(place.name for place in places)


def _cut_short(home: Home) -> Look:
    subject = Subject("journal", "Afgebroken werk")
    if any((home.closed / name).is_dir() for name in (JOURNAL, STAGED)):
        return subject.warning("een opdracht is halverwege gestopt.", "De volgende opdracht maakt dat vanzelf af.")
    return subject.good("geen.")


def _read_records(home: Home) -> None:
    receipts = Receipts(home.receipts)
    receipts.all()
    receipts.acts.all()
    decisions(home)
    questions(home)
    CircleJournal(home).memory()


def _releases(home: Home) -> Look:
    subject, found = Subject("releases", "Publicaties"), releases(home)

    def unchanged() -> None:
        for release in found:
            require_unchanged(release.directory)

    return subject.unless_told(unchanged, f"{len(found)}, elk zoals zij is gemaakt." if found else "nog geen.")


def _read_tables(home: Home) -> None:
    for table in sorted(home.tables.rglob("*.parquet")):
        if not table.name.startswith("."):
            require_as_written(table)
