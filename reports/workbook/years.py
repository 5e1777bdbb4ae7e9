"""The sheet Jaren: what counts as a benefit and as a cost in each year, with a chart; it follows every edit."""

from __future__ import annotations

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from reports.workbook.lines import COUNTS_AS, FIRST_YEAR, Placed
from reports.workbook.look import HEAD_ROW, Look, titled

SHEET = "Jaren"
ALT = "Kolommen met het saldo per jaar en een lijn met wat dat opgeteld is. De getallen staan in de tabel op dit blad."
_HEADS = ("Keuze", "Jaar", "Baten", "Kosten", "Saldo", "Opgeteld")


def years_sheet(book: Workbook, look: Look, placed: Placed, headline: pd.DataFrame, base_year: int) -> None:
    """A row per choice and year, discounted like the balance, to which they add up; a chart of the first choice."""
    sheet = titled(book, look, SHEET, "Saldo per jaar, teruggerekend naar nu", _HEADS, (30.0, 10.0, 18.0))
    at = HEAD_ROW + 1
    for _, row in headline.iterrows():
        name, first, total = str(row["alternative"]), at, 0.0
        for place, (gains, costs) in enumerate(_per_year(placed, name)):
            total += gains - costs
            sheet.write_string(at, 0, str(row["label"]), look.text)
            sheet.write_number(at, 1, base_year + place)
            texts = _formulas(placed, name, place, at, is_first=at == first)
            for column, (text, value) in enumerate(
                zip(texts, (gains, costs, gains - costs, total), strict=True), start=2
            ):
                sheet.write_formula(at, column, text, look.euro, value)
            at += 1
        if first == HEAD_ROW + 1 and at > first:
            _chart(book, sheet, str(row["label"]), first, at - 1)


def _per_year(placed: Placed, choice: str) -> list[tuple[float, float]]:
    """What counts as a benefit, and what as a cost, at the means."""
    lines = placed.years.get(choice, [])
    n_years = len(lines[0][1]) if lines else 0
    return [
        tuple(sum(by_year[place] for sign, by_year in lines if sign == kind) for kind in (1.0, -1.0))  # type: ignore[misc]
        for place in range(n_years)
    ]


def _formulas(placed: Placed, choice: str, place: int, at: int, *, is_first: bool) -> tuple[str, str, str, str]:
    counts, amounts = placed.span(choice, COUNTS_AS), placed.span(choice, FIRST_YEAR + place)
    gains, costs, net, above = (
        xl_rowcol_to_cell(row, column) for row, column in ((at, 2), (at, 3), (at, 4), (at - 1, 5))
    )
    return (
        f'=SUMIF({counts},"baat",{amounts})',
        f'=SUMIF({counts},"kosten",{amounts})',
        f"={gains}-{costs}",
        f"={net}" if is_first else f"={above}+{net}",
    )


def _chart(book: Workbook, sheet: Worksheet, label: str, first: int, last: int) -> None:
    """Columns per year, and the line of what they come to; its words hold no number, so that they stay true."""
    columns, line = book.add_chart({"type": "column"}), book.add_chart({"type": "line"})
    for chart, column, look in (
        (columns, 4, {"fill": {"color": "#00626b"}}),
        (line, 5, {"line": {"color": "#b3541e", "width": 2.25}, "marker": {"type": "diamond"}}),
    ):
        chart.add_series(
            {
                "name": [SHEET, HEAD_ROW, column],
                "categories": [SHEET, first, 1, last, 1],
                "values": [SHEET, first, column, last, column],
                **look,
            }
        )
    columns.combine(line)
    columns.set_title({"name": f"Saldo per jaar bij '{label}'", "overlay": False})
    columns.set_y_axis({"num_format": "€ #,##0", "name": "euro, teruggerekend naar nu"})
    columns.set_x_axis({"label_position": "low"})
    columns.set_legend({"position": "bottom"})
    sheet.insert_chart(HEAD_ROW, len(_HEADS) + 1, columns, {"description": ALT, "x_scale": 1.2, "y_scale": 1.2})
