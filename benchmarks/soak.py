"""`make soak`: ten years of deliveries through Dagster's sensor, into one home, each published.

After every delivery the account of its rows, the current tables, the release and the ledger are looked at, and what
process and home have grown to. The page is written anew each time, so a run that is broken off tells how far it came.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import shutil
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

import dagster as dg
import psutil

from benchmarks.soak_page import Seen, page
from benchmarks.soak_world import World, delivered, soak_study
from pipelines.assets.defs import automation
from pipelines.assets.run_log import open_instance
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.definitions import definitions_over
from pipelines.releases.ledger_links import whole_links
from pipelines.releases.release import current
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
from pipelines.storage.whole import damaged_files

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
STORES = ("closed/tables", "closed/ledger", "closed/dagster", "closed/deliveries", "released")


class _Clock(dt.datetime):
    """The clock of the sensor: the day on which a delivery is put down."""

    today_is = dt.date(2016, 1, 1)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return dt.datetime.combine(cls.today_is, dt.time(6), tz)


class Soak:
    """One home under Dagster's sensor; `cursor` and `behind` are what the sensors keep between two looks."""

    def __init__(self, study: Path, home: Home) -> None:
        self.home = home
        self.cursor: str | None = None
        self.behind: str | None = None
        self.workplace = WorkplaceResource(study=str(study), home=str(home.root))
        self.loaded = definitions_over(self.workplace)
        self.deliver = self.loaded.resolve_job_def("deliver")
        self.publish = self.loaded.resolve_job_def("publish")

    def takes(self, delivery: Path) -> list[str]:
        """Put a delivery down, look twice, do what is asked and what lies behind it; the keys that were read."""
        shutil.copytree(delivery, self.home.inbox / delivery.name)
        with open_instance(self.home) as instance:
            assert self.look(instance) == [], "een levering die net is neergezet, wordt nog niet gelezen"
            keys = self.look(instance)
            for key in keys:
                self.deliver.execute_in_process(
                    instance=instance, partition_key=key, run_config=QUIET, raise_on_error=False
                )
            if self.follows(instance):
                assert self.publish.execute_in_process(instance=instance, run_config=QUIET).success
            assert self.look(instance) == [], "een levering wordt één keer gelezen"
        return keys

    def look(self, instance: dg.DagsterInstance) -> list[str]:
        """The keys that one look at the inbox asks to read."""
        context = dg.build_sensor_context(
            instance=instance, cursor=self.cursor, resources={"workplace": self.workplace}
        )
        found = automation.inbox(context)
        self.cursor = context.cursor or getattr(found, "cursor", None)
        if isinstance(found, dg.SkipReason):
            return []
        for request in found.dynamic_partitions_requests:
            instance.add_dynamic_partitions("delivery", list(request.partition_keys))
        return [str(one.partition_key) for one in found.run_requests]

    def follows(self, instance: dg.DagsterInstance) -> bool:
        """Whether the sensor asks for what lies behind."""
        context = dg.build_sensor_context(
            instance=instance, cursor=self.behind, resources={"workplace": self.workplace}
        )
        found = automation.automation(context)
        self.behind = context.cursor or self.behind
        return isinstance(found, dg.RunRequest)


def main() -> None:
    """Deliver, look, and write the page after each delivery."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=200)
    parser.add_argument("--clients", type=int, default=2500, help="in ten years; about fifty per delivery")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="begin no other delivery after these")
    parser.add_argument("--home", type=Path, help="a place that stays; otherwise one that goes")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = asked.home or Path(folder)
        seen = soaked(place, asked.deliveries, asked.clients, asked.seconds, asked.out)
    print(page(seen, asked.deliveries))


def soaked(place: Path, n: int, n_clients: int, seconds: float, out: Path | None) -> list[Seen]:
    """What was seen after each delivery."""
    study, home, seen = soak_study(place), Home(place / "home"), list[Seen]()
    home.prepare()
    world, started = World(study, place, n_clients, n), time.monotonic()
    clock = type("Clock", (), {"datetime": _Clock, "UTC": dt.UTC})
    with patch.object(automation, "dt", clock):
        soak = Soak(study, home)
        for at in range(n):
            if time.monotonic() - started > seconds:
                break
            _Clock.today_is = world.days[at]
            begun = time.monotonic(), time.process_time()
            keys = soak.takes(delivered(world, at))
            took = time.monotonic() - begun[0], time.process_time() - begun[1]
            shutil.rmtree(home.inbox / world.name(at))
            seen.append(_seen(home, world, at, keys, took))
            if out:
                out.write_text(page(seen, n), encoding="utf-8")
    return seen


def _seen(home: Home, world: World, at: int, keys: list[str], took: tuple[float, float]) -> Seen:
    """Look at account, current tables, release, ledger, memory and size of the home."""
    receipts, store = Receipts(home.receipts), TableStore(home.tables)
    status = [one.status for one in receipts.all() if one.key in keys]
    wrong = [] if status == (["refused"] if world.is_refused(at) else ["accepted"]) else [f"oordeel {status}"]
    if status == ["accepted"]:
        account = store.stored("core_intake__accounting", keys).frame()
        parts = account[["accepted", "quarantined", "exact_duplicates", "left_out"]].sum(axis="columns")
        wrong += ["rekening" for _ in range(int((parts != account["rows"]).sum()))]
        wrong += [] if int(account["rows"].sum()) == world.rows(at) else ["regels"]
        wrong += [] if int(account["quarantined"].sum()) == world.n_spoiled(at) else ["apart gezet"]
    stands = len(store.stored("core_zrm__assessments__current").frame()) if receipts.accepted() else 0
    wrong += [] if stands == world.assessments_known(at) else [f"huidige metingen {stands}"]
    release = current(home)
    wrong += ["geen publicatie"] if release is None else damaged_files(home.released / release)
    whole_links(home)
    today = world.days[at]
    kept = {one.key for one in receipts.all() if (today - dt.date.fromisoformat(one.received_on)).days <= 90}
    old = [path for path in home.tables.glob("raw_*/*.parquet") if path.stem not in kept]
    return Seen(
        at + 1,
        tuple(wrong),
        len(old),
        took[0],
        took[1],
        psutil.Process(os.getpid()).memory_info().rss / 2**20,
        {name: _megabytes(home.root / name) for name in STORES},
        len(list(home.released.glob("*/manifest.json"))),
    )


def _megabytes(directory: Path) -> float:
    return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) / 2**20


if __name__ == "__main__":
    main()
