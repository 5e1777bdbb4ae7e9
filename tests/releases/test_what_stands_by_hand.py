"""What a home remembers of its releases: who was ever approved, how far back pictures go, and when a step is over."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from data_contracts.errors import StudyError
from pipelines.releases import ledger_links, previous, release, restricted, step_keys, steps_done
from pipelines.releases.ledger_links import Link
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST

DAY = dt.date(2026, 2, 1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def test_who_was_approved_once_stays_on_the_list_whatever_was_decided_later(home: Home) -> None:
    for name, decision in (("r1", "approve"), ("r2", "reject"), ("r1", "withdraw"), ("r3", "approve")):
        release.add_decision(home, {"release": name, "decision": decision}, "Anna, beleid", "gezien in de kring", DAY)
    assert release.approved_ever(home) == ["r1", "r3"]


def test_a_reason_stands_on_record_as_it_was_written(home: Home) -> None:
    release.add_decision(home, {"release": "r1", "decision": "approve"}, "Anna, beleid", "één fout hersteld", DAY)
    assert "één fout hersteld" in (home.released / release.DECISIONS).read_text(encoding="utf-8")


def test_a_ledger_of_before_there_were_links_gets_them_in_the_order_of_approval(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = home.closed / "ledger" / "published"
    published.mkdir(parents=True, exist_ok=True)
    for name in ("a", "b", "c", "d"):
        (published / f"{name}.parquet").touch()
    monkeypatch.setattr(ledger_links, "approved_ever", lambda _: ["c", "x", "a"])
    readable = {name: Link(name, 1, "h") for name in ("a", "c", "d")}
    monkeypatch.setattr(Link, "of", staticmethod(lambda name, *_: readable.get(name)))
    assert [link.release for link in ledger_links._first_links(home)] == ["c", "a", "d"]


def test_a_picture_over_time_goes_back_eight_releases_that_still_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"r{at}" for at in range(1, 13)]
    withdrawn, wrong, again = "r12", "r11", "r9"  # r9 has the figures of r10
    monkeypatch.setattr(previous, "rectifications", lambda _: [SimpleNamespace(release=wrong)])
    monkeypatch.setattr(previous, "status_of", lambda _, name: "withdrawn" if name == withdrawn else "approved")
    monkeypatch.setattr(previous, "_tables_in", lambda _, name: {"t": "r10" if name == again else name})
    monkeypatch.setattr(previous, "manifest_of", lambda _: {})
    monkeypatch.setattr(previous, "_frames", lambda *_: {})
    monkeypatch.setattr(previous, "_versions", lambda _: ())
    monkeypatch.setattr(previous, "_study", lambda _: "")
    found = [one.release for one in previous._earlier(Home(Path("weg")), names)]
    assert found == ["r2", "r3", "r4", "r5", "r6", "r7", "r8", "r10"]


def test_a_release_is_made_of_what_lies_here_while_every_step_stands_and_the_last_made_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done = {
        step: steps_done.Done("k", (), release="r1" if step == steps_done.RELEASE else "") for step in steps_done.STEPS
    }
    place: Any = SimpleNamespace(home=None)
    monkeypatch.setattr(steps_done, "_read", lambda _, step: done[step])
    monkeypatch.setattr(steps_done, "step_key", lambda *_: "k")
    monkeypatch.setattr(steps_done, "_stands", lambda *_: True)
    assert steps_done.is_made_of_this(place, "r1") and not steps_done.is_made_of_this(place, "r2")
    first = steps_done.STEPS[0]
    for other in (None, replace(done[first], key="anders")):
        with monkeypatch.context() as now:
            now.setitem(done, first, other)
            assert not steps_done.is_made_of_this(place, "r1")
    monkeypatch.setattr(steps_done, "_stands", lambda _, found: found is not done[first])
    assert not steps_done.is_made_of_this(place, "r1")


@pytest.mark.parametrize(
    ("ledger", "joined"), [(("r1 h p",), True), (("r10 h p",), False), ((), False), (("r0 h p", "r1 h p"), True)]
)
def test_the_gate_remembers_the_release_that_joined_the_ledger(
    ledger: tuple[str, ...], joined: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, steps_done.Done] = {steps_done.GATE: steps_done.Done("k", ())}
    monkeypatch.setattr(steps_done, "_read", lambda _, step: kept.get(step))
    monkeypatch.setattr(steps_done, "_write", lambda _, step, done: kept.update({step: done}))
    monkeypatch.setattr(steps_done, "_ledger", lambda _: ledger)
    monkeypatch.setattr(steps_done, "_decided", lambda _: "besloten")
    place: Any = SimpleNamespace(home=None)
    steps_done.keep_release(place, ("a",), "k", "r1")
    assert kept[steps_done.RELEASE] == steps_done.Done("k", ("a",), decided="besloten", release="r1")
    assert kept[steps_done.GATE].release == ("r1" if joined else "")
    assert kept[steps_done.GATE].ledger == (ledger if joined else ())


def test_what_was_decided_is_a_hash_of_the_record_and_of_nothing_without_one(home: Home) -> None:
    assert steps_done._decided(home) == hashlib.sha256(b"").hexdigest()
    (home.released / release.DECISIONS).write_bytes(b"een\n")
    assert steps_done._decided(home) == hashlib.sha256(b"een\n").hexdigest()


def test_rows_of_a_team_may_be_put_in_place_twice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restricted, "_drop_without_release", lambda *_: None)
    for name in ("r1", "r1", "r2"):
        restricted.write_teams(home, name, {"Noord": {"rijen.csv": b"a"}})
    places = sorted(path.name for path in restricted.directory_of(home, "Noord").iterdir())
    assert places == ["r1", "r2"]


def test_other_code_in_any_room_is_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_keys, "HOUSE", tmp_path)
    made = step_keys.code.__wrapped__
    seen = {made()}
    for room in step_keys.ROOMS:
        (tmp_path / room / "__pycache__").mkdir(parents=True)
        (tmp_path / room / "__pycache__" / "a.pyc").write_bytes(b"x")
        (tmp_path / room / "a.py").write_bytes(b"1")
        seen.add(made())
        (tmp_path / room / "__pycache__" / "a.pyc").write_bytes(b"y")
        assert made() in seen
    assert len(seen) == len(step_keys.ROOMS) + 1


def test_what_is_published_stands_while_nothing_was_decided_and_each_record_of_it_is_as_it_was(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = {
        steps_done.RELEASE: steps_done.Done("k", (), decided="besloten", release="r1"),
        steps_done.GATE: steps_done.Done("k", (), ledger=("r1 h p",)),
    }
    known: dict[str, Any] = {"decided": "besloten", "ledger": ("r1 h p",), "teams": (), "releases": ["r1"]}
    last = home.closed / LAST

    def unchanged(_: Path) -> None:
        if known.get("fault"):
            raise StudyError("anders")

    monkeypatch.setattr(steps_done, "_read", lambda _, step: done.get(step))
    monkeypatch.setattr(steps_done, "_decided", lambda _: known["decided"])
    monkeypatch.setattr(steps_done, "_ledger", lambda _: known["ledger"])
    monkeypatch.setattr(steps_done, "changed_teams", lambda *_: known["teams"])
    monkeypatch.setattr(steps_done, "require_unchanged", unchanged)
    listed = {name: SimpleNamespace(name=name, directory=Path(name)) for name in ("r1", "r2")}
    monkeypatch.setattr(steps_done, "every_release", lambda _: [listed[name] for name in known["releases"]])
    assert not steps_done._is_published_whole(home)  # nobody wrote which is the last
    last.write_text("r1", encoding="utf-8")
    assert steps_done._is_published_whole(home)
    others = {"decided": "later", "ledger": (), "teams": ("Noord",), "releases": ["r2"], "fault": True}
    for name, other in others.items():
        with monkeypatch.context() as now:
            now.setitem(known, name, other)
            assert not steps_done._is_published_whole(home), name
    for step in tuple(done):
        with monkeypatch.context() as now:
            now.delitem(done, step)
            assert not steps_done._is_published_whole(home), step
    last.write_text("r2", encoding="utf-8")
    assert not steps_done._is_published_whole(home)
