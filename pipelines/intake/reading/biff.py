"""What the cells of an old workbook (xls) do not show: which of them are faults (#N/A), which sheets have formulas."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from pipelines.intake.reading.workbook_parts import SheetPart

_BOF, _EOF, _SHEET, _FORMULA, _FAULT = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_FAULTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def sheet_parts(workbook: bytes) -> dict[str, SheetPart]:
    """The sheets of a workbook stream by name; what cannot be followed is left for the reader to refuse."""
    parts = {}
    for kind, data in _records(workbook, 0):
        if kind == _SHEET and len(data) > 8:
            at, length, wide = struct.unpack_from("<I", data)[0], data[6], data[7] & 1
            raw = data[8 : 8 + length * (1 + wide)]
            parts[raw.decode("utf-16-le" if wide else "latin-1", errors="replace")] = _sheet(workbook, at)
    return parts


def _sheet(workbook: bytes, at: int) -> SheetPart:
    part = SheetPart()
    for kind, data in _records(workbook, at):
        if kind == _FORMULA and len(data) >= 14:
            part.has_formulas = True
            is_fault, code = data[12:14] == b"\xff\xff" and data[6] == 2, data[8]
        elif kind == _FAULT and len(data) >= 8:
            is_fault, code = data[7] == 1, data[6]
        else:
            continue
        if is_fault:
            row, column = struct.unpack_from("<HH", data)
            part.faults[(row, column)] = _FAULTS.get(code, "#FOUT")
    return part


def _records(workbook: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, to its end; charts that lie inside it are part of it."""
    depth = 0
    while at + 4 <= len(workbook):
        kind, length = struct.unpack_from("<HH", workbook, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        yield kind, workbook[at + 4 : at + 4 + length]
        at += 4 + length
