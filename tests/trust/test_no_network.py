"""Nothing of ours asks the network for anything: a whole run and a session where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.surfaces.pages import ROOT

ALONE = ["unshare", "--map-root-user", "--net"]
_INSIDE = """
import socket, sys
from pathlib import Path
from pipelines.releases.release import current
from pipelines.run import Order, run
from pipelines.storage.home import Home
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.surfaces.pages import opened

try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
    raise SystemExit("er is een netwerk")
except OSError as error:
    assert error.errno == 101, error  # network is unreachable: not merely slow
place = Path(sys.argv[1])
study = small_study(place, design="before_after")
outcome = run(Order(study, place / "home", small_delivery(study, place, n_clients=250), AS_OF))
assert outcome.release is not None and current(Home(place / "home")) == outcome.release.name
with opened("session", str(study), "--home", str(place / "home")) as pages:
    cookie = pages.let_in()
    for app in ("", "/leerkring/", "/verkennen/", "/resultatenlogica/", "/mkba_rekenen/"):
        status, text = pages.answer("GET", pages.path.rstrip("/") + app, cookie)
        assert status == 200 and "<html" in text, (app, status)
print("klaar")
"""


def _may_be_alone() -> str:
    """Why a space without network cannot be made here; empty where it can."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return "unshare or ip is missing: that nothing leaves the machine was NOT tested"
    tried = subprocess.run([*ALONE, "ip", "link", "set", "lo", "up"], capture_output=True, text=True, check=False)
    return "" if tried.returncode == 0 else f"no network namespace here: NOT tested ({tried.stderr.strip()})"


@pytest.mark.slow
def test_a_whole_run_and_a_session_need_no_network(tmp_path: Path) -> None:
    if why := _may_be_alone():
        pytest.skip(why)
    (tmp_path / "inside.py").write_text(_INSIDE, encoding="utf-8")
    inside = ["sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable, "inside.py", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([*ALONE, *inside], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout.endswith("klaar\n"), done.stdout[-2000:] + done.stderr[-4000:]
