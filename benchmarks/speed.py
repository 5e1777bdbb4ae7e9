"""`make bench`: what everybody waits for, asked beside got, as one page: docs/speed.md.

Seconds are those of the processor, of the command as a user starts it and everything that it starts, so that what else
the machine does counts little. What is asked holds for a machine on which the chain of an agreed commit takes 98 of
them; `--peer DIRECTORY` measures that commit, in another checkout with its own .venv, in the same run and scales.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed_page import Measured, page
from benchmarks.speed_quarters import two_deliveries
from pipelines.storage.house import HOUSE, commit

STUDY = HOUSE / "studies" / "voorbeeldstad"
REFERENCE_SECONDS = 98.0
POLARS = "hetzelfde in een script met polars"
COMMAND = [sys.executable, "-c", "from pipelines.cli import main; main()"]
# Reading and current state alone, as a run does it.
INTAKE = """
import sys
from pathlib import Path
from pipelines.run import Order, read_in
read_in(Order(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), "2026-01-31"))
"""
DEFINITIONS = "from pipelines.definitions import defs; defs().get_repository_def()"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clients", type=int, default=30_000)
    arguments.add_argument("--peer", type=Path, help="the checkout by which is scaled")
    arguments.add_argument("--out", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as root:
        scale = None if given.peer is None else chain_of(given.peer, Path(root), given.clients) / REFERENCE_SECONDS
        measured = list[Measured]()
        for one in measurements(Path(root), given.clients):
            measured.append(one)
            text = page(measured, clients=given.clients, commit=commit(), scale=scale, load=os.getloadavg()[0])
            if given.out:  # after every line, so that a bench that is broken off keeps what it had
                given.out.write_text(text, encoding="utf-8")
    print(text)


def measurements(root: Path, clients: int) -> Iterator[Measured]:
    """Every line of the page. One that cannot be measured says why; the others stand."""
    study, home = root / STUDY.name, root / "home"
    shutil.copytree(STUDY, study)
    done([*COMMAND, "simulate", str(study), "--home", str(root / "simulated"), "--clients", str(clients)])
    whole = root / "simulated" / "inbox" / STUDY.name
    first, second = two_deliveries(whole, root / "quarters")
    options = ["--home", str(home), "--as-of", "2026-01-31", "--json"]

    def ran(delivery: Path) -> Callable[[], Sample]:
        return lambda: sample([*COMMAND, "run", str(study), *options, "--deliveries", str(delivery)])

    def only_mkba() -> Sample:
        text = (study / "mkba.yaml").read_text(encoding="utf-8")
        (study / "mkba.yaml").write_text(f"{text}\n# iets anders\n", encoding="utf-8")
        return ran(whole)()

    def second_quarter() -> Sample:
        other = ["--home", str(root / "quarterly"), "--as-of", "2026-01-31", "--json", "--deliveries"]
        done([*COMMAND, "run", str(study), *other, str(first)])
        return sample([*COMMAND, "run", str(study), *other, str(second)])

    def peer() -> Sample:
        return sample([sys.executable, "-m", "benchmarks.polars_intake", str(whole), str(root / "polars")])

    yield tried("`wijkbaat --help`", lambda: sample([*COMMAND, "--help"]), 0.25)
    yield tried("definities van Dagster laden", lambda: sample([sys.executable, "-c", DEFINITIONS]), 2.0)
    intake = [sys.executable, "-c", INTAKE, str(study), str(root / "read"), str(whole)]
    yield tried("lezen en huidige tabellen", lambda: sample(intake), None, beside=POLARS)
    yield tried(POLARS, peer, None)
    yield tried("van CSV tot alle uitvoer, de eerste keer", ran(whole), 60.0)
    yield tried("opnieuw, niets veranderd", ran(whole), 3.0)
    yield tried("alleen mkba.yaml veranderd", only_mkba, 8.0)
    yield tried("`wijkbaat session` tot de link", lambda: session(study, home), 3.0)
    yield tried("een tweede kwartaal erbij", second_quarter, 15.0)


@dataclass(frozen=True, slots=True)
class Sample:
    """Processor seconds, the largest resident size of one of its processes in GB, and the stages it told."""

    seconds: float
    peak_gb: float
    stages: dict[str, float]


def tried(what: str, measure: Callable[[], Sample], asked: float | None, beside: str = "") -> Measured:
    """A line of the page, also where it could not be measured."""
    print(f"... {what}", file=sys.stderr, flush=True)
    try:
        found = measure()
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        said = getattr(error, "stderr", None) or getattr(error, "stdout", None) or type(error).__name__
        return Measured(what, None, asked, because=str(said).strip().splitlines()[-1][:200], beside=beside)
    return Measured(what, found.seconds, asked, found.peak_gb, found.stages, beside=beside)


def sample(command: Sequence[str]) -> Sample:
    """Run to the end; seconds and peak are of this command and what it started and waited for."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        started = subprocess.Popen(command, cwd=HOUSE, stdout=out, stderr=err, text=True)
        used = _end_of(started)
        out.seek(0)
        err.seek(0)
        if started.returncode:
            raise subprocess.CalledProcessError(started.returncode, command, stderr=err.read())
        last = (out.read().splitlines() or [""])[-1]
    try:
        stages = dict(json.loads(last)["seconds"])
    except (ValueError, KeyError, TypeError):
        stages = {}
    return Sample(_seconds(used), used.ru_maxrss / 1024**2, stages)


def session(study: Path, home: Path) -> Sample:
    """Until the link is told; then it is stopped as a user does."""
    command = [*COMMAND, "session", str(study), "--home", str(home)]
    started = subprocess.Popen(command, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert started.stdout is not None
    said = started.stdout.readline()
    started.send_signal(signal.SIGINT)
    used = _end_of(started)
    if "http" not in said:
        raise ValueError(said or "nothing was told")
    return Sample(_seconds(used), used.ru_maxrss / 1024**2, {})


def _end_of(started: subprocess.Popen[str]) -> resource.struct_rusage:
    """What a process used until its end."""
    _, status, used = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    return used


def chain_of(peer: Path, root: Path, clients: int) -> float:
    """Processor seconds of the whole chain in another checkout."""
    python, home, study = peer / ".venv" / "bin" / "python", root / "peer", "studies/voorbeeldstad"
    command = [str(python), "-c", COMMAND[-1]]
    done([*command, "simulate", study, "--home", str(home), "--clients", str(clients)], peer)
    words = [*command, "run", study, "--home", str(home), "--as-of", "2026-01-31", "--json"]
    return _seconds(_end_of(subprocess.Popen(words, cwd=peer, stdout=subprocess.DEVNULL, text=True)))


def _seconds(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime


def done(command: Sequence[str], where: Path = HOUSE) -> subprocess.CompletedProcess[str]:
    """Run in a checkout; it must end well."""
    return subprocess.run(command, cwd=where, text=True, capture_output=True, check=True)


if __name__ == "__main__":
    main()
