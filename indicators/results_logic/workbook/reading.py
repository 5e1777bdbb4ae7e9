"""A workbook read back as a tree; every fault names its sheet, row and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import Broken, Finding, StudyError
from data_contracts.vocabulary.logic import INSTEAD_OF_A_TARGET, NO_TARGETS
from data_contracts.vocabulary.names import folded
from data_contracts.workbook_cells import cell_value
from data_contracts.workbook_pages import Cells, pages
from data_contracts.yaml_file import broken_in
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.parts import TARGET_KEYS
from indicators.results_logic.workbook.sheets import CHOICES, EXPLANATION, LINK, SHEETS, Column, Sheet

Location = tuple[str | int, ...]


@dataclass(slots=True)
class _Reading:
    """What has been read so far: the data, where each part of it stands, and what is wrong."""

    file: str
    data: dict[str, Any] = field(
        default_factory=lambda: {"schema_version": 1, "nodes": [], "links": [], "indicators": []}
    )
    places: dict[Location, tuple[Sheet, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def fault(self, sheet: str, row: int | None, heading: str, what: str, do: str = "") -> None:
        where = f"{self.file}, blad {sheet}" + (f", rij {row}" if row else "")
        self.findings.append(Finding(where, None, f"kolom '{heading}': {what}" if heading else what, do))


def tree_from_workbook(content: bytes, file: str) -> Tree:
    """The tree in the workbook `content`; raises StudyError with sheet and row of every fault."""
    reading = _Reading(file)
    found = pages(content, file)
    for sheet in SHEETS:
        if sheet.name in found:
            _read_sheet(reading, sheet, found[sheet.name])
        else:
            reading.fault(sheet.name, None, "", "dit blad ontbreekt.", "Laat het leeg, maar haal het niet weg.")
    for name in sorted(found.keys() - {sheet.name for sheet in SHEETS} - {EXPLANATION, CHOICES}):
        reading.fault(name, None, "", "dit blad kennen we niet.", "Haal het weg, of geef het zijn oude naam terug.")
    if reading.findings:
        raise StudyError(reading.findings)
    try:
        return Tree.model_validate(reading.data)
    except ValidationError as error:
        for broken in broken_in(error, Tree):
            _place_fault(reading, broken)
    raise StudyError(reading.findings)


def _read_sheet(reading: _Reading, sheet: Sheet, cells: Cells) -> None:
    columns = _columns(reading, sheet, cells[0] if cells else [])
    for row, line in enumerate(cells[1:], start=2):
        if all(value in ("", None) for value in line):
            continue
        item: dict[str, Any] = {}
        for place, column in columns.items():
            value = _value(reading, sheet, row, column, line[place] if place < len(line) else "")
            if value is not None:
                _put(item, column, value)
            elif column.required:
                reading.fault(sheet.name, row, column.heading, "dit ontbreekt.", "Vul het in.")
        _keep(reading, sheet, row, item)
    if not sheet.part and not reading.places:
        reading.fault(sheet.name, 2, "", "hier hoort één regel met de naam van de boom.", "Vul id en titel in.")


def _columns(reading: _Reading, sheet: Sheet, headings: list[Any]) -> dict[int, Column]:
    known = {folded(column.heading): column for column in sheet.columns}
    found: dict[int, Column] = {}
    for place, heading in enumerate(str(one) for one in headings):
        column = known.get(folded(heading))
        if column and column not in found.values():
            found[place] = column
        elif folded(heading) in TARGET_KEYS:
            reading.fault(sheet.name, 1, heading, NO_TARGETS, INSTEAD_OF_A_TARGET)
        elif column:
            reading.fault(sheet.name, 1, heading, "deze kolom staat er twee keer.", "Haal er één weg.")
        elif heading.strip():
            reading.fault(sheet.name, 1, heading, "deze kolom kennen we niet.", "Haal haar weg.")
    for column in sheet.columns:
        if column not in found.values():
            reading.fault(sheet.name, 1, column.heading, "deze kolom ontbreekt.", "Zet de kop terug; leeg mag.")
    return found


def _put(item: dict[str, Any], column: Column, value: Any) -> None:
    for key in column.path[:-1]:
        item = item.setdefault(key, {})
    item[column.path[-1]] = value


def _keep(reading: _Reading, sheet: Sheet, row: int, item: dict[str, Any]) -> None:
    """Put a row where it belongs in the tree, and remember where it stood."""
    part, _, inner = sheet.part.partition(".")
    if not part:
        if reading.places:
            reading.fault(sheet.name, row, "", "hier hoort maar één regel.", "Haal deze regel weg.")
        reading.data |= item
        reading.places[()] = (sheet, row)
        return
    if not inner:
        reading.places[(part, len(reading.data[part]))] = (sheet, row)
        reading.data[part].append(item)
        return
    name = item.pop("link", None)
    owners = [index for index, link in enumerate(reading.data[part]) if link.get("id") == name]
    if name is None:
        return
    if not owners:
        reading.fault(
            sheet.name, row, LINK.heading, f"'{name}' staat niet op blad Verbanden.", "Gebruik een id van daar."
        )
        return
    items = reading.data[part][owners[0]].setdefault(inner, [])
    reading.places[(part, owners[0], inner, len(items))] = (sheet, row)
    items.append(item)


def _value(reading: _Reading, sheet: Sheet, row: int, column: Column, raw: Any) -> Any:
    try:
        return cell_value(raw, column.kind, column.names, is_open=column.path[-1] in ("moment_from", "moment_to"))
    except ValueError as error:
        reading.fault(sheet.name, row, column.heading, str(error))
        return None


def _place_fault(reading: _Reading, broken: Broken) -> None:
    """A rule of the model, told with the sheet, row and column that broke it."""
    known = [at for at in reading.places if broken.at[: len(at)] == at]
    at = max(known, key=len, default=())
    sheet, row = reading.places[at]
    rest = tuple(part for part in broken.at[len(at) :] if isinstance(part, str))
    heading = next(
        (one.heading for one in sheet.columns if set(one.path) <= set(rest) or rest[-1:] == one.path[-1:]), ""
    )
    reading.fault(sheet.name, row, heading, broken.what, broken.do)
