"""Bytes and a name in, sheets out: which reader a file goes to, by what it is and not by what it is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from zipfile import ZipFile

from pipelines.intake.reading import limits
from pipelines.intake.reading.compound import stream_names
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.intake.reading.text_files import open_text
from pipelines.intake.reading.zips import part_of, safe_zip
from pipelines.storage.platform import is_of_a_system

Reader = Callable[[bytes, str, Declared], Opened]
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods", ".sav", ".zsav", ".parquet", ".zip")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ASK = "Vraag een uitdraai als CSV of xlsx."
_MOST_ZIPS_DEEP = 3
# Files by their first bytes that we know and do not read.
_OTHERS = {
    b"%PDF": "een PDF",
    b"\x1f\x8b": "een gz-bestand",
    b"7z\xbc\xaf": "een 7z-bestand",
    b"Rar!": "een rar-bestand",
    b"SQLite format 3": "een database",
    b"{\\rtf": "een RTF-document",
    b"\x89PNG": "een plaatje",
    b"\xff\xd8\xff": "een plaatje",
}
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"')
_HTML = re.compile(rb"\s*(?:<!doctype html|<html|<table|<meta|<head|<style|<body|<div)", re.IGNORECASE)


def opened(content: bytes, name: str, declared: Declared | None = None) -> Opened:
    """The sheets of a file; raises Unreadable."""
    declared = declared or Declared()
    if not content:
        raise Unreadable("het bestand is leeg.", "Vraag een nieuwe uitdraai.")
    if len(content) > limits.MAX_FILE_BYTES:
        raise Unreadable("het bestand is groter dan 2 GB.", "Vraag een uitdraai in delen.")
    found = format_of(content)
    if declared.format is not None and found != declared.format:
        what = f"mapping.yaml noemt dit bestand {declared.format}, maar het is {found}."
        raise Unreadable(what, "Kijk format na in mapping.yaml, of vraag een nieuwe uitdraai.")
    return _reader(found)(content, name, declared)


def format_of(content: bytes) -> str:
    """csv, xlsx, xls, ods, sav, parquet, zip or html, by the bytes; raises Unreadable for what we do not read."""
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith((b"$FL2", b"$FL3")):
        return "sav"
    if content.startswith(_OLE):
        return _ole_format(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with safe_zip(content, "het bestand") as archive:
            return _zip_format(archive)
    for mark, what in _OTHERS.items():
        if content.startswith(mark):
            raise Unreadable(f"dit is {what}.", _ASK)
    if _HTML.match(content.removeprefix(b"\xef\xbb\xbf")):
        return "html"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<?xml"):
        raise Unreadable("dit is XML.", _ASK)
    if _JSON.match(content):
        raise Unreadable("dit is JSON.", _ASK)
    return "csv"


def _ole_format(content: bytes) -> str:
    names = stream_names(content)
    if "EncryptedPackage" in names:
        raise Unreadable("op het werkboek staat een wachtwoord.", "Bewaar het zonder wachtwoord.")
    if any(name in ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "Macros", "VBA") for name in names):
        raise Unreadable("het werkboek bevat macro's.", "Bewaar het als gewoon xlsx-bestand of als CSV.")
    if not {"Workbook", "Book"} & set(names):
        raise Unreadable("dit is geen werkboek maar een ander Office-bestand.", _ASK)
    return "xls"


def _zip_format(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if any(name.endswith("workbook.bin") for name in names):
        raise Unreadable("dit is een binair werkboek (xlsb).", "Bewaar het als gewoon xlsx-bestand of als CSV.")
    if "[Content_Types].xml" in names:
        if not any(name.replace("\\", "/").endswith("workbook.xml") for name in names):
            raise Unreadable("dit is geen werkboek maar een ander Office-bestand.", _ASK)
        return "xlsx"
    if "mimetype" in names:
        kind = part_of(archive, "mimetype", "het bestand")
        if b"opendocument.spreadsheet" not in kind:
            raise Unreadable("dit is geen werkboek maar een ander document.", _ASK)
        return "ods"
    return "zip"


def _reader(found: str) -> Reader:
    """The reader of a format; its libraries load only when a file needs them."""
    match found:
        case "xlsx" | "xls" | "ods":
            from pipelines.intake.reading import workbooks

            return {"xlsx": workbooks.open_xlsx, "xls": workbooks.open_xls, "ods": workbooks.open_ods}[found]
        case "sav":
            from pipelines.intake.reading.spss import open_spss

            return open_spss
        case "parquet":
            from pipelines.intake.reading.parquet_files import open_parquet

            return open_parquet
        case "html":
            from pipelines.intake.reading.html_tables import open_html

            return open_html
        case "zip":
            raise Unreadable("een zip wordt per bestand geopend.", "Geef de bestanden die erin zitten.")
    return open_text


def unpacked(content: bytes, name: str) -> list[tuple[str, bytes]]:
    """The files of a delivery inside one file: those in a zip, or the file itself; raises Unreadable."""
    return _inside(content, _MOST_ZIPS_DEEP) if format_of(content) == "zip" else [(name, content)]


def _inside(content: bytes, deep: int) -> list[tuple[str, bytes]]:
    """The files in a zip and in the zips in it, `deep` levels; one of an inner zip is called by its whole way."""
    found: list[tuple[str, bytes]] = []
    with safe_zip(content, "het zipbestand") as archive:
        inside = [
            part.filename for part in archive.infolist() if not part.is_dir() and not is_of_a_system(part.filename)
        ]
        for path in inside:
            one = part_of(archive, path, "het zipbestand")
            is_zip = one.startswith(b"PK") and format_of(one) == "zip"
            if is_zip and deep == 1:
                what = f"in het zipbestand zitten meer dan {_MOST_ZIPS_DEEP} zips in elkaar."
                raise Unreadable(what, "Pak het uit en lever de bestanden zelf aan.")
            found += [(f"{path}/{name}", part) for name, part in _inside(one, deep - 1)] if is_zip else [(path, one)]
            if sum(len(part) for _, part in found) > limits.MAX_INFLATED_BYTES:
                raise Unreadable("het zipbestand is te groot.", "Vraag een uitdraai als CSV.")
    if not found:
        raise Unreadable("het zipbestand is leeg.", "Vraag een nieuwe uitdraai.")
    return found
