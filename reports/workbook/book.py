"""mkba.xlsx and mkba.ods: the MKBA as a workbook that recalculates itself and says where it differs from the report."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from mkba.balance.amounts import LineTable
from reports.released.facts import Facts
from reports.released.reconciled import reconciling
from reports.workbook.assumptions import assumptions_sheet
from reports.workbook.beside import pm_sheet, sensitivity_sheet
from reports.workbook.errata import errata_sheet
from reports.workbook.formulas import Names
from reports.workbook.lines import lines_sheet
from reports.workbook.model import Book
from reports.workbook.sheets import (
    control_sheet,
    guide_sheet,
    parties_sheet,
    total_cells,
    total_sheet,
)
from reports.workbook.years import years_sheet

NEEDS = (
    "Nog niet ingevuld: deze studie heeft geen mkba.yaml.",
    "Nodig is: het probleem, wat er zonder de aanpak gebeurt (het nulalternatief), de keuzes die voorliggen, en per "
    "regel een hoeveelheid met een bron. Een prijs zonder bron telt niet mee en wordt een PM-post.",
    "Het sjabloon staat in studies/voorbeeldstad/mkba.yaml. Maak daarna het rapport opnieuw.",
)


def mkba_book(facts: Facts, tables: Mapping[str, pd.DataFrame], lines: LineTable | None = None) -> Book:
    """The workbook from the out_mkba__ tables and the line table behind them.

    `lines` holds the formulas, made of mkba.yaml, the parameter packs and released quantities. Without it the first
    sheet says what is missing.
    """
    book = Book(f"MKBA {facts.municipality}", facts.title, facts.as_of)
    headline = tables.get("out_mkba__headline")
    if lines is None or headline is None or headline.empty:
        guide_sheet(book, facts, NEEDS, {})
    else:
        _fill(book, facts, tables, lines)
    errata_sheet(book, facts, tables)
    return book


def _fill(book: Book, facts: Facts, tables: Mapping[str, pd.DataFrame], lines: LineTable) -> None:
    headline = tables["out_mkba__headline"]
    sheets = {
        "Uitgangspunten": "elk getal waar het saldo op rust. De gele cellen ('invullen') mag u veranderen; met de "
        "stand bovenaan rekent u voorzichtig of hoopvol.",
        "Regels": "elke kosten- en batenregel, per jaar, met formules.",
        "Saldo": "de uitkomst per keuze, ook in woorden die meegaan met uw getallen.",
        "Jaren": "de uitkomst per jaar, met een grafiek; als er een saldo is.",
        "Wie betaalt wie": "de uitkomst per begroting.",
        "Gevoeligheid": "wat het meeste uitmaakt, zoals in het rapport.",
        "PM": "wat meetelt en geen bedrag heeft.",
        "Controle": "het rapport en dit werkblad naast elkaar. Verandert u een uitgangspunt, dan verschillen ze.",
    }
    sentences = [f"{row['sentence']} {reconciling(tables, row)}".rstrip() for _, row in headline.iterrows()]
    has_total = bool(headline["npv_at_mean_eur"].notna().any())
    guide_sheet(book, facts, sentences, sheets, total_cells(headline) if has_total else ())
    names = Names(lines)
    assumptions_sheet(book, names, tables["out_mkba__tornado"])
    placed = lines_sheet(book, names, tables["out_mkba__balance"])
    total_sheet(book, placed, headline, sentences)
    if has_total:
        years_sheet(book, placed, headline, lines.model.base_year)
    parties_sheet(book, placed, headline, tables["out_mkba__stakeholders"])
    sensitivity_sheet(book, tables)
    pm_sheet(book, tables)
    control_sheet(book, headline, tables["out_mkba__stakeholders"])
