"""The units of systemd are ones that it reads, and call the program with words that it takes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands_on_pages import understood
from tests.deploy.servers import required

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
CALLS = [
    line
    for unit in UNITS
    for line in re.findall(r"^ExecStart(?:Pre)?=.*/(wijkbaat .*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("line", CALLS)
def test_a_unit_calls_the_program_as_it_is(line: str) -> None:
    assert understood(line.replace("%i", "gemeente")) in line


def test_a_service_writes_in_its_own_home_only() -> None:
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        if unit.suffix == ".service":
            assert re.findall(r"^ReadWritePaths=(.*)$", text, re.MULTILINE) == ["/srv/wijkbaat/home/%i"]
            assert "ProtectSystem=strict" in text


def test_systemd_finds_nothing_wrong_with_them(tmp_path: Path) -> None:
    required(shutil.which("systemd-analyze"), "systemd-analyze")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/wijkbaat/.venv/bin/wijkbaat", sys.executable)
        (tmp_path / unit.name.replace("@.", "@gemeente.")).write_text(text, encoding="utf-8")
    made = sorted(map(str, tmp_path.iterdir()))
    ended = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *made], capture_output=True, text=True, check=False
    )
    ours = [line for line in ended.stderr.splitlines() if "wijkbaat" in line]
    assert ours == []
    assert ended.returncode == 0


def test_the_environment_that_is_shown_names_what_the_program_reads() -> None:
    from pipelines.on_schedule.sending import MAIL_FROM, SMTP
    from pipelines.storage.home import POSTGRES

    names = re.findall(r"^(\w+)=", (DEPLOY / "environment.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert {SMTP, MAIL_FROM, POSTGRES, "WIJKBAAT_HOST"} == set(names)
