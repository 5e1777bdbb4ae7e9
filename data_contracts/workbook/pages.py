"""The sheets of a workbook that people edit, as rows of cells; what Excel shows as an error is told with its place.

So is a formula that nobody computed: the reader gives both as an empty cell, which would lose a value unseen.
"""

from __future__ import annotations

import io
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.parts import raw_cells

Cells = list[list[Any]]
_LOST = {
    True: ("hier staat een fout van Excel.", "Zet er iets anders neer."),
    False: (
        "hier staat een formule waarvan de uitkomst niet is bewaard.",
        "Open de werkmap in Excel, bewaar haar en bied haar opnieuw aan.",
    ),
}


def pages(content: bytes, file: str) -> dict[str, Cells]:
    """Name of a sheet -> its rows; raises StudyError for what is no workbook and for every cell that lost its value."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError:
        what = "dit is geen werkmap van Excel die wij kunnen lezen."
    else:
        findings = [
            Finding(f"{file}, blad {one.sheet}, rij {one.row}", None, *_LOST[one.is_error])
            for one in raw_cells(content)
            if one.is_error or one.is_not_computed
        ]
        if findings:
            raise StudyError(findings)
        return found
    raise StudyError([Finding(file, None, what, "Bewaar het bestand als .xlsx, zonder wachtwoord.")])
