"""What an xlsx workbook asks of its reader, found in its parts before it is read; and what its cells do not show.

A reader reserves a place for every cell between the outermost filled ones, and a copy of a shared string for every
cell that has it: a workbook of two kilobytes can ask for hundreds of gigabytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax.saxutils import unescape
from zipfile import ZipFile

from data_contracts.workbook.parts import column_number, is_plain_xml
from pipelines.intake.reading import limits
from pipelines.intake.reading.sheets import Aside, Unreadable
from pipelines.intake.reading.zips import part_of

_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,7})(\d{1,10})[\"'][^>]*[^/>]>")
_LETTERS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]+)\d")
# A cell may stand elsewhere than its row says; a number of eight digits is no row at all.
_FAR_ROW = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]+(\d{5,7})[\"']")
_NO_ROW = re.compile(rb"\sr\s*=\s*[\"'][A-Za-z]*\d{8}")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,10})[\"']")
_FAULT = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt\s*=\s*[\"']e[\"'][^>]*)>.*?<(?:\w+:)?v>([^<]{1,20})<", re.DOTALL)
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
# A formula whose outcome was never stored (none, or one with nothing in it): a reader would show an empty cell. Of a
# cell of text (t="str") an outcome with nothing in it is one.
_END_OF_FORMULA = rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*"
_NO_OUTCOME = re.compile(_END_OF_FORMULA + rb"</")
_EMPTY_OUTCOME = re.compile(
    rb"<(?:\w+:)?c\b(?![^>]*\bt\s*=\s*[\"']str[\"'])[^>]*>\s*(?:<(?:\w+:)?f\b[^>]*[^/>]>|<(?:\w+:)?f>)?[^<]*"
    + _END_OF_FORMULA
    + rb"<(?:\w+:)?v\s*(?:/>|>\s*</)"
)
_SHARED = re.compile(rb"\bt\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})")
_TEXTS = re.compile(rb"<(?:\w+:)?(\w+)(?:\s[^>]*)?>([^<]+)<")
_MAKERS = (b"creator", b"lastModifiedBy", b"Company", b"Manager", b"author")
_NO_TEXT = (b"created", b"modified", b"lastPrinted", b"Application", b"AppVersion")
_REFUSED = (
    ("vbaproject", "macro's"),
    ("externallinks/", "koppelingen naar andere bestanden"),
    ("activex/", "besturingselementen"),
    ("embeddings/", "ingesloten bestanden"),
    ("macrosheets/", "macro's"),
    ("dialogsheets/", "macro's"),
)
_DO = "Bewaar het als gewoon xlsx-bestand met alleen waarden, of als CSV."


@dataclass
class SheetPart:
    """One sheet as its XML tells it: its faults (#N/A) by row and column from 0, whether it has formulas, and whether
    the outcome of each was stored.
    """

    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    has_formulas: bool = False
    is_computed: bool = True


def check_parts(archive: ZipFile) -> None:
    """Refuse a workbook that brings more than cells: macros, links to other files, document types."""
    for name in archive.namelist():
        lower = name.lower()
        for mark, what in _REFUSED:
            if mark in lower:
                raise Unreadable(f"het werkboek bevat {what}.", _DO)
        if lower.endswith((".xml", ".rels")):
            check_xml(part_of(archive, name, "het werkboek"))


def check_xml(part: bytes) -> None:
    """Refuse XML with a document type, or in an encoding in which it could hide."""
    if not is_plain_xml(part):
        raise Unreadable("het werkboek bevat een documenttype (DOCTYPE) of een vreemde codering.", _DO)


def sheet_part(xml: bytes, sheet: str, shared_lengths: list[int]) -> SheetPart:
    """Look through the XML of one sheet; raises Unreadable when its reader would need too much."""
    _check_dimensions(xml, sheet)
    if shared_lengths and max(shared_lengths) * xml.count(b"<v>") > limits.MAX_CHARACTERS:
        times = Counter(int(at) for at in _SHARED.findall(xml))
        if sum(shared_lengths[at] * n for at, n in times.items() if at < len(shared_lengths)) > limits.MAX_CHARACTERS:
            raise Unreadable(
                "een lange tekst wordt zo vaak herhaald dat het bestand niet te lezen is.", _DO, sheet=sheet
            )
    has_formulas = bool(_FORMULA.search(xml))
    is_computed = not has_formulas or not (_NO_OUTCOME.search(xml) or _EMPTY_OUTCOME.search(xml))
    return SheetPart(dict(_faults(xml)), has_formulas, is_computed)


def shared_lengths(archive: ZipFile) -> list[int]:
    """How long each shared string is, in bytes of XML."""
    names = [name for name in archive.namelist() if name.lower().endswith("sharedstrings.xml")]
    return [
        len(item) for name in names for item in re.split(rb"</(?:\w+:)?si>", part_of(archive, name, "het werkboek"))
    ]


def asides(archive: ZipFile) -> Iterator[Aside]:
    """Properties of the document and comments to its cells."""
    places = {"docprops/": "een eigenschap van het document", "comment": "een opmerking bij een cel"}
    for name in archive.namelist():
        where = next((place for mark, place in places.items() if mark in name.lower()), None)
        if where and name.lower().endswith(".xml"):
            for element, text in _TEXTS.findall(part_of(archive, name, "het werkboek")):
                if element not in _NO_TEXT:
                    place = "de maker van het document" if element in _MAKERS else where
                    yield Aside(place, unescape(text.decode("utf-8", errors="replace")))


def _check_dimensions(xml: bytes, sheet: str) -> None:
    if _NO_ROW.search(xml):
        raise Unreadable("een cel staat zo ver weg dat het blad niet te lezen is.", _DO, sheet=sheet)
    rows = max(map(int, [*_ROW.findall(xml), *_FAR_ROW.findall(xml)]), default=0)
    columns = max((column_number(letters) for letters in set(_LETTERS.findall(xml))), default=0)
    if rows * columns <= limits.MAX_CELLS and columns <= limits.MAX_COLUMNS and rows:
        return
    # The bound counts empty cells with only a colour too; a reader does not.
    filled = [(column_number(letters), int(row)) for letters, row in _REFERENCE.findall(xml)]
    columns, rows = max((column for column, _ in filled), default=0), max((row for _, row in filled), default=0)
    if rows * columns > limits.MAX_CELLS or columns > limits.MAX_COLUMNS:
        what = f"een cel staat zo ver weg (rij {rows}, kolom {columns}) dat het blad niet te lezen is."
        raise Unreadable(what, "Verwijder wat er buiten de tabel staat, of bewaar het blad als CSV.", sheet=sheet)


def _faults(xml: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    if b'"e"' not in xml and b"'e'" not in xml:
        return
    for attributes, text in _FAULT.findall(xml):
        place = _PLACE.search(attributes)
        if place:
            yield (int(place[2]) - 1, column_number(place[1]) - 1), text.decode("ascii", errors="replace")
