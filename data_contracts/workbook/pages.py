"""The sheets of a workbook that people edit, as rows of cells; what shows as an error is told with its place.

So is a formula that nobody computed: the reader gives both as an empty cell, which would lose a value unseen.
"""

from __future__ import annotations

from collections.abc import Mapping

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.book import Book, Cells

_LOST = {
    True: ("hier staat een fout van Excel of LibreOffice.", "Zet er iets anders neer."),
    False: (
        "hier staat een formule waarvan de uitkomst niet is bewaard.",
        "Open de werkmap in Excel of LibreOffice, bewaar haar en bied haar opnieuw aan.",
    ),
}


def pages(book: Book) -> Mapping[str, Cells]:
    """Name of a sheet -> its rows; raises StudyError for every cell that lost its value."""
    findings = [
        Finding(f"{book.file}, blad {sheet}, rij {row}", None, *_LOST[is_error]) for sheet, row, is_error in book.lost
    ]
    if findings:
        raise StudyError(findings)
    return book.sheets
