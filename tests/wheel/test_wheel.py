"""The wheel works in an empty directory, and keeps to itself in the environment that it is installed in."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wheel.conftest import Installed

pytestmark = pytest.mark.slow


def test_the_demo_ends_with_a_released_report(installed: Installed) -> None:
    released = installed.demo / "home" / "voorbeeldstad" / "released"
    name = (released / "CURRENT").read_text(encoding="utf-8").strip()
    assert (released / name / "report.html").stat().st_size > 1_000_000


def test_a_release_says_which_commit_made_it(installed: Installed) -> None:
    manifest = next((installed.demo / "home" / "voorbeeldstad" / "released").glob("*/manifest.json"))
    made_by = json.loads(manifest.read_text(encoding="utf-8"))["versions"]["commit"]
    assert re.fullmatch(r"[0-9a-f]{40}(-dirty)?", made_by)
    assert made_by == (installed.packages / "wijkbaat" / "COMMIT").read_text(encoding="utf-8").strip()


def test_check_says_that_the_study_of_the_demo_is_right(installed: Installed) -> None:
    assert "klopt" in installed.ends("check", "studies/voorbeeldstad")


def test_the_program_of_the_key_holder_is_there_and_runs_alone(installed: Installed, tmp_path: Path) -> None:
    program, key = installed.packages / "wijkbaat" / "tools" / "pseudonymise.py", tmp_path / "sleutel.txt"
    subprocess.run([sys.executable, "-I", str(program), "nieuwe-sleutel", str(key)], check=True, cwd=tmp_path)
    assert key.stat().st_size > 0


def test_explain_walks_the_balance_back(installed: Installed) -> None:
    assert "samen: het saldo" in installed.ends("explain", "home/voorbeeldstad")


def test_tree_draws_the_results_logic_and_the_trees_that_ship(installed: Installed) -> None:
    assert "Geschreven" in installed.ends("tree", "draw", "studies/voorbeeldstad")
    assert "Geschreven" in installed.ends("tree", "draw", "studies/trees/wijkteam.yaml")


@pytest.fixture
def session(installed: Installed) -> Iterator[subprocess.Popen[str]]:
    """The running app; it and everything that it starts ends with the test."""
    running = subprocess.Popen(
        [installed.program, "session", "studies/voorbeeldstad"],
        cwd=installed.demo,
        env=os.environ | {"BROWSER": "true"},  # opens nothing
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield running
    os.killpg(running.pid, signal.SIGTERM)
    running.communicate(timeout=30)


def test_session_opens_the_app_of_the_circle(session: subprocess.Popen[str]) -> None:
    assert session.stdout is not None
    links = (re.search(r"http://\S+", line) for line in session.stdout)
    assert "verkennen" in page_at(next(found.group() for found in links if found)).lower()


def page_at(link: str, seconds: float = 60) -> str:
    """The page behind the link, once the server that told it listens; the link lets a browser in and sends it on."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    last = time.monotonic() + seconds
    while True:
        try:
            page = browser.open(link, timeout=seconds).read().decode()
        except urllib.error.URLError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)
            continue
        onward = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page)
        if onward is None:
            return page
        link = urllib.parse.urljoin(link, onward[1])


def test_dagster_finds_its_definitions_in_a_process_that_takes_nothing_from_its_surroundings(
    installed: Installed,
) -> None:
    python = str(Path(installed.program).with_name("python"))
    code = "from pipelines.definitions import defs; print(len(defs().resolve_asset_graph().get_all_asset_keys()))"
    found = subprocess.run(
        [python, "-I", "-c", code],
        cwd=installed.demo,
        env=os.environ | {"WIJKBAAT_STUDY": "studies/voorbeeldstad", "WIJKBAAT_HOME": "home/voorbeeldstad"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(found.stdout) > 60


def test_the_wheel_puts_nothing_in_the_environment_under_a_general_name(installed: Installed) -> None:
    record = next(installed.packages.glob("wijkbaat-*.dist-info")) / "RECORD"
    tops = {line.split(",")[0].split("/")[0] for line in record.read_text(encoding="utf-8").splitlines()}
    assert tops - {".."} == {"wijkbaat", "wijkbaat.pth", record.parent.name}


def test_another_package_by_the_name_of_a_room_is_named_and_nothing_runs(installed: Installed, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "__init__.py").touch()
    told = subprocess.run(
        [installed.program, "check", "studies/voorbeeldstad"],
        cwd=installed.demo,
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 2
    assert "Het onderdeel 'reports'" in told.stderr and "python -m venv" in told.stderr
