"""`wijkbaat doctor` says what a run would meet, with the words and codes of the house; everything stays as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.doctor import disk, machine, rights
from pipelines.storage.home import Home
from pipelines.storage.journal import JOURNAL
from tests.flow.conftest import Done


@pytest.fixture
def home(done: Done, tmp_path: Path) -> Home:
    return Home(Path(shutil.copytree(done.home, tmp_path / "home")))


@pytest.fixture(autouse=True)
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting what draws takes a second: once is enough."""
    if "ready" not in request.node.name:
        monkeypatch.setattr(machine, "_drawn", lambda: None)


def looked(home: Home, study: Path | None = None) -> tuple[int, dict[str, dict[str, Any]]]:
    """The exit code, and every look by its name."""
    words = ["doctor", *([str(study)] if study else []), "--home", str(home.root), "--json"]
    ended = CliRunner().invoke(app, words)
    told = json.loads(ended.stdout)
    assert told["exit"] == ended.exit_code
    return ended.exit_code, {look["name"]: look for look in told["looks"]}


def contents(root: Path) -> dict[str, tuple[int, str]]:
    """Rights and bytes of everything below `root`."""
    return {
        path.relative_to(root).as_posix(): (
            path.stat().st_mode,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
        for path in root.rglob("*")
    }


def test_a_home_in_order_is_ready_and_nothing_in_it_changes(home: Home, done: Done) -> None:
    before = contents(home.root)
    code, looks = looked(home, done.study)
    assert code == 0
    assert {look["found"] for name, look in looks.items() if name not in ("software", "study", "packages")} == {"good"}
    assert contents(home.root) == before


def test_before_there_is_a_home_nothing_is_made(tmp_path: Path) -> None:
    code, looks = looked(Home(tmp_path / "nog" / "niet"))
    assert code == 0
    assert "eerste opdracht" in looks["home"]["what"]
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_each_look_is_a_line_and_the_last_says_whether_to_begin(home: Home) -> None:
    said = CliRunner().invoke(app, ["doctor", "--home", str(home.root)]).stdout.splitlines()
    assert any(line.startswith("goed       Grootboek: heel.") for line in said)
    assert said[-1] == "Klaar voor een run."


def changed_ledger(home: Home) -> None:
    (path,) = (home.closed / "ledger" / "published").glob("*.parquet")
    path.write_bytes(path.read_bytes()[:-1] + b"?")


def lost_ledger(home: Home) -> None:
    shutil.rmtree(home.closed / "ledger")


def lost_key(home: Home) -> None:
    (home.closed / "ledger" / "secret").unlink()


def open_to_others(home: Home) -> None:
    home.closed.chmod(0o750)


def linked_elsewhere(home: Home) -> None:
    shutil.move(home.inbox, home.root / "elders")
    home.inbox.symlink_to(home.root / "elders")


def broken_receipt(home: Home) -> None:
    next(home.receipts.glob("*.json")).write_text("{", encoding="utf-8")


def changed_release(home: Home) -> None:
    next(home.released.glob("*/report.html")).write_text("anders", encoding="utf-8")


def flipped_bit(home: Home) -> None:
    path = next(home.tables.glob("est_*.parquet"))
    path.write_bytes(path.read_bytes()[:-1] + b"?")


@pytest.mark.parametrize(
    ("spoil", "name", "code"),
    [
        (changed_ledger, "ledger", 6),
        (lost_ledger, "ledger", 6),
        (lost_key, "ledger", 6),
        (open_to_others, "zones", 2),
        (linked_elsewhere, "zones", 2),
        (broken_receipt, "records", 2),
        (changed_release, "releases", 2),
        (flipped_bit, "tables", 5),
    ],
)
def test_what_is_spoiled_is_named_with_the_code_a_run_would_end_with(
    home: Home, spoil: Callable[[Home], None], name: str, code: int
) -> None:
    spoil(home)
    before = contents(home.root)
    ended, looks = looked(home)
    assert ended == code
    assert [one for one, look in looks.items() if look["found"] == "wrong"] == [name]
    assert contents(home.root) == before


@pytest.mark.parametrize("name", ["closed", "inbox", "released", "closed/tables", "closed/ledger"])
def test_where_this_account_has_no_rights_nothing_is_taken_for_empty(
    home: Home, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut, access = home.root / name, rights.os.access
    monkeypatch.setattr(rights.os, "access", lambda place, mode: Path(place) != shut and access(place, mode))
    code, looks = looked(home)
    assert code == 2
    assert [one for one, look in looks.items() if look["found"] == "wrong"] == ["zones"]
    assert looks["zones"]["what"] == f"dit account mag niet lezen en schrijven in '{shut}'."
    assert "ledger" not in looks and "place" not in looks


def test_a_home_that_cannot_be_reached_or_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rights.os, "access", lambda place, mode: Path(place) != tmp_path)
    code, looks = looked(Home(tmp_path / "nog" / "niet"))
    assert (code, looks["zones"]["what"]) == (2, f"dit account mag niet lezen en schrijven in '{tmp_path}'.")

    def shut(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "exists", lambda path: shut(path) if path == tmp_path / "x" else True)
        found = rights.barred(Home(tmp_path / "x"))
    assert found is not None and found.exit_code == 2 and str(tmp_path / "x") in found.what


def test_a_file_is_no_home(tmp_path: Path) -> None:
    (tmp_path / "lijst.csv").write_text("", encoding="utf-8")
    code, looks = looked(Home(tmp_path / "lijst.csv"))
    assert (code, looks["home"]["what"]) == (2, f"'{tmp_path / 'lijst.csv'}' is een bestand.")


def test_a_run_that_is_going_on_is_seen(home: Home) -> None:
    with home.lock():
        code, looks = looked(home)
    assert (code, looks["in_use"]["found"]) == (4, "wrong")


def test_work_that_was_cut_short_is_told_and_left_for_the_next_command(home: Home) -> None:
    (home.closed / JOURNAL).mkdir()
    code, looks = looked(home)
    assert (code, looks["journal"]["found"]) == (0, "warning")
    assert (home.closed / JOURNAL).is_dir()


def test_a_home_in_a_synchronised_directory_is_refused(home: Home) -> None:
    synced = Home(home.root.parent / "OneDrive - Gemeente Rijnstad" / "home")
    synced.root.parent.mkdir()
    shutil.move(home.root, synced.root)
    code, looks = looked(synced)
    assert code == 2
    assert "OneDrive" in looks["place"]["what"]


def test_too_little_room_is_told_with_what_is_asked(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda place: SimpleNamespace(free=10**9))
    code, looks = looked(home)
    assert code == 5
    assert looks["room"]["what"] == "1,0 GB vrij, 2,1 GB gevraagd."


def test_a_disk_that_cannot_put_a_file_in_place_or_hold_a_lock_is_told(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, content: bytes) -> None:
        raise PermissionError("Mevrouw Jansen")

    monkeypatch.setattr(disk, "write_whole", refused)
    monkeypatch.setattr(disk, "FileLock", lambda path, timeout: __import__("contextlib").nullcontext())
    code, looks = looked(home)
    assert code == 5
    assert [looks[name]["found"] for name in ("rename", "lock_works")] == ["wrong", "wrong"]
    assert "Jansen" not in json.dumps(looks)


def test_packages_that_are_missing_or_another_than_locked_are_named(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "duckdb==0.0.1 \\\n    --hash=sha256:00\ncolorama==9 ; sys_platform == 'win32' \\\n", encoding="utf-8"
    )
    monkeypatch.setattr(machine, "LOCK", lock)
    code, looks = looked(home)
    assert (code, looks["packages"]["found"]) == (0, "warning")
    assert "duckdb" in looks["packages"]["what"]
    assert "colorama" not in looks["packages"]["what"]
    monkeypatch.setattr(machine.importlib.metadata, "requires", lambda name: ["bestaat-niet>=1", "duckdb>=99"])
    code, looks = looked(home)
    assert code == 2
    assert "bestaat-niet (ontbreekt)" in looks["packages"]["what"]


def test_what_is_wrong_with_the_study_is_told_with_its_line(home: Home, done: Done, tmp_path: Path) -> None:
    study = tmp_path / "studie"
    shutil.copytree(done.study, study)
    text = (study / "study.yaml").read_text(encoding="utf-8")
    (study / "study.yaml").write_text(text.replace("schema_version: 1", "schema_version: 9"), encoding="utf-8")
    code, looks = looked(home, study)
    assert code == 2
    assert "study.yaml, regel" in looks["study"]["what"]
