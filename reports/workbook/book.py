"""mkba.xlsx: the MKBA as a workbook that recalculates itself and says where it differs from the report."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

import pandas as pd
from xlsxwriter import Workbook

from mkba.balance.amounts import LineTable
from reports.released.facts import Facts
from reports.released.reconciled import reconciling
from reports.workbook.assumptions import assumptions_sheet
from reports.workbook.beside import pm_sheet, sensitivity_sheet
from reports.workbook.errata import errata_sheet
from reports.workbook.formulas import Names
from reports.workbook.lines import lines_sheet
from reports.workbook.look import Look
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


def mkba_workbook(facts: Facts, tables: Mapping[str, pd.DataFrame], lines: LineTable | None = None) -> bytes:
    """The workbook from the out_mkba__ tables and the line table behind them; the same input gives the same bytes.

    `lines` holds the formulas, made of mkba.yaml, the parameter packs and released quantities. Without it the first
    sheet says what is missing.
    """
    target = io.BytesIO()
    # A text that looks like a formula or an address stays a text; formulas are written as such.
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {
            "title": f"MKBA {facts.municipality}",
            "subject": facts.title,
            "language": "nl",
            "created": dt.datetime.combine(facts.as_of, dt.time()),
        }
    )
    look = Look.of(book)
    headline = tables.get("out_mkba__headline")
    if lines is None or headline is None or headline.empty:
        guide_sheet(book, look, facts, NEEDS, {})
    else:
        _fill(book, look, facts, tables, lines)
    errata_sheet(book, look, facts, tables)
    book.close()
    return target.getvalue()


def _fill(book: Workbook, look: Look, facts: Facts, tables: Mapping[str, pd.DataFrame], lines: LineTable) -> None:
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
    guide_sheet(book, look, facts, sentences, sheets, total_cells(headline) if has_total else ())
    names = Names(lines)
    assumptions_sheet(book, look, names, tables["out_mkba__tornado"])
    placed = lines_sheet(book, look, names, tables["out_mkba__balance"])
    total_sheet(book, look, placed, headline, tables["out_mkba__balance"], sentences)
    if has_total:
        years_sheet(book, look, placed, headline, lines.model.base_year)
    parties_sheet(book, look, placed, headline, tables["out_mkba__stakeholders"])
    sensitivity_sheet(book, look, tables)
    pm_sheet(book, look, tables)
    control_sheet(book, look, headline, tables["out_mkba__stakeholders"])
