"""Workbooks of others come in as a balance with a total of its own; what has no place is listed with sheet and row."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from data_contracts.workbook.book import book_of
from mkba.appraisal import appraise
from mkba.peers.reading import peer_shape
from mkba.peers.total import own_totals
from mkba.peers.words import GMCA, LPBL
from mkba.workbook.writing import inputs_workbook
from pipelines.road.balance.accounts import beside, booked, spent_in
from pipelines.road.balance.offered import Signed
from pipelines.road.balance.peers import taken_in
from pipelines.road.balance.workbook import NEW, Patch, import_balance
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from tests import mkba_case
from tests.road import peer_books
from tests.road.peer_books import content, workbook
from tests.road.released import STUDIES

SIGNED = Signed("W. de Wit", "De balans van de buurgemeente ernaast")


def taken(sheets: peer_books.Sheets, name: str = "werkmap.xlsx"):  # type: ignore[no-untyped-def]
    """The balance of a workbook within the frame of the invented case, and what is told of it."""
    made = book_of(content(workbook(sheets)), name)
    shape = peer_shape(made)
    assert shape is not None
    model, told = taken_in(made, shape, mkba_case.model(), mkba_case.packs(), SIGNED.by, compares=True)
    return model, [line.replace("\xa0", " ").replace("−", "-") for line in told]


def the_one(told: list[str], start: str) -> str:
    (found,) = [line for line in told if line.startswith(start)]
    return found


def test_each_shape_is_known_by_its_sheets() -> None:
    assert peer_shape(book_of(content(workbook(peer_books.GMCA)), "w.xlsx")) is GMCA
    assert peer_shape(book_of(content(workbook(peer_books.LPBL)), "w.xlsx")) is LPBL
    assert peer_shape(book_of(content(workbook({"Balans": [["titel"]]})), "w.xlsx")) is None


@pytest.mark.parametrize(
    ("sheets", "own"), [(peer_books.GMCA, peer_books.GMCA_OWN), (peer_books.LPBL, peer_books.LPBL_OWN)]
)
def test_ten_lines_come_in_with_the_total_that_a_hand_computes(sheets: peer_books.Sheets, own: dict[str, str]) -> None:
    model, _ = taken(sheets)
    assert own_totals(model) == {what: Decimal(amount) for what, amount in own.items()}


@pytest.mark.parametrize(
    ("sheets", "own"), [(peer_books.GMCA, peer_books.GMCA_OWN), (peer_books.LPBL, peer_books.LPBL_OWN)]
)
def test_the_engine_gives_the_same_total_for_going_on_and_nothing_for_stopping(
    sheets: peer_books.Sheets, own: dict[str, str]
) -> None:
    model, _ = taken(sheets)
    found = appraise(model, mkba_case.packs(), mkba_case.released(), replace(mkba_case.SMALL, n_draws=64))
    goes_on, stops = found.results
    assert goes_on.at_mean.npv[0] == pytest.approx(float(own["net"]), abs=0.005)
    assert stops.at_mean.npv[0] == 0
    assert not [one for one in found.findings if one.severity == "blocks"]


def test_the_difference_with_the_stated_total_is_told_and_where_it_lies() -> None:
    _, told = taken(peer_books.GMCA)
    assert told[0] == "werkmap.xlsx is een werkmap van 'CBA-model van Greater Manchester': 8 van 10 regels overgenomen."
    assert the_one(told, "Kosten") == "Kosten: € 144.500,00; de werkmap noemt € 144.500,00 (blad Costs, rij 5): gelijk."
    assert the_one(told, "Baten") == (
        "Baten: € 61.335,00; de werkmap noemt € 92.655,00 (blad Benefits, rij 9): verschil € 31.320,00. "
        "Daarvan zit € 31.320,00 in wat niet is overgenomen."
    )
    assert "verschil € 31.320,00" in the_one(told, "Saldo: -€ 83.165,00; de werkmap noemt -€ 51.845,00")


def test_a_total_that_does_not_follow_is_said_to_be_unexplained() -> None:
    wrong = peer_books.LPBL | {"Uitvoer A": [["Totale baten", 203_200]]}
    _, told = taken(wrong)
    line = the_one(told, "Baten")
    assert "verschil € 41.800,00" in line
    assert line.endswith("in wat niet is overgenomen, en € 1.000,00 is niet verklaard.")
    assert the_one(told, "Saldo").endswith("de werkmap noemt hiervoor zelf geen totaal.")


def test_what_has_no_place_is_listed_with_sheet_row_amount_and_reason() -> None:
    _, told = taken(peer_books.GMCA)
    left = [line for line in told if line.startswith("Niet overgenomen")]
    assert left == [
        "Niet overgenomen: blad Benefits, rij 6, Fewer visits to a hospital (€ 4.320,00): 'NHS' heeft hier geen "
        "evenknie. Kies: zorgverzekeraar (Zvw), zorgkantoor (Wlz) of gemeente.",
        "Niet overgenomen: blad Benefits, rij 7, Fewer on jobseeker's allowance (€ 27.000,00): dit lijkt een overdracht"
        " (uitkering of belasting): wie dat geld verliest, staat er niet.",
    ]
    assert "Niet gelezen: blad Introduction." in told
    assert "Niet gelezen: blad Benefits, kolom 'Comment'." in told
    _, told = taken(peer_books.LPBL)
    assert [line.split(":")[1] for line in told if line.startswith("Niet overgenomen")] == [
        " blad Invoer C. Effect, rij 7, Minder bijstand (€ 28.800,00)",
        " blad Invoer C. Effect, rij 8, Minder schooluitval (€ 12.000,00)",
    ]
    assert "Niet gelezen: blad Uitvoer B." in told


def test_a_number_without_a_range_is_an_assumption_that_asks_for_one() -> None:
    model, told = taken(peer_books.LPBL)
    (ranged,) = [one for one in model.prices if one.low is not None]
    assert (ranged.low, ranged.value, ranged.high, ranged.status) == (6_000, 8_000, 10_000, "second_hand")
    rest = [one for one in model.prices if one.low is None]
    assert {(one.status, one.signed_by) for one in rest} == {("assumption", "W. de Wit")}
    assert the_one(told, "Vraagt laag en hoog: Minder crisisopnames") == (
        "Vraagt laag en hoog: Minder crisisopnames (blad Invoer C. Effect, rij 3): aantal 60, resultaat 5%, deadweight "
        "10%, prijs € 12.000,00, gemiddelde of marginale prijs: staat er niet."
    )
    (pm,) = [one for one in model.lines if one.is_pm]
    assert the_one(told, "PM") == "PM: Meer kwaliteit van leven (blad Invoer C. Effect, rij 6): er staat geen prijs."
    assert pm.label == "Meer kwaliteit van leven"


def test_the_workbook_of_inputs_shows_where_a_low_and_a_high_belong() -> None:
    model, _ = taken(peer_books.GMCA)
    book = openpyxl.load_workbook(io.BytesIO(inputs_workbook(model)))
    for sheet, heading in (("Prijzen", "laag"), ("Regels", "hoeveelheid: hoog"), ("Omrekenen", "verdeling")):
        (cell,) = [one for one in book[sheet][1] if one.value == heading]
        assert not book[sheet].column_dimensions[cell.column_letter].hidden, (sheet, heading)


def test_deadweight_and_optimism_stand_as_factors_that_can_be_changed() -> None:
    model, told = taken(peer_books.GMCA)
    nuisance = next(one for one in model.lines if one.label == "Fewer incidents of nuisance")
    assert [(one.label.split(":")[0], one.value) for one in nuisance.factors] == [
        ("doet mee", 0.5),
        ("haalt het resultaat", 0.3),
        ("blijft over na wat ook zonder aanpak was gebeurd (deadweight)", 0.8),
        ("na de correctie voor optimisme (optimism bias)", 0.9),
    ]
    assert "deadweight 20%, optimism bias 10%" in the_one(told, "Vraagt laag en hoog: Fewer incidents")
    assert "de prijs is average" in the_one(told, "Vraagt laag en hoog: Fewer incidents")
    training = next(one for one in model.lines if one.label == "Training")
    assert [one.value for one in training.factors] == [1.1]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Patch]:
    """The workbook offered to a copy of a shipped study."""
    root = tmp_path_factory.mktemp("peers")
    study = Path(shutil.copytree(STUDIES / "rijnstad", root / "rijnstad"))
    book = root / "buren.xlsx"
    book.write_bytes(content(workbook(peer_books.LPBL)))
    patch = import_balance(study, book, SIGNED, root / "home")
    assert patch is not None
    return study, patch


def test_the_workbook_becomes_a_patch_and_the_balance_itself_stays(imported: tuple[Path, Patch]) -> None:
    study, patch = imported
    assert (study / "mkba.yaml").read_bytes() == (STUDIES / "rijnstad" / "mkba.yaml").read_bytes()
    text = patch.patch.read_text()
    assert text.startswith("Door: W. de Wit\n")
    assert "Niet overgenomen: blad Invoer C. Effect, rij 7, Minder bijstand" in text
    (study / "mkba.yaml").write_bytes((study / NEW).read_bytes())
    model = study_mkba(read_study(study))
    assert model is not None
    assert own_totals(model) == {what: Decimal(amount) for what, amount in peer_books.LPBL_OWN.items()}


@pytest.mark.parametrize("sheets", [peer_books.GMCA, peer_books.LPBL])
def test_a_planted_difference_of_a_thousand_euros_with_the_accounts_is_named(sheets: peer_books.Sheets) -> None:
    model, _ = taken(sheets)
    first = next(one for one in spent_in(model, {}) if one.amount_eur)
    rows = f"jaar;taakveld;kostensoort;bedrag\n2024;6.2;{first.label};{(first.amount_eur or 0) + 1_000:.0f}\n"
    lines = [line.replace("\xa0", " ") for line in beside(spent_in(model, {}), booked(rows, "rekening.csv"))]
    assert lines[0].endswith("in de rekening staat € 1.000 meer.")
    assert "het hoort niet in de rekening van de gemeente" in lines[2]


def test_costs_of_one_name_in_two_years_are_two_lines_that_the_accounts_still_know() -> None:
    costs = [*peer_books.GMCA["Costs"][:2], ["Team staff", "Local authority", 130_000, 2023, 0]]
    model, _ = taken(peer_books.GMCA | {"Costs": costs, "Outputs": []})
    assert [one.label for one in model.lines[:2]] == ["Team staff (2024)", "Team staff (2023)"]
    rows = "jaar;taakveld;kostensoort;bedrag\n2024;6.2;team staff;120000\n2023;6.2;Team staff;129000\n"
    lines = list(beside(spent_in(model, {}), booked(rows, "rekening.csv")))
    assert lines[0].endswith("gelijk.")
    assert lines[1].replace("\xa0", " ").endswith("in de rekening staat € 1.000 minder.")
