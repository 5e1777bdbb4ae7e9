"""One municipality of a region, in a process of its own: the run that `wijkbaat run` does, and how it ended.

`python -m pipelines.region.one STUDY HOME`. How it ended stands in the closed zone of that municipality, because a
message may quote names of its files; the page of the region tells the kind alone.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from data_contracts.errors import OurBug, WijkbaatError
from pipelines.storage.home import Home
from pipelines.storage.machine import machine_fault
from pipelines.storage.platform import write_whole

RECORD = "region_run.json"
MODULE = "pipelines.region.one"
# Told of every municipality whose run ended: its name and its exit code.
Ended = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class LastRun:
    """The last run that a region did in a home; `exit` is missing while it runs, or when it was killed."""

    began: str
    ended: str = ""
    exit: int | None = None
    release: str = ""
    message: str = ""


def run_one(study: Path, home: Home) -> LastRun:
    """Do a whole run and keep how it ended; nothing is raised, so that no other municipality is touched."""
    home.prepare()
    began = _now()
    _keep(home, LastRun(began))
    code, release, message = _run(study, home)
    ended = LastRun(began, _now(), code, release, message)
    _keep(home, ended)
    return ended


def last_run(home: Home) -> LastRun | None:
    """How the last run of a region ended in this home; None where there was none."""
    path = home.closed / RECORD
    return LastRun(**json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None


def _run(study: Path, home: Home) -> tuple[int, str, str]:
    """Exit code, release and message: those of `wijkbaat run`."""
    try:
        from pipelines.intake.door import lying_ready
        from pipelines.run import Order, run

        outcome = run(Order(study, home.root, lying_ready(study, None, home.root)))
    except WijkbaatError as error:
        return error.exit_code, "", str(error)
    except Exception as error:
        fault = machine_fault(error) or OurBug(error)
        return fault.exit_code, "", str(fault)
    return 0, outcome.release.name if outcome.release else "", outcome.term


def _keep(home: Home, run: LastRun) -> None:
    text = json.dumps(asdict(run), ensure_ascii=False, sort_keys=True, indent=1)
    write_whole(home.closed / RECORD, text.encode("utf-8"))


def _now() -> str:
    return dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds")


def main(study: str, home: str) -> int:
    """Run one, and say on one line how it ended."""
    from pipelines.storage.stopping import listen

    listen()
    ended = run_one(Path(study), Home(Path(home)))
    sys.stdout.write(json.dumps(asdict(ended), ensure_ascii=False) + "\n")
    return ended.exit or 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
