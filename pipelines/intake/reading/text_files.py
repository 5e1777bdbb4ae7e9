"""CSV and txt: the delimiter, the records, and the way in bulk for a file in which every record is alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import duckdb

from pipelines.intake.reading.bulk import Plain, read_plainly, write_rows
from pipelines.intake.reading.encodings import decoded
from pipelines.intake.reading.sheets import TEXT, Declared, Opened, Row, Sheet, Unreadable

_DELIMITERS = ";,\t|^~"
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
# Records that the delimiter is found in; every record is held to it afterwards.
_ENOUGH = 500
MAX_CELL = 1_000_000
_AS_FORMULA = re.compile(r'(^|[;,\t|])="([^"\r\n]*)"(?=[;,\t|\r\n]|$)', re.MULTILINE)
_AS_QUOTED_FORMULA = re.compile(r'(^|[;,\t|])"=""([^"\r\n]*)"""(?=[;,\t|\r\n]|$)', re.MULTILINE)
# A letter, a question mark and a small letter: what is left of an accent that an export could not write.
_LOST_ACCENT = re.compile(r"[A-Za-z]\?[a-z]")


@dataclass(frozen=True)
class TextRows:
    """The records of a text file; `skipped` lines above them (`sep=;`) count in their numbers."""

    text: str
    delimiter: str
    quote: str
    skipped: int = 0

    def __iter__(self) -> Iterator[Row]:
        """Every record, with its number; raises Unreadable at a quote that is never closed."""
        for number, cells in enumerate(_records(self.text, self.delimiter, self.quote, self.skipped), 1 + self.skipped):
            yield Row(number, tuple(cells), TEXT * len(cells))

    def into(self, connection: duckdb.DuckDBPyConnection, target: str) -> int:
        """In bulk where every record has the same number of cells and no line is blank; else record by record."""
        width = self._width_of_all()
        if width and read_plainly(
            connection, Plain(self.text, self.delimiter, self.quote, self.skipped), width, target
        ):
            return width
        return write_rows(connection, self, target)

    def _width_of_all(self) -> int:
        """The width of the first record when the text may well be regular; 0 when it is certainly not."""
        plain_ends = self.text.replace("\r\n", "\n")
        if "\r" in plain_ends or "\n\n" in plain_ends or plain_ends.startswith("\n"):
            return 0
        return len(next(_records(self.text, self.delimiter, self.quote, self.skipped), []))


def open_text(content: bytes, name: str, declared: Declared) -> Opened:
    """A text file as one sheet; raises Unreadable."""
    text, encoding = decoded(content, declared.encoding)
    skipped, delimiter = 0, declared.delimiter
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text, skipped = text[separator.end() :], 1
        delimiter = delimiter or separator[1]
    if not text.strip():
        raise Unreadable("het bestand is leeg.", "Vraag een nieuwe uitdraai.")
    text = _out_of_quotes(_plain(text), declared.quote)
    delimiter = delimiter or _delimiter_of(text, declared.quote)
    rows = TextRows(text, delimiter, declared.quote, skipped)
    return Opened(name, "csv", (Sheet("", rows),), encoding, delimiter, "?" in text and bool(_LOST_ACCENT.search(text)))


def _plain(text: str) -> str:
    """A text without what is left of pasting files together, and of the trick that keeps zeros: ="0012" is 0012."""
    text = text.replace("\ufeff", "")
    if '="' not in text and '"=""' not in text:
        return text
    text = _AS_FORMULA.sub(r'\1"\2"', text)
    return _AS_QUOTED_FORMULA.sub(r'\1"\2"', text)


def _out_of_quotes(text: str, quote: str) -> str:
    """A text of which every whole line stands in quotes, as a second export makes of a first one, without them."""
    first = text.lstrip().partition("\n")[0].rstrip()
    if not (first.startswith(quote) and first.endswith(quote) and any(mark in first for mark in _DELIMITERS)):
        return text
    lines: list[str] = []
    with suppress(Unreadable):
        for at, cells in enumerate(_records(text, "\0", quote, 0)):
            if len(cells) > 1 or (cells and "\n" in cells[0]):
                return text
            lines.append(cells[0] if cells else "")
            if at < _ENOUGH and cells and quote * 2 + first[1] in cells[0]:
                return text
        return "\n".join(lines)
    return text


def _records(text: str, delimiter: str, quote: str, skipped: int) -> Iterator[list[str]]:
    """Records by the rules of CSV: quotes doubled inside quotes, any line end, nothing after a closing quote."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote, strict=True)
    line, width = 1 + skipped, 0
    try:
        for cells in reader:
            width = max(width, len(cells))
            if reader.line_num + 1 + skipped - line > 1 and _swallowed(cells, delimiter, width):
                raise csv.Error
            line = reader.line_num + 1 + skipped
            yield cells
    except csv.Error:
        what = f"dit is geen geldige CSV: bij regel {line} begint een cel met een aanhalingsteken dat niet goed sluit."
        do = "Vraag een nieuwe uitdraai, of kijk quote en delimiter na."
        raise Unreadable(what, do, row=line) from None


def _swallowed(cells: list[str], delimiter: str, width: int) -> bool:
    """A cell that holds whole records: its quote was closed by the quote of a later cell."""
    return width > 2 and any(
        line.count(delimiter) >= width - 1
        for cell in cells
        if "\n" in cell or "\r" in cell
        for line in cell.splitlines()
    )


def _delimiter_of(text: str, quote: str) -> str:
    """The one delimiter that cuts the records into rows of one width; raises Unreadable when more than one does.

    The header decides first: decimal commas may cut the records below it as evenly as the true delimiter does.
    """
    occurring = [delimiter for delimiter in _DELIMITERS if delimiter in text]
    fits = {delimiter: fit for delimiter in occurring if (fit := _fit(text, delimiter, quote)) is not None}
    best = [delimiter for delimiter, fit in fits.items() if fit == min(fits.values())]
    if len(best) > 1:
        what = "het scheidingsteken is op meer dan een manier te lezen."
        raise Unreadable(what, "Zet delimiter in mapping.yaml, of vraag een uitdraai met puntkomma's.")
    return best[0] if best else ";"


def _fit(text: str, delimiter: str, quote: str) -> tuple[int, int] | None:
    """Where the first record of the usual width stands, and minus that width; None when records do not agree on one."""
    widths: list[int] = []
    # Quotes may belong to another delimiter; when they are broken under all, reading the rows says so.
    with suppress(Unreadable):
        widths.extend(len(cells) for cells in islice(_records(text, delimiter, quote, 0), _ENOUGH) if any(cells))
    width, count = Counter(widths).most_common(1)[0] if widths else (0, 0)
    return (widths.index(width), -width) if width > 1 and count * 2 > len(widths) else None
