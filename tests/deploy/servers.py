"""Real servers of the system for a test: PostgreSQL in a directory of its own, nginx over it, both gone afterwards."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) if Path("/usr/lib/postgresql").is_dir() else []


def required(found: object, what: str) -> None:
    """Skip loudly without a program of the system; `make test-deploy` forbids that where it must be there."""
    if found:
        return
    if os.environ.get("WIJKBAAT_NEEDS_SERVERS"):
        pytest.fail(f"{what} is not on this machine")
    pytest.skip(f"{what} is not on this machine")


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    last = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < last, what
        time.sleep(0.2)


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database.

    The server refuses root, so then it runs as its own user, in a directory that is not below those of pytest: they are
    for one account only.
    """
    required(_PROGRAMS, "PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="wijkbaat-postgres-") as name:
        as_user: list[str] = []
        if getpass.getuser() == "root":
            required(shutil.which("runuser"), "runuser")
            as_user = ["runuser", "-u", "postgres", "--"]
            shutil.chown(name, "postgres")
        with _database(Path(name), as_user) as address:
            yield address


@contextmanager
def _database(place: Path, as_user: list[str]) -> Iterator[str]:
    data, port = place / "data", free_port()

    def done(program: str, *words: str) -> None:
        command = [*as_user, str(_PROGRAMS[-1] / program), *words]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, cwd=place)
        assert ended.returncode == 0, ended.stdout + ended.stderr

    done("initdb", "-D", str(data), "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8")
    options = f"-p {port} -k {place} -c listen_addresses=127.0.0.1 -c fsync=off"
    done("pg_ctl", "-D", str(data), "-w", "-l", str(place / "log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg2://postgres@127.0.0.1:{port}/postgres"
    finally:
        done("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
