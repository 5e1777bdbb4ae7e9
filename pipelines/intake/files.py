"""One file through the steps open, frame, shape, rows and columns: every sheet as an engine table of our columns."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import duckdb

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import FileMapping
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.intake.door import FileAtDoor, shown_name
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.reading.choosing import sheets_of
from pipelines.intake.reading.columns import Chosen, check_header, chosen
from pipelines.intake.reading.frame import framed
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.rows import told_apart
from pipelines.intake.reading.shape import shaped
from pipelines.intake.reading.sheets import Sheet, Unreadable
from pipelines.intake.reading.swapped_days import refuse_swapped_days
from pipelines.intake.reading.telling import refuse_untold
from pipelines.intake.reading.typed_cells import cell_text

_TEXT_FORMATS = ("csv",)
_NUMBERS = itertools.count()  # two files of one entry are two tables


@dataclass(frozen=True, slots=True)
class SheetRead:
    """A sheet as our columns: `label` names it in every account, `entry` says by which file of the mapping.

    `bare` is the table or view of its cells, over which every step is a view until rows have to change.
    """

    label: str
    entry: int
    rows: Chosen
    bare: str

    def forget(self, connection: duckdb.DuckDBPyConnection) -> None:
        """The views over its cells are of no use then."""
        _forget(connection, self.bare)


def _forget(connection: duckdb.DuckDBPyConnection, bare: str) -> None:
    """Drop the cells of a sheet where they were copied: a view over a file holds none."""
    copied = "SELECT 1 FROM duckdb_tables() WHERE table_name = $name"
    if connection.execute(copied, {"name": bare}).fetchall():
        connection.execute(f"DROP TABLE {bare}")


def _refused(delivery: str, file: FileAtDoor, cause: Unreadable | NotAsAgreed, sheet: str = "") -> DeliveryRefused:
    where = sheet or getattr(cause, "sheet", None) or ""
    place = f"{shown_name(file.name)}, blad {where}" if where else shown_name(file.name)
    kind = RefusalKind.COLUMNS if isinstance(cause, NotAsAgreed) else RefusalKind.UNREADABLE
    return DeliveryRefused(delivery, cause.what, cause.do, file=place, kind=kind)


def read_sheets(
    connection: duckdb.DuckDBPyConnection,
    file: FileAtDoor,
    opened: OpenedFiles,
    entry: int,
    mappings: Sequence[FileMapping],
    delivery: str,
    share: float,
) -> Iterator[SheetRead]:
    """Every sheet that one entry of the mapping reads from a file; raises DeliveryRefused.

    `share`: from which part of the rows on a column without a role is asked about.
    """
    mapping = mappings[entry]
    try:
        inside = opened.of(file)
        every = [sheet for one in inside for sheet in one.sheets]
        if len(inside) > 1:  # a zip: its files are told apart by their names
            every = [replace(sheet, name=sheet.name or one.name) for one in inside for sheet in one.sheets]
        sheets = sheets_of(every, mapping.open, [mappings[one].open for one in file.entries])
    except (NotAsAgreed, Unreadable) as unclear:
        refused: DeliveryRefused | None = _refused(delivery, file, unclear)
    else:
        refused = None
    if refused:
        raise refused
    several = len(sheets) > 1 or len(file.entries) > 1
    for sheet in sheets:
        label = f"{file.name}, blad {sheet.name}" if several else file.name
        try:
            name = f"{mapping.table}_{entry}_{next(_NUMBERS)}"
            rows, bare = _read_sheet(connection, sheet, mapping, name, share, is_text=inside[0].format in _TEXT_FORMATS)
        except (NotAsAgreed, Unreadable) as unclear:
            refused = _refused(delivery, file, unclear, sheet.name if several else "")
        if refused:
            _forget(connection, f"bare_{name}")
            raise refused
        yield SheetRead(label, entry, rows, bare)


def _read_sheet(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    mapping: FileMapping,
    name: str,
    share: float,
    *,
    is_text: bool,
) -> tuple[Chosen, str]:
    bare, rows, records, ours = (f"{step}_{name}" for step in ("bare", "framed", "shaped", "chosen"))
    width = sheet.rows.into(connection, bare)
    if width == 0:
        raise NotAsAgreed("het bestand is leeg.", "Vraag een nieuwe uitdraai.")
    named = framed(
        connection,
        bare,
        width,
        mapping.frame,
        rows,
        merged=sheet.merged,
        is_text=is_text,
        cell_text=lambda column: cell_text(mapping, column),
    )
    refuse_swapped_days(connection, bare, named, mapping)
    named = shaped(connection, named, mapping.shape, records)
    check_header(named, mapping)
    if connection.execute(f"SELECT count(*) FROM {named.table}").fetchall() == [(0,)]:
        raise NotAsAgreed("er staat een kopregel maar geen gegevens.", "Vraag een nieuwe uitdraai.")
    read = chosen(connection, named, mapping, told_apart(connection, named, mapping.rows), ours)
    refuse_untold(connection, named, read, mapping, share)
    return read, bare
