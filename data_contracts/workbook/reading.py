"""A workbook that people filled in, read back as the data of a model; every fault names its sheet, row and column."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data_contracts.errors import Broken, Finding, StudyError
from data_contracts.vocabulary.names import folded
from data_contracts.workbook.book import Book, Cells
from data_contracts.workbook.cells import cell_value
from data_contracts.workbook.pages import pages
from data_contracts.workbook.sheets import Column, Sheet
from data_contracts.yaml_file import Location


@dataclass(slots=True)
class Reading:
    """What has been read so far: the data, the sheet and row of each part of it, and what is wrong.

    `refused`: folded heading -> what is wrong with it and what to do, where "this heading is unknown" says too little.
    """

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[Location, tuple[Sheet, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)
    parts: dict[Location, str] = field(default_factory=dict)

    def read(self, book: Book, sheets: Sequence[Sheet], ours: Collection[str]) -> None:
        """Read every sheet; `ours` are the sheets that only explain. Raises StudyError with all that is wrong."""
        found = pages(book)
        self.forms = {sheet.name for sheet in sheets if sheet.is_form}
        self.parts = {tuple(sheet.part): sheet.name for sheet in sheets if sheet.part}
        for sheet in sheets:
            if sheet.name in found:
                self._read_sheet(sheet, found[sheet.name])
            else:
                self.fault(sheet.name, None, None, "dit blad ontbreekt.", "Laat het leeg, maar haal het niet weg.")
        for name in sorted(found.keys() - {sheet.name for sheet in sheets} - set(ours)):
            self.fault(name, None, None, "dit blad kennen we niet.", "Haal het weg, of geef het zijn oude naam terug.")
        self.require_no_faults()

    def require_no_faults(self) -> None:
        """Raise StudyError when anything was wrong."""
        if self.findings:
            raise StudyError(self.findings)

    def fault(self, sheet: str, row: int | None, heading: str | None, what: str, do: str) -> None:
        """Remember what is wrong in a cell, a row or a sheet."""
        where = f"{self.file}, blad {sheet}" + (f", rij {row}" if row else "")
        name = f"'{heading}'" if sheet in self.forms else f"kolom '{heading}'"
        self.findings.append(Finding(where, None, f"{name}: {what}" if heading else what, do))

    def place_fault(self, broken: Broken) -> None:
        """A rule of the model, told with the sheet, row and column that broke it."""
        if broken.at in self.parts:  # about the sheet as a whole
            self.fault(self.parts[broken.at], None, None, broken.what, broken.do)
            return
        whole: Location = ()
        owner = max((at for at in self.places if broken.at[: len(at)] == at), key=len, default=whole)
        sheet, row = self.places[owner]
        rest = tuple(part for part in broken.at[len(owner) :] if isinstance(part, str))
        column = _column_about(sheet.columns, rest)
        where: int | None = row
        if sheet.is_form:
            where = sheet.columns.index(column) + 1 if column else None
        self.fault(sheet.name, where, column.heading if column else None, broken.what, broken.do)

    def _read_sheet(self, sheet: Sheet, cells: Cells) -> None:
        if sheet.is_form:
            cells = [[line[at] if at < len(line) else "" for line in cells] for at in range(2)]
        columns = self._columns(sheet, cells[0] if cells else [])
        for row, line in enumerate(cells[1:], start=2):
            if all(value in ("", None) for value in line):
                continue
            item: dict[str, Any] = {}
            for place, column in columns.items():
                where = place + 1 if sheet.is_form else row
                self._put(item, column, line[place] if place < len(line) else "", (sheet.name, where))
            self._keep(sheet, row, item)
        if not sheet.part and not self.places:
            self.fault(sheet.name, 2, None, "dit blad is nog leeg.", "Vul in wat er gevraagd wordt.")

    def _columns(self, sheet: Sheet, headings: list[Any]) -> dict[int, Column]:
        known = {folded(column.heading): column for column in sheet.columns}
        found: dict[int, Column] = {}
        for place, heading in enumerate(str(one) for one in headings):
            column = known.get(folded(heading))
            row = place + 1 if sheet.is_form else 1
            if column and column not in found.values():
                found[place] = column
            elif folded(heading) in self.refused:
                self.fault(sheet.name, row, heading, *self.refused[folded(heading)])
            elif column:
                self.fault(sheet.name, row, heading, "deze kop staat er twee keer.", "Haal er één weg.")
            elif heading.strip():
                self.fault(sheet.name, row, heading, "deze kop kennen we niet.", "Zet de oude kop terug.")
        for column in sheet.columns:
            if column not in found.values():
                self.fault(sheet.name, 1, column.heading, "deze kop ontbreekt.", "Zet de kop terug; leeg mag.")
        return found

    def _put(self, item: dict[str, Any], column: Column, raw: Any, at: tuple[str, int]) -> None:
        """The value of a cell at its place in the item."""
        try:
            value = cell_value(raw, column.kind, column.names, is_open=column.is_open)
        except ValueError as error:
            self.fault(*at, column.heading, str(error), "")
            return
        if value is None:
            if column.required:
                self.fault(*at, column.heading, "dit ontbreekt.", "Vul het in.")
            return
        for key in column.path[:-1]:
            item = item.setdefault(key, {})
        item[column.path[-1]] = value

    def _keep(self, sheet: Sheet, row: int, item: dict[str, Any]) -> None:
        """Put a row where it belongs in the model, and remember where it stood."""
        if not sheet.part:
            if self.places:
                self.fault(sheet.name, row, None, "hier hoort maar één regel.", "Haal deze regel weg.")
            self.data |= item
            self.places[()] = (sheet, row)
            return
        at: Location = sheet.part
        if sheet.owner:
            part, inner = sheet.part
            name = item.pop(sheet.owner.path[0], None)
            owners = [place for place, one in enumerate(self.data.get(part, [])) if one.get("id") == name]
            if name is None:  # told already: it is required
                return
            if not owners:
                what = f"'{name}' staat niet op blad {sheet.owner.ids_of}."
                self.fault(sheet.name, row, sheet.owner.heading, what, "Gebruik een id van daar.")
                return
            at = (part, owners[0], inner)
        rows = _list_at(self.data, at)
        self.places[(*at, len(rows))] = (sheet, row)
        rows.append(item)


def _column_about(columns: Sequence[Column], rest: Sequence[str]) -> Column | None:
    """The column that holds what is at a place in the model, in which tags of unions may stand; the surest first."""
    tests: tuple[Callable[[Column], bool], ...] = (
        lambda one: one.path == tuple(rest),
        lambda one: set(one.path) <= set(rest),
        lambda one: one.path[-1:] == tuple(rest[-1:]),
    )
    return next((one for test in tests for one in columns if test(one)), None)


def _list_at(data: Any, at: Location) -> list[Any]:
    for key in at[:-1]:
        data = data[key] if isinstance(key, int) else data.setdefault(key, {})
    found: list[Any] = data.setdefault(at[-1], [])
    return found
