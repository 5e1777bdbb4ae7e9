"""Dagster's history in a real PostgreSQL: a run writes there and nowhere else, and forgetting empties it."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from data_contracts.errors import StudyError
from pipelines.assets.defs.automation import deliver
from pipelines.assets.failed_runs import failures_of
from pipelines.assets.run_log import open_instance
from pipelines.run import Order, read_in
from pipelines.storage.home import POSTGRES, Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.run_history import forget_runs, stage_forgetting
from pipelines.storage.staged import all_at_once
from tests.deploy.servers import postgres, required
from tests.flow.small import small_delivery, small_study

pytestmark = pytest.mark.slow


def test_a_run_keeps_its_history_in_the_database_and_an_erasure_empties_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    required(_installed("dagster_postgres"), "dagster-postgres")
    study = small_study(tmp_path)
    delivery = small_delivery(study, tmp_path, 120)
    home = Home(tmp_path / "home")
    with postgres() as address:
        monkeypatch.setenv(POSTGRES, address)
        read_in(Order(study, home.root, delivery, "2026-01-31"))
        assert [one.status for one in Receipts(home.receipts).all()] == ["accepted"]
        assert not (home.dagster / "history").exists()
        assert address not in (home.dagster / "dagster.yaml").read_text(encoding="utf-8")
        with open_instance(home) as instance:
            assert [run.status for run in instance.get_runs(dg.RunsFilter(job_name=deliver.name))] == [
                dg.DagsterRunStatus.SUCCESS
            ]
            assert instance.get_latest_materialization_event(dg.AssetKey("core_zrm__assessments")) is not None
            assert list(failures_of(instance, [deliver.name])) == []
        with home.lock(), all_at_once(home.root) as staged:
            stage_forgetting(home, staged)
        forget_runs(home)
        with open_instance(home) as instance:
            assert list(instance.get_runs()) == []
            assert instance.get_latest_materialization_event(dg.AssetKey("core_zrm__assessments")) is None


def test_an_address_that_dagster_cannot_use_is_refused_without_showing_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(POSTGRES, "postgresql://naam:geheim@server/database")
    with pytest.raises(StudyError, match="psycopg2") as caught:
        Home(tmp_path / "home").prepare()
    assert "geheim" not in str(caught.value)


def _installed(module: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(module) is not None
