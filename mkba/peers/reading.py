"""A workbook of the LPBL tool or of the model of Greater Manchester, read: its lines, its own totals, and what is left.

What cannot be read is refused with sheet and row. What can be read and has no place in a balance of ours is left out by
name, with its amount where that is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import folded
from data_contracts.workbook.book import Book, Cells
from data_contracts.workbook.pages import pages
from mkba.peers.lines import LeftOut, PeerLine
from mkba.peers.rows import Reach, line_in, reach_in
from mkba.peers.stated import Stated, require_euros, stated_totals
from mkba.peers.table import Faults, Table, is_total, rows_in, table_in
from mkba.peers.words import GMCA, LPBL, Shape


@dataclass(frozen=True, slots=True)
class Peer:
    """What a workbook of others holds; `unread`: sheets, columns and groups that no line uses, in Dutch."""

    shape: Shape
    file: str
    lines: tuple[PeerLine, ...]
    left_out: tuple[LeftOut, ...]
    stated: Mapping[str, Stated]
    unread: tuple[str, ...]


def peer_shape(book: Book) -> Shape | None:
    """Which workbook of others this is; None when it is none of them."""
    names = {folded(name) for name in book.sheets}
    return next((one for one in (LPBL, GMCA) if any(names & set(part) for part in one.parts.values())), None)


def peer_workbook(given: Book, shape: Shape) -> Peer:
    """The workbook read; raises StudyError with sheet and row of everything that cannot be read."""
    book, shown, faults = pages(given), given.formats, Faults(given.file)
    tables = _tables(book, shape, faults)
    require_euros(shape, list(tables.values()), book, shown, faults)
    rows = {part: list(rows_in(table, shown, faults)) for part, table in tables.items()}
    outputs = {name: cells for name, cells in book.items() if folded(name) in shape.outputs}
    benefits = next((part for part in shape.parts if part in ("benefits", "effects")), "")
    totals = {"costs": rows.get("costs", []), "benefits": rows.get(benefits, [])}
    stated = stated_totals(totals, outputs, faults)
    reach = reach_in(rows["reach"]) if "reach" in rows else None
    found = [
        line_in(row, is_cost=part == "costs", reach=reach)
        for part in ("costs", benefits)
        for row in rows.get(part, [])
        if not is_total(row)
    ]
    if faults.findings:
        raise StudyError(faults.findings)
    lines = tuple(one for one in found if isinstance(one, PeerLine))
    left_out = tuple(one for one in found if isinstance(one, LeftOut))
    read = {*(table.sheet for table in tables.values()), *outputs}
    return Peer(shape, given.file, lines, left_out, stated, tuple(_unread(book, read, list(tables.values()), reach)))


def _tables(book: Mapping[str, Cells], shape: Shape, faults: Faults) -> dict[str, Table]:
    found = {}
    for part, names in shape.parts.items():
        sheet = next((name for name in book if folded(name) in names), None)
        if sheet is None:
            what = f"een werkmap van '{shape.name}' heeft dit blad, en hier ontbreekt het."
            faults.add(names[0].capitalize(), None, what, "Geef het blad die naam, of bied de hele werkmap aan.")
        elif (table := table_in(sheet, book[sheet], part, faults)) is not None:
            found[part] = table
    return found


def _unread(book: Mapping[str, Cells], read: set[str], tables: Sequence[Table], reach: Reach | None) -> Iterator[str]:
    for name in book:
        if name not in read:
            yield f"blad {name}"
    for table in tables:
        for heading in table.unread:
            yield f"blad {table.sheet}, kolom '{heading}'"
    for group in reach.unused() if reach is not None else ():
        yield f"doelgroep '{group}', waarbij geen effect staat"
