"""What somebody can get out of the circle's apps, door and exports that is not theirs: nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data_contracts.contract import empty_frame
from data_contracts.errors import StudyError
from notebooks import leerkring, verkennen
from notebooks.release_files import released_tables
from pipelines.circle.offline import offline_session
from pipelines.circle.session import session_environment
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from reports.circle.adopted import circle_words
from reports.circle.figure_key import Choice
from tests.circle.apps import StraightLink, chosen
from tests.circle.attacked_home import CANARY, OWN_N, attacked_home, parquet
from tests.circle.test_offline import DAY
from tests.circle.told import SECOND, card, opened, said
from tests.circle.year import first_session, second_session
from tests.surfaces.invented import TEAMS
from tests.surfaces.pages import ROOT, Pages
from tests.surfaces.pages import opened as serving

STUDY = ROOT / "studies" / "voorbeeldstad"
PLANTED = ("Fatima Yilmaz", "123456782", "06-12345678", "mevrouw Jansen", "1234 AB", "iemand@voorbeeld.nl")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return attacked_home(tmp_path_factory.mktemp("kring") / "home")


def everything_shown(outputs: Any, defined: Any) -> str:
    """All that an app showed or holds, as text."""
    shown = "".join(getattr(one, "text", str(one)) for one in outputs)
    return shown + "".join(repr(one) for name, one in defined.items() if name != "link")


@pytest.fixture
def inside(home: Home, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    given = session_environment(STUDY, home.root, None, TEAMS[0])
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    yield given


def test_a_session_of_one_team_holds_its_own_rows_and_no_other_team(inside: dict[str, str], home: Home) -> None:
    found = released_tables(inside["WIJKBAAT_RELEASE"], inside["WIJKBAAT_TEAM"])["out_change__by_domain"]
    own = released_tables(inside["WIJKBAAT_RELEASE"])["out_change__by_domain"]
    assert set(found["slice_value"]) - set(own["slice_value"]) <= {TEAMS[0]}
    assert len(found) == len(own)  # the invented release names both teams already
    assert TEAMS[1] not in inside["WIJKBAAT_TEAM"]


def test_a_team_that_is_named_in_the_release_too_sees_its_own_figure_once(inside: dict[str, str]) -> None:
    own = Choice("zrm", "finances", "team", TEAMS[0], "first", "last")
    found = dict(verkennen.app.run(defs={"guess": chosen(1), "choice": own})[1])
    assert f"{OWN_N:,} mensen".replace(",", ".") in found["answer"]


@pytest.mark.parametrize("team", ["../closed", "Team Onbekend", "", ".."])
def test_no_other_directory_can_be_named_as_a_team(home: Home, team: str) -> None:
    if not team:
        assert session_environment(STUDY, home.root, None, team)["WIJKBAAT_TEAM"] == ""
        return
    with pytest.raises(StudyError, match="geen eigen cijfers"):
        session_environment(STUDY, home.root, None, team)


@pytest.mark.parametrize("step", leerkring.STEPS)
def test_no_client_and_no_hidden_cell_is_reachable_from_any_step(
    inside: dict[str, str], home: Home, step: str, tmp_path: Path
) -> None:
    journal = CircleJournal(Home(tmp_path))
    hidden = "zrm/addiction/all/all/first/last"
    for one in (
        opened(agenda=[hidden]),
        said("guess", figure=hidden, group="team", up=1, equal=0, down=0),
        said("revealed", figure=hidden),
    ):
        journal.add(one)
    given = {"link": StraightLink(journal), "step": chosen(step), "chosen": chosen("2026-02-12")}
    shown = everything_shown(*leerkring.app.run(defs=given))
    assert CANARY not in shown
    if step == leerkring.SEE:
        assert "Dit cijfer is niet getoond" in shown


def test_the_exploring_app_holds_no_client(inside: dict[str, str]) -> None:
    assert CANARY not in everything_shown(*verkennen.app.run())


@pytest.mark.parametrize("words", PLANTED)
def test_a_planted_identifier_is_in_no_export_report_or_minutes(home: Home, tmp_path: Path, words: str) -> None:
    journal = CircleJournal(Home(tmp_path))
    first_session(journal)
    for attempt in (
        card(f"Zo ging het bij {words}"),
        said("cluster", item="stapel-9", topic="onze-vraag", name=words, cards=["kaart-001"]),
        said("filed", card="kaart-001", link="geld-naar-redden", filed_as="rival", text=f"Door {words} dus"),
        said("promise", item="afspraak9", text="Bellen", owner=words, due=SECOND),
        opened(SECOND, question=f"Hoe gaat het met {words}"),
    ):
        with pytest.raises(StudyError):
            journal.add(attempt)
    second_session(journal)
    everywhere = journal.path.read_text(encoding="utf-8") + repr(circle_words(journal.memory()))
    assert words not in everywhere


def test_the_offline_file_holds_no_client_and_no_team(home: Home) -> None:
    page = offline_session(STUDY, home.root, DAY, [])
    assert CANARY not in page
    assert not [team for team in TEAMS if team in page]


@pytest.fixture(scope="module")
def running(home: Home) -> Iterator[Pages]:
    with serving("session", str(STUDY), "--home", str(home.root)) as pages:
        yield pages


def test_the_door_is_behind_the_guard(running: Pages, home: Home) -> None:
    door, record = f"{running.path}geheugen", json.dumps(opened("2026-10-01"), default=str)
    own = {"Origin": f"http://127.0.0.1:{running.port}"}
    cookie = running.let_in()
    assert running.answer("GET", door)[0] == 403
    assert running.answer("POST", door, own, record)[0] == 403
    assert running.answer("POST", door, cookie | {"Origin": "http://evil.example"}, record)[0] == 403
    assert running.answer("POST", door, cookie, record)[0] == 403
    assert running.answer("POST", "/geheugen", cookie | own, record)[0] == 403
    assert not CircleJournal(home).path.exists()
    assert running.answer("POST", door, cookie | own, record) == (200, '{"is_new":true}')
    assert running.answer("POST", door, cookie | own, record) == (200, '{"is_new":false}')


@pytest.mark.parametrize("body", ["", "[]", "{", "[" * 19_000, '"x"', "x" * 30_000, '{"kind": "erased"}', "{}"])
def test_nonsense_at_the_door_is_told_and_not_kept(running: Pages, home: Home, body: str) -> None:
    headers = running.let_in() | {"Origin": f"http://127.0.0.1:{running.port}"}
    status, words = running.answer("POST", f"{running.path}geheugen", headers, body)
    assert (status, "why" in words) == (422, True)


def test_a_table_without_rows_for_the_team_changes_nothing(inside: dict[str, str], tmp_path: Path) -> None:
    rows = empty_frame_of(tmp_path)
    found = released_tables(inside["WIJKBAAT_RELEASE"], rows)["out_change__by_domain"]
    assert len(found) == len(released_tables(inside["WIJKBAAT_RELEASE"])["out_change__by_domain"])


def empty_frame_of(place: Path) -> Path:
    from reports.released.source import CONTRACTS

    parquet(empty_frame(CONTRACTS["out_change__by_domain"]), place / "out_change__by_domain.parquet")
    return place
