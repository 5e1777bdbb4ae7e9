"""`wijkbaat ui` and `wijkbaat session` as they run, and what another user of the machine can try on them."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import duckdb

from pipelines.releases.release import publish
from pipelines.storage.home import Home
from tests.patience import PATIENCE, until
from tests.surfaces.invented import tables

ROOT = Path(__file__).parents[2]
# Dagster and marimo tell an address in their own words; ours is a link.
ADDRESS = re.compile(r"http://(?:127\.0\.0\.1|localhost):\d+[^\s\x1b]*")


@dataclass
class Pages:
    """A running command, what it told, and how long it took to tell it."""

    process: subprocess.Popen[str]
    link: str
    seconds: float

    @property
    def port(self) -> int:
        """The port it serves."""
        return int(urlsplit(self.link).port or 0)

    @property
    def path(self) -> str:
        """The path of its link."""
        return urlsplit(self.link).path

    def answer(self, method: str, path: str, headers: dict[str, str] | None = None, body: str = "") -> tuple[int, str]:
        """Status and text of one request; `headers` may name another Host."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        given = headers or {}
        connection.putrequest(method, path, skip_host="Host" in given)
        for name, text in given.items():
            connection.putheader(name, text)
        if body:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() or None)
        answer = connection.getresponse()
        status, text = answer.status, answer.read().decode("utf-8", "replace")
        self.cookie = (answer.getheader("set-cookie") or "").split(";")[0]
        connection.close()
        return status, text

    def let_in(self) -> dict[str, str]:
        """The cookie that the link gives."""
        parts = urlsplit(self.link)
        self.answer("GET", f"{parts.path}?{parts.query}")
        return {"Cookie": self.cookie}


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def opened(*arguments: str) -> Iterator[Pages]:
    """Start a command and wait for its address."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "BROWSER": "true"}
    started = time.monotonic()
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    told = []
    try:
        for line in process.stdout:
            told.append(line)
            found = ADDRESS.search(line)
            if found:
                break
        else:
            raise AssertionError("".join(told))
        pages = Pages(process, found[0], time.monotonic() - started)
        _until_it_answers(pages)
        yield pages
    finally:
        if process.poll() is None:
            family = family_of(process.pid)
            process.terminate()
            process.communicate(timeout=PATIENCE)
            for pid in living(family):  # only an old version leaves them
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, 9)
        process.stdout.close()  # one that ended by itself leaves it open
        process.wait()


def _until_it_answers(pages: Pages) -> None:
    def answers() -> bool:
        with contextlib.suppress(OSError):
            pages.answer("GET", "/")
            return True
        return False

    assert until(answers), "nothing answers"


def family_of(pid: int) -> dict[int, str]:
    """Every process under `pid` and itself, each with the moment that it started."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (stat := _stat(int(entry.name))):
            parents[int(entry.name)] = int(stat[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return {one: stat[19] for one in found if (stat := _stat(one))}


def living(family: dict[int, str]) -> list[int]:
    """Who of these still runs; a process that only waits to be counted does not."""
    found = {pid: _stat(pid) for pid in family}
    return [pid for pid, stat in found.items() if stat and stat[19] == family[pid] and stat[0] != "Z"]


def _stat(pid: int) -> list[str] | None:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def home_with_release(root: Path) -> tuple[Home, str]:
    """A home with one approved release of invented tables."""
    home = Home(root)
    home.prepare()
    path = root / "table.parquet"
    duckdb.from_df(tables()["out_change__by_domain"]).write_parquet(str(path))
    made = publish(home, {"tables/out_change__by_domain.parquet": path.read_bytes()}, {}, {}, "2026-01-31")
    path.unlink()
    (home.released / "CURRENT").write_text(f"{made.name}\n", encoding="utf-8")
    return home, made.name
