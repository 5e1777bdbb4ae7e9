"""The other sheets: how to read, the total, who pays whom, and the check against the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from reports.language import dutch
from reports.released.facts import Facts
from reports.workbook.lines import Placed
from reports.workbook.look import HEAD_ROW, Look, tall_enough, titled

TOTAL, PARTIES, CONTROL = "Saldo", "Wie betaalt wie", "Controle"
COLUMN = {"role": 2, "payer": 3, "receiver": 4, "measured": 5}
GUIDE_WIDTH = 90.0
SAME, OTHER = "gelijk aan het rapport", "anders dan het rapport"
CHANGED = "U veranderde een uitgangspunt. De zin van het rapport geldt dan niet; de uitkomst staat op het blad Saldo."
NO_BALANCE = "Een saldo geven we niet. De zin hieronder zegt waarom."


def guide_sheet(
    book: Workbook,
    look: Look,
    facts: Facts,
    sentences: Sequence[str],
    sheets: Mapping[str, str],
    follows: Sequence[str] = (),
) -> None:
    """What this workbook is, what came out, and what each sheet holds.

    `follows` are the cells in which the sentences stand; they are shown as long as the report's numbers are.
    """
    sheet = book.add_worksheet("Leeswijzer")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, GUIDE_WIDTH)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.write_string(0, 0, f"MKBA {facts.municipality}", look.title)
    rows = [("Vraag", facts.question), ("Peildatum", dutch.day(facts.as_of))]
    rows += [("Uitkomst", dutch.tidy(one)) for one in sentences]
    if sheets:
        rows += [
            (
                "Zo werkt het",
                "Verander een gele cel op het blad Uitgangspunten; in de kolom ernaast staat 'invullen'. Alle "
                "andere cellen rekenen mee. Het blad is beveiligd zonder wachtwoord.",
            ),
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
        sheet.write_string(at, 0, head, look.label)
        sheet.write_string(at, 1, words, look.text)
        tall_enough(sheet, at, (words, GUIDE_WIDTH))
    for at, (cell, words) in enumerate(zip(follows, sentences, strict=bool(follows)), start=4):
        sheet.write_formula(at, 1, f'=IF({CONTROL}!$A$2="{SAME}",{cell},"{CHANGED}")', look.text, dutch.tidy(words))


def total_sheet(
    book: Workbook, look: Look, placed: Placed, headline: pd.DataFrame, balance: pd.DataFrame, sentences: Sequence[str]
) -> None:
    """Costs, benefits and balance per choice, in words too; without a comparison the share that breaks even."""
    heads = (
        "Keuze",
        "Kosten",
        "Baten",
        "Saldo",
        "Deel van de gemeten baten dat nodig is om quitte te spelen",
        "In woorden",
    )
    title = "Saldo: baten min kosten, vergeleken met het nulalternatief"
    sheet = titled(book, look, TOTAL, title, heads, (30.0, 20.0, 20.0, 20.0, 20.0, 60.0))
    # At the means, as the formulas are; the headline holds means of draws.
    costs = balance[(balance["role"] == "outlay") & (balance["type"] != "transfer")]
    outlays = costs.groupby("alternative")["at_mean_eur"].sum()
    for at, (_, row) in enumerate(headline.iterrows(), start=HEAD_ROW + 1):
        name = str(row["alternative"])
        columns = placed.welfare, COLUMN["role"], COLUMN["measured"], placed.as_measured
        welfare, roles, measured, gross = (placed.span(name, column) for column in columns)
        sheet.write_string(at, 0, str(row["label"]), look.text)
        if pd.notna(row["npv_at_mean_eur"]):
            value = float(row["npv_at_mean_eur"])
            outlay = 0.0 - float(outlays.get(name, 0.0))
            sheet.write_formula(at, 1, f'=-SUMIF({roles},"kosten",{welfare})', look.euro, outlay)
            sheet.write_formula(at, 2, f'=SUMIF({roles},"baten",{welfare})', look.euro, value + outlay)
            sheet.write_formula(at, 3, f"=SUM({welfare})", look.euro, value)
            sheet.write_formula(at, 5, _in_words(xl_rowcol_to_cell(at, 3)), look.text, _told(value))
        if pd.notna(row["break_even_share"]):
            text = f'=-SUMIF({measured},"nee",{welfare})/SUMIF({measured},"ja",{gross})'
            sheet.write_formula(at, 4, text, look.share, float(row["break_even_share"]))
    if headline["npv_at_mean_eur"].isna().all():
        sheet.write_string(1, 0, NO_BALANCE, look.text)
    begins = HEAD_ROW + len(headline) + 2
    sheet.write_string(begins, 0, "Zo zegt het rapport het, bij de uitgangspunten van het rapport:", look.label)
    for at, words in enumerate(sentences, start=begins + 1):
        sheet.write_string(at, 0, dutch.tidy(words))


def total_cells(headline: pd.DataFrame) -> list[str]:
    """Where on that sheet the report's sentence about each choice stands."""
    return [f"{TOTAL}!$A${HEAD_ROW + len(headline) + 4 + place}" for place in range(len(headline))]


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


def parties_sheet(book: Workbook, look: Look, placed: Placed, headline: pd.DataFrame, parties: pd.DataFrame) -> None:
    """What every budget gets and pays, per choice; transfers count here."""
    heads = ("Keuze", "Begroting", "Ontvangt", "Betaalt", "Per saldo")
    sheet = titled(book, look, PARTIES, "Wie betaalt en wie ontvangt", heads, (26.0, 46.0, 18.0))
    labels = headline.set_index("alternative")["label"]
    if parties.empty:
        sheet.write_string(1, 0, NO_BALANCE, look.text)
    for at, (_, row) in enumerate(parties.iterrows(), start=HEAD_ROW + 1):
        name, who = str(row["alternative"]), xl_rowcol_to_cell(at, 1)
        amounts, receivers, payers = (
            placed.span(name, column) for column in (placed.present_value, COLUMN["receiver"], COLUMN["payer"])
        )
        sheet.write_string(at, 0, str(labels[name]), look.text)
        sheet.write_string(at, 1, str(row["label"]), look.text)
        label = str(row["label"])
        gets = sum(value for choice, _, receiver, value in placed.amounts if (choice, receiver) == (name, label))
        pays = sum(value for choice, payer, _, value in placed.amounts if (choice, payer) == (name, label))
        sheet.write_formula(at, 2, f"=SUMIF({receivers},{who},{amounts})", look.euro, gets)
        sheet.write_formula(at, 3, f"=SUMIF({payers},{who},{amounts})", look.euro, pays)
        net = f"={xl_rowcol_to_cell(at, 2)}-{xl_rowcol_to_cell(at, 3)}"
        sheet.write_formula(at, 4, net, look.euro, float(row["at_mean_eur"]))


def control_sheet(book: Workbook, look: Look, headline: pd.DataFrame, parties: pd.DataFrame) -> None:
    """The report's amount, this workbook's, and their difference to the cent."""
    heads = ("Wat", "Rapport", "Werkblad", "Verschil")
    sheet = titled(book, look, CONTROL, "Controle: rekent dit werkblad hetzelfde als het rapport?", heads, (60.0, 20.0))
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
        sheet.write_string(at, 0, words, look.text)
        sheet.write_number(at, 1, value, look.euro)
        sheet.write_formula(at, 2, f"={cell}", look.euro, value)
        sheet.write_formula(at, 3, f"=ROUND({there},2)-ROUND({here},2)", look.euro, 0.0)
    if rows:
        first, last = xl_rowcol_to_cell(HEAD_ROW + 1, 3), xl_rowcol_to_cell(HEAD_ROW + len(rows), 3)
        verdict = f'=IF(MAX({first}:{last})-MIN({first}:{last})<0.005,"{SAME}","{OTHER}")'
        sheet.write_formula(1, 0, verdict, look.text, SAME)
    else:
        sheet.write_string(1, 0, NO_BALANCE, look.text)
