"""A run is a Dagster run of few steps, and Dagster's own pages see every table of it."""

from __future__ import annotations

import os
from collections import Counter

import dagster as dg
import pytest

from data_contracts.tables.meanings import meaning, meanings
from pipelines.definitions import ASSETS
from pipelines.storage.home import Home
from pipelines.storage.tables import TableStore
from tests.flow.conftest import Done


@pytest.fixture(scope="module")
def kept(done: Done) -> dg.DagsterInstance:
    """What a process of its own would read from the home after the run."""
    return dg.DagsterInstance.from_config(str(Home(done.home).dagster))


def test_a_run_is_two_jobs_of_a_step_per_subject(kept: dg.DagsterInstance) -> None:
    runs = kept.get_runs()
    steps = Counter(run.job_name for run in runs for _ in kept.get_run_step_stats(run.run_id))
    assert {run.status for run in runs} == {dg.DagsterRunStatus.SUCCESS}
    assert steps == {"deliver": 1, "publish": len(ASSETS) - 1}
    assert len(ASSETS) < 10


def test_every_table_has_its_rows_its_check_and_its_parents_in_dagsters_own_store(
    done: Done, kept: dg.DagsterInstance
) -> None:
    store = TableStore(Home(done.home).tables)
    for step in ASSETS:
        for spec in step.specs:
            seen = kept.get_latest_materialization_event(spec.key)
            assert seen is not None, spec.key
            made = seen.asset_materialization
            assert made is not None
            pointed_at = {tag.removeprefix("dagster/input_event_pointer/") for tag in made.tags or {}}
            assert {dep.asset_key.to_user_string() for dep in spec.deps} <= pointed_at
            table = spec.key.to_user_string()
            if store.path(table).exists():
                frame = store.stored(table).frame()
                assert made.metadata["rows"].value == len(frame)
                assert isinstance(made.metadata["seconds"].value, float)
                is_gated = "status" in frame and not table.startswith(("out_mkba", "out_logic"))
                assert ("hidden" in made.metadata) == is_gated, table
                if is_gated:
                    shown = frame["status"].isin(["released", "banded", "held"])
                    assert made.metadata["hidden"].value == (~shown).sum()
        for check in step.check_keys:
            (found,) = kept.event_log_storage.get_asset_check_execution_history(check, limit=1)
            assert found.event is not None
            assert found.event.dagster_event is not None
            assert found.event.dagster_event.asset_check_evaluation_data.passed


def test_a_table_is_made_after_the_tables_that_it_reads() -> None:
    before: set[dg.AssetKey] = set()
    every = {spec.key for step in ASSETS for spec in step.specs}
    for step in ASSETS:
        for spec in step.specs:
            assert {dep.asset_key for dep in spec.deps} & every <= before, spec.key
            before.add(spec.key)


def test_a_run_leaves_the_environment_as_it_was(done: Done) -> None:
    assert done.outcome.release is not None
    assert not {"WIJKBAAT_STUDY", "WIJKBAAT_HOME", "WIJKBAAT_SEED"} & os.environ.keys()


def test_the_seconds_that_tables_took_are_told_apart(done: Done) -> None:
    seconds = done.outcome.seconds
    assert 0 < seconds["tables"] < seconds["intake"] + seconds["publish"]


def test_every_table_has_its_meaning_in_dutch_on_the_pages_of_dagster() -> None:
    specs = [spec for step in ASSETS for spec in step.specs]
    told = {name: spec.description for spec in specs if (name := spec.key.to_user_string()) != "release"}
    assert told == {name: meaning(name) for name in told}
    assert set(meanings()["closed"]) <= told.keys()
