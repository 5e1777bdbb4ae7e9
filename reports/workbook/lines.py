"""The sheet Regels: one row per choice and line, from quantity and price to present value, year by year."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from mkba.balance.amounts import LineRow
from mkba.balance.parties import party_of
from mkba.inputs.model import Alternative
from reports.workbook.formulas import Names, discounted_years, due, full_year
from reports.workbook.look import EURO, HEAD_ROW, NUMBER, TEXT, tall_enough, titled
from reports.workbook.model import Book, Sheet

SHEET = "Regels"
WORDS = ("Keuze", "Regel", "Kosten of baten", "Betaler", "Ontvanger", "Gemeten?", "Telt mee als", "Opmerking")
COUNTS_AS = WORDS.index("Telt mee als")
SHARE = len(WORDS)  # of a line that overlaps with a larger one only a part counts
FULL_YEAR = SHARE + 1
FIRST_YEAR = FULL_YEAR + 1
WIDTHS = (18.0, 38.0, 14.0, 26.0, 26.0, 11.0, 14.0, 44.0, 11.0, 18.0)


@dataclass(frozen=True, slots=True)
class Priced:
    """A line with a price under one choice: what each year has of it, and what that counts for in the balance."""

    is_outlay: bool
    is_measured: bool
    payer: str
    receiver: str
    sign: float  # 1 is a benefit, -1 a cost, 0 goes from one budget to another
    by_year: tuple[float, ...]
    due: float  # which part of what was measured is due to the approach

    @property
    def worth(self) -> float:
        """What it is worth now."""
        return sum(self.by_year)

    @property
    def counted(self) -> float:
        """What it does to the balance."""
        return self.sign * self.worth if self.sign else 0.0

    @property
    def as_measured(self) -> float:
        """The same with all that was measured due to the approach."""
        return self.counted / self.due if self.due else 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the lines of each choice stand, first and last row, and its lines with a price."""

    rows: dict[str, tuple[int, int]]
    present_value: int
    welfare: int
    as_measured: int
    priced: dict[str, list[Priced]] = field(default_factory=dict)

    def span(self, alternative: str, column: int) -> str:
        """The cells of a column that belong to one choice."""
        first, last = self.rows[alternative]
        letter = xl_col_to_name(column)
        return f"{SHEET}!${letter}${first + 1}:${letter}${last + 1}"


def lines_sheet(book: Book, names: Names, balance: pd.DataFrame) -> Placed:
    """Write the sheet; what is stored beside a formula is what it gives, not rounded."""
    model = names.lines.model
    years = [str(model.base_year + year) for year in range(model.horizon_years)]
    heads = (*WORDS, "Deel dat meetelt", "Bedrag per vol jaar", *years, "Waarde nu", "In het saldo", "Zonder aftrek")
    sheet = titled(book, SHEET, "Regels: hoeveelheid x prijs, per jaar teruggerekend naar nu", heads, WIDTHS)
    sheet.pages_wide, sheet.n_repeated = 3, 2
    after = FIRST_YEAR + len(years)
    placed = Placed({}, after, after + 1, after + 2)
    released = {(str(row["alternative"]), str(row["line"])): row for _, row in balance.iterrows()}
    at = HEAD_ROW + 1
    for alternative in model.alternatives:
        placed.rows[alternative.id], placed.priced[alternative.id] = (at, at + len(names.lines.rows) - 1), []
        for row in names.lines.rows:
            known = released[alternative.id, row.line.id]
            _words(sheet, at, alternative, row, known)
            if row.is_priced:
                placed.priced[alternative.id].append(_amounts(sheet, at, names, alternative, row, known))
            at += 1
    return placed


def _words(sheet: Sheet, at: int, choice: Alternative, row: LineRow, known: pd.Series) -> None:
    line = row.line
    payer, receiver = _parties(row)
    counts = {1.0: "baat", -1.0: "kosten", 0.0: "overdracht"}[row.welfare_sign] if row.is_priced else "PM"
    role = "kosten" if line.role == "outlay" else "baten"
    note = "" if pd.isna(known["note"]) else str(known["note"])
    measured = "ja" if row.effect is not None else "nee"
    words = (choice.label, line.label, role, payer, receiver, measured, counts, note)
    for column, word in enumerate(words):
        sheet.put(at, column, word, TEXT)
    tall_enough(sheet, at, *zip(words, WIDTHS, strict=False))


def _parties(row: LineRow) -> tuple[str, str]:
    """The budgets that pay and receive; empty for nobody."""
    payer, receiver = (
        party_of(one, row.line).label if one is not None else "" for one in (row.line.payer, row.line.receiver)
    )
    return payer, receiver


def _amounts(sheet: Sheet, at: int, names: Names, choice: Alternative, row: LineRow, known: pd.Series) -> Priced:
    """The amount of a full year, what each year has of it, their sum, and its sign in the total."""
    share = float(known["overlap_share"])
    full = full_year(names, row)
    sheet.put(at, SHARE, share, NUMBER)
    text = f"={full.text}*{xl_rowcol_to_cell(at, SHARE, col_abs=True)}"
    sheet.put_formula(at, FULL_YEAR, text, EURO, full.value * share)
    cell = xl_rowcol_to_cell(at, FULL_YEAR, col_abs=True)
    years = discounted_years(names, row, choice)
    by_year = tuple(full.value * share * year.value if year else 0.0 for year in years)
    for column, (year, amount) in enumerate(zip(years, by_year, strict=True), start=FIRST_YEAR):
        if year is None:
            sheet.put(at, column, 0, EURO)
        else:
            sheet.put_formula(at, column, f"={cell}*{year.text}", EURO, amount)
    part = due(names, row)
    is_outlay, is_measured = row.line.role == "outlay", row.effect is not None
    priced = Priced(is_outlay, is_measured, *_parties(row), row.welfare_sign, by_year, part.value)
    total = FIRST_YEAR + len(years)
    first, last = xl_rowcol_to_cell(at, FIRST_YEAR), xl_rowcol_to_cell(at, total - 1)
    sheet.put_formula(at, total, f"=SUM({first}:{last})", EURO, priced.worth)
    sheet.put_formula(at, total + 1, f"={priced.sign:g}*{xl_rowcol_to_cell(at, total)}", EURO, priced.counted)
    counted = xl_rowcol_to_cell(at, total + 1)
    as_measured = f"={counted}" if part.text == "1" else f"=IF({part.text}=0,0,{counted}/({part.text}))"
    sheet.put_formula(at, total + 2, as_measured, EURO, priced.as_measured)
    return priced
