"""What is the machine's fault is told as that, with code 5; what is not, is not."""

from __future__ import annotations

import errno
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from data_contracts.errors import MachineFault, WijkbaatError
from pipelines.commands.app import app
from pipelines.storage.machine import machine_fault
from tests.flow.small import VOORBEELDSTAD, small_delivery, small_study

ROOT = Path(__file__).parents[2]


def wijkbaat(*arguments: object, limit: tuple[int, int] | None = None) -> subprocess.CompletedProcess[str]:
    """A command, where asked under a limit of the kernel."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *map(str, arguments)]

    def limited() -> None:
        if limit:
            resource.setrlimit(limit[0], (limit[1], limit[1]))

    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limited)


def told(*arguments: object) -> tuple[int, str]:
    """Exit code and words of a command in this process, which spares its start."""
    done = CliRunner().invoke(app, [str(one) for one in arguments])
    if isinstance(done.exception, WijkbaatError):
        return done.exception.exit_code, str(done.exception)
    assert done.exception is None, done.exception
    return done.exit_code, done.output


def _sqlite_full() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("PRAGMA max_page_count = 1")
    connection.execute("CREATE TABLE t (a)")


def _duckdb_memory() -> None:
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1MB'; SET temp_directory = ''")
    connection.execute("CREATE TABLE t AS SELECT range AS a FROM range(10000000)").fetchall()


def _duckdb_disk() -> None:
    duckdb.connect().execute("COPY (SELECT range AS a FROM range(1000000)) TO '/dev/full' (FORMAT csv)")


def _full() -> None:
    with Path("/dev/full").open("w") as file:
        file.write("x")


def _memory() -> None:
    bytearray(1 << 60)


@pytest.mark.parametrize(
    ("fails", "words"),
    [
        (_sqlite_full, "schijf"),
        (_duckdb_disk, "schijf"),
        (_full, "schijf"),
        (_duckdb_memory, "geheugen"),
        (_memory, "geheugen"),
    ],
)
def test_a_full_disk_or_memory_is_known_however_it_is_told_and_wrapped(fails: Callable[[], None], words: str) -> None:
    def wrapped() -> None:
        try:
            fails()
        except Exception as error:
            raise RuntimeError("wrapped") from error

    with pytest.raises(RuntimeError, match="wrapped") as caught:
        wrapped()
    fault = machine_fault(caught.value)
    assert fault is not None and words in str(fault)


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(errno.ENOENT, "weg"),
        PermissionError(errno.EACCES, "nee"),
        ValueError("disk is full"),
        KeyError(),
    ],
)
def test_what_is_not_the_machines_is_not_said_to_be(error: Exception) -> None:
    assert machine_fault(error) is None


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    root = tmp_path_factory.mktemp("study")
    made = small_study(root)
    yield made, small_delivery(made, root, n_clients=200)


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ((resource.RLIMIT_FSIZE, 30_000), "De schijf"),
        pytest.param((resource.RLIMIT_FSIZE, 400_000), "De schijf", marks=pytest.mark.slow),
        # Slow: where memory ends differs from run to run, and a library of others may fall before we can tell.
        pytest.param((resource.RLIMIT_AS, 900_000_000), "geheugen is", marks=pytest.mark.slow),
    ],
)
def test_a_run_that_meets_a_limit_ends_with_code_five(
    study: tuple[Path, Path], tmp_path: Path, limit: tuple[int, int], words: str
) -> None:
    ended = wijkbaat("run", study[0], "--deliveries", study[1], "--home", tmp_path / "home", limit=limit)
    assert ended.returncode == MachineFault.exit_code, ended.stderr[-2000:]
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert list((tmp_path / "home" / "released").glob("[!.]*")) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small disk: a full one was NOT tested")
def test_a_run_on_a_full_disk_ends_with_code_five(study: tuple[Path, Path], tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here: a full one was NOT tested")
    try:
        ended = wijkbaat("run", study[0], "--deliveries", study[1], "--home", disk / "home")
    finally:
        subprocess.run(["umount", disk], check=True)
    assert ended.returncode == MachineFault.exit_code, ended.stderr[-2000:]
    assert "De schijf" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_file_that_was_not_packaged_is_our_bug(tmp_path: Path) -> None:
    program = (
        "import pathlib, pipelines.storage.home as home; home.DAGSTER_SETTINGS = pathlib.Path('/weg/dagster.yaml')\n"
        "import sys; from pipelines.cli import main; main()"
    )
    command = [sys.executable, "-c", program, "simulate", VOORBEELDSTAD, "--home", tmp_path / "home", "--clients", "50"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "fout van ons (FileNotFoundError in home.py" in ended.stderr
    assert "ruimte" not in ended.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("simulate", "studies/typo"),
        ("run", "studies/typo"),
        ("session", "studies/typo"),
        ("ui", "studies/typo"),
        ("release", "list", "studies/typo"),
        ("release", "approve", "studies/typo", "x", "--by", "A. Ambtenaar", "--why", "nagekeken"),
    ],
)
def test_a_study_that_is_not_there_makes_no_home(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    assert told(*arguments, "--home", tmp_path / "home")[0] == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("released/CURRENT", "noemt geen publicatie"),
        ("released/decisions.jsonl", "Regel 1 van"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}\n", b"[1]\n", b"\x00" * 20])
def test_a_broken_file_beside_the_releases_says_what_to_do(
    tmp_path: Path, file: str, words: str, content: bytes
) -> None:
    from tests.surfaces.pages import home_with_release

    home, _ = home_with_release(tmp_path / "home")
    (home.root / file).write_bytes(content)
    code, said = told("release", "list", VOORBEELDSTAD, "--home", home.root)
    if file.endswith(".jsonl") and not content:
        assert code == 0  # nothing was decided yet
    else:
        assert code == 2
        assert words in said


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"{}", b"[1]", b'{"key": 1}'])
def test_a_broken_receipt_says_what_to_do(study: tuple[Path, Path], tmp_path: Path, content: bytes) -> None:
    receipts = tmp_path / "home" / "closed" / "deliveries"
    receipts.mkdir(parents=True)
    (receipts / "kwartaal-12345678.json").write_bytes(content)
    code, words = told("run", study[0], "--deliveries", study[1], "--home", tmp_path / "home")
    assert code == 2
    assert "kwartaal-12345678.json is niet te lezen. Zet het terug" in words
