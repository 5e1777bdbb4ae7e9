"""A step on the small files of a home is undone whole, and does not copy what the ledger gathered over the years."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.storage.journal import all_or_nothing
from pipelines.storage.platform import write_whole


def test_the_ledger_of_earlier_releases_gets_a_second_name_and_no_copy(tmp_path: Path) -> None:
    kept = tmp_path / "closed" / "ledger" / "published" / "release-0.parquet"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"what was shown")
    with all_or_nothing(tmp_path):
        journal = tmp_path / "closed" / "journal" / kept.relative_to(tmp_path)
        assert journal.samefile(kept)
    assert kept.stat().st_nlink == 1


def test_a_step_that_fails_puts_back_what_it_replaced_and_took_away(tmp_path: Path) -> None:
    ledger = tmp_path / "closed" / "ledger"
    for name in ("published/a.parquet", "published/b.parquet", "links.jsonl"):
        (ledger / name).parent.mkdir(parents=True, exist_ok=True)
        (ledger / name).write_bytes(name.encode())
    (tmp_path / "released").mkdir()

    def step_that_fails() -> None:
        with all_or_nothing(tmp_path):
            write_whole(ledger / "published" / "a.parquet", b"other")
            (ledger / "published" / "b.parquet").unlink()
            write_whole(ledger / "links.jsonl", b"other")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        step_that_fails()
    found = {path.relative_to(ledger).as_posix(): path.read_bytes() for path in ledger.rglob("*") if path.is_file()}
    assert found == {name: name.encode() for name in ("published/a.parquet", "published/b.parquet", "links.jsonl")}
