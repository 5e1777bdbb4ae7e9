"""The workbook of inputs: nothing is lost on the way to Excel and back, and a fault names its sheet and row."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from data_contracts.yaml_file import as_model
from data_contracts.yaml_merged import merged_text
from mkba.inputs.model import Mkba
from mkba.inputs.shipped import parameter_packs
from mkba.workbook.columns import SHEETS
from mkba.workbook.reading import changes, mkba_from_workbook
from mkba.workbook.writing import inputs_workbook
from pipelines.init.writing import yaml_text
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from tests.mkba_case import SOURCE, case, line
from tests.road.released import STUDIES

LETTERS = st.characters(
    whitelist_categories=("L", "N", "P", "S", "Zs"), max_codepoint=0x24FF, blacklist_characters="\xa0"
)
TEXTS = st.text(LETTERS, min_size=10, max_size=40).map(lambda text: f"a{' '.join(text.split())}bcdefghij")
SHARES = st.floats(0.01, 0.99, allow_nan=False)
COUNTS = st.floats(0.001, 1e9, allow_nan=False)


@st.composite
def balances(draw: st.DrawFn) -> dict[str, Any]:
    """A balance with any numbers, texts and optional parts."""
    data = case()
    data["title"], data["problem_analysis"] = draw(TEXTS), draw(TEXTS) * 8
    data["verified_share_for_headline"] = draw(SHARES)
    if draw(st.booleans()):
        del data["induced_demand_baseline"]
    if draw(st.booleans()):
        about = {"subject": "provisions", "what": "all", "unit": "eur", "price_year": 2022, "source": draw(TEXTS)}
        data["beforehand"] = about | {"mean": -draw(COUNTS), "spread": draw(COUNTS)}
    null = data["null_alternative"]["trajectories"]
    null.append({"id": "other", "label": draw(TEXTS), "source": draw(TEXTS), "catch_up": _number(draw, SHARES)})
    if draw(st.booleans()):
        more = {"id": "more", "label": draw(TEXTS), "kind": "scale_up", "description": draw(TEXTS) * 2, "years": 3}
        more |= {"extra_fte": draw(SHARES), "extra_clients_per_fte": _number(draw, COUNTS)}
        data["alternatives"].append(more)
        data["lines"] += [_of_extra_clients(draw, "outlay"), _of_extra_clients(draw, "effect")]
    data["overlap_groups"] = [{"id": "both", "label": draw(TEXTS), "alpha": draw(SHARES), "why": draw(TEXTS)}]
    data["correlations"] = [{"between": ["price/night", draw(TEXTS)], "rank": draw(SHARES), "source": draw(TEXTS)}]
    for at, one in enumerate(data["lines"]):
        one["label"] = f"{draw(TEXTS)} {at}"  # two lines under one label are refused
        if one["quantity"]["kind"] == "extra_clients":
            continue
        optional: dict[str, Any] = {
            "overlap_group": "both",
            "alternatives": draw(st.sampled_from([["stop"], ["go_on", "stop"]])),
            "displacement": _number(draw, SHARES),
            "drop_off": _number(draw, SHARES),
            "real_growth": draw(SHARES),
            "growth_source": draw(TEXTS),
            "cashing": {"share": draw(SHARES), "lag_years": draw(st.integers(0, 20)), "source": draw(TEXTS)},
        }
        if "receiver" not in one:
            del optional["cashing"]  # costs are money as they are
        optional |= {"duration_years": 4, "fade_in": draw(st.lists(SHARES, max_size=4))}
        one |= {key: optional[key] for key in draw(st.sets(st.sampled_from(sorted(optional))))}
        one.setdefault("growth_source", "Waarom het groeit")
        one["duration_years"] = 4
    return data


def _of_extra_clients(draw: st.DrawFn, role: str) -> dict[str, Any]:
    """What scaling up costs or yields, of which the worth is not known."""
    party = {"payer": "municipality"} if role == "outlay" else {"receiver": "client"}
    quantity = {"kind": "extra_clients"}
    line = {"id": f"extra_{role}", "role": role, "type": "resource", "evidence": "expert", "alternatives": ["more"]}
    return line | party | {"quantity": quantity, "pm_text": draw(TEXTS), "label": ""}


def _number(draw: st.DrawFn, values: st.SearchStrategy[float]) -> dict[str, Any]:
    number = {
        "value": draw(values),
        "source": draw(TEXTS),
        "status": draw(st.sampled_from(["verified", "second_hand"])),
    }
    return number | ({"status": "assumption", "signed_by": draw(TEXTS)} if draw(st.booleans()) else {})


def again(model: Mkba) -> Mkba:
    return mkba_from_workbook(book_of(inputs_workbook(model), "invoer.xlsx"), parameter_packs(), compares=True)


def loses_nothing(data: dict[str, Any]) -> None:
    model = Mkba.model_validate(data)
    assert again(model) == model


@pytest.mark.parametrize("balances_tried", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_a_balance_goes_to_a_workbook_and_back_and_loses_nothing(balances_tried: int) -> None:
    tried = settings(
        max_examples=balances_tried, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
    )
    tried(given(balances())(loses_nothing))()


@settings(max_examples=10, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(balances(), balances())
def test_a_text_that_takes_over_another_balance_says_the_same(before: dict[str, Any], after: dict[str, Any]) -> None:
    model = again(Mkba.model_validate(after))
    text = merged_text(yaml_text(before), model.model_dump(exclude_defaults=True), model.model_dump())
    assert as_model(text, Mkba, "mkba.yaml") == model


@pytest.mark.parametrize("name", ["rijnstad", "voorbeeldstad"])
def test_a_shipped_balance_loses_nothing_and_keeps_its_comments(name: str) -> None:
    model = study_mkba(read_study(STUDIES / name))
    assert model is not None
    assert again(model) == model
    text = (STUDIES / name / "mkba.yaml").read_text()
    assert (
        merged_text(text, model.model_dump(exclude_defaults=True), model.model_dump()).splitlines()[0]
        == text.splitlines()[0]
    )


def test_every_field_has_a_heading_of_its_own() -> None:
    for sheet in SHEETS:
        headings = [column.heading for column in sheet.columns]
        assert len(headings) == len(set(headings)), sheet.name


Fault = Callable[[Any], None]


def cell(sheet: str, heading: str, row: int, value: Any) -> Fault:
    """Put a value below a heading (or beside it, on the sheet Balans)."""

    def put(book: Any) -> None:
        page = book[sheet]
        if sheet == "Balans":
            at = next(line[0].row for line in page.iter_rows() if line[0].value == heading)
            page.cell(at, 2).value = value
            return
        column = next(one.column for one in page[1] if one.value == heading)
        page.cell(row, column).value = value

    return put


def rename(sheet: str, at: str, value: str | None) -> Fault:
    def put(book: Any) -> None:
        book[sheet][at].value = value

    return put


SHARE = "deel nagekeken prijzen voor een saldo"
FAULTS: dict[str, tuple[Fault, str]] = {
    "a sheet away": (lambda book: book.remove(book["Prijzen"]), "blad Prijzen: dit blad ontbreekt."),
    "a sheet more": (lambda book: book.create_sheet("Blad9"), "blad Blad9: dit blad kennen we niet."),
    "a heading renamed": (rename("Keuzes", "A1", "code"), "blad Keuzes, rij 1: kolom 'code': deze kop kennen we niet."),
    "a word for a number": (cell("Prijzen", "waarde", 2, "veel"), "rij 2: kolom 'waarde': dit moet een getal zijn."),
    "half a year": (
        cell("Keuzes", "jaren", 2, 2.5),
        "rij 2: kolom 'jaren': dit moet een geheel getal zijn.",
    ),
    "a strange choice": (cell("Regels", "wet", 3, "Gemeentewet"), "blad Regels, rij 3: kolom 'wet': kies uit:"),
    "an id that is gone": (cell("Regels", "id", 3, None), "blad Regels, rij 3: kolom 'id': dit ontbreekt."),
    "no price and no reason": (cell("Regels", "prijs", 3, None), "rij 3: een regel zonder prijs is een PM-post."),
    "a price per other unit": (
        cell("Regels", "prijs", 3, "hospital_day"),
        "kolom 'prijs': de prijs is per 'day'",
    ),
    "a share above one": (cell("Balans", SHARE, 0, 50), f": '{SHARE}': 50 is meer dan 1"),
    "an error of Excel": (
        cell("Prijzen", "laag", 2, "#DIV/0!"),
        "blad Prijzen, rij 2: hier staat een fout van Excel of LibreOffice.",
    ),
    "an unknown discount": (
        cell("Balans", "discontovoet", 0, "nl_1999"),
        ": 'discontovoet': 'nl_1999' kennen we niet.",
    ),
    "a loose factor": (cell("Omrekenen", "regel", 2, "weg"), "rij 2: kolom 'regel': 'weg' staat niet op blad Regels."),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_gives_one_clear_message_with_sheet_and_row(fault: str) -> None:
    data = copy.deepcopy(case())
    if fault == "a loose factor":
        factor = {
            "id": "nights",
            "label": "nachten",
            "from_unit": "night",
            "to_unit": "night",
            "value": 1,
            "source": SOURCE,
        }
        data["lines"][1]["factors"] = [factor | {"status": "verified"}]
    content = inputs_workbook(Mkba.model_validate(data))
    book = openpyxl.load_workbook(io.BytesIO(content))
    spoil, message = FAULTS[fault]
    spoil(book)
    spoiled = io.BytesIO()
    book.save(spoiled)
    with pytest.raises(StudyError) as error:
        mkba_from_workbook(book_of(spoiled.getvalue(), "invoer.xlsx"), parameter_packs(), compares=True)
    lines = str(error.value).splitlines()
    assert lines[0].startswith("invoer.xlsx, ")
    assert message in str(error.value)
    assert len(lines) == (2 if fault == "a heading renamed" else 1)


def test_what_is_no_workbook_is_named_as_such(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"invoer\.xlsx: dit is geen werkmap"):
        mkba_from_workbook(book_of(b"geen werkmap", "invoer.xlsx"), parameter_packs(), compares=True)


def test_what_differs_between_two_balances_is_told_by_place() -> None:
    before, after = case(), case()
    line(after, "nights")["label"] = "Minder nachten"
    after["lines"] = [one for one in after["lines"] if one["id"] != "care"]
    after["base_year"] = 2025
    told = {where: (was, becomes) for where, was, becomes in changes(before, after)}
    assert told.pop("lines.care")[1] is None
    assert told == {"base_year": (2024, 2025), "lines.nights.label": ("Minder nachten opvang", "Minder nachten")}
    assert list(changes(before, case())) == []
