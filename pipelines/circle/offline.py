"""`wijkbaat circle export` and `import`: a session in one HTML file, and what was typed in it back into the memory."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from data_contracts.vocabulary.circle import TOGETHER
from pipelines.circle.session import NO_RELEASE
from pipelines.releases.release import current, release_named, require_unchanged
from pipelines.releases.released_tables import tables_of
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.study.workplace import read_study
from reports import explore
from reports.circle.figure_key import choice_of
from reports.circle.memory import Session, remembered
from reports.circle.naming import topic_name
from reports.circle.trade import trade_cards
from reports.content.change.figures import share_figure
from reports.content.circle.kit import trade_chapter
from reports.content.circle.minutes import minutes
from reports.html.offline import OfflineFigure, offline_page

READS = ["out_change__by_domain", "out_change__noise_floor"]
MOST_FIGURES, LARGEST = 4, 5_000_000


def offline_session(study: Path, root: Path, day: dt.date, keys: list[str]) -> str:
    """The page for a session on `day` about these figures, else about the leading life domains."""
    home, files = Home(root), read_study(study)
    known = files.study
    home.settle()
    name = current(home)
    if name is None:
        raise StudyError(NO_RELEASE)
    directory = release_named(home, name)
    require_unchanged(directory)
    tables = tables_of(directory, READS)
    first = known.moment_pairs[0]
    leading = [
        f"zrm/{one.value}/all/all/{first.moment_from}/{first.moment_to}" for one in known.design.headline_domains
    ]
    figures = [_figure(tables, one) for one in (keys or leading)[:MOST_FIGURES]]
    events = CircleJournal(home).events()
    sessions = sorted(one for one in remembered(events).sessions if one < day.isoformat())
    kit = [trade_chapter(card) for card in trade_cards(HOUSE / "notebooks" / "cards").values()]
    last = minutes(events, sessions[-1]) if sessions else []
    return offline_page(known.municipality, day, name, figures, kit, last, files.house_style)


def _figure(tables: explore.Tables, key: str) -> OfflineFigure:
    try:
        choice = choice_of(key)
    except ValueError:
        raise StudyError(
            f"'{key}' is geen naam van een cijfer. Bijvoorbeeld: zrm/finances/all/all/first/last."
        ) from None
    row = explore.row_of(tables, choice)
    hidden = explore.why_hidden(row)
    if hidden:
        return OfflineFigure(key, topic_name(key), hidden, None, None)
    figure = share_figure(explore.compared(row, choice))
    return OfflineFigure(key, topic_name(key), explore.revealed(tables, choice), explore.shows(row), figure)


@dataclass
class Imported:
    """How many records were kept and known, and of what was not kept the kind and why, without its words."""

    kept: int = 0
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)


def imported(journal: CircleJournal, content: bytes, name: str) -> Imported:
    """Add every record of a saved file; StudyError for what is no such file."""
    records = _records(content, name)
    done = Imported()
    for record in records:
        session = journal.memory().sessions.get(str(record.get("session")))
        try:
            is_new = journal.add(_told_apart(record, session))
        except StudyError as error:
            done.refused[f"{_KINDS.get(str(record.get('kind')), 'regel')}: {error}"] += 1
            continue
        done.kept, done.known = done.kept + is_new, done.known + (not is_new)
    return done


_KINDS = {"card": "kaart", "guess": "handen", "revealed": "onthulling", "opened": "opening"}


def _records(content: bytes, name: str) -> list[dict[str, Any]]:
    problem = f"'{name}' is geen bestand dat met 'Bewaar als bestand' in de leerkring is gemaakt."
    if len(content) > LARGEST:
        raise StudyError(problem)
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict) or read.get("wijkbaat") != "leerkring" or not isinstance(read.get("records"), list):
        raise StudyError(problem)
    return [one for one in read["records"] if isinstance(one, dict)]


def _told_apart(record: dict[str, Any], session: Session | None) -> dict[str, Any]:
    """A group that is too small to be told apart speaks with the others: that is known only when all are counted."""
    if session is None or "group" not in record or record["group"] in session.groups:
        return record
    return {**record, "group": TOGETHER}
