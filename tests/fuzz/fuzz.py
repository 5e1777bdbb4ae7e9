"""Spoiled files by the thousand: each is read, or refused by a sentence; none crashes, hangs or asks too much.

    python -m tests.fuzz.fuzz csv xlsx parquet yaml --seconds 600 --seed 1        or: make fuzz

A worker reads files inside limits until its time is over. Where it falls, the number of the file is told (with the
seed that makes it again) and a new worker goes on behind it.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipelines.intake.reading.confined import Asked, opened_apart
from pipelines.intake.reading.sheets import Declared, Unreadable
from tests.fuzz.mutations import spoiled

KINDS = ("csv", "xlsx", "parquet", "yaml")
HANGS_AFTER, MEMORY_BYTES = 5.0, 2 * 1024**3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kinds", nargs="*", default=KINDS)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker is not None:
        work(asked.kinds[0], asked.seed, asked.worker, asked.seconds)
        return 0
    failures = 0
    for kind in asked.kinds:
        n, found = fuzzed(kind, asked.seconds, asked.seed)
        failures += len(found)
        sys.stdout.write(f"{kind}: {n} files, {len(found)} failures\n" + "".join(f"  {one}\n" for one in found))
    return min(failures, 1)


def fuzzed(kind: str, seconds: float, seed: int, most: int | None = None) -> tuple[int, list[str]]:
    """How many files were tried, and for each that failed its number and how."""
    stop_at, number, found = time.monotonic() + seconds, 0, []
    while (left := stop_at - time.monotonic()) > 0 and (most is None or number < most) and len(found) < 20:
        limit = left if most is None else 1e9
        command = [sys.executable, "-m", "tests.fuzz.fuzz", kind, "--seed", str(seed), "--seconds", str(limit)]
        command += ["--worker", str(number)]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ) as one:
            assert one.stdout and one.stderr
            for line in one.stdout:
                told = json.loads(line)
                number = told["number"]
                if told.get("failed"):
                    found.append(f"{kind} seed {seed} number {number}: {told['failed']}")
                if most is not None and number >= most:
                    one.kill()
            error = one.stderr.read().decode(errors="replace")
            if one.wait() not in (0, -signal.SIGKILL):
                hangs = "Timeout" in error or one.returncode == -signal.SIGPROF
                what = "hangs" if hangs else f"ends with {one.returncode}"
                if hangs or not _is_refused_apart(spoiled(kind, seed, number)):
                    found.append(f"{kind} seed {seed} number {number}: {what} {error[-600:]}")
        number += 1
    return number, found


def _is_refused_apart(content: bytes) -> bool:
    """Whether a run names and survives a file that ends the process which reads it: it reads files in a child."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoiled"
        path.write_bytes(content)
        (answer,) = opened_apart([Asked(path, hashlib.sha256(content).hexdigest(), Declared())], Path(folder))
    return isinstance(answer, Unreadable) and bool(answer.what and answer.do)


def work(kind: str, seed: int, number: int, seconds: float) -> None:
    """Read files from `number` on; says of each that it begins, and how it failed."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    stop_at = time.monotonic() + seconds
    reader = _read_yaml if kind == "yaml" else _read_table
    reader(spoiled(kind, seed, number))
    while time.monotonic() < stop_at:
        _tell(number=number)
        content = spoiled(kind, seed, number)
        # Processor time: a machine that is busy with other work is no hang. The signal ends code of any language.
        signal.setitimer(signal.ITIMER_PROF, HANGS_AFTER)
        faulthandler.dump_traceback_later(60, exit=True)
        try:
            reader(content)
        except BaseException as error:
            _tell(number=number, failed=f"{type(error).__name__} {list(_places(error))[-3:]} {str(error)[:200]}")
        signal.setitimer(signal.ITIMER_PROF, 0)
        faulthandler.cancel_dump_traceback_later()
        number += 1


def _places(error: BaseException) -> Iterator[str]:
    trace = error.__traceback__
    while trace is not None:
        yield f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next


def _read_table(content: bytes) -> None:
    from pipelines.intake.reading.engine import engine
    from pipelines.intake.reading.opening import opened, unpacked

    try:
        with engine() as connection:
            for name, part in unpacked(content, "spoiled"):
                for sheet in opened(part, name).sheets:
                    sheet.rows.into(connection, "rows_of_it")
                    for _ in sheet.rows:
                        pass
    except Unreadable as refused:
        assert refused.what and refused.do


def _read_yaml(content: bytes) -> None:
    from data_contracts.errors import StudyError
    from data_contracts.mapping.file import Mapping
    from data_contracts.study import Study
    from data_contracts.yaml_file import read_model

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoiled.yaml"
        path.write_bytes(content)
        for model in (Study, Mapping):
            try:
                read_model(path, model)
            except StudyError as refused:
                assert str(refused)


def _tell(**what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
