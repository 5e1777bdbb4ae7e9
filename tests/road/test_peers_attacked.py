"""Workbooks of others with faults, and generated ones in any order and notation: their total, or sheet and row."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from mkba.peers.reading import peer_shape
from mkba.peers.total import own_totals
from mkba.workbook.reading import mkba_from_workbook
from mkba.workbook.writing import inputs_workbook
from pipelines.road.balance.peers import taken_in
from tests import mkba_case
from tests.road import peer_books
from tests.road.peer_books import content, workbook

Spoil = Callable[[openpyxl.Workbook], Any]


def own(made: bytes) -> dict[str, Decimal]:
    book = book_of(made, "w.xlsx")
    shape = peer_shape(book)
    assert shape is not None
    model, _ = taken_in(book, shape, mkba_case.model(), mkba_case.packs(), "W. de Wit", compares=True)
    return own_totals(model)


def put(sheet: str, at: str, value: Any, shown: str = "General") -> Spoil:
    def spoil(book: openpyxl.Workbook) -> None:
        book[sheet][at].value = value
        book[sheet][at].number_format = shown

    return spoil


def headings_in_pounds(book: openpyxl.Workbook) -> None:
    book["Costs"]["C1"].value, book["Benefits"]["J1"].value = "Amount (GBP)", "Unit cost"


def no_currency(book: openpyxl.Workbook) -> None:
    book["Costs"]["C1"].value, book["Benefits"]["J1"].value = "Amount", "Unit cost"


EFFECT, REACH = "Invoer C. Effect", "Invoer A. Bereik"
FAULTS: dict[str, tuple[peer_books.Sheets, Spoil, str]] = {
    "a formula that nobody computed": (
        peer_books.GMCA,
        put("Costs", "C2", "=100000+20000"),
        "blad Costs, rij 2: hier staat een formule waarvan de uitkomst niet is bewaard.",
    ),
    "a word for a number": (
        peer_books.GMCA,
        put("Costs", "C2", "veel"),
        "blad Costs, rij 2: kolom 'Amount (EUR)': 'veel' is geen getal.",
    ),
    "a negative number": (
        peer_books.GMCA,
        put("Benefits", "J3", -7_000),
        "blad Benefits, rij 3: kolom 'Unit cost (EUR)': -7000 is negatief;",
    ),
    "a sheet away": (
        peer_books.LPBL,
        lambda book: book.remove(book["Invoer B. Kosten"]),
        "blad Invoer b kosten: een werkmap van 'MKBA-tool sociale wijkteams van LPBL' heeft dit blad,",
    ),
    "two totals": (
        peer_books.GMCA,
        put("Outputs", "B1", 140_000),
        "blad Outputs, rij 1: hier staat een ander totaal voor de kosten dan op blad Costs, rij 5.",
    ),
    "25 for a quarter": (
        peer_books.GMCA,
        put("Benefits", "G2", 25),
        "blad Benefits, rij 2: kolom 'Deadweight': 25 is meer dan 1. Bedoelde u 25%?",
    ),
    "a quarter under a heading in percent": (
        peer_books.GMCA,
        put("Benefits", "G1", "Deadweight (%)"),
        "blad Benefits, rij 2: kolom 'Deadweight (%)': 0,2 onder een kop met %: is dat 0,2% of 20%?",
    ),
    "a number that may be two": (
        peer_books.LPBL,
        put(EFFECT, "G3", "12.000"),
        f"blad {EFFECT}, rij 3: kolom 'Kengetal': '12.000' kan twee getallen zijn.",
    ),
    "pounds": (peer_books.GMCA, headings_in_pounds, "blad Costs, rij 1: deze bedragen zijn niet in euro's."),
    "pounds in how Excel shows it": (
        peer_books.GMCA,
        put("Costs", "C2", 120_000, "[$£-809]#,##0"),
        "blad Costs, rij 2: dit bedrag is niet in euro's.",
    ),
    "no currency at all": (
        peer_books.GMCA,
        no_currency,
        "blad Costs, rij 1: nergens staat in welke munt de bedragen zijn.",
    ),
    "thousands": (
        peer_books.LPBL,
        put("Invoer B. Kosten", "C1", "Bedrag (x 1.000)"),
        "blad Invoer B. Kosten, rij 1: hier staan duizenden of miljoenen euro's.",
    ),
    "two headings for one thing": (
        peer_books.GMCA,
        put("Benefits", "N1", "Number affected"),
        "blad Benefits, rij 1: de koppen 'Affected population' en 'Number affected' betekenen hetzelfde.",
    ),
    "a heading away": (
        peer_books.LPBL,
        put(EFFECT, "H1", None),
        f"blad {EFFECT}, rij 1: deze koppen missen wij: 'prijspeil' (of 'year').",
    ),
    "a group that the reach does not know": (
        peer_books.LPBL,
        put(EFFECT, "B5", "Jongeren"),
        f"blad {EFFECT}, rij 5: kolom 'Doelgroep': 'Jongeren' staat niet met een aantal",
    ),
    "a group twice": (
        peer_books.LPBL,
        put(REACH, "A3", "multiprobleem"),
        f"blad {REACH}, rij 3: kolom 'Doelgroep': 'multiprobleem' staat er twee keer.",
    ),
    "a year that is two": (
        peer_books.GMCA,
        put("Costs", "D3", "2023/24"),
        "blad Costs, rij 3: kolom 'Year': '2023/24' is geen jaar.",
    ),
    "a range that does not hold the number": (
        peer_books.LPBL,
        put(EFFECT, "I2", 9_000),
        f"blad {EFFECT}, rij 2: kolom 'Laag': laag (9000), waarde (8000) en hoog (10000) staan niet op volgorde.",
    ),
    "an error of Excel": (
        peer_books.GMCA,
        put("Costs", "C2", "#DIV/0!"),
        "blad Costs, rij 2: hier staat een fout van Excel of LibreOffice.",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_one_clear_message_with_sheet_and_row(fault: str) -> None:
    sheets, spoil, message = FAULTS[fault]
    sheets = copy.deepcopy(sheets)
    if fault == "a group twice":
        sheets[EFFECT] = [row for row in sheets[EFFECT] if row[1] != "Ouderen"]
    if fault == "a quarter under a heading in percent":
        sheets["Benefits"] = sheets["Benefits"][:2]
    book = workbook(sheets)
    spoil(book)
    with pytest.raises(StudyError) as error:
        own(content(book))
    told = str(error.value)
    assert message in told
    assert len(told.splitlines()) == 1, told


def test_a_workbook_of_inputs_with_a_formula_that_nobody_computed_is_refused_too() -> None:
    """It was read as an empty cell, so that a price or a range vanished unseen."""
    book = openpyxl.load_workbook(io.BytesIO(inputs_workbook(mkba_case.model())))
    page = book["Prijzen"]
    column = next(one.column for one in page[1] if one.value == "waarde")
    page.cell(2, column).value = "=50*2"
    with pytest.raises(StudyError, match="blad Prijzen, rij 2: hier staat een formule"):
        mkba_from_workbook(book_of(content(book), "invoer.xlsx"), mkba_case.packs(), compares=True)


@pytest.mark.parametrize(
    ("heading", "value", "shown"),
    [
        ("Deadweight", 0.25, "General"),
        ("Deadweight", 0.25, "0%"),
        ("Deadweight (%)", 0.25, "0.0%"),
        ("Deadweight (%)", 25, "General"),
        ("Deadweight", "25%", "General"),
        ("Deadweight %", "25,0 %", "General"),
    ],
)
def test_a_quarter_is_a_quarter_in_every_clear_notation(heading: str, value: Any, shown: str) -> None:
    sheets = copy.deepcopy(peer_books.GMCA)
    sheets["Benefits"] = [sheets["Benefits"][0], sheets["Benefits"][2]]  # evictions: deadweight 0.25
    book = workbook(sheets | {"Outputs": []})
    put("Benefits", "G1", heading)(book)
    put("Benefits", "G2", value, shown)(book)
    assert own(content(book))["benefits"] == Decimal("28350.00")


CENTS = st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)
SHARES = st.integers(1, 99).map(lambda share: Decimal(share) / 100)
WAYS = ("number", "nl", "en", "euro")


def written(amount: Decimal, way: str) -> Any:
    """An amount as somebody types it; always with cents, so that it reads one way."""
    english = f"{amount:,.2f}"
    dutch = english.replace(",", "_").replace(".", ",").replace("_", ".")
    return {"number": float(amount), "nl": dutch, "en": english, "euro": f"€ {dutch}"}[way]


def percent(share: Decimal, way: str) -> Any:
    return float(share) if way == "number" else f"{100 * share:.0f}%" if way == "nl" else f"{100 * share:.1f} %"


@st.composite
def books(draw: st.DrawFn) -> tuple[openpyxl.Workbook, dict[str, Decimal]]:
    """A workbook in the shape of Greater Manchester in any order and notation, and the totals that it must give."""
    way = st.sampled_from(WAYS)
    costs = draw(st.lists(st.tuples(CENTS, SHARES), min_size=2, max_size=6))
    benefits = draw(st.lists(st.tuples(st.integers(1, 5_000), SHARES, SHARES, SHARES, CENTS), min_size=1, max_size=8))
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Notes"
    rows = [
        {"Cost item": f"Cost {at}", "Agency": "gemeente", "Amount (EUR)": written(amount, draw(way)), "Year": 2024,
         "Optimism bias": percent(bias, draw(way))}
        for at, (amount, bias) in enumerate(costs)
    ]  # fmt: skip
    _sheet(draw, book, "Costs", rows)
    rows = [
        {"Uitkomst": f"Baat {at}", "Partij": "cliënt", "Aantal": count, "Resultaat": percent(impact, draw(way)),
         "Deadweight": percent(dead, draw(way)), "Optimism bias": percent(bias, draw(way)),
         "Kengetal (EUR)": written(price, draw(way)), "Prijspeil": draw(st.sampled_from([2024, "2024"]))}
        for at, (count, impact, dead, bias, price) in enumerate(benefits)
    ]  # fmt: skip
    _sheet(draw, book, "Benefits", rows)
    spent = sum((amount * (1 + bias) for amount, bias in costs), Decimal(0))
    won = sum((n * impact * (1 - dead) * (1 - bias) * price for n, impact, dead, bias, price in benefits), Decimal(0))
    cent = Decimal("0.01")
    return book, {"costs": spent.quantize(cent), "benefits": won.quantize(cent), "net": (won - spent).quantize(cent)}


def _sheet(draw: st.DrawFn, book: openpyxl.Workbook, name: str, rows: list[dict[str, Any]]) -> None:
    """Columns and rows shuffled, a title and empty lines, headings that are merged over two rows."""
    page = book.create_sheet(name)
    headings, at = draw(st.permutations(list(rows[0]))), draw(st.integers(2, 4))
    if draw(st.booleans()):
        page.cell(1, 1).value = "A title over the whole width"
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    merged = draw(st.sets(st.sampled_from(headings), max_size=2)) if at > 2 else set()
    for column, heading in enumerate(headings, start=1):
        page.cell(at - (heading in merged), column).value = heading
        if heading in merged:
            page.merge_cells(start_row=at - 1, start_column=column, end_row=at, end_column=column)
    for row in draw(st.permutations(rows)):
        at += draw(st.integers(1, 3))
        for column, heading in enumerate(headings, start=1):
            page.cell(at, column).value = row[heading]


def gives_its_total(drawn: tuple[openpyxl.Workbook, dict[str, Decimal]]) -> None:
    book, expected = drawn
    assert own(content(book)) == expected


@st.composite
def spoiled_books(draw: st.DrawFn) -> tuple[openpyxl.Workbook, dict[str, Decimal]]:
    """The same with one number spoiled."""
    book, expected = draw(books())
    page = book[draw(st.sampled_from(["Costs", "Benefits"]))]
    cells = [one for row in page.iter_rows() for one in row if _is_number(one.value)]
    cell = draw(st.sampled_from(cells))
    cell.value = draw(st.sampled_from([-1, "1.234", "1,234", "n.v.t.", "=1+1", "#N/A", True, "£ 5,00", "(12)"]))
    return book, expected


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) or bool(re.fullmatch(r"[€\d.,%\s]+", str(value)))


def is_refused_with_its_place(drawn: tuple[openpyxl.Workbook, dict[str, Decimal]]) -> None:
    with pytest.raises(StudyError, match=r"blad (Costs|Benefits), rij \d+: "):
        own(content(drawn[0]))


@pytest.mark.parametrize("tried", [25, pytest.param(300, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("strategy", "holds"), [(books, gives_its_total), (spoiled_books, is_refused_with_its_place)])
def test_generated_workbooks_give_their_total_to_the_cent_or_a_refusal_with_its_place(
    tried: int, strategy: Callable[[], st.SearchStrategy[Any]], holds: Callable[[Any], None]
) -> None:
    some = settings(max_examples=tried, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    some(given(strategy())(holds))()
