"""A delivery that is put in the drop folder, and everything that Dagster does by itself until a concept stands.

The study declares change before and after: a concept of change alone.
"""

from __future__ import annotations

import os
import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import dagster as dg

from pipelines.assets.defs import automation
from pipelines.assets.run_log import open_instance
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.intake.door import key_of
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from tests.flow.small import small_delivery, small_study

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dataclass(frozen=True)
class Dropped:
    """What each look at the drop folder gave (the key to read, or why there is nothing), and what followed.

    `follows` is what the sensor for what lies behind said: before the delivery was read, while a run was at work, after
    it, and once more.
    """

    home: Path
    key: str
    looks: dict[str, list[str] | str]
    receipts: list[str]
    follows: list[str]


def dropped(root: Path) -> None:
    study, home = small_study(root, approval="required", design="before_after"), Home(root / "home")
    home.prepare()
    delivery = small_delivery(study, root, n_clients=250)
    with patch.dict(os.environ, {"WIJKBAAT_STUDY": str(study), "WIJKBAAT_HOME": str(home.root)}):
        from pipelines.definitions import defs

        loaded, workplace = defs(), WorkplaceResource(study=str(study), home=str(home.root))
        with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
            made = _read_by_itself(loaded, workplace, instance, delivery)
        with open_instance(home) as instance:  # the same store, quicker
            published = loaded.resolve_job_def("publish").execute_in_process(instance=instance, run_config=QUIET)
    assert published.success
    (root / "made.pickle").write_bytes(pickle.dumps(made))


def _read_by_itself(
    loaded: dg.Definitions, workplace: WorkplaceResource, instance: dg.DagsterInstance, delivery: Path
) -> Dropped:
    home, looks, cursor = Home(Path(workplace.home)), dict[str, list[str] | str](), None

    def look(when: str) -> None:
        nonlocal cursor
        context = dg.build_sensor_context(instance=instance, cursor=cursor, resources={"workplace": workplace})
        found = automation.inbox(context)
        cursor = context.cursor or cursor
        skipped = isinstance(found, dg.SkipReason)
        looks[when] = str(found.skip_message) if skipped else [str(one.partition_key) for one in found.run_requests]

    behind: str | None = None

    def follow() -> str:
        nonlocal behind
        context = dg.build_sensor_context(instance=instance, cursor=behind, resources={"workplace": workplace})
        found = automation.automation(context)
        behind = context.cursor or behind
        return str(found.skip_message) if isinstance(found, dg.SkipReason) else "publish"

    look("empty")
    shutil.copytree(delivery, home.inbox / "kwartaal")
    look("first")
    look("second")
    key = key_of(home.inbox / "kwartaal")
    instance.add_dynamic_partitions("delivery", [key])
    follows = [follow()]
    ran = loaded.resolve_job_def("deliver").execute_in_process(instance=instance, partition_key=key, run_config=QUIET)
    assert ran.success
    receipts = [receipt.status for receipt in Receipts(home.receipts).all()]
    look("after")
    waits = instance.create_run_for_job(loaded.resolve_job_def("publish"))
    follows.append(follow())
    instance.delete_run(waits.run_id)
    follows += [follow(), follow()]
    return Dropped(home.root, key, looks, receipts, follows)
