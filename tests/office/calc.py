"""LibreOffice as a calculator: workbooks in, every cell out, computed anew; and workbooks with other inputs."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest

Cells = dict[str, Any]  # by 'Sheet!A1'
Edits = Mapping[str, float]  # the cells of Uitgangspunten that a reader fills in, as 'B5'
SHEET = "Uitgangspunten"
_FORMULAS_ANEW = "".join(
    '<item oor:path="/org.openoffice.Office.Calc/Formula/Load">'
    f'<prop oor:name="{name}" oor:op="fuse"><value>0</value></prop></item>'
    for name in ("OOXMLRecalcMode", "ODFRecalcMode")
)
_SETTINGS = f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{_FORMULAS_ANEW}</oor:items>'
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


def need_office() -> None:
    """Skip loudly without LibreOffice; WIJKBAAT_NEEDS_OFFICE=1 forbids that."""
    if shutil.which("soffice"):
        return
    missing = "no LibreOffice (soffice) on this machine: the workbooks were NOT recalculated by it"
    if os.environ.get("WIJKBAAT_NEEDS_OFFICE") == "1":
        pytest.fail(missing)
    pytest.skip(missing)


def converted(books: Mapping[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """Every workbook by its file name, as LibreOffice writes it as `kind` after computing every formula anew."""
    settings, given, made = (folder / name for name in ("settings", "given", "made"))
    (settings / "user").mkdir(parents=True, exist_ok=True)
    (settings / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    shutil.rmtree(given, ignore_errors=True)
    shutil.rmtree(made, ignore_errors=True)
    given.mkdir()
    for name, content in books.items():
        (given / name).write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={settings.as_uri()}", "--headless", "--convert-to", kind]
    paths = [str(given / name) for name in books]
    subprocess.run([*command, "--outdir", str(made), *paths], check=True, capture_output=True)
    return {name: (made / name).with_suffix(f".{kind}").read_bytes() for name in books}


def recalculated(books: Mapping[str, bytes], folder: Path) -> dict[str, Cells]:
    """Every cell of every workbook, by its file name."""
    return {name: cells(content) for name, content in converted(books, "xlsx", folder).items()}


def cells(content: bytes) -> Cells:
    """What an .xlsx shows: the values that were stored beside its formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")  # an empty text is not kept by every program
    }


def formula_places(content: bytes) -> list[str]:
    """Where an .xlsx has formulas."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [f"{cell.parent.title}!{cell.coordinate}" for cell in every]


def edited_xlsx(content: bytes, edits: Edits) -> bytes:
    """The .xlsx with other inputs; what was stored beside its formulas is gone."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, value in edits.items():
        book[SHEET][place].value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def edited_ods(content: bytes, edits: Edits) -> bytes:
    """The .ods with other inputs; what was stored beside its formulas is no longer true."""
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    part = source.read("content.xml")
    for _, (prefix, address) in ElementTree.iterparse(io.BytesIO(part), ("start-ns",)):  # noqa: S314  our own
        ElementTree.register_namespace(prefix, address)  # readers know the elements by the prefixes that all write
    root = ElementTree.fromstring(part)  # noqa: S314  our own
    sheet = next(one for one in root.iter(f"{_TABLE}table") if one.get(f"{_TABLE}name") == SHEET)
    rows = list(sheet.iter(f"{_TABLE}table-row"))
    for place, value in edits.items():
        assert place[0] == "B"
        rows[int(place[1:]) - 1][1].set(f"{_OFFICE}value", repr(value))
    root.set("xmlns:of", "urn:oasis:names:tc:opendocument:xmlns:of:1.2")  # only texts name it, so it would be dropped
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            is_cells = name == "content.xml"
            archive.writestr(name, ElementTree.tostring(root, "utf-8") if is_cells else source.read(name))
    return target.getvalue()
