"""Deliveries over time through the commands: what they changed, what stops, and what a person decides."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from typer.testing import CliRunner

from data_contracts.errors import DeliveryRefused, StudyError
from pipelines.assets.run_log import open_instance
from pipelines.assets.table_asset import WorkplaceResource, quiet
from pipelines.commands.app import app
from pipelines.in_process import in_process
from pipelines.records.beside_the_last import beside_the_last
from pipelines.run import Order, _receive, _take_in
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import Workplace, read_study
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.flow.taken_in import take_in

COMPLETE = "{kind: complete, period_by: started_on}"


@dataclass(frozen=True)
class Place:
    """A study that declares its provisions as complete, and a home in which the third quarter counts."""

    study: Path
    home: Home
    third: Path

    def take_in(self, directory: Path | None) -> None:
        take_in(Order(self.study, self.home.root, directory, AS_OF))

    def take_in_by_dagster(self, directory: Path) -> None:
        workplace = WorkplaceResource(str(self.study), str(self.home.root), AS_OF)
        with self.home.lock(), in_process(workplace, quiet) as dagster:
            waiting = _receive(Order(self.study, self.home.root, directory, AS_OF), read_study(self.study), self.home)
            _take_in(dagster, waiting)

    def said(self, *words: object) -> Any:
        """What `wijkbaat deliveries ... --json` tells."""
        return json.loads(self.printed(*words, "--json"))

    def printed(self, command: str, *words: object) -> str:
        given = ["deliveries", command, str(self.study), *(str(word) for word in words), "--home", str(self.home.root)]
        return CliRunner().invoke(app, given, catch_exceptions=False).output

    def accepted(self) -> list[str]:
        return [receipt.name for receipt in Receipts(self.home.receipts).accepted()]


@pytest.fixture(scope="module")
def third_quarter(tmp_path_factory: pytest.TempPathFactory) -> Place:
    root = tmp_path_factory.mktemp("deliveries")
    study = small_study(root)
    text = (study / "mapping.yaml").read_text(encoding="utf-8")
    said = f"table: provisions\n    delivers: {COMPLETE}"
    (study / "mapping.yaml").write_text(text.replace("table: provisions", said), encoding="utf-8")
    shutil.copytree(small_delivery(study, root, 120), root / "q3")
    place = Place(study, Home(root / "home"), root / "q3")
    place.home.prepare()
    place.take_in(root / "q3")
    return place


@pytest.fixture
def place(third_quarter: Place, tmp_path: Path) -> Place:
    shutil.copytree(third_quarter.home.root, tmp_path / "home")
    return Place(third_quarter.study, Home(tmp_path / "home"), third_quarter.third)


def without(directory: Path, target: Path, share: float) -> Path:
    """The same delivery without the provisions of a share of its people."""
    shutil.copytree(directory, target)
    path = target / "voorzieningen.csv"
    head, *lines = [line for line in path.read_bytes().split(b"\n") if line]
    people = sorted({line.split(b";")[0] for line in lines})
    gone = set(people[: round(share * len(people))])
    path.write_bytes(b"\n".join([head, *(line for line in lines if line.split(b";")[0] not in gone)]) + b"\n")
    return target


def total(told: Any, table: str, name: str) -> int:
    return sum(row[name] for row in told["changes"] if row["table_name"] == table)


def test_of_every_delivery_it_is_told_what_it_changed_before_anything_is_published(
    place: Place, tmp_path: Path
) -> None:
    place.take_in_by_dagster(without(place.third, tmp_path / "q4", 0.1))
    key = Receipts(place.home.receipts).accepted()[-1].key
    told = place.said("show", key)
    table = "core_provisions__use"
    assert total(told, table, "n_gone") > 0
    assert total(told, table, "n_new") == total(told, table, "n_changed") == 0
    assert total(told, "core_zrm__assessments", "n_equal") > 100
    assert total(told, "core_zrm__assessments", "n_new") == 0
    assert {row["half_year"] for row in told["changes"] if row["table_name"] == table} > {"2023-1"}
    assert "voorzieningen" in place.printed("show", key)
    with open_instance(place.home) as instance:
        event = instance.get_latest_materialization_event(dg.AssetKey("core_intake__changes"))
    assert event is not None and event.asset_materialization is not None
    seen = {name: one.value for name, one in event.asset_materialization.metadata.items()}
    assert seen["n_gone"] == sum(row["n_gone"] for row in told["changes"]) > 0
    assert seen["out_of_the_ordinary"] == 0
    assert not list(place.home.released.iterdir())


@pytest.mark.parametrize("file", ["voorzieningen", "gebeurtenissen"])  # the first is declared complete
def test_a_file_that_was_forgotten_is_told_whether_its_kind_is_declared_complete_or_not(
    file: str, place: Place, tmp_path: Path
) -> None:
    before = len((place.third / f"{file}.csv").read_bytes().splitlines()) - 1
    shutil.copytree(place.third, tmp_path / "q4")
    (tmp_path / "q4" / f"{file}.csv").unlink()
    place.take_in(tmp_path / "q4")
    key = Receipts(place.home.receipts).accepted()[-1].key
    told = beside_the_last(connect(), Workplace(read_study(place.study), place.home, AS_OF, 1), key)
    (absent,) = [one for one in told if one.is_absent]
    assert absent.sentence.startswith(f"{file}: daarvan zit niets in deze levering; in de vorige waren het er ")
    assert before * 0.9 < absent.n_before <= before  # rows that were set aside are no records


def test_what_is_out_of_the_ordinary_stops_until_a_person_takes_it(place: Place, tmp_path: Path) -> None:
    fourth = without(place.third, tmp_path / "q4", 0.42)
    with pytest.raises(DeliveryRefused, match=r"staan er niet meer in.*deliveries take STUDIE q4") as stopped:
        place.take_in(fourth)
    assert stopped.value.exit_code == 3
    assert place.accepted() == ["q3"]
    (waits,) = [one for one in place.said("list")["deliveries"] if one["standing"] == "waits"]
    assert any("meer dan 25%" in words for words in place.said("show", waits["key"])["because"])
    place.said("take", waits["key"], "--by", "A. Ambtenaar", "--why", "een contract is geëindigd")
    place.take_in(None)
    assert place.accepted() == ["q3", "q4"]
    assert place.said("show", waits["key"])["acts"][0]["by"] == "A. Ambtenaar"


def test_a_withdrawn_delivery_counts_as_if_it_had_never_come_and_the_act_stays(place: Place, tmp_path: Path) -> None:
    fourth = without(place.third, tmp_path / "q4", 0.1)
    place.take_in(fourth)
    key = Receipts(place.home.receipts).accepted()[-1].key
    place.said("withdraw", key, "--by", "A. Ambtenaar", "--why", "verkeerde uitdraai")
    assert place.accepted() == ["q3"]
    assert "ingetrokken" in place.printed("list")
    with pytest.raises(DeliveryRefused, match=r"ingetrokken door A\. Ambtenaar op .*: verkeerde uitdraai.*take"):
        place.take_in(fourth)
    with pytest.raises(StudyError, match="is al ingetrokken"):
        place.printed("withdraw", key, "--by", "A. Ambtenaar", "--why", "nog een keer")
    place.said("take", key, "--by", "A. Ambtenaar", "--why", "was toch de goede")
    assert place.accepted() == ["q3", "q4"]


def test_a_delivery_that_waits_for_nothing_is_not_taken_and_an_unknown_one_is_named(place: Place) -> None:
    (receipt,) = Receipts(place.home.receipts).all()
    with pytest.raises(StudyError, match="wacht niet op een besluit"):
        place.printed("take", receipt.key, "--by", "A. Ambtenaar", "--why", "voor de zekerheid")
    with pytest.raises(StudyError, match=f"Bekend: {receipt.key}"):
        place.printed("show", "q9-00000000")
    with pytest.raises(StudyError, match=r"Zet achter --why in een korte zin"):
        place.printed("withdraw", receipt.key, "--by", "A. Ambtenaar", "--why", "ok")
