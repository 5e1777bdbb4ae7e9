"""huisstijl/: what a municipality brings of its own looks, read strictly, for a logo comes from outside."""

from __future__ import annotations

import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from data_contracts.errors import Finding, StudyError
from data_contracts.house_style import OURS, DeclaredStyle, HouseStyle, Logo
from data_contracts.yaml_file import read_model

FOLDER, FILE = "huisstijl", "huisstijl.yaml"
LARGEST, WIDEST = 100 * 1024, 2000
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# What a drawing needs. Text is not among it: its typeface would be another on every machine.
_SHAPES = {"svg", "g", "defs", "title", "desc", "use", "symbol", "style", "clipPath", "mask"} | {
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("linearGradient", "radialGradient", "stop"),
}
_INSTEAD = {
    "text": "Zet letters om in lijnen (omtrekken) en bewaar het opnieuw.",
    "image": "Een foto of plaatje hoort in een PNG.",
}
_DRAW = "Bewaar het als gewone SVG met alleen lijnen en vlakken, of gebruik een PNG."


def style_files(directory: Path) -> list[Path]:
    """Every file of huisstijl/: a release depends on them."""
    return sorted(path for path in (directory / FOLDER).glob("*") if path.is_file())


def read_house_style(directory: Path) -> HouseStyle:
    """The looks of the municipality; ours where the study brings none. Raises StudyError."""
    folder = directory / FOLDER
    if not folder.is_dir():
        return OURS
    try:
        declared = read_model(folder / FILE, DeclaredStyle)
    except StudyError as error:
        raise StudyError(
            [Finding(f"{FOLDER}/{one.file}", one.line, one.what, one.do) for one in error.findings]
        ) from None
    logo = _logo(folder, declared.logo, declared.logo_says or "") if declared.logo else None
    return HouseStyle(declared.colour, declared.in_the_dark, logo)


def _logo(folder: Path, name: str, says: str) -> Logo:
    path, where = folder / name, f"{FOLDER}/{name}"
    if not path.is_file():
        raise StudyError([Finding(where, None, "dit bestand ontbreekt.", f"Zet het logo in '{folder}'.")])
    content = path.read_bytes()
    if len(content) > LARGEST:
        what = f"dit logo is groter dan {LARGEST // 1024} KB."
        raise StudyError([Finding(where, None, what, "Maak het kleiner: het staat in elk bestand.")])
    try:
        if path.suffix == ".svg":
            return Logo(_plain_svg(content), "svg", says)
        _require_png(content)
    except _UnfitError as unfit:
        raise StudyError([Finding(where, None, *unfit.args)]) from None
    return Logo(content, "png", says)


class _UnfitError(Exception):
    """What is wrong with a logo, and what to do."""


def _require_png(content: bytes) -> None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or len(content) < 24:
        raise _UnfitError("dit is geen PNG.", "Bewaar het opnieuw als PNG.")
    if max(struct.unpack(">II", content[16:24])) > WIDEST:
        raise _UnfitError(f"dit logo is breder of hoger dan {WIDEST} punten.", "Maak het kleiner.")


def _plain_svg(content: bytes) -> bytes:
    """The drawing alone: what a program noted beside it, such as who made it, is left out."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _UnfitError("er staat een documenttype in.", _DRAW)
    try:
        drawing = ET.fromstring(content)  # noqa: S314  small, and without a document type there are no entities
    except (ET.ParseError, ValueError):
        raise _UnfitError("dit is geen leesbare SVG.", _DRAW) from None
    if drawing.tag != f"{{{_SVG}}}svg" or not drawing.get("viewBox"):
        raise _UnfitError("dit is geen SVG met een viewBox.", _DRAW)
    _leave_notes_out(drawing)
    for fault in _faults(drawing):
        raise fault
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    return ET.tostring(drawing)


def _leave_notes_out(element: ET.Element) -> None:
    for child in list(element):
        if not child.tag.startswith(f"{{{_SVG}}}") or child.tag == f"{{{_SVG}}}metadata":
            element.remove(child)
        else:
            _leave_notes_out(child)
    for name in list(element.attrib):
        if name.startswith("{") and not name.startswith(f"{{{_XLINK}}}"):
            del element.attrib[name]


def _faults(drawing: ET.Element) -> Iterator[_UnfitError]:
    """A script, something from elsewhere, or a kind of element that a logo does not need."""
    for element in drawing.iter():
        kind = element.tag.rpartition("}")[2]
        if kind not in _SHAPES:
            yield _UnfitError(f"er staat een <{kind[:20]}> in, en dat mag niet.", _INSTEAD.get(kind, _DRAW))
        words = [element.text or ""] if kind == "style" else []
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2].casefold()
            if plain.startswith("on"):
                yield _UnfitError("er staat een script in.", _DRAW)
            words.append(f"url({value})" if plain in ("href", "src") else value)
        if any(_comes_from_elsewhere(one) for one in words):
            yield _UnfitError("het haalt iets op van een ander adres.", _DRAW)


def _comes_from_elsewhere(words: str) -> bool:
    """A reference to anything but a part of the drawing itself; an escape of CSS could hide one."""
    plain = "".join(words.casefold().split()).replace('"', "").replace("'", "")
    return plain.count("url(") != plain.count("url(#") or "@import" in plain or "\\" in plain
