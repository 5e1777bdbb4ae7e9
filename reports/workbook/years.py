"""The sheet Jaren: what counts as a benefit and as a cost in each year, with a chart; it follows every edit."""

from __future__ import annotations

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.workbook.lines import COUNTS_AS, FIRST_YEAR, Placed
from reports.workbook.look import EURO, HEAD_ROW, TEXT, titled
from reports.workbook.model import Book, Chart, Series

SHEET = "Jaren"
ALT = "Kolommen met het saldo per jaar en een lijn met wat dat opgeteld is. De getallen staan in de tabel op dit blad."
_HEADS = ("Keuze", "Jaar", "Baten", "Kosten", "Saldo", "Opgeteld")


def years_sheet(book: Book, placed: Placed, headline: pd.DataFrame, base_year: int) -> None:
    """A row per choice and year, discounted like the balance, to which they add up; a chart of the first choice."""
    sheet = titled(book, SHEET, "Saldo per jaar, teruggerekend naar nu", _HEADS, (30.0, 10.0, 18.0))
    at = HEAD_ROW + 1
    for _, row in headline.iterrows():
        name, first, total = str(row["alternative"]), at, 0.0
        for place, (gains, costs) in enumerate(_per_year(placed, name)):
            total += gains - costs
            sheet.put(at, 0, str(row["label"]), TEXT)
            sheet.put(at, 1, base_year + place)
            texts = _formulas(placed, name, place, at, is_first=at == first)
            for column, (text, value) in enumerate(
                zip(texts, (gains, costs, gains - costs, total), strict=True), start=2
            ):
                sheet.put_formula(at, column, text, EURO, value)
            at += 1
        if first == HEAD_ROW + 1 and at > first:
            sheet.chart = _chart(str(row["label"]), first, at - 1)


def _per_year(placed: Placed, choice: str) -> list[tuple[float, float]]:
    """What counts as a benefit, and what as a cost, at the means."""
    lines = placed.priced[choice]
    n_years = len(lines[0].by_year) if lines else 0
    return [
        tuple(sum(one.by_year[place] for one in lines if one.sign == kind) for kind in (1.0, -1.0))  # type: ignore[misc]
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


def _chart(label: str, first: int, last: int) -> Chart:
    """Columns per year, and the line of what they come to; its words hold no number, so that they stay true."""
    return Chart(
        at=(HEAD_ROW, len(_HEADS) + 1),
        title=f"Saldo per jaar bij '{label}'",
        words=ALT,
        y_title="euro, teruggerekend naar nu",
        y_number="€ #,##0",
        categories=1,
        first=first,
        last=last,
        series=(Series(4, "#00626b"), Series(5, "#b3541e", is_line=True)),
    )
