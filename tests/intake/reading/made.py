"""Files of every format made of the same rows, as a registration system would write them."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Sequence

import duckdb
import openpyxl
import pandas as pd

Cells = Sequence[Sequence[object]]
ROWS: Cells = [
    ["Cliëntnummer", "Wijkteam", "Score"],
    ["demo-0001", "Noord; oost", 3],
    ["demo-0002", 'Zuid "Hart"', 4.5],
]


def text_of(rows: Cells, delimiter: str = ";", line_end: str = "\r\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return text.getvalue()


def xlsx(rows: Cells, sheet: str = "Blad1") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, name: str, change: object) -> bytes:
    """The zip with one part added, or changed by a function of its bytes."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        before = old.read(name) if name in old.namelist() else b""
        new.writestr(name, change(before) if callable(change) else change)
    return result.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def ods(body: str) -> bytes:
    """A workbook of LibreOffice with this XML as its only sheet."""
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names}><office:body><office:spreadsheet>'
        f'<table:table table:name="Blad1">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = f'<?xml version="1.0"?><m:manifest {names.replace("xmlns:office", "xmlns:m")}></m:manifest>'
    parts = {"content.xml": xml.encode(), "META-INF/manifest.xml": manifest.encode()}
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"} | parts)


def ods_rows(rows: Cells) -> str:
    def cell(value: object) -> str:
        if isinstance(value, str):
            text = value.replace("&", "&amp;").replace("<", "&lt;")
            return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    return "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)


def parquet(select: str) -> bytes:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as directory, duckdb.connect() as connection:
        path = Path(directory) / "made.parquet"
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()


def sav(frame: pd.DataFrame, **about: object) -> bytes:
    import tempfile
    from pathlib import Path

    from pyreadstat import write_sav

    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "made.sav"
        write_sav(frame, str(path), **about)
        return path.read_bytes()


def html(rows: Cells) -> bytes:
    from html import escape

    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<html><body><table border=1>{body}</table></body></html>".encode()


def xls(rows: Cells, *, faults: dict[tuple[int, int], int] | None = None, streams: Sequence[str] = ()) -> bytes:
    """A workbook of Excel 97: strings, numbers and faults (code by row and column), in its own container."""
    cells = b""
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            code = (faults or {}).get((at, column))
            if code is not None:
                cells += _record(0x0205, struct.pack("<HHHBB", at, column, 0, code, 1))
            elif isinstance(value, str):
                raw = value.encode("utf-16-le")
                cells += _record(0x0204, struct.pack("<HHHHB", at, column, 0, len(value), 1) + raw)
            else:
                cells += _record(0x0203, struct.pack("<HHHd", at, column, 0, float(value)))  # type: ignore[arg-type]
    end = _record(0x000A, b"")
    begin = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = struct.pack("<BB", 5, 0) + b"Blad1"
    at = len(begin) + 4 + 6 + len(name) + len(end)
    book = begin + _record(0x0085, struct.pack("<IH", at, 0) + name) + end
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + cells + end
    return _container(book + sheet, ["Workbook", *streams])


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _container(stream: bytes, names: Sequence[str]) -> bytes:
    """An OLE container with one stream of at least 4096 bytes; the further names are empty streams."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    n = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, n + 2), 0xFFFFFFFE]
    assert len(fat) <= 128, "one sector of table is enough for a test"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)[0:36]
    header = header[:44] + struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 0xFFFFFFFE, 0, 1) + _entry(names[0], 2, 2, len(stream), 0xFFFFFFFF)
    entries += b"".join(_entry(name, 2, 0xFFFFFFFE, 0, 0xFFFFFFFF) for name in names[1:3])
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + entries.ljust(512, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child)
    return (
        raw.ljust(64, b"\0")
        + struct.pack("<HBB", len(raw), kind, 1)
        + links
        + bytes(36)
        + struct.pack("<III", start, size, 0)
    )
