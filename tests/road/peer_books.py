"""Two invented workbooks of ten lines, in the shape of the model of Greater Manchester and of the LPBL tool."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

Sheets = dict[str, list[list[Any]]]

GMCA: Sheets = {
    "Introduction": [["An invented programme"]],
    "Costs": [
        ["Cost item", "Agency", "Amount (EUR)", "Year", "Optimism bias"],
        ["Team staff", "Local authority", 120_000, 2024, 0],
        ["Training", "Local authority", 15_000, 2024, 0.1],  # 16,500
        ["Police time", "Police", 8_000, 2024, 0],
        ["Total", None, 144_500],
    ],
    "Benefits": [
        ["Outcome", "Agency", "Value type", "Affected population", "Engaged", "Impact", "Deadweight",
         "Optimism bias", "Unit", "Unit cost (EUR)", "Price year", "Average or marginal", "Source", "Comment"],
        ["Fewer incidents of nuisance", "Police", "Fiscal", 200, 0.5, 0.3, 0.2, 0.1, "incident", 600, 2024,
         "average", "Invented list 2024", "see note"],  # 30 x 0.8 x 0.9 x 600 = 12,960
        ["Fewer evictions", "Housing provider", "Fiscal", 100, 0.6, 0.1, 0.25, 0.1, "case", 7_000, 2024,
         "marginal"],  # 6 x 0.75 x 0.9 x 7,000 = 28,350
        ["Fewer weeks in a shelter", "Local authority", "Fiscal", 100, 0.6, 0.2, 0.25, 0.15, "week", 500, 2024],
        # 12 x 0.75 x 0.85 x 500 = 3,825
        ["Better well-being", "Individual", "Social", 200, 0.5, 0.25, 0.1, 0.4, "person year", 1_200, 2024],
        # 25 x 0.9 x 0.6 x 1,200 = 16,200
        ["Fewer visits to a hospital", "NHS", "Fiscal", 200, 0.5, 0.4, 0.2, 0.1, "case", 150, 2024],
        # 40 x 0.8 x 0.9 x 150 = 4,320, and the NHS is nobody here
        ["Fewer on jobseeker's allowance", "Central government", "Fiscal", 50, 0.5, 0.2, 0.4, 0.1, "person year",
         10_000, 2024],  # 5 x 0.6 x 0.9 x 10,000 = 27,000, and a transfer
        ["Less loneliness", "Individual", "Social", 200, 0.5, 0.2, 0.1, 0.4, "person", None, 2024],
        ["Total", *[None] * 8, 92_655],
    ],
    "Outputs": [["Total costs", 144_500], ["Total benefits", 92_655], ["Net benefit", -51_845]],
}  # fmt: skip
GMCA_OWN = {"costs": "144500.00", "benefits": "61335.00", "net": "-83165.00"}

LPBL: Sheets = {
    "Invoer A. Bereik": [["Doelgroep", "Aantal huishoudens"], ["Multiprobleem", 60], ["Ouderen", 150]],
    "Invoer B. Kosten": [
        ["Kostenpost", "Partij", "Bedrag", "Jaar"],
        ["Inzet teamleden", "gemeente", "90.000,00", 2024],
        ["Regie", "gemeente", 12_500, 2024],
        ["Inzet van de corporatie", "woningcorporatie", 5_000, 2024],
    ],
    "Invoer C. Effect": [
        ["Effect", "Doelgroep", "Partij", "Aandeel met effect", "Ook zonder aanpak", "Per", "Kengetal", "Prijspeil",
         "Laag", "Hoog", "Bron"],
        ["Minder huisuitzettingen", "Multiprobleem", "woningcorporatie", "10%", "20%", "geval", 8_000, 2024, 6_000,
         10_000, "Verzonnen prijslijst"],  # 6 x 0.8 x 8,000 = 38,400
        ["Minder crisisopnames", "Multiprobleem", "zorgverzekeraar", "5%", "10%", "geval", 12_000, 2024],  # 32,400
        ["Minder inzet van de politie", "Multiprobleem", "politie", "50%", "20%", "geval", 400, 2024],  # 9,600
        ["Minder begeleiding (Wmo)", "Ouderen", "gemeente", "20%", "10%", "per jaar", "3.000,00", 2024],  # 81,000
        ["Meer kwaliteit van leven", "Ouderen", "cliënt", "20%", "10%", "persoon", None, 2024],
        ["Minder bijstand", "Multiprobleem", "gemeente", "5%", "40%", "per jaar", 16_000, 2024],  # 28,800, a transfer
        ["Minder schooluitval", "Multiprobleem", "de school", "5%", "20%", "geval", 5_000, 2024],  # 12,000
    ],
    "Uitvoer A": [["Totale kosten", 107_500], ["Totale baten", 202_200], ["Saldo", 94_700]],
    "Uitvoer B": [["Begroting na 2 jaar"]],
}  # fmt: skip
LPBL_OWN = {"costs": "107500.00", "benefits": "161400.00", "net": "53900.00"}


def workbook(sheets: Sheets) -> openpyxl.Workbook:
    """The sheets as a workbook to spoil."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def content(book: openpyxl.Workbook) -> bytes:
    """A workbook as a file."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
