"""The sheet Uitgangspunten: every number that may change, and the switch between as filled in, careful and hopeful."""

from __future__ import annotations

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from data_contracts.vocabulary.mkba import PriceStatus
from reports.language import dutch
from reports.workbook.formulas import Names
from reports.workbook.look import HEAD_ROW, Look, tall_enough, titled

ASSUMPTIONS = "Uitgangspunten"
_SURE = {one.value: one.label for one in PriceStatus} | {"released": "gemeten in deze studie"}
SCENARIO = "Stand"
SCENARIOS = (
    "Stand: 1 is zoals ingevuld; 2 zet elk uitgangspunt op de kant die het saldo van de eerste keuze verlaagt, 3 op de "
    "kant die het verhoogt. Dat alles tegelijk zo uitvalt, is onwaarschijnlijk: het zijn grenzen, geen verwachting."
)


def assumptions_sheet(book: Workbook, look: Look, names: Names, tornado: pd.DataFrame) -> None:
    """Every number that may change, as a table; what counts of it, by the switch, under a name that formulas use."""
    heads = ("Naam", "Waarde", "Invullen?", "Laag", "Hoog", "Eenheid", "Zekerheid", "Wat is dit?", "Bron", "Geldt nu")
    widths = (46.0, 16.0, 10.0, 16.0, 16.0, 18.0, 24.0, 44.0, 60.0, 16.0)
    sheet = titled(book, look, ASSUMPTIONS, "Uitgangspunten: verander hier wat u anders ziet", heads, widths)
    found, lowers = names.assumptions, _lowers(names, tornado)
    sheet.write_string(1, 0, f"{SCENARIO} (1, 2 of 3)", look.label)
    sheet.write_number(1, 1, 1, look.fill_in)
    sheet.write_string(1, 2, "invullen", look.text)
    sheet.data_validation(1, 1, 1, 1, {"validate": "list", "source": [1, 2, 3], "error_message": "Kies 1, 2 of 3."})
    sheet.write_string(2, 0, SCENARIOS)
    book.define_name(SCENARIO, f"={ASSUMPTIONS}!$B$2")
    for at, one in enumerate(found, start=HEAD_ROW + 1):
        sheet.write_string(at, 0, one.name, look.text)
        sheet.write_number(at, 1, one.value, look.fill_in)
        sheet.write_string(at, 2, "invullen", look.text)
        for column, value in ((3, one.low), (4, one.high)):
            sheet.write(at, column, value, look.number)
        words = one.unit, _SURE.get(one.status, one.status), dutch.sentence(one.label), one.source
        for column, word in enumerate(words, start=5):
            sheet.write_string(at, column, word, look.text)
        tall_enough(sheet, at, (one.source, widths[-2]), (one.label, widths[-3]))
        sheet.write_formula(at, len(heads) - 1, _counts_now(at, lowers.get(one.name)), look.number, one.value)
        book.define_name(one.name, f"={ASSUMPTIONS}!${xl_rowcol_to_cell(at, len(heads) - 1, row_abs=True)}")
    sheet.add_table(
        HEAD_ROW,
        0,
        HEAD_ROW + len(found),
        len(heads) - 1,
        {"name": ASSUMPTIONS + "_tabel", "autofilter": False, "columns": [{"header": head} for head in heads]},
    )
    sheet.protect("", {"format_columns": True, "select_locked_cells": True})


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
