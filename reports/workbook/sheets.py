"""The other sheets: how to read, the total, who pays whom, and the check against the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.language import dutch
from reports.released.facts import Facts
from reports.workbook.assumptions import SCENARIOS
from reports.workbook.lines import Placed, Priced
from reports.workbook.look import EURO, HEAD_ROW, LABEL, SHARE, TEXT, TITLE, tall_enough, titled
from reports.workbook.model import Book

TOTAL, PARTIES, CONTROL = "Saldo", "Wie betaalt wie", "Controle"
COLUMN = {"role": 2, "payer": 3, "receiver": 4, "measured": 5}
GUIDE_WIDTH = 90.0
WHO_WIDTH, WHAT_WIDTH = 46.0, 60.0
WORDS_WIDTH = 36.0
SAID, SAID_WIDTH = 6, 70.0  # where the sheet Saldo has the sentence of the report
SAME, OTHER = "gelijk aan het rapport", "anders dan het rapport"
CHANGED = "U veranderde een uitgangspunt. De zin van het rapport geldt dan niet; de uitkomst staat op het blad Saldo."
NO_SHARE = "niet te zeggen"
NO_BALANCE = "Een saldo geven we niet. De zin hieronder zegt waarom."


def guide_sheet(
    book: Book,
    facts: Facts,
    sentences: Sequence[str],
    sheets: Mapping[str, str],
    follows: Sequence[str] = (),
) -> None:
    """What this workbook is, what came out, and what each sheet holds.

    `follows` are the cells in which the sentences stand; they are shown as long as the report's numbers are.
    """
    sheet = book.add("Leeswijzer", (24.0, GUIDE_WIDTH))
    sheet.put(0, 0, f"MKBA {facts.municipality}", TITLE)
    rows = [("Vraag", facts.question), ("Peildatum", dutch.day(facts.as_of))]
    rows += [("Uitkomst", dutch.tidy(one)) for one in sentences]
    if sheets:
        rows += [
            (
                "Zo werkt het",
                "Verander een gele cel op het blad Uitgangspunten; in de kolom ernaast staat 'invullen'. Alle "
                "andere cellen rekenen mee. Het blad is beveiligd zonder wachtwoord.",
            ),
            ("Voorzichtig of hoopvol", SCENARIOS),
            (
                "Let op",
                "Dit werkblad rekent met het midden van elk uitgangspunt. Het rapport geeft ook marges; die staan "
                "in de kolommen Laag en Hoog. Bedragen zijn samengevat over groepen, nooit over een persoon.",
            ),
            (
                "Grens",
                "Overlappen regels, dan telt de grootste heel en de andere voor een deel. Welke de grootste is, staat "
                "vast. Slaat dat om door uw getallen, pas dan op het blad Regels de kolom 'Deel dat meetelt' aan.",
            ),
        ]
    rows += [(f"Blad {name}", words) for name, words in sheets.items()]
    for at, (head, words) in enumerate(rows, start=2):
        sheet.put(at, 0, head, LABEL)
        sheet.put(at, 1, words, TEXT)
        tall_enough(sheet, at, (words, GUIDE_WIDTH))
    for at, (cell, words) in enumerate(zip(follows, sentences, strict=bool(follows)), start=4):
        sheet.put_formula(at, 1, f'=IF({CONTROL}!$A$2="{SAME}",{cell},"{CHANGED}")', TEXT, dutch.tidy(words))


def total_sheet(book: Book, placed: Placed, headline: pd.DataFrame, sentences: Sequence[str]) -> None:
    """Costs, benefits and balance per choice, in words too; without a comparison the share that breaks even."""
    heads = (
        "Keuze",
        "Kosten",
        "Baten",
        "Saldo",
        "Deel van de gemeten baten dat nodig is om quitte te spelen",
        "In woorden",
        "Zo zegt het rapport het, bij de uitgangspunten van het rapport",
    )
    title = "Saldo: baten min kosten, vergeleken met het nulalternatief"
    sheet = titled(book, TOTAL, title, heads, (26.0, 17.0, 17.0, 17.0, 20.0, WORDS_WIDTH, SAID_WIDTH))
    for at, ((_, row), words) in enumerate(zip(headline.iterrows(), sentences, strict=True), start=HEAD_ROW + 1):
        name = str(row["alternative"])
        sheet.put(at, SAID, dutch.tidy(words), TEXT)
        tall_enough(sheet, at, (words, SAID_WIDTH), (f"{_GAIN}100000{_THOUSAND}", WORDS_WIDTH))
        columns = placed.welfare, COLUMN["role"], COLUMN["measured"], placed.as_measured
        welfare, roles, measured, gross = (placed.span(name, column) for column in columns)
        sheet.put(at, 0, str(row["label"]), TEXT)
        if pd.notna(row["npv_at_mean_eur"]):
            value = sum(one.counted for one in placed.priced[name])
            outlay = 0.0 - sum(one.counted for one in placed.priced[name] if one.is_outlay)
            sheet.put_formula(at, 1, f'=-SUMIF({roles},"kosten",{welfare})', EURO, outlay)
            sheet.put_formula(at, 2, f'=SUMIF({roles},"baten",{welfare})', EURO, value + outlay)
            sheet.put_formula(at, 3, f"=SUM({welfare})", EURO, value)
            sheet.put_formula(at, 5, _in_words(xl_rowcol_to_cell(at, 3)), TEXT, _told(value))
        if pd.notna(row["break_even_share"]):
            of = f'SUMIF({measured},"ja",{gross})'
            text = f'=IF({of}=0,"{NO_SHARE}",-SUMIF({measured},"nee",{welfare})/{of})'
            sheet.put_formula(at, 4, text, SHARE, _break_even(placed.priced[name]))
    if headline["npv_at_mean_eur"].isna().all():
        sheet.put(1, 0, NO_BALANCE, TEXT)


def _break_even(lines: Sequence[Priced]) -> float | str:
    """Which part of all that was measured must be due to the approach for a balance of zero."""
    gross = sum(one.as_measured for one in lines if one.is_measured)
    return -sum(one.counted for one in lines if not one.is_measured) / gross if gross else NO_SHARE


def total_cells(headline: pd.DataFrame) -> list[str]:
    """Where on that sheet the report's sentence about each choice stands."""
    cells = (xl_rowcol_to_cell(HEAD_ROW + 1 + place, SAID, True, True) for place in range(len(headline)))
    return [f"{TOTAL}!{cell}" for cell in cells]


def _in_words(cell: str) -> str:
    """A sentence that follows the balance; no thousands mark, which differs by the language of a program."""
    thousands = f"ROUND({cell}/1000,0)"
    return f'=IF({thousands}=0,"{_NOTHING}",IF({cell}<0,"{_LOSS}","{_GAIN}")&{thousands}&"{_THOUSAND}")'


def _told(value: float) -> str:
    thousands = round(value / 1000)
    return (_LOSS if value < 0 else _GAIN) + f"{thousands}{_THOUSAND}" if thousands else _NOTHING


_NOTHING = "Bij deze uitgangspunten is het saldo ongeveer nul."
_LOSS = "Bij deze uitgangspunten zijn de kosten groter dan de baten: het saldo is ongeveer "
_GAIN = "Bij deze uitgangspunten zijn de baten groter dan de kosten: het saldo is ongeveer "
_THOUSAND = " duizend euro."


def parties_sheet(book: Book, placed: Placed, headline: pd.DataFrame, parties: pd.DataFrame) -> None:
    """What every budget gets and pays, per choice; transfers count here."""
    heads = ("Keuze", "Begroting", "Ontvangt", "Betaalt", "Per saldo")
    sheet = titled(book, PARTIES, "Wie betaalt en wie ontvangt", heads, (26.0, WHO_WIDTH, 18.0))
    labels = headline.set_index("alternative")["label"]
    if parties.empty:
        sheet.put(1, 0, NO_BALANCE, TEXT)
    for at, (_, row) in enumerate(parties.iterrows(), start=HEAD_ROW + 1):
        name, who = str(row["alternative"]), xl_rowcol_to_cell(at, 1)
        amounts, receivers, payers = (
            placed.span(name, column) for column in (placed.present_value, COLUMN["receiver"], COLUMN["payer"])
        )
        sheet.put(at, 0, str(labels[name]), TEXT)
        label = str(row["label"])
        sheet.put(at, 1, label, TEXT)
        tall_enough(sheet, at, (label, WHO_WIDTH))
        gets = sum(one.worth for one in placed.priced[name] if one.receiver == label)
        pays = sum(one.worth for one in placed.priced[name] if one.payer == label)
        sheet.put_formula(at, 2, f"=SUMIF({receivers},{who},{amounts})", EURO, gets)
        sheet.put_formula(at, 3, f"=SUMIF({payers},{who},{amounts})", EURO, pays)
        net = f"={xl_rowcol_to_cell(at, 2)}-{xl_rowcol_to_cell(at, 3)}"
        sheet.put_formula(at, 4, net, EURO, gets - pays)


def control_sheet(book: Book, headline: pd.DataFrame, parties: pd.DataFrame) -> None:
    """The report's amount, this workbook's, and their difference to the cent."""
    heads = ("Wat", "Rapport", "Werkblad", "Verschil")
    sheet = titled(book, CONTROL, "Controle: rekent dit werkblad hetzelfde als het rapport?", heads, (WHAT_WIDTH, 20.0))
    labels = headline.set_index("alternative")["label"]
    rows = [
        (f"Saldo: {row['label']}", float(row["npv_at_mean_eur"]), f"{TOTAL}!D{HEAD_ROW + 2 + place}")
        for place, (_, row) in enumerate(headline.iterrows())
        if pd.notna(row["npv_at_mean_eur"])
    ]
    rows += [
        (
            f"{row['label']}: {labels[row['alternative']]}",
            float(row["at_mean_eur"]),
            f"'{PARTIES}'!E{HEAD_ROW + 2 + place}",
        )
        for place, (_, row) in enumerate(parties.iterrows())
    ]
    for at, (words, value, cell) in enumerate(rows, start=HEAD_ROW + 1):
        here, there = xl_rowcol_to_cell(at, 1), xl_rowcol_to_cell(at, 2)
        sheet.put(at, 0, words, TEXT)
        tall_enough(sheet, at, (words, WHAT_WIDTH))
        sheet.put(at, 1, value, EURO)
        sheet.put_formula(at, 2, f"={cell}", EURO, value)
        sheet.put_formula(at, 3, f"=ROUND({there},2)-ROUND({here},2)", EURO, 0.0)
    if rows:
        first, last = xl_rowcol_to_cell(HEAD_ROW + 1, 3), xl_rowcol_to_cell(HEAD_ROW + len(rows), 3)
        verdict = f'=IF(MAX(MAX({first}:{last}),-MIN({first}:{last}))<0.005,"{SAME}","{OTHER}")'
        sheet.put_formula(1, 0, verdict, TEXT, SAME)
    else:
        sheet.put(1, 0, NO_BALANCE, TEXT)
