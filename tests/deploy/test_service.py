"""`wijkbaat ui` as a service: real Dagster on a socket, for the site of the proxy alone, and gone with its daemon."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.servers import until
from tests.flow.small import small_study

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
HOST = "wijkbaat.gemeente.example"
SECONDS = 240  # for a machine that does much else


class _OverSocket(http.client.HTTPConnection):
    def __init__(self, place: Path) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self.place = place

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(str(self.place))


def asked(place: Path, host: str) -> int:
    connection = _OverSocket(place)
    try:
        connection.request("GET", "/server_info", headers={"Host": host})
        return connection.getresponse().status
    finally:
        connection.close()


def answers(place: Path) -> bool:
    try:
        return asked(place, HOST) == 200
    except OSError:
        return False


def daemons(home: Path) -> list[int]:
    """The processes of the daemon of this home, and of no other."""
    found = []
    for directory in Path("/proc").glob("[0-9]*"):
        try:
            words = (directory / "cmdline").read_bytes()
            is_ours = f"WIJKBAAT_HOME={home}".encode() in (directory / "environ").read_bytes()
        except OSError:
            continue
        if is_ours and b"dagster._daemon" in words and b"run" in words:
            found.append(int(directory.name))
    return found


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], Path, Path]]:
    if not Path("/proc/self/environ").exists():
        pytest.skip("needs /proc")
    study, home = small_study(tmp_path), tmp_path / "home"
    with tempfile.TemporaryDirectory() as short:  # the name of a socket may not be long
        place = Path(short) / "ui.sock"
        words = ["ui", str(study), "--home", str(home), "--socket", str(place), "--host", HOST]
        command = [sys.executable, "-c", "from pipelines.cli import main; main()", *words]
        started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            until(lambda: answers(place), SECONDS, "the pages do not answer")
            yield started, place, home
        finally:
            started.send_signal(signal.SIGTERM)
            started.communicate(timeout=SECONDS)


def test_the_pages_answer_their_own_site_and_the_service_ends_with_its_daemon(
    service: tuple[subprocess.Popen[bytes], Path, Path],
) -> None:
    started, place, home = service
    assert place.stat().st_mode & 0o777 == 0o660
    assert asked(place, "elders.example") == 403
    until(lambda: bool(daemons(home)), SECONDS, "there is no daemon")
    for daemon in daemons(home):
        os.kill(daemon, signal.SIGKILL)
    until(lambda: started.poll() is not None, SECONDS, "the service goes on without its daemon")
    assert started.returncode != 0
    assert daemons(home) == []
