"""What was published before is remembered, or nothing new is published."""

from __future__ import annotations

import datetime as dt
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from data_contracts.errors import GateRefused
from data_contracts.tables.contributions import CONTRIBUTIONS
from pipelines.releases.ledger import entries, join
from pipelines.releases.people import KEPT_BY
from pipelines.releases.release import decide
from pipelines.run import run
from pipelines.storage.home import Home
from tests.flow.conftest import Done
from tests.flow.test_run import released_bytes


def _delete(home: Home) -> None:
    shutil.rmtree(home.closed / "ledger")


def _delete_one_release(home: Home) -> None:
    next((home.closed / "ledger" / "published").iterdir()).unlink()


def _shorten(home: Home) -> None:
    path = next((home.closed / "ledger" / "published").iterdir())
    duckdb.sql(f"CREATE OR REPLACE TABLE half AS SELECT * FROM read_parquet('{path}') LIMIT 10")
    duckdb.sql(f"COPY half TO '{path}' (FORMAT parquet)")


def _shorten_and_forget_the_links(home: Home) -> None:
    _shorten(home)
    (home.closed / "ledger" / "links.jsonl").unlink(missing_ok=True)


def _damage(home: Home) -> None:
    next((home.closed / "ledger" / "published").iterdir()).write_bytes(b"PAR1")


def _delete_the_people(home: Home) -> None:
    next((home.closed / "ledger" / "people").iterdir()).unlink()


def _forget_who_approved_too(home: Home) -> None:
    _delete(home)
    (home.released / "decisions.jsonl").unlink()


def test_the_ledger_reads_what_every_step_left_of_who_contributes(done: Done) -> None:
    """A step that it forgets is one of which nobody knows who is in it: all its figures are held from then on."""
    left = Home(done.home).tables / str(CONTRIBUTIONS.name)
    assert {path.stem for path in left.glob("[!.]*")} == set(KEPT_BY)


@pytest.mark.parametrize(
    "spoil",
    [
        _delete,
        _delete_one_release,
        _shorten,
        _shorten_and_forget_the_links,
        _damage,
        _delete_the_people,
        _forget_who_approved_too,
    ],
)
def test_a_ledger_that_is_not_whole_stops_every_new_release_and_says_what_to_do(
    done: Done, tmp_path: Path, spoil: Callable[[Home], None]
) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    spoil(home)
    before = released_bytes(home.root)
    with pytest.raises(GateRefused, match=r"grootboek \(closed/ledger\).*reservekopie") as caught:
        run(done.order(home=home.root))
    assert caught.value.exit_code == 6
    with pytest.raises(GateRefused, match="grootboek"):
        join(home, "2026-01-31-nieuw")
    assert released_bytes(home.root) == before


def test_the_command_ends_with_code_6_when_the_ledger_is_gone(done: Done, tmp_path: Path) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    _delete(Home(tmp_path / "home"))
    order = ["run", str(done.study), "--home", str(tmp_path / "home"), "--deliveries", str(done.delivery)]
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *order]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    assert ended.returncode == 6
    assert "reservekopie" in " ".join((ended.stdout + ended.stderr).split())


def test_a_ledger_of_before_there_were_links_gets_them(done: Done, tmp_path: Path) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    (home.closed / "ledger" / "links.jsonl").unlink()
    (home.released / "LEDGER").unlink()
    assert len(entries(home)) == len(entries(Home(done.home))) > 0
    assert (home.closed / "ledger" / "links.jsonl").exists() and (home.released / "LEDGER").exists()


def test_a_release_joins_the_ledger_also_when_the_machine_stopped_halfway(done: Done, tmp_path: Path) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    published = next((home.closed / "ledger" / "published").iterdir())
    published.rename(home.closed / "ledger" / "pending" / published.name)
    assert len(entries(home)) == len(entries(Home(done.home)))


def test_a_withdrawn_release_is_remembered_all_the_same(done: Done, tmp_path: Path) -> None:
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    assert done.outcome.release is not None
    decide(home, done.outcome.release.name, "withdraw", "A. Ambtenaar", "fout in de levering", dt.date(2026, 2, 2))
    assert len(entries(home)) > 0
    _delete(home)
    with pytest.raises(GateRefused, match="reservekopie"):
        entries(home)


def test_deliveries_and_the_closed_zone_are_for_their_owner_only(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    for directory in (home.inbox, home.closed):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
