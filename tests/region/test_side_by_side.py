"""Municipalities side by side: one that fails touches no other, and one page tells how all of them stand."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.region.members import chosen, read_region
from pipelines.region.one import RECORD, LastRun, last_run, run_one
from pipelines.region.side_by_side import run_side_by_side
from pipelines.region.state import CUT_OFF, RUNNING, Standing, kind_of, standings
from pipelines.region.state_page import state_chapter, write_state
from pipelines.run import Order, Outcome
from pipelines.storage.home import Home
from reports.content.region.facts import RegionFacts
from reports.plain_text import as_text
from tests.region.test_together import ON
from tests.region.towns import estimate, region_of, town


def region_with(tmp_path: Path) -> Path:
    """One with an empty inbox, one whose term has ended (a run that ends well, in a second), one broken study.yaml."""
    for name in ("leegdam", "klaarstad", "stukdorp"):
        town(tmp_path, name, [estimate("finances", 0.1)], approved=False)
    term = {"records_until": "2020-01-01", "warned_on": "2019-12-01", "done_on": "2020-01-02"}
    rights = Home(tmp_path / "homes" / "klaarstad").rights
    rights.mkdir(parents=True)
    (rights / "term.json").write_text(json.dumps(term), encoding="utf-8")
    study = tmp_path / "studies" / "klaarstad" / "study.yaml"
    ended = re.sub("records_until: .*", "records_until: 2020-01-01", study.read_text(encoding="utf-8"))
    study.write_text(ended, encoding="utf-8")
    (tmp_path / "studies" / "stukdorp" / "study.yaml").write_text("schema_version: 1\n", encoding="utf-8")
    return region_of(tmp_path, "leegdam", "klaarstad", "stukdorp")


def test_one_that_fails_touches_no_other(tmp_path: Path) -> None:
    region = read_region(region_with(tmp_path))
    told: dict[str, int] = {}
    codes = run_side_by_side(region.here, 2, told.__setitem__)
    assert codes == [2, 0, 2]
    assert told == {"leegdam": 2, "klaarstad": 0, "stukdorp": 2}
    leegdam, klaarstad, stukdorp = standings(region)
    assert (leegdam.run, klaarstad.run, stukdorp.run) == ("study", "done", "study")
    ended = last_run(Home(tmp_path / "homes" / "leegdam"))
    assert ended is not None
    assert "Er staat geen levering in" in ended.message


def test_a_study_that_brings_its_deliveries_is_run_over_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study, seen = tmp_path / "appelveen", list[Order]()
    (study / "deliveries" / "kwartaal").mkdir(parents=True)

    def run(order: Order) -> Outcome:
        seen.append(order)
        return Outcome()

    monkeypatch.setattr("pipelines.run.run", run)
    run_one(study, Home(tmp_path / "home"))
    (tmp_path / "home" / "inbox" / "kwartaal").mkdir()
    run_one(study, Home(tmp_path / "home"))
    assert [order.deliveries for order in seen] == [study / "deliveries", None]


def test_the_page_tells_the_kind_and_keeps_the_message_in_the_closed_zone(tmp_path: Path) -> None:
    town(tmp_path, "appelveen", [estimate("finances", 0.1)], approved=False)
    home = Home(tmp_path / "homes" / "appelveen")
    record = LastRun("2026-02-01T10:00:00+00:00", "2026-02-01T10:05:00+00:00", 3, "", "Kolom 'geheim' ontbreekt")
    (home.closed / RECORD).write_text(json.dumps(asdict(record)), encoding="utf-8")
    page, _, (found,) = write_state(read_region(region_of(tmp_path, "appelveen")), tmp_path, ON)
    text = page.read_text(encoding="utf-8")
    assert "een levering is geweigerd" in text
    assert "geheim" not in text
    assert found.run == "refused"


def test_the_page_says_where_the_reason_is_and_promises_no_release_that_is_not_there() -> None:
    gone = Standing("kersum", "Kersum", "refused", "", "", "", 1)
    there = replace(gone, name="peerdam", municipality="Peerdam", current="2026-01-31-0a1b2c3d")
    withdrawn = Standing("vijgstad", "Vijgstad", "done", "", "", "", 0)
    earlier = Standing("pruimwijk", "Pruimwijk", "done", "", "2026-01-31-0a1b2c3d", "", 2)
    facts = RegionFacts("Rivierenland", ON, ())
    told = " ".join(as_text(state_chapter(facts, [gone, there, withdrawn, earlier])).split())
    why = "een levering is geweigerd. Lees waarom met wijkbaat region state --for"
    assert f"Kersum: {why} kersum. - Peerdam: {why} peerdam. De geldende publicatie blijft staan." in told
    assert "Vijgstad: er geldt geen publicatie. Kijk met wijkbaat release list." in told
    assert "Pruimwijk: geweigerd is 2. Lees waarom met wijkbaat deliveries show." in told
    assert withdrawn.needs_somebody


def test_a_run_without_an_end_is_cut_off_unless_it_holds_the_home(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    began = LastRun("2026-02-01T10:00:00+00:00")
    assert kind_of(began, home) == CUT_OFF
    with home.lock():
        assert kind_of(began, home) == RUNNING


def test_state_as_json_names_who_needs_somebody(tmp_path: Path) -> None:
    town(tmp_path, "appelveen", [estimate("finances", 0.1)])
    file = region_of(tmp_path, "appelveen")
    told = json.loads(CliRunner().invoke(app, ["region", "state", str(file), "--json"]).stdout)
    assert [(one["name"], one["run"], one["needs_somebody"]) for one in told["municipalities"]] == [
        ("appelveen", "never", False)
    ]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("{study: a, home: h}, {study: b, home: h}", "'h' staat er twee keer"),
        ("{study: a, home: h}, {study: b, home: h/binnen}", "liggen in elkaar"),
        ("{study: a, home: h}, {study: x/a, home: g}", "twee studies heten 'a'"),
        ("{study: a}", "precies één van beide"),
        ("{study: a, home: h, features: {kleur: rood}}", "staat niet onder features"),
    ],
)
def test_two_municipalities_share_nothing(tmp_path: Path, lines: str, says: str) -> None:
    file = tmp_path / "region.yaml"
    file.write_text(f"schema_version: 1\nregion: Rivierenland\nmunicipalities: [{lines}]\n", encoding="utf-8")
    with pytest.raises(StudyError, match=says):
        read_region(file)


def test_a_municipality_that_does_not_run_here_is_refused_by_name(tmp_path: Path) -> None:
    town(tmp_path, "appelveen", [estimate("finances", 0.1)])
    with pytest.raises(StudyError, match=r"'peerdam' draait hier niet\. Bekend in region\.yaml: appelveen"):
        chosen(read_region(region_of(tmp_path, "appelveen")), ["peerdam"])
