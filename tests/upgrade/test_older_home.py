"""A home that an earlier version of wijkbaat made: this version reads it, finds it whole and goes on with it.

home_2026-11-30.tar.xz was made on that day by commit 4d8d4c8: an invented municipality of 150 clients, published once.
It stays as it is. A later version that stores something else adds a home of its own beside it.
"""

from __future__ import annotations

import datetime as dt
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.doctor.examination import exit_code_of
from pipelines.doctor.kept import looks_at_kept
from pipelines.doctor.look import Found
from pipelines.releases.errata import table_of
from pipelines.releases.release import Release, releases
from pipelines.run import Order, run
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts

HOMES = sorted(Path(__file__).parent.glob("home_*.tar.xz"))
TODAY = dt.date(2026, 12, 1)  # before its raw text and its term end


@dataclass(frozen=True)
class Older:
    home: Home
    study: Path
    deliveries: Path

    @property
    def release(self) -> Release:
        return releases(self.home)[0]


@pytest.fixture(params=HOMES, ids=lambda path: path.name.split(".")[0])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Older:
    with tarfile.open(request.param) as archive:
        archive.extractall(tmp_path, filter="data")
    for private in Home(tmp_path / "home").private:
        private.chmod(0o700)
    return Older(Home(tmp_path / "home"), tmp_path / "demostad", tmp_path / "deliveries")


def test_an_older_home_is_found_whole_and_what_it_published_stands(older: Older) -> None:
    looks = list(looks_at_kept(older.home))
    assert [look.line for look in looks if look.found is not Found.GOOD] == []
    assert exit_code_of(looks) == 0
    assert older.release.status == "approved"
    assert [receipt.status for receipt in Receipts(older.home.receipts).all()] == ["accepted"]
    assert table_of(older.release.directory, "out_change__by_domain") is not None


@pytest.mark.slow
def test_this_version_runs_on_an_older_home_and_the_ledger_goes_on(older: Older) -> None:
    """The release of before stays to the byte; the new one says which it follows, or is the same."""
    before = older.release
    manifest = (before.directory / "manifest.json").read_bytes()
    with (older.study / "study.yaml").open("a", encoding="utf-8") as file:
        file.write("contact: onderzoek@demostad.example\n")
    outcome = run(Order(older.study, older.home.root, older.deliveries, "2026-02-28", today=TODAY))
    assert outcome.release is not None
    assert outcome.release.name != before.name
    assert (before.directory / "manifest.json").read_bytes() == manifest
    links = (older.home.released / "LEDGER").read_text(encoding="utf-8").split("\n")
    assert [link.split()[0] for link in links if link] == [before.name, outcome.release.name]
    then, now = (table_of(one.directory, "out_change__by_domain") for one in (before, outcome.release))
    assert then is not None
    assert now is not None
    figures = ["subject", "life_domain", "slice", "slice_value", "n_up", "n_down", "status"]
    assert now[figures].equals(then[figures])
