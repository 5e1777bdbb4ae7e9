"""What the sensors ask for comes to its end: a failed run is asked for again, and no delivery is forgotten."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import dagster as dg
import pytest

from pipelines.assets.defs import automation
from pipelines.assets.table_asset import WorkplaceResource
from pipelines.intake.door import key_of
from pipelines.on_schedule.cursors import Behind, Inbox
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.study.workplace import Workplace, read_study

_WORKPLACE = WorkplaceResource(study="", home="")  # it opens what the fixture says
MINUTE = dt.timedelta(minutes=1)


@dataclass
class Daemon:
    """Dagster's daemon over a home in which runs end as the test says: the clock, the cursors, what is published."""

    home: Home
    instance: dg.DagsterInstance
    now: dt.datetime = dt.datetime(2026, 11, 2, 6, tzinfo=dt.UTC)
    behind: str | None = None
    inbox: str | None = None
    is_at_work: bool = False
    published: set[str] = field(default_factory=set)

    @property
    def that_count(self) -> set[str]:
        return {one.key for one in Receipts(self.home.receipts).accepted()}

    def accepted(self, key: str) -> None:
        receipts = Receipts(self.home.receipts)
        receipts.put(Receipt(key, key, "weg", "2026-11-01", len(receipts.all()) + 1, "accepted", "studie"))

    def look(self) -> str:
        """What the sensor for what lies behind says; 'publish' where it asks for a run."""
        found = automation.automation(context := self._context(self.behind))
        self.behind = context.cursor or self.behind
        return str(found.skip_message) if isinstance(found, dg.SkipReason) else "publish"

    def look_in(self) -> list[str] | str:
        """The run keys that the sensor for the inbox asks for, or why it asks for none."""
        found = automation.inbox(context := self._context(self.inbox))
        if isinstance(found, dg.SkipReason):
            self.inbox = context.cursor or self.inbox
            return str(found.skip_message)
        assert isinstance(found, dg.SensorResult)
        assert found.run_requests is not None
        self.inbox = found.cursor
        return [str(one.run_key) for one in found.run_requests]

    def _context(self, cursor: str | None) -> dg.SensorEvaluationContext:
        return dg.build_sensor_context(instance=self.instance, cursor=cursor, resources={"workplace": _WORKPLACE})


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Daemon]:
    home = Home(tmp_path / "home")
    home.prepare()
    instance = dg.DagsterInstance.ephemeral()
    daemon = Daemon(home, instance)
    place = Workplace(read_study(HOUSE / "studies" / "voorbeeldstad"), home, None, 1)
    monkeypatch.setattr(WorkplaceResource, "open", lambda self: place)
    clock = SimpleNamespace(now=lambda tz: daemon.now)
    monkeypatch.setattr(automation, "dt", SimpleNamespace(datetime=clock, UTC=dt.UTC))
    monkeypatch.setattr(automation, "_is_at_work", lambda instance, place: daemon.is_at_work)
    monkeypatch.setattr(automation, "steps_to_do", lambda place: () if daemon.published == daemon.that_count else "g")
    with instance:
        yield daemon


def test_a_publication_that_failed_is_asked_for_twice_more_and_then_waits_for_a_person(daemon: Daemon) -> None:
    daemon.accepted("q1")
    said = []
    for _ in range(90):
        said.append(daemon.look())
        daemon.now += MINUTE
    assert [at for at, words in enumerate(said) if words == "publish"] == [0, 5, 35]
    assert said[1] == "De laatste run is niet gelukt; over 4 minuten wordt het opnieuw geprobeerd (poging 2 van 3)."
    assert said[-1].startswith("De laatste run is 3 keer geprobeerd en niet gelukt")
    daemon.accepted("q2")
    assert daemon.look() == "publish"  # something new begins anew
    daemon.published = {"q1", "q2"}
    assert daemon.look() == "Wat erachter ligt, is al gedaan."
    assert daemon.look() == "Er is geen nieuwe levering die meetelt."


def test_a_delivery_that_is_read_between_the_question_and_the_first_look_after_it_is_published_too(
    daemon: Daemon,
) -> None:
    daemon.accepted("q1")
    assert daemon.look() == "publish"
    daemon.accepted("q2")  # before the run that was asked for has begun, or while it reads: who knows
    daemon.published = {"q1"}
    assert daemon.look() == "publish"


def test_whatever_comes_when_and_however_runs_end_everything_that_counts_is_published(daemon: Daemon) -> None:
    for seed in range(25):
        chance, reads, n_read = random.Random(seed), set[str](), 0  # noqa: S311
        daemon.behind, daemon.is_at_work, daemon.published = None, False, set()
        shutil.rmtree(daemon.home.receipts)
        daemon.home.receipts.mkdir()
        for event in chance.choices(["delivery", "look", "ends", "fails", "minutes"], [2, 6, 2, 2, 3], k=30):
            if event == "delivery":
                n_read += 1
                daemon.accepted(f"{seed}-{n_read}")
            elif event == "look" and daemon.look() == "publish":
                daemon.is_at_work, reads = True, daemon.that_count
            elif event in ("ends", "fails") and daemon.is_at_work:
                daemon.published = reads if event == "ends" else daemon.published
                daemon.is_at_work = False
            elif event == "minutes":
                daemon.now += chance.randint(1, 40) * MINUTE
        daemon.is_at_work = False
        daemon.accepted(f"{seed}-last")
        for n_look in range(5):
            if daemon.look() == "publish" and n_look > 0:  # the first run of these fails too
                daemon.published = daemon.that_count
            daemon.now += 31 * MINUTE
        assert daemon.published == daemon.that_count, seed


def test_a_delivery_of_which_the_run_failed_is_asked_for_again_under_another_name(daemon: Daemon) -> None:
    delivery = daemon.home.inbox / "q1"
    delivery.mkdir()
    (delivery / "zrm.csv").write_text("Cliëntnummer;Score\n", encoding="utf-8")
    key = key_of(delivery)
    assert daemon.look_in() == "q1: wacht tot de bestanden niet meer veranderen"
    daemon.is_at_work = True
    assert daemon.look_in() == "Er loopt nog een run."
    daemon.is_at_work = False
    assert daemon.look_in() == [key]
    assert daemon.look_in() == "q1: niet gelukt; over 5 minuten wordt het opnieuw geprobeerd (poging 2 van 3)."
    daemon.now += 5 * MINUTE
    assert daemon.look_in() == [f"{key}-2"]
    daemon.now += 30 * MINUTE
    assert daemon.look_in() == [f"{key}-3"]
    daemon.now += 300 * MINUTE
    assert "niet vanzelf opnieuw" in daemon.look_in()


def test_a_look_at_an_inbox_without_anything_new_leaves_the_lock_and_the_receipts_alone(
    daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    (daemon.home.inbox / "q1").mkdir()
    (daemon.home.inbox / "q1" / "zrm.csv").write_text("Cliëntnummer;Score\n", encoding="utf-8")
    daemon.accepted(key_of(daemon.home.inbox / "q1"))
    daemon.look_in()
    daemon.look_in()
    (receipt,) = daemon.home.receipts.glob("*.json")
    written = receipt.stat().st_mtime_ns

    def locked(home: Home) -> None:
        raise AssertionError("the lock was taken")

    monkeypatch.setattr(Home, "lock", locked)
    monkeypatch.setattr(Home, "is_in_use", locked)
    assert daemon.look_in() == "q1: al verwerkt"
    assert receipt.stat().st_mtime_ns == written


def test_what_a_sensor_kept_before_tries_were_counted_is_still_read() -> None:
    assert Behind.of("5d41402abc4b2a76b9719d911017c592") == Behind("")
    assert Inbox.of('{"q1": [["zrm.csv", 3, 4]]}') == Inbox({"q1": [["zrm.csv", 3, 4]]})
    assert Inbox.of(None) == Inbox({})
