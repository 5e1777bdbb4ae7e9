"""What an ods workbook asks of its reader: repeated cells and rows are written once and read many times."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

from data_contracts.workbook.ods_cells import ods_cells
from pipelines.intake.reading import limits
from pipelines.intake.reading.sheets import Aside, Unreadable
from pipelines.intake.reading.workbook_parts import SheetPart, check_xml
from pipelines.intake.reading.zips import part_of

_WHAT = "het werkboek"
_DO = "Bewaar het als xlsx-bestand of als CSV."
_MACROS = ("basic/", "scripts/", "object ")


def check_ods(archive: ZipFile) -> tuple[dict[str, SheetPart], tuple[Aside, ...]]:
    """Refuse what is locked, brings macros or is too large when written out; gives sheets and document properties."""
    names = archive.namelist()
    if "content.xml" not in names:
        raise Unreadable("dit is geen LibreOffice-werkboek.", _DO)
    if any(name.lower().startswith(_MACROS) for name in names):
        raise Unreadable("het werkboek bevat macro's of ingesloten bestanden.", _DO)
    manifest = part_of(archive, "META-INF/manifest.xml", _WHAT) if "META-INF/manifest.xml" in names else b""
    if b"encryption-data" in manifest:
        raise Unreadable("op het werkboek staat een wachtwoord.", "Bewaar het zonder wachtwoord.")
    content = part_of(archive, "content.xml", _WHAT)
    check_xml(content)
    extent = _Extent()
    extent.of(content)
    if b":formula=" in content:
        _mind_formulas(extent.sheets, content)
    return extent.sheets, tuple(_properties(part_of(archive, "meta.xml", _WHAT)) if "meta.xml" in names else ())


def _mind_formulas(sheets: dict[str, SheetPart], content: bytes) -> None:
    """Keep which formulas show an error, and whether each has an outcome; a reader would give an empty cell."""
    for cell in ods_cells(content):
        part = sheets.setdefault(cell.sheet, SheetPart())
        part.is_computed &= not cell.is_not_computed
        if cell.error:
            part.faults[cell.row - 1, cell.column - 1] = cell.error


class _Extent:
    """Counts the cells up to the last filled one of every row, repeats written out."""

    def __init__(self) -> None:
        self.cells, self.characters, self.filled_rows = 0, 0, 0
        self.row_repeat, self.cell_repeat, self.column, self.last_filled = 1, 1, 0, 0
        self.row_characters, self.in_cell = 0, False
        self.sheets: dict[str, SheetPart] = {}
        self.sheet = SheetPart()

    def of(self, content: bytes) -> None:
        """Go through the XML; raises Unreadable when it is broken or its cells are too many."""
        parser = expat.ParserCreate()
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise Unreadable("dit werkboek is beschadigd.", "Open het en bewaar het opnieuw.") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet = self.sheets[attributes.get("table:name", "")] = SheetPart()
        elif name == "table:table-row":
            self.row_repeat = _repeat(attributes, "table:number-rows-repeated")
            self.column = self.last_filled = self.row_characters = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell_repeat = _repeat(attributes, "table:number-columns-repeated")
            self.column += self.cell_repeat
            if "office:value-type" in attributes or "table:formula" in attributes:
                self.last_filled = self.column
            self.sheet.has_formulas |= "table:formula" in attributes
            self.in_cell = True

    def _text(self, text: str) -> None:
        if self.in_cell and not text.isspace():
            self.last_filled = self.column
            self.row_characters += len(text) * self.cell_repeat

    def _end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self.in_cell = False
        elif name == "table:table-row" and self.last_filled:
            self.cells += self.row_repeat * self.last_filled
            self.characters += self.row_repeat * self.row_characters
            if self.cells > limits.MAX_CELLS or self.characters > limits.MAX_CHARACTERS:
                raise Unreadable("het werkboek herhaalt zoveel cellen dat het niet te lezen is.", _DO)


def _repeat(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    if not text.isdecimal() or len(text) > 9:
        raise Unreadable("dit werkboek is beschadigd.", "Open het en bewaar het opnieuw.")
    return int(text)


def _properties(meta: bytes) -> Iterator[Aside]:
    check_xml(meta)
    texts: list[str] = []
    parser = expat.ParserCreate()
    parser.CharacterDataHandler = texts.append
    try:
        parser.Parse(meta, True)
    except expat.ExpatError:
        return
    yield from (Aside("een eigenschap van het document", text) for text in texts if text.strip())
