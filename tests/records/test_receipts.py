"""When a delivery was received is a fact of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.steps import Deliveries, FromName
from pipelines.intake.extract_date import extract_date
from pipelines.run import Order, _receive
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import read_study
from tests.flow.small import small_study
from tests.intake.taking_in import MAPPING, STUDY, delivered, mapping, study, take_in

TODAY = dt.date(2026, 11, 29)


def test_an_early_date_on_the_documents_does_not_date_the_receipt(tmp_path: Path) -> None:
    the_study, home = small_study(tmp_path), Home(tmp_path / "home")
    home.prepare()
    inbox = tmp_path / "in"
    delivered(inbox, "Nummer;Datum\n")
    _receive(Order(the_study, home.root, inbox, "2020-01-01", today=TODAY), read_study(the_study), home)
    (receipt,) = Receipts(home.receipts).all()
    assert receipt.received_on == TODAY.isoformat()


def test_a_refused_delivery_that_is_offered_again_is_received_that_day(tmp_path: Path) -> None:
    receipts = Receipts(tmp_path)
    early = receipts.receive("q1-aa", "q1", tmp_path, dt.date(2020, 1, 1))
    receipts.put(replace(early, status="refused"))
    assert receipts.receive("q1-aa", "q1", tmp_path, TODAY).received_on == "2020-01-01"
    assert receipts.receive("q1-aa", "q1", tmp_path, TODAY, again=True).received_on == TODAY.isoformat()


def test_days_after_the_receipt_are_not_laid_on_the_mapping(tmp_path: Path) -> None:
    later = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2026;2;3;;\n"
    with pytest.raises(DeliveryRefused, match="klopt \\(2026-01-31\\)") as refused:
        take_in(delivered(tmp_path / "d", later), study(STUDY), mapping(MAPPING))
    assert "mapping.yaml" not in str(refused.value)


def test_the_later_extract_date_decides_and_then_the_order_of_receipt(tmp_path: Path) -> None:
    receipts = Receipts(tmp_path)
    for name, as_at in (("q3", "2025-10-01"), ("late-q2", "2025-07-01"), ("q3-again", "2025-10-01")):
        one = receipts.receive(f"{name}-aa", name, tmp_path, TODAY)
        receipts.put(replace(one, status="accepted", as_at=as_at))
    assert [receipt.name for receipt in receipts.accepted()] == ["late-q2", "q3", "q3-again"]


@pytest.mark.parametrize(
    ("folder", "file", "found"),
    [
        ("zrm_20251001", "zrm.csv", dt.date(2025, 10, 1)),
        ("levering", "zrm_20251001.csv", dt.date(2025, 10, 1)),
        ("nr_1202510011", "zrm_20251001.csv", dt.date(2025, 10, 1)),
    ],
)
def test_the_extract_date_is_read_from_a_name(tmp_path: Path, folder: str, file: str, found: dt.date) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / file).touch()
    assert extract_date(Deliveries(as_at=FromName(from_name="yyyymmdd")), tmp_path / folder) == found
    assert extract_date(Deliveries(), tmp_path / folder) is None


def test_a_delivery_without_its_extract_date_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "zrm_20251399").mkdir()
    with pytest.raises(DeliveryRefused, match=r"peildatum staat niet in de naam.*yyyymmdd"):
        extract_date(Deliveries(as_at=FromName(from_name="yyyymmdd")), tmp_path / "zrm_20251399")
