"""`wijkbaat watch`, called by a clock, does what the daemon does: waits for whole deliveries, runs, and tells."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from typer.testing import CliRunner

from data_contracts.demonstrable import MORE, shows
from data_contracts.errors import HomeLocked, MachineFault, WijkbaatError
from pipelines import watching
from pipelines.assets.defs import automation
from pipelines.assets.failed_runs import failures_of
from pipelines.assets.run_log import open_instance
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.commands.app import app
from pipelines.intake.door import key_of
from pipelines.on_schedule.alerts import Failure, alerts_due
from pipelines.on_schedule.telling import failures
from pipelines.releases.release import current
from pipelines.run import Order, Outcome
from pipelines.storage.home import Home
from pipelines.storage.platform import short_connection
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import StoredTable
from pipelines.study.workplace import read_study
from tests.flow.conftest import Done
from tests.on_schedule.sinks import webhook

EXPECTED = """
on_schedule:
  expected:
    - {supplier: leverancier B, every: quarter, within_days: 30, since: 2025-01-01, deliveries: 'b-*'}
  tell:
    - {webhook: TEAM, about: [failed, missing, worse]}
"""


@pytest.fixture
def study(done: Done, tmp_path: Path) -> Path:
    study = Path(shutil.copytree(done.study, tmp_path / "demostad"))
    with (study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write(EXPECTED)
    return study


def watched(study: Path, home: Home, *words: str) -> dict[str, Any]:
    ended = CliRunner().invoke(app, ["watch", str(study), "--home", str(home.root), "--json", *words])
    told: dict[str, Any] = json.loads(ended.stdout)
    assert told["exit"] == ended.exit_code
    return told


def test_only_a_delivery_that_stood_still_is_run_and_after_a_fault_of_the_machine_it_is_tried_again(
    done: Done, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    ends: list[WijkbaatError | None] = [MachineFault("De schijf is vol."), HomeLocked(home.root), None]

    def run(order: Order) -> Outcome:
        error = ends.pop(0)
        if error is not None:
            raise error
        receipts = Receipts(home.receipts)
        key = key_of(home.inbox / "voorjaar")
        receipts.put(replace(receipts.receive(key, "voorjaar", home.inbox, order.today), status="accepted"))
        return Outcome()

    monkeypatch.setattr(watching, "run", run)
    order, told = Order(study, home.root), list[tuple[int, list[Failure]]]()

    def look(*, always: bool = False) -> None:
        watched = watching.watch(order, always=always)
        told.append((watched.error.exit_code if watched.error else 0, failures(home)))

    look()
    assert len(ends) == 3  # an empty inbox
    shutil.copytree(done.delivery, home.inbox / "voorjaar")
    look()
    (home.inbox / "voorjaar" / "zrm.csv").touch()
    look(always=True)
    assert len(ends) == 3  # it still changed
    for _ in range(4):
        look()
    full = [Failure("run", "", 5)]
    assert told[3:] == [(5, full), (4, full), (0, []), (0, [])]
    assert ends == []


@pytest.mark.slow
def test_a_delivery_is_run_on_the_second_look_and_a_missing_quarter_told_once(
    done: Done, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    shutil.copytree(done.delivery, home.inbox / "voorjaar")
    with webhook() as (address, posts):
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        first = watched(study, home)
        second = watched(study, home)
        third = watched(study, home)
    assert first["notes"] == ["voorjaar: wacht tot de bestanden niet meer veranderen"]
    assert second["release"]["status"] == "approved"
    (note,) = third["notes"]
    assert note.startswith("Er is geen nieuwe levering in ")
    assert [told["told"] > 0 for told in (first, second, third)] == [True, bool(second["told"]), False]
    assert "Het eerste kwartaal van 2025 van leverancier B ontbreekt" in posts[0][1]["text"]


def test_a_delivery_that_is_refused_is_told_by_job_and_step_alone_and_a_good_run_takes_it_back(
    done: Done, study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(Path(shutil.copytree(done.home, tmp_path / "home")))
    bad = home.inbox / "najaar-jansen"
    bad.mkdir()
    (bad / "zrm.csv").write_text("Naam;BSN\nJansen;123456782\n", encoding="utf-8")
    with webhook() as (address, posts):
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        watched(study, home)
        refused = watched(study, home)
        again = watched(study, home)
    assert (refused["exit"], again["exit"]) == (3, 0)
    told = posts[-1][1]["text"]
    assert "De run (deliver, stap intake) is gestopt met code 3" in told
    assert "jansen" not in told.casefold()
    with open_instance(home) as instance:
        assert list(failures_of(instance, ["deliver"])) == [Failure("deliver", "intake", 3)]


def test_coverage_is_a_list_per_supplier(done: Done, study: Path) -> None:
    words = ["deliveries", "coverage", str(study), "--home", str(done.home)]
    said = CliRunner().invoke(app, words).stdout
    assert "leverancier B: laatste levering nog nooit" in said
    assert "ontbreekt      het eerste kwartaal van 2025 (verwacht voor 30-04-2025)" in said
    (series,) = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)["series"]
    assert series["periods"][0]["standing"] == "missing"


def test_the_daemon_decides_by_the_same_function(
    done: Done, study: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = Home(Path(shutil.copytree(done.home, tmp_path / "home")))
    workplace = WorkplaceResource(study=str(study), home=str(home.root))
    with webhook() as (address, posts), dg.DagsterInstance.ephemeral() as instance:
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        context = dg.build_sensor_context(instance=instance, resources={"workplace": workplace})
        said = [str(automation.alerts(context).skip_message) for _ in range(2)]
    due = alerts_due(read_study(study).study, home, dt.datetime.now(tz=dt.UTC).date(), [])
    assert posts[0][1]["text"].splitlines()[1:] == [alert.sentence for alert in due]
    assert said[1].endswith("0 daarvan zijn net verstuurd.")


def test_only_a_demonstrable_decline_in_the_approved_release_is_told(done: Done, study: Path, tmp_path: Path) -> None:
    home = Home(Path(shutil.copytree(done.home, tmp_path / "home")))
    files, today = read_study(study), dt.date(2025, 1, 1)
    path = home.released / str(current(home)) / "tables" / "out_effects__estimates.parquet"
    rows = StoredTable(path.stem, (path,)).frame()
    change = (rows["design"] == "before_after") & (rows["measure"] == "mean_change") & (rows["slice"] == "all")
    leading = rows["life_domain"].isin([one.value for one in files.study.design.headline_domains])
    rose = rows[change & leading & (rows["subject"] == "zrm")]
    rose = rose[shows(rose) == MORE]
    assert len(rose) > 0
    assert [alert.id for alert in alerts_due(files.study, home, today, [])] == []
    turned = {"estimate": -rows["estimate"], "ci_low": -rows["ci_high"], "ci_high": -rows["ci_low"]}
    short_connection().from_df(rows.assign(**turned)).write_parquet(str(path))
    told = {alert.id: alert.sentence for alert in alerts_due(files.study, home, today, [])}
    assert {f"worse/change/{domain}" for domain in rose["life_domain"]} <= told.keys()
    assert all("duidelijk achteruit" in words for name, words in told.items() if name.startswith("worse/change"))
    (home.released / "CURRENT").unlink()  # nobody approved it
    assert alerts_due(files.study, home, today, []) == []
