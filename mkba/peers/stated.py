"""What a workbook of others says of itself: its own totals, and in which money it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from data_contracts.vocabulary.names import folded
from data_contracts.workbook.pages import Cells
from mkba.peers.cells import number_in
from mkba.peers.table import Faults, Row, Table, is_total
from mkba.peers.words import STATED, Shape

_WORDS = {"costs": "de kosten", "benefits": "de baten", "net": "het saldo"}
_OTHER_MONEY = re.compile(r"£|\bGBP\b|\bpounds?\b|US\$", re.IGNORECASE)
_EUROS = re.compile(r"€|\beuros?\b|\bEUR\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"000s|x\s*1\.?000|duizend|\bmiljoen|\bmillion", re.IGNORECASE)
_PRESENT = ("ncw", "netto contante", "present value", "npv")


@dataclass(frozen=True, slots=True)
class Stated:
    """A total that the workbook itself gives."""

    what: str
    amount: Decimal
    sheet: str
    row: int
    is_discounted: bool


def stated_totals(tables: Mapping[str, list[Row]], outputs: Mapping[str, Cells], faults: Faults) -> dict[str, Stated]:
    """The totals of costs, benefits and balance; two different ones for the same thing is a fault."""
    found: dict[str, Stated] = {}
    for one in (*_in_tables(tables, faults), *_in_outputs(outputs, faults)):
        first = found.setdefault(one.what, one)
        if first.amount != one.amount:
            what = f"hier staat een ander totaal voor {_WORDS[one.what]} dan op blad {first.sheet}, rij {first.row}."
            faults.add(one.sheet, one.row, what, "Laat het totaal staan dat geldt.")
    return found


def _in_tables(tables: Mapping[str, list[Row]], faults: Faults) -> Iterator[Stated]:
    for what, rows in tables.items():
        for row in rows:
            if is_total(row):
                if row.raw("amount") is not None:
                    amount = row.number("amount")
                else:
                    amount = _first_number(row.cells, row.table.sheet, row.at, faults, is_signed=False)
                if amount is not None:
                    yield Stated(what, amount, row.table.sheet, row.at, is_discounted=False)


def _in_outputs(outputs: Mapping[str, Cells], faults: Faults) -> Iterator[Stated]:
    for sheet, cells in outputs.items():
        for at, line in enumerate(cells, start=1):
            for column, cell in enumerate(line):
                label = folded(str(cell)) if isinstance(cell, str) else ""
                what = next((name for name, labels in STATED.items() if label in labels), None)
                if what is None:
                    continue
                amount = _first_number(line[column + 1 :], sheet, at, faults, is_signed=what == "net")
                if amount is not None:
                    yield Stated(what, amount, sheet, at, any(word in folded(sheet) + label for word in _PRESENT))
                break


def _first_number(cells: Sequence[Any], sheet: str, row: int, faults: Faults, *, is_signed: bool) -> Decimal | None:
    """The first number in a row; only a balance may be negative."""
    for cell in cells:
        if isinstance(cell, str) and not any(letter.isdigit() for letter in cell):
            continue
        sign = 1
        if is_signed and isinstance(cell, int | float) and cell < 0:
            sign, cell = -1, -cell
        elif is_signed and isinstance(cell, str) and cell.strip().startswith(("-", "−")):
            sign, cell = -1, cell.strip()[1:]
        try:
            return sign * number_in(cell)
        except ValueError as error:
            faults.add(sheet, row, str(error))
            return None
    return None


def require_euros(
    shape: Shape,
    tables: Sequence[Table],
    book: Mapping[str, Cells],
    formats: Mapping[tuple[str, int, int], str],
    faults: Faults,
) -> None:
    """A fault for pounds, for thousands, and for a workbook that does not say what its amounts are in."""
    says_euros = shape.is_in_euros
    for table in tables:
        for at, line in enumerate(book[table.sheet][: table.head], start=1):
            text = " ".join(cell for cell in line if isinstance(cell, str))
            says_euros |= bool(_EUROS.search(text))
            if _OTHER_MONEY.search(text):
                faults.add(table.sheet, at, "deze bedragen zijn niet in euro's.", _CONVERT)
            if _THOUSANDS.search(text):
                faults.add(table.sheet, at, "hier staan duizenden of miljoenen euro's.", "Schrijf hele euro's.")
    read = {table.sheet for table in tables}
    for (sheet, row, _), code in formats.items():
        if sheet in read and _OTHER_MONEY.search(code):
            faults.add(sheet, row, "dit bedrag is niet in euro's.", _CONVERT)
            break
        says_euros |= sheet in read and bool(_EUROS.search(code))
    if not says_euros and not faults.findings and tables:
        what = "nergens staat in welke munt de bedragen zijn."
        faults.add(tables[0].sheet, tables[0].head, what, "Zet (EUR) in de kop boven de bedragen, als het euro's zijn.")


_CONVERT = "Reken ze in de werkmap om, en noem koers en jaar in de bron."
