"""A workbook of inputs read back as a balance; every fault names its sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.names import folded
from data_contracts.workbook_cells import cell_value
from data_contracts.workbook_pages import Cells, pages
from data_contracts.yaml_file import Location, broken_in
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.reading import faults_of
from mkba.workbook.columns import OWNER, SHEETS, Column, Sheet
from mkba.workbook.writing import EXPLANATION


@dataclass(slots=True)
class _Reading:
    """What has been read so far: the data, the sheet and row of each part of it, and what is wrong."""

    file: str
    data: dict[str, Any] = field(default_factory=dict)
    places: dict[Location, tuple[Sheet, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, sheet: str, row: int | None, heading: str, what: str, do: str = "") -> None:
        where = f"{self.file}, blad {sheet}" + (f", rij {row}" if row else "")
        self.findings.append(Finding(where, None, f"'{heading}': {what}" if heading else what, do))

    def place_fault(self, at: Location, what: str, do: str) -> None:
        """A rule of the model, told with the sheet, row and column that broke it."""
        whole: Location = ()
        owner = max((place for place in self.places if at[: len(place)] == place), key=len, default=whole)
        sheet, row = self.places[owner]
        rest = tuple(part for part in at[len(owner) :] if isinstance(part, str))
        column = next((one for one in sheet.columns if rest and _is_about(one, rest)), None)
        if not sheet.part and column is not None:
            row = sheet.columns.index(column) + 1
        where = None if not sheet.part and column is None else row
        self.fault(sheet.name, where, column.heading if column else "", what, do)


def _is_about(column: Column, rest: tuple[str, ...]) -> bool:
    """Whether a column holds what is at a place in the model, in which tags of unions may stand."""
    return column.path == rest or (column.path[-1] == rest[-1] and set(column.path) <= set(rest))


def mkba_from_workbook(content: bytes, file: str, packs: Packs, *, compares: bool) -> Mkba:
    """The balance in a workbook; raises StudyError with sheet and row of every fault."""
    reading = _Reading(file)
    found = pages(content, file)
    for sheet in SHEETS:
        if sheet.name in found:
            _read_sheet(reading, sheet, found[sheet.name])
        else:
            reading.fault(sheet.name, None, "", "dit blad ontbreekt.", "Laat het leeg, maar haal het niet weg.")
    for name in sorted(found.keys() - {sheet.name for sheet in SHEETS} - {EXPLANATION}):
        reading.fault(name, None, "", "dit blad kennen we niet.", "Haal het weg, of geef het zijn oude naam terug.")
    if reading.findings:
        raise StudyError(reading.findings)
    try:
        model = Mkba.model_validate(reading.data)
    except ValidationError as error:
        for broken in broken_in(error, Mkba):
            reading.place_fault(broken.at, broken.what, broken.do)
    else:
        for at, what, do in faults_of(model, packs, compares=compares):
            reading.place_fault(at, what, do)
    if reading.findings:
        raise StudyError(reading.findings)
    return model


def _read_sheet(reading: _Reading, sheet: Sheet, cells: Cells) -> None:
    if not sheet.part:
        cells = [[line[at] if at < len(line) else "" for line in cells] for at in range(2)]
    columns = _columns(reading, sheet, cells[0] if cells else [])
    for row, line in enumerate(cells[1:], start=2):
        if all(value in ("", None) for value in line):
            continue
        item: dict[str, Any] = {}
        for place, column in columns.items():
            at = row if sheet.part else place + 1
            try:
                value = cell_value(line[place] if place < len(line) else "", column.kind, column.names)
            except ValueError as error:
                reading.fault(sheet.name, at, column.heading, str(error))
                continue
            if value is not None:
                _put(item, column, value)
            elif column.required:
                reading.fault(sheet.name, at, column.heading, "dit ontbreekt.", "Vul het in.")
        _keep(reading, sheet, row, item)


def _columns(reading: _Reading, sheet: Sheet, headings: list[Any]) -> dict[int, Column]:
    known = {folded(column.heading): column for column in sheet.columns}
    found: dict[int, Column] = {}
    for place, heading in enumerate(str(one) for one in headings):
        column = known.get(folded(heading))
        row = 1 if sheet.part else place + 1
        if column and column not in found.values():
            found[place] = column
        elif column:
            reading.fault(sheet.name, row, heading, "deze kop staat er twee keer.", "Haal er één weg.")
        elif heading.strip():
            reading.fault(sheet.name, row, heading, "deze kop kennen we niet.", "Zet de oude kop terug.")
    for column in sheet.columns:
        if column not in found.values():
            reading.fault(sheet.name, 1, column.heading, "deze kop ontbreekt.", "Zet de kop terug; leeg mag.")
    return found


def _put(item: dict[str, Any], column: Column, value: Any) -> None:
    for key in column.path[:-1]:
        item = item.setdefault(key, {})
    item[column.path[-1]] = value


def _keep(reading: _Reading, sheet: Sheet, row: int, item: dict[str, Any]) -> None:
    """Put a row where it belongs in the model, and remember where it stood."""
    if not sheet.part:
        reading.data = item
        reading.places[()] = (sheet, row)
        return
    at: Location = sheet.part
    if OWNER in item or sheet.part == ("lines", "factors"):
        name = item.pop(OWNER, None)
        owners = [place for place, line in enumerate(reading.data.get("lines", [])) if line.get("id") == name]
        if not owners:
            what = f"'{name}' staat niet op blad Regels."
            reading.fault(sheet.name, row, "regel", what, "Gebruik een id van daar.")
            return
        at = ("lines", owners[0], "factors")
    rows = _list_at(reading.data, at)
    reading.places[(*at, len(rows))] = (sheet, row)
    rows.append(item)


def _list_at(data: Any, at: Location) -> list[Any]:
    for key in at[:-1]:
        data = data[key] if isinstance(key, int) else data.setdefault(key, {})
    found: list[Any] = data.setdefault(at[-1], [])
    return found


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
