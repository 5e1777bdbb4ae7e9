"""Dagster over one home, in this process: the very same assets that it schedules."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from dagster import AssetCheckSeverity, AssetKey, DagsterError, DagsterExecutionStepExecutionError, DagsterInstance

from data_contracts.errors import ContractBroken, WijkbaatError
from pipelines.assets.run_log import open_instance
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.definitions import STEP_ASSETS, definitions_over
from pipelines.storage.home import Home
from pipelines.storage.machine import machine_fault
from pipelines.storage.tables import Told


@contextmanager
def in_process(workplace: WorkplaceResource, told: Told) -> Iterator[InProcess]:
    """Dagster over a home, which tells of every table."""
    logging.getLogger("alembic").setLevel(logging.ERROR)
    with open_instance(Home(Path(workplace.home))) as instance:
        yield InProcess(workplace, instance, told)


class InProcess:
    """The code location and the instance of one home, in this process."""

    def __init__(self, workplace: WorkplaceResource, instance: DagsterInstance, told: Told) -> None:
        self.definitions, self.instance = definitions_over(workplace, told), instance

    def deliver(self, key: str) -> None:
        """Read one delivery."""
        self.instance.add_dynamic_partitions("delivery", [key])
        self.execute("deliver", key)

    def publish(self, steps: Sequence[str]) -> None:
        """Do these steps of the job `publish`."""
        if steps:
            self.execute("publish", steps=[key for step in steps for key in STEP_ASSETS[step].keys])

    def execute(self, job: str, partition_key: str | None = None, steps: Sequence[AssetKey] | None = None) -> None:
        """Run one job, or the part of it that makes these assets; an error of ours comes out as itself."""
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        ours: WijkbaatError | None = None
        try:
            result = self.definitions.resolve_job_def(job).execute_in_process(
                instance=self.instance,
                partition_key=partition_key,
                run_config=quiet,
                raise_on_error=True,
                asset_selection=steps,
            )
        except (WijkbaatError, DagsterError) as error:
            ours = _ours(error)
            if ours is None:
                raise
            ours.job, ours.step = job, _step_of(error)
        if ours is not None:
            raise ours from None
        broken = []
        for check in result.get_asset_check_evaluations():
            if not check.passed and check.severity == AssetCheckSeverity.ERROR:  # a warning stops nothing
                rules = ", ".join(f"{rule} ({count.value}x)" for rule, count in check.metadata.items())
                broken.append(f"{check.asset_key.to_user_string()}: {rules}")
        if broken:
            raise ContractBroken("Een tabel breekt haar contract; dit is een fout van ons. " + "; ".join(broken))


def _step_of(error: BaseException | None) -> str:
    """The step in which it happened; empty outside of one."""
    while error is not None and not isinstance(error, DagsterExecutionStepExecutionError):
        error = error.__cause__ or error.__context__
    return error.step_key if error is not None else ""


def _ours(error: BaseException | None) -> WijkbaatError | None:
    """The error of ours inside an error of Dagster, or the fault of the machine."""
    outer = error
    while error is not None:
        if isinstance(error, WijkbaatError):
            return error
        error = error.__cause__ or error.__context__
    return machine_fault(outer) if outer is not None else None
