"""Every app of the circle runs from top to bottom without a browser, at its defaults and at its extremes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from notebooks import leerkring
from notebooks.forms import agreeing
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.apps import StraightLink, chosen
from tests.circle.told import FINANCES, SECOND, card, opened, said
from tests.surfaces.invented import tables


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented publication on disk."""
    place = tmp_path_factory.mktemp("publicatie")
    for name, frame in tables().items():
        duckdb.from_df(frame).write_parquet(str(place / f"{name}.parquet"))
    return place


@pytest.fixture
def shown(release: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WIJKBAAT_RELEASE", str(release))
    return release


@pytest.fixture
def journal(tmp_path: Path) -> CircleJournal:
    """A circle in its second session, with something of everything."""
    kept = CircleJournal(Home(tmp_path))
    for one in (
        opened(),
        said("guess", figure=FINANCES, group="team", up=8, equal=0, down=0),
        said("revealed", figure=FINANCES, shows=1),
        card("Schulden komen laat boven tafel", id="kaart-001"),
        said("cluster", item="stapel-1", topic=FINANCES, name="Te laat in beeld", cards=["kaart-001"]),
        said("dots", cluster="stapel-1", group="team", dots=5),
        said("reading", item="lezing-01", figure=FINANCES, text="Het gaat laat", status="concept", groups=["team"]),
        said("promise", item="afspraak1", text="Vragen naar achterstanden", owner="teamleider", due="2026-05-01"),
        said("exchange", item="punt-0001", what="bottleneck", text="Brieven zijn te moeilijk", owner="beleid"),
        said("closed", next_on=SECOND),
        opened(SECOND),
    ):
        kept.add(one)
    return kept


def test_without_a_session_the_app_opens_and_says_that_nothing_is_kept(shown: Path) -> None:
    found = leerkring.app.run()[1]
    assert found["session"] is None
    found["keep"]({"kind": "opened", "session": "2026-02-12"}, done="Bewaard")
    assert found["get_said"]().startswith("Er wordt nu niets bewaard")


def test_adopting_a_reading_keeps_what_some_saw_otherwise(journal: CircleJournal) -> None:
    reading = {"item": "lezing-02", "figure": FINANCES, "text": "Beter", "dissent": "Niet overal", "groups": ["team"]}
    journal.add(said("reading", status="concept", **reading))
    memory, kept = journal.memory(), list[dict[str, Any]]()
    session = memory.sessions[SECOND]
    form = agreeing.adopting_forms(memory, session, FINANCES, lambda *records, done: kept.extend(records))[0]
    empty = {"text": "", "dissent": "", **dict.fromkeys(session.groups, True)}
    form._on_change({"reading": "Beter", **empty})
    assert [(one["status"], one["dissent"]) for one in kept] == [("adopted", "Niet overal")]


@pytest.mark.parametrize("step", leerkring.STEPS)
@pytest.mark.parametrize("session", ["2026-02-12", SECOND])
def test_every_step_of_a_session_is_drawn(shown: Path, journal: CircleJournal, step: str, session: str) -> None:
    given = {"link": StraightLink(journal), "step": chosen(step), "chosen": chosen(session)}
    found = leerkring.app.run(defs=given)[1]
    assert found["session"].id == session
