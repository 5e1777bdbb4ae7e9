"""A past state is computed again from what was known then, and publishes nothing."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.question import Question
from data_contracts.yaml_file import as_model
from pipelines.commands.app import app
from pipelines.releases.errata import table_of
from pipelines.releases.known_on import as_known_on
from pipelines.releases.release import current
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from pipelines.storage.questions import registered, still_declared, withdrawing
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import read_study
from tests.circle.told import opened
from tests.flow.conftest import Done
from tests.flow.small import AS_OF, VOORBEELDSTAD
from tests.flow.test_ask import QUESTION


def received_on(home: Home) -> dt.date:
    """The day on which the delivery of the release came: another than today where midnight passed since."""
    return dt.date.fromisoformat(min(one.received_on for one in Receipts(home.receipts).all()))


@pytest.fixture
def home(done: Done, tmp_path: Path) -> Home:
    """A home in which, after its release, another delivery was received; as if it had been withdrawn at once."""
    shutil.copytree(done.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    receipts, late = Receipts(home.receipts), received_on(home) + dt.timedelta(days=1)
    receipts.receive("later-00000000", "later", tmp_path, late)
    receipts.acts.add("withdraw", receipts.all()[0].key, "A. Ambtenaar", "verkeerde uitdraai", late)
    return home


@pytest.mark.slow
def test_the_release_of_a_past_day_is_made_again_byte_for_byte(done: Done, home: Home) -> None:
    before, day = current(home), received_on(home).isoformat()
    told = CliRunner().invoke(
        app,
        ["run", str(done.study), "--home", str(home.root), "--known-on", day, "--as-of", AS_OF, "--json"],
        catch_exceptions=False,
    )
    made = json.loads(told.output)
    assert done.outcome.release is not None
    assert made["release"]["name"] == done.outcome.release.name
    assert Path(made["release"]["directory"]).is_relative_to(home.closed)
    assert current(home) == before
    assert len(Receipts(home.receipts).all()) == 2
    past = home.closed / "known_on" / day
    assert [path.name for path in past.iterdir()] == ["released"]


def test_what_came_or_was_decided_later_is_not_known(home: Home) -> None:
    day = received_on(home)
    with as_known_on(home, day.isoformat()) as past:
        assert len(Receipts(past.receipts).accepted()) == 1
        assert Receipts(past.receipts).acts.all() == []
        # The page about what changed since then opens the tables of the release before it.
        (before,) = (path for path in past.released.iterdir() if path.is_dir())
        assert table_of(before, "out_mkba__headline") is not None
    for other in ("2020-01-01", (day + dt.timedelta(days=1)).isoformat()):
        with pytest.raises(StudyError, match="telde nog geen levering mee"), as_known_on(home, other):
            pass


def test_what_was_asked_and_what_a_circle_said_by_then_is_known(home: Home) -> None:
    day = received_on(home)
    later = day + dt.timedelta(days=1)
    study = read_study(VOORBEELDSTAD).study
    question = as_model(QUESTION, Question, "vraag.yaml")
    for on in (day, later):
        with registered(home, question, "target_group", "A. Ambtenaar", "gevraagd in de raad", on):
            pass
    with withdrawing(home, "V1", "A. Ambtenaar", "niet meer nodig", later):
        pass
    journal = CircleJournal(home)
    for on in (day, later):
        assert journal.add(opened(on.isoformat()))
    Receipts(home.receipts).acts.add("take", Receipts(home.receipts).all()[0].key, "A. Ambtenaar", "toch goed", later)
    with as_known_on(home, day.isoformat()) as past:
        assert [one.id for one in still_declared(past, study)] == ["V1"]
        assert [one.on for one in CircleJournal(past).events()] == [day]
    with as_known_on(home, later.isoformat()) as past:
        assert [one.id for one in still_declared(past, study)] == ["V2"]
        assert [one.on for one in CircleJournal(past).events()] == [day, later]
