"""The running Dagster: what is in it, the drop folder, and what happens by itself behind intake."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipelines.releases.release import releases
from pipelines.storage.home import Home
from tests.flow.conftest import Done
from tests.flow.dropped import Dropped


@pytest.fixture(scope="module")
def definitions() -> dg.Definitions:
    from pipelines.definitions import defs

    return defs()


def test_every_table_is_an_asset_in_a_group_of_its_subject(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    groups: dict[str, int] = {}
    for key in graph.get_all_asset_keys():
        group = graph.get(key).group_name
        groups[str(group)] = groups.get(str(group), 0) + 1
    assert set(groups) == {"intake", "current", "change", "gate", "logic", "mkba", "reports"}
    assert groups["reports"] == 1
    assert sum(groups.values()) > 60


def test_every_table_has_a_contract_check_that_blocks(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    tables = {key for key in graph.get_all_asset_keys() if graph.get(key).group_name != "reports"}
    checked = {check.asset_key for check in graph.asset_check_keys if check.name == "contract"}
    assert checked == tables


def test_there_are_two_jobs_a_schedule_and_three_sensors(definitions: dg.Definitions) -> None:
    repository = definitions.get_repository_def()
    assert {job.name for job in repository.get_all_jobs() if not job.name.startswith("__")} == {"deliver", "publish"}
    assert [schedule.name for schedule in repository.schedule_defs] == ["scheduled_release"]
    assert {sensor.name for sensor in repository.sensor_defs} == {"inbox", "automation", "alerts"}


def test_a_delivery_in_the_inbox_waits_for_a_second_look_and_then_runs_to_a_concept(concept: Dropped) -> None:
    assert isinstance(concept.looks["empty"], str)
    assert "niet meer veranderen" in concept.looks["first"]
    assert concept.looks["second"] == [concept.key]
    assert isinstance(concept.looks["after"], str)
    assert concept.receipts == ["accepted"]
    assert concept.follows == [
        "Er is geen nieuwe levering die meetelt.",
        "Er loopt nog een run.",
        "publish",
        "De laatste run is niet gelukt; over 5 minuten wordt het opnieuw geprobeerd (poging 2 van 3).",
    ]
    home = Home(concept.home)
    assert [release.status for release in releases(home)] == ["concept"]
    assert not any(
        path.suffix in ("", ".pickle", ".pkl") for path in (home.dagster / "storage").rglob("*") if path.is_file()
    )


def test_a_broken_contract_is_red_in_the_check_and_stops_what_lies_behind(done: Done, tmp_path: Path) -> None:
    import pandas as pd

    from data_contracts.tables.core import KEYS
    from pipelines.assets.table_asset import Part, made_in_turn
    from pipelines.study.workplace import Workplace, read_study

    place = Workplace(read_study(done.study), Home(tmp_path / "home"), None, 1)
    place.home.prepare()
    twice = Part(KEYS, (), lambda task: pd.DataFrame({"client_no": [1, 1], "client_key": ["demo-1", "demo-2"]}))
    (written,) = made_in_turn([twice], place)
    assert written.broken
    assert not written.path.exists()


def test_dagsters_pages_start_over_a_prepared_home_without_telemetry(done: Done, tmp_path: Path) -> None:
    from pipelines.assets.dagster_ui import ui_environment

    environment = ui_environment(done.study, tmp_path / "home")
    assert (tmp_path / "home" / "closed").stat().st_mode & 0o777 == 0o700
    with dg.DagsterInstance.from_config(environment["DAGSTER_HOME"]) as instance:
        assert not instance.telemetry_enabled


def test_an_unforeseen_error_in_a_table_is_told_by_kind_and_place_and_never_by_its_text(
    done: Done, tmp_path: Path
) -> None:
    import traceback

    from data_contracts.errors import OurBug
    from data_contracts.tables.core import KEYS
    from pipelines.assets.table_asset import Part, Task, made_in_turn
    from pipelines.storage.tables import Value
    from pipelines.study.workplace import Workplace, read_study

    def breaks(task: Task) -> Value:
        return task.connection.sql("SELECT CAST('Mevrouw Jansen' AS INTEGER) AS client_no").df()

    place = Workplace(read_study(done.study), Home(tmp_path / "home"), None, 1)
    place.home.prepare()
    with pytest.raises(OurBug, match="ConversionException") as caught:
        list(made_in_turn([Part(KEYS, (), breaks)], place))
    assert "Jansen" not in "".join(traceback.format_exception(caught.value))
    assert caught.value.__context__ is None
