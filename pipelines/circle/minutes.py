"""`wijkbaat circle show`: the minutes of a session as HTML and PDF, in the closed zone unless told otherwise."""

from __future__ import annotations

from pathlib import Path

from pipelines.circle.listing import named
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.platform import write_whole
from reports.circle.memory import remembered
from reports.content.circle.minutes import minutes, status_of
from reports.html.minutes import minutes_html
from reports.pdf.minutes import minutes_pdf


def write_minutes(journal: CircleJournal, town: str, session: str | None, to: Path | None) -> list[Path]:
    """The paths of both files; without a session those of the last one."""
    events = journal.events()
    sessions = remembered(events).sessions
    name = named(sessions, session)
    said = (town, sessions[name].opened.on, status_of(sessions[name]), minutes(events, name))
    place = to or journal.directory / "verslagen"
    files = {
        place / f"verslag-leerkring-{name}.html": minutes_html(*said).encode(),
        place / f"verslag-leerkring-{name}.pdf": minutes_pdf(*said),
    }
    for path, content in files.items():
        write_whole(path, content)
    return list(files)
