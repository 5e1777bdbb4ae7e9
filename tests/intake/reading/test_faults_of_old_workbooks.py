"""Cells of an old workbook that hold a fault, from records that are written out here."""

from __future__ import annotations

import struct

from pipelines.intake.reading.biff import sheet_parts

BOF, EOF, SHEET, FORMULA, FAULT = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205


def record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def workbook(*records: bytes, name: bytes = b"Blad1") -> bytes:
    """A workbook of one sheet with these records."""
    size = len(record(BOF)) + len(record(SHEET, bytes(8) + name)) + len(record(EOF))
    sheet = record(SHEET, struct.pack("<IHBB", size, 0, len(name), 0) + name)
    return record(BOF) + sheet + record(EOF) + record(BOF) + b"".join(records) + record(EOF)


def formula(row: int, column: int, result: bytes) -> bytes:
    return record(FORMULA, struct.pack("<HHH", row, column, 0) + result)


def test_a_formula_that_ends_in_a_fault_is_told_with_its_cell() -> None:
    found = sheet_parts(workbook(formula(4, 2, b"\x02\x00\x2a\x00\x00\x00\xff\xff")))["Blad1"]
    assert found.has_formulas and found.faults == {(4, 2): "#N/A"}


def test_a_formula_with_a_number_or_a_text_is_no_fault() -> None:
    number, text = struct.pack("<d", 2.0), b"\x00\x00\x2a\x00\x00\x00\xff\xff"
    found = sheet_parts(workbook(formula(0, 0, number), formula(1, 0, text)))["Blad1"]
    assert found.has_formulas and found.faults == {}


def test_a_fault_that_stands_in_a_cell_is_told_and_yes_or_no_is_none() -> None:
    cells = [record(FAULT, struct.pack("<HHHBB", at, 1, 0, 7, is_fault)) for at, is_fault in ((0, 1), (1, 0))]
    found = sheet_parts(workbook(*cells))["Blad1"]
    assert found.faults == {(0, 1): "#DIV/0!"} and not found.has_formulas


def test_a_fault_that_nobody_knows_and_a_record_that_was_cut() -> None:
    cut = [record(FORMULA, bytes(13)), record(FAULT, bytes(7))]
    found = sheet_parts(workbook(*cut, record(FAULT, struct.pack("<HHHBB", 3, 3, 0, 99, 1))))["Blad1"]
    assert found.faults == {(3, 3): "#FOUT"} and not found.has_formulas


def test_a_chart_within_a_sheet_is_part_of_it_and_what_comes_after_the_sheet_is_not() -> None:
    fault = record(FAULT, struct.pack("<HHHBB", 0, 0, 0, 7, 1))
    found = sheet_parts(workbook(record(BOF), record(EOF), fault) + record(BOF) + fault * 2 + record(EOF))["Blad1"]
    assert found.faults == {(0, 0): "#DIV/0!"}
