"""The sheet Uitgangspunten: every number that may change, and the switch between as filled in, careful and hopeful."""

from __future__ import annotations

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.language import dutch, terms
from reports.workbook.formulas import Names
from reports.workbook.look import FILL_IN, HEAD_ROW, LABEL, NUMBER, TEXT, tall_enough, titled
from reports.workbook.model import Book, Choice

ASSUMPTIONS = "Uitgangspunten"
SCENARIO = "Stand"
SCENARIOS = (
    "De stand bovenaan het blad Uitgangspunten: 1 is zoals ingevuld; 2 zet elk uitgangspunt op de kant die het saldo "
    "van de eerste keuze verlaagt, 3 op de kant die het verhoogt. Dat alles tegelijk zo uitvalt, is onwaarschijnlijk: "
    "het zijn grenzen, geen verwachting."
)


def assumptions_sheet(book: Book, names: Names, tornado: pd.DataFrame) -> None:
    """Every number that may change, as a table; what counts of it, by the switch, under a name that formulas use."""
    heads = ("Naam", "Waarde", "Invullen?", "Laag", "Hoog", "Eenheid", "Zekerheid", "Wat is dit?", "Bron", "Geldt nu")
    widths = (46.0, 16.0, 10.0, 16.0, 16.0, 18.0, 24.0, 44.0, 60.0, 16.0)
    sheet = titled(book, ASSUMPTIONS, "Uitgangspunten: verander hier wat u anders ziet", heads, widths)
    sheet.pages_wide, sheet.n_repeated = 2, 1
    found, lowers = names.assumptions, _lowers(names, tornado)
    sheet.put(1, 0, f"{SCENARIO} (1, 2 of 3)", LABEL)
    sheet.put(1, 1, 1, FILL_IN)
    sheet.put(1, 2, "invullen", TEXT)
    sheet.choice = Choice((1, 1), (1, 2, 3), "Kies 1, 2 of 3.")
    sheet.put(2, 0, "1 is zoals ingevuld, 2 voorzichtig, 3 hoopvol: grenzen, geen verwachting. Zie de Leeswijzer.")
    book.names[SCENARIO] = f"{ASSUMPTIONS}!$B$2"
    for at, one in enumerate(found, start=HEAD_ROW + 1):
        sheet.put(at, 0, one.name, TEXT)
        sheet.put(at, 1, one.value, FILL_IN)
        sheet.put(at, 2, "invullen", TEXT)
        for column, value in ((3, one.low), (4, one.high)):
            sheet.put(at, column, value, NUMBER)
        words = one.unit, terms.HOW_SURE.get(one.status, one.status), dutch.sentence(one.label), one.source
        for column, word in enumerate(words, start=5):
            sheet.put(at, column, word, TEXT)
        tall_enough(sheet, at, (one.source, widths[-2]), (one.label, widths[-3]))
        sheet.put_formula(at, len(heads) - 1, _counts_now(at, lowers.get(one.name)), NUMBER, one.value)
        book.names[one.name] = f"{ASSUMPTIONS}!{xl_rowcol_to_cell(at, len(heads) - 1, row_abs=True, col_abs=True)}"
    last = HEAD_ROW + len(found), len(heads) - 1
    sheet.table = ASSUMPTIONS + "_tabel", (HEAD_ROW, 0), last
    sheet.is_protected = True


def _lowers(names: Names, tornado: pd.DataFrame) -> dict[str, bool]:
    """Per name whether its low value lowers the balance of the first choice; only with a band and a swing."""
    first = tornado[tornado["alternative"] == tornado["alternative"].iloc[0]] if len(tornado) else tornado
    swings = {str(row["input"]): row["npv_at_p10_eur"] < row["npv_at_p90_eur"] for _, row in first.iterrows()}
    banded = {one.name for one in names.assumptions if one.low is not None}
    return {name: bool(swings[id]) for id, name in names.by_input.items() if id in swings and name in banded}


def _counts_now(at: int, low_lowers: bool | None) -> str:
    """What counts of an assumption: as filled in, or the end that the switch asks for."""
    value, low, high = (xl_rowcol_to_cell(at, column) for column in (1, 3, 4))
    if low_lowers is None:
        return f"={value}"
    careful, hopeful = (low, high) if low_lowers else (high, low)
    return f"=IF({SCENARIO}=2,{careful},IF({SCENARIO}=3,{hopeful},{value}))"
