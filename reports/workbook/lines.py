"""The sheet Regels: one row per choice and line, from quantity and price to present value, year by year."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from mkba.balance.amounts import LineRow
from mkba.balance.parties import party_of
from mkba.inputs.model import Alternative
from reports.workbook.formulas import Names, discounted_years, due, full_year
from reports.workbook.look import HEAD_ROW, Look, tall_enough, titled

SHEET = "Regels"
WORDS = ("Keuze", "Regel", "Kosten of baten", "Betaler", "Ontvanger", "Gemeten?", "Telt mee als", "Opmerking")
COUNTS_AS = WORDS.index("Telt mee als")
SHARE = len(WORDS)  # of a line that overlaps with a larger one only a part counts
FULL_YEAR = SHARE + 1
FIRST_YEAR = FULL_YEAR + 1
WIDTHS = (18.0, 38.0, 14.0, 26.0, 26.0, 11.0, 14.0, 44.0, 11.0, 18.0)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where the lines of each choice stand, and what each line is worth to whom.

    `rows` is first and last row by choice; `amounts` is (choice, payer, receiver, value now) per priced line.
    """

    rows: dict[str, tuple[int, int]]
    amounts: list[tuple[str, str, str, float]]
    present_value: int
    welfare: int
    as_measured: int
    # Per choice the lines that count: 1 or -1, and what each year has of them.
    years: dict[str, list[tuple[float, list[float]]]] = field(default_factory=dict)

    def span(self, alternative: str, column: int) -> str:
        """The cells of a column that belong to one choice."""
        first, last = self.rows[alternative]
        letter = xl_col_to_name(column)
        return f"{SHEET}!${letter}${first + 1}:${letter}${last + 1}"


def lines_sheet(book: Workbook, look: Look, names: Names, balance: pd.DataFrame) -> Placed:
    """Write the sheet; present values are stored as the release has them."""
    model = names.lines.model
    years = [str(model.base_year + year) for year in range(model.horizon_years)]
    heads = (*WORDS, "Deel dat meetelt", "Bedrag per vol jaar", *years, "Waarde nu", "In het saldo", "Zonder aftrek")
    sheet = titled(book, look, SHEET, "Regels: hoeveelheid x prijs, per jaar teruggerekend naar nu", heads, WIDTHS)
    after = FIRST_YEAR + len(years)
    placed = Placed({}, [], after, after + 1, after + 2)
    released = {(str(row["alternative"]), str(row["line"])): row for _, row in balance.iterrows()}
    at = HEAD_ROW + 1
    for alternative in model.alternatives:
        placed.rows[alternative.id] = (at, at + len(names.lines.rows) - 1)
        for row in names.lines.rows:
            known = released[alternative.id, row.line.id]
            _words(sheet, look, at, alternative, row, known)
            if row.is_priced:
                value, by_year = _amounts(sheet, look, at, names, alternative, row, known)
                placed.amounts.append((alternative.id, *_parties(row), value))
                placed.years.setdefault(alternative.id, []).append((row.welfare_sign, by_year))
            at += 1
    return placed


def _words(sheet: Worksheet, look: Look, at: int, choice: Alternative, row: LineRow, known: pd.Series) -> None:
    line = row.line
    payer, receiver = _parties(row)
    counts = {1.0: "baat", -1.0: "kosten", 0.0: "overdracht"}[row.welfare_sign] if row.is_priced else "PM"
    role = "kosten" if line.role == "outlay" else "baten"
    note = "" if pd.isna(known["note"]) else str(known["note"])
    measured = "ja" if row.effect is not None else "nee"
    words = (choice.label, line.label, role, payer, receiver, measured, counts, note)
    for column, word in enumerate(words):
        sheet.write_string(at, column, word, look.text)
    tall_enough(sheet, at, *zip(words, WIDTHS, strict=False))


def _parties(row: LineRow) -> tuple[str, str]:
    """The budgets that pay and receive; empty for nobody."""
    payer, receiver = (
        party_of(one, row.line).label if one is not None else "" for one in (row.line.payer, row.line.receiver)
    )
    return payer, receiver


def _amounts(
    sheet: Worksheet, look: Look, at: int, names: Names, choice: Alternative, row: LineRow, known: pd.Series
) -> tuple[float, list[float]]:
    """The amount of a full year, what each year has of it, their sum, and its sign in the total.

    Gives the sum, and what each year has.
    """
    share = float(known["overlap_share"])
    full = full_year(names, row)
    sheet.write_number(at, SHARE, share, look.number)
    text = f"={full.text}*{xl_rowcol_to_cell(at, SHARE, col_abs=True)}"
    sheet.write_formula(at, FULL_YEAR, text, look.euro, full.value * share)
    cell = xl_rowcol_to_cell(at, FULL_YEAR, col_abs=True)
    years = discounted_years(names, row, choice)
    for place, year in enumerate(years):
        if year is None:
            sheet.write_number(at, FIRST_YEAR + place, 0, look.euro)
        else:
            sheet.write_formula(
                at, FIRST_YEAR + place, f"={cell}*{year.text}", look.euro, full.value * share * year.value
            )
    total = FIRST_YEAR + len(years)
    first, last = xl_rowcol_to_cell(at, FIRST_YEAR), xl_rowcol_to_cell(at, total - 1)
    sign, value = row.welfare_sign, float(known["at_mean_eur"])
    worth = value / (sign or 1.0)
    sheet.write_formula(at, total, f"=SUM({first}:{last})", look.euro, worth)
    counted, part = value if sign else 0.0, due(names, row)
    sheet.write_formula(at, total + 1, f"={sign:g}*{xl_rowcol_to_cell(at, total)}", look.euro, counted)
    as_measured = f"={xl_rowcol_to_cell(at, total + 1)}/({part.text})" if part.value else "=0"
    sheet.write_formula(at, total + 2, as_measured, look.euro, counted / part.value if part.value else 0.0)
    each = [full.value * share * year.value if year else 0.0 for year in years]
    return sum(each), each  # not `worth`, which is in whole cents: a sum of lines would be cents off
