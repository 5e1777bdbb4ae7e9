"""The sheets Gevoeligheid and PM: what moves the balance most, and what has no amount; as the report says it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reports.language import dutch
from reports.language.terms import unit_words
from reports.workbook.look import EURO, HEAD_ROW, NUMBER, TEXT, tall_enough, titled
from reports.workbook.model import Book

SENSITIVITY, PM = "Gevoeligheid", "PM"
AS_REPORTED = "Deze cijfers zijn die van het rapport. Zij veranderen niet mee met een uitgangspunt."


def sensitivity_sheet(book: Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """Per choice each input at a low and at a high value, the largest swing first."""
    heads = (
        "Keuze",
        "Uitgangspunt",
        "Lage waarde",
        "Hoge waarde",
        "Eenheid",
        "Saldo bij laag",
        "Saldo bij hoog",
        "Wisselt van teken?",
    )
    widths = (26.0, 46.0, 16.0, 16.0, 22.0, 20.0, 20.0, 18.0)
    sheet = titled(book, SENSITIVITY, "Wat maakt het meeste uit voor het saldo?", heads, widths)
    sheet.put(1, 0, AS_REPORTED)
    labels = tables["out_mkba__headline"].set_index("alternative")["label"]
    rows = tables["out_mkba__tornado"].sort_values(["alternative", "rank"], kind="stable")
    for at, (_, row) in enumerate(rows.iterrows(), start=HEAD_ROW + 1):
        label = dutch.sentence(str(row["label"]))
        sheet.put(at, 0, str(labels[row["alternative"]]), TEXT)
        sheet.put(at, 1, label, TEXT)
        sheet.put(at, 2, float(row["value_p10"]), NUMBER)
        sheet.put(at, 3, float(row["value_p90"]), NUMBER)
        sheet.put(at, 4, unit_words(row["unit"]), TEXT)
        sheet.put(at, 5, float(row["npv_at_p10_eur"]), EURO)
        sheet.put(at, 6, float(row["npv_at_p90_eur"]), EURO)
        sheet.put(at, 7, "ja" if row["changes_sign"] else "nee", TEXT)
        tall_enough(sheet, at, (label, widths[1]))


def pm_sheet(book: Book, tables: Mapping[str, pd.DataFrame]) -> None:
    """What counts in the judgement and has no amount, why, and at which amount per unit the balance would be zero."""
    heads = ("Keuze", "Regel", "Waarom geen bedrag", "Eenheid", "Wanneer is het saldo nul?", "Per jaar")
    widths = (20.0, 32.0, 50.0, 16.0, 50.0, 14.0)
    sheet = titled(book, PM, "PM: wat meetelt en geen bedrag heeft", heads, widths)
    sheet.put(1, 0, AS_REPORTED)
    labels = tables["out_mkba__headline"].set_index("alternative")["label"]
    for at, (_, row) in enumerate(tables["out_mkba__pm"].iterrows(), start=HEAD_ROW + 1):
        told = (dutch.tidy(str(row[one])) for one in ("label", "pm_text"))
        words = (str(labels[row["alternative"]]), *told, unit_words(row["unit"]), dutch.tidy(str(row["sentence"])))
        for column, word in enumerate(words):
            sheet.put(at, column, word, TEXT)
        if pd.notna(row["units_per_year"]):
            sheet.put(at, len(words), float(row["units_per_year"]), NUMBER)
        tall_enough(sheet, at, *zip(words, widths, strict=False))
