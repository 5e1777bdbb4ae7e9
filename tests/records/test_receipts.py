"""When a delivery was received is a fact of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
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
