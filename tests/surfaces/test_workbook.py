"""mkba.xlsx recalculates to the engine's cent, and follows a changed assumption as the engine does."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal
from reports.workbook.book import mkba_book
from reports.workbook.look import HEAD_ROW
from reports.workbook.model import Book
from reports.workbook.ods.formula import FUNCTIONS
from reports.workbook.sheets import control_sheet
from reports.workbook.xlsx import xlsx
from reports.workbook.years import ALT
from tests.mkba_case import appraised, case, line, released, scaled_up, sourced
from tests.surfaces.invented import facts, mkba_tables
from tests.surfaces.recalculated import Values, by_formulas


def rich() -> dict[str, Any]:
    """A case with everything that a formula must follow: once, decay, growth, overlap, scaling up, market prices."""
    data = case()
    line(data, "nights").update(
        {
            "duration_years": 4,
            "fade_in": [0.5],
            "drop_off": sourced(0.2),
            "displacement": sourced(0.1),
            "overlap_group": "care",
        }
    )
    line(data, "care").update({"real_growth": 0.01, "growth_source": "Verzonnen bron", "overlap_group": "care"})
    line(data, "staff").update({"runs": "once"})
    data["overlap_groups"] = [{"id": "care", "label": "zorg", "alpha": 0.5, "why": "Verzonnen bron voor overlap"}]
    scaled_up(data, fte=2, per_fte=30, label="Uitbreiden", years=3)
    return data


def workbook(appraisal: Appraisal) -> bytes:
    return xlsx(mkba_book(facts(), mkba_tables(appraisal), appraisal.table))


def recalculated(content: bytes, path: Path, **changed: float) -> Values:
    """Every cell of a workbook by 'Sheet!A1', recalculated, with some named assumptions changed."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = {name: re.sub("[^0-9]", "", book.defined_names[name].attr_text) for name in changed}
    return by_formulas(content, path, {f"B{rows[name]}": value for name, value in changed.items()})


def balances(values: Values) -> list[float]:
    """The balance of every choice on the sheet Saldo."""
    return [float(values[f"Saldo!D{row}"]) for row in range(5, 20) if f"Saldo!D{row}" in values]


def at_mean(appraisal: Appraisal) -> list[float]:
    return [float(result.at_mean.npv[0]) for result in appraisal.results]


def test_the_workbook_recalculates_to_the_cent(tmp_path: Path) -> None:
    appraisal = appraised(rich())
    values = recalculated(workbook(appraisal), tmp_path / "mkba.xlsx")
    assert balances(values) == pytest.approx(at_mean(appraisal), abs=0.005)
    assert values["Controle!A2"] == "gelijk aan het rapport"
    differences = [value for cell, value in values.items() if re.fullmatch(r"Controle!D([5-9]|[1-9]\d)", cell)]
    assert len(differences) > 10
    assert {round(float(value), 2) for value in differences} == {0.0}


@pytest.mark.parametrize(
    ("name", "value", "change"),
    [
        ("Prijs_nacht_opvang", 130.0, lambda data: data["prices"][0].update(value=130)),
        ("Verschil_afname_per_jaar_minder_nachten_opvang", 0.3,
         lambda data: line(data, "nights")["drop_off"].update(value=0.3)),
        ("Aantal_extra_clienten_per_fte_uitbreiden", 45.0,
         lambda data: data["alternatives"][2]["extra_clients_per_fte"].update(value=45.0)),
    ],
)  # fmt: skip
def test_a_changed_assumption_changes_both_the_same(name: str, value: float, change: Any, tmp_path: Path) -> None:
    data = rich()
    values = recalculated(workbook(appraised(data)), tmp_path / "mkba.xlsx", **{name: value})
    change(data)
    assert balances(values) == pytest.approx(at_mean(appraised(data)), abs=0.005)
    assert values["Controle!A2"] == "anders dan het rapport"


def test_a_shift_that_is_the_same_everywhere_is_a_difference(tmp_path: Path) -> None:
    book = Book("Toets", "Toets", dt.date(2025, 7, 1))
    totals = book.add("Saldo")
    rows = []
    for at, name in enumerate(("a", "b")):
        totals.put(HEAD_ROW + 1 + at, 3, 1100.0 + at)
        rows.append({"alternative": name, "label": name, "npv_at_mean_eur": 1000.0 + at})
    control_sheet(book, pd.DataFrame(rows), pd.DataFrame())
    values = by_formulas(xlsx(book), tmp_path / "mkba.xlsx", {})
    assert [values[f"Controle!D{row}"] for row in (5, 6)] == [100.0, 100.0]
    assert values["Controle!A2"] == "anders dan het rapport"


def test_stored_values_are_what_a_recalculation_gives(tmp_path: Path) -> None:
    content = workbook(appraised(rich()))
    values = recalculated(content, tmp_path / "mkba.xlsx")
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    for name in ("Regels", "Saldo", "Jaren", "Wie betaalt wie"):
        for cell in (cell for row in stored[name].iter_rows(min_row=5) for cell in row):
            if isinstance(cell.value, int | float):
                found = float(values[f"{name}!{cell.coordinate}"])
                assert cell.value == pytest.approx(found, rel=1e-9, abs=1e-6), (name, cell.coordinate)


def test_only_functions_that_every_spreadsheet_knows() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(appraised(rich()))))
    texts = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")
    ]
    assert len(texts) > 50
    assert {name for text in texts for name in re.findall(r"([A-Z]+)\(", text)} <= FUNCTIONS


def test_the_same_input_gives_the_same_bytes() -> None:
    assert workbook(appraised()) == workbook(appraised())


def test_only_assumptions_may_be_changed() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(appraised())))["Uitgangspunten"]
    assert sheet.protection.sheet
    open_cells = {cell.column_letter for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert open_cells == {"B"}


def test_the_words_follow_the_numbers_after_an_edit(tmp_path: Path) -> None:
    content = workbook(appraised(rich()))
    stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    as_it_is = recalculated(content, tmp_path / "mkba.xlsx")
    dearer = recalculated(content, tmp_path / "mkba.xlsx", Prijs_nacht_opvang=1.0)
    sentence = stored["Leeswijzer"]["B5"].value
    assert sentence == as_it_is["Leeswijzer!B5"]
    assert "geldt dan niet" in dearer["Leeswijzer!B5"]
    for values in (as_it_is, dearer):
        balance = float(values["Saldo!D5"])
        told = f"ongeveer {round(balance / 1000)} duizend euro" if round(balance / 1000) else "ongeveer nul"
        assert told in values["Saldo!F5"]
        assert ("kosten groter" in values["Saldo!F5"]) is (balance < 0)
    assert stored["Saldo"]["F5"].value == as_it_is["Saldo!F5"]


def test_the_switch_puts_every_assumption_at_its_careful_or_hopeful_end(tmp_path: Path) -> None:
    content = workbook(appraised(rich()))
    found = {stand: balances(recalculated(content, tmp_path / "mkba.xlsx", Stand=stand))[0] for stand in (2, 3)}
    as_it_is = balances(recalculated(content, tmp_path / "mkba.xlsx"))[0]
    assert found[2] < as_it_is < found[3]


def test_the_years_add_up_to_the_balance_also_after_an_edit(tmp_path: Path) -> None:
    content = workbook(appraised(rich()))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Jaren"]
    last: dict[str, int] = {}
    for row in range(5, sheet.max_row + 1):
        last[sheet.cell(row, 1).value] = row
    for values in (
        recalculated(content, tmp_path / "mkba.xlsx"),
        recalculated(content, tmp_path / "mkba.xlsx", Prijs_nacht_opvang=130.0),
    ):
        cumulative = [float(values[f"Jaren!F{row}"]) for row in last.values()]
        assert cumulative == pytest.approx(balances(values), abs=0.01)


def test_a_chart_has_its_words_and_every_sheet_prints_on_a4() -> None:
    content = workbook(appraised(rich()))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        drawing = next(parts.read(name).decode() for name in parts.namelist() if "drawings/drawing" in name)
    assert ALT in drawing
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        assert sheet.page_setup.paperSize == int(sheet.PAPERSIZE_A4), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title


def test_what_has_no_amount_and_what_matters_most_stand_on_sheets_of_their_own() -> None:
    appraisal = appraised(rich())
    book, tables = openpyxl.load_workbook(io.BytesIO(workbook(appraisal))), mkba_tables(appraisal)
    assert book["PM"].max_row - 4 == len(tables["out_mkba__pm"])
    assert book["Gevoeligheid"].max_row - 4 == len(tables["out_mkba__tornado"]) > 3
    assert all("veranderen niet mee" in book[name]["A2"].value for name in ("PM", "Gevoeligheid"))


def test_without_a_comparison_there_is_no_balance_to_recalculate() -> None:
    content = workbook(appraised(given=released(Stamp.CHANGE)))
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [cell.value for cell in book["Saldo"]["D"][4:6]] == [None, None]
    assert book["Saldo"]["E5"].value.startswith("=IF(SUMIF(")
    assert book["Wie betaalt wie"].max_row == 4


def test_a_study_without_mkba_says_what_it_needs() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx(mkba_book(facts(), {}))))
    assert book.sheetnames == ["Leeswijzer"]
    words = " ".join(str(cell.value) for row in book["Leeswijzer"].iter_rows() for cell in row)
    assert "Nog niet ingevuld" in words
    assert "mkba.yaml" in words
