"""A workbook of inputs read back as a balance; every fault names its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import Broken
from data_contracts.workbook.book import Book
from data_contracts.workbook.reading import Reading
from data_contracts.yaml_file import broken_in
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.reading import faults_of
from mkba.workbook.columns import SHEETS
from mkba.workbook.writing import EXPLANATION


def mkba_from_workbook(book: Book, packs: Packs, *, compares: bool) -> Mkba:
    """The balance in a workbook; raises StudyError with sheet and row of every fault."""
    reading = Reading(book.file)
    reading.read(book, SHEETS, {EXPLANATION})
    try:
        model = Mkba.model_validate(reading.data)
    except ValidationError as error:
        broken = broken_in(error, Mkba)
    else:
        broken = [Broken(*fault) for fault in faults_of(model, packs, compares=compares)]
    for one in broken:
        reading.place_fault(one)
    reading.require_no_faults()
    return model


def changes(before: Any, after: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[str, Any, Any]]:
    """What differs between two balances: where, what it was, and what it becomes; parts are matched on their id."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in dict.fromkeys([*before, *after]):
            yield from changes(before.get(key), after.get(key), (*at, str(key)))
    elif _named(before) and _named(after):
        yield from changes({one["id"]: one for one in before}, {one["id"]: one for one in after}, at)
    elif before != after:
        yield ".".join(at), before, after


def _named(rows: Any) -> bool:
    return isinstance(rows, list) and all(isinstance(one, dict) and "id" in one for one in rows)
