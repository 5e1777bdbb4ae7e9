"""Who is told what, by mail and webhook: once, nothing but names of jobs and steps, and again if it did not arrive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import StudyError
from data_contracts.expected import Told
from data_contracts.study import Study
from pipelines.on_schedule.alerts import Alert, Failure
from pipelines.on_schedule.sending import require_road
from pipelines.on_schedule.telling import failures, note_failures, tell
from pipelines.storage.home import Home
from pipelines.study.workplace import read_study
from tests.on_schedule.sinks import mail_server, webhook

VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad"
FAILED = Alert("failed/publish/gate/6", "failed", Failure("publish", "gate", 6).sentence)
MISSING = Alert("missing/B/2025-06-30", "missing", "Het tweede kwartaal van 2025 van leverancier B ontbreekt.")


def study_that_tells(*told: dict[str, Any]) -> Study:
    study = read_study(VOORBEELDSTAD).study
    on_schedule = study.on_schedule.model_copy(update={"tell": [Told(**one) for one in told]})
    return study.model_copy(update={"on_schedule": on_schedule})


def test_mail_and_webhook_get_what_they_are_for_in_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_that_tells(
        {"mail": "beheer@rijnstad.example", "about": ["failed"]},
        {"webhook": "TEAM", "about": ["failed", "missing"]},
    )
    with mail_server() as (server, mails), webhook() as (address, posts):
        monkeypatch.setenv("WIJKBAAT_SMTP", server)
        monkeypatch.setenv("WIJKBAAT_MAIL_FROM", "wijkbaat@rijnstad.example")
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        told = tell(study, Home(tmp_path), [FAILED, MISSING])
    assert (told.sent, told.problems) == (3, ())
    (mail,) = mails
    assert mail["To"] == "beheer@rijnstad.example"
    assert mail["Subject"] == "wijkbaat Voorbeeldstad: 1 bericht"
    assert "publish, stap gate" in mail.get_content()
    assert "ontbreekt" not in mail.get_content()
    ((path, body),) = posts
    assert path == "/geheim?sleutel=1"
    assert body["text"].splitlines()[1:] == [FAILED.sentence, MISSING.sentence]


def test_a_thing_is_told_once_and_again_only_after_it_was_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    study = study_that_tells({"webhook": "TEAM", "about": ["failed", "missing"]})
    with webhook() as (address, posts):
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        told = [tell(study, Home(tmp_path), due).sent for due in ([FAILED], [FAILED], [FAILED, MISSING], [], [FAILED])]
    assert told == [1, 0, 1, 0, 1]
    assert len(posts) == 3


def test_what_did_not_arrive_is_brought_the_next_time_and_the_problem_names_no_words_of_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study = study_that_tells({"webhook": "TEAM", "about": ["failed"]})
    with webhook(500) as (address, posts):
        monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)
        first, second = (tell(study, Home(tmp_path), [FAILED]) for _ in range(2))
    assert first.problems == ("Een bericht via webhook TEAM kwam niet aan (HTTPException). De volgende keer opnieuw.",)
    assert (first.sent, second.sent, len(posts)) == (0, 1, 2)
    monkeypatch.setenv("WIJKBAAT_WEBHOOK_TEAM", address)  # nobody listens there any more
    gone = tell(study, Home(tmp_path / "other"), [FAILED])
    assert "ConnectionRefusedError" in gone.problems[0]


@pytest.mark.parametrize(
    ("told", "environment", "says"),
    [
        ({"mail": "a@b.nl"}, {}, "WIJKBAAT_SMTP"),
        ({"mail": "a@b.nl"}, {"WIJKBAAT_SMTP": "mail.b.nl"}, "WIJKBAAT_SMTP"),
        ({"mail": "a@b.nl"}, {"WIJKBAAT_SMTP": "smtp://mail.b.nl"}, "WIJKBAAT_MAIL_FROM"),
        ({"webhook": "TEAM"}, {}, "WIJKBAAT_WEBHOOK_TEAM"),
        ({"webhook": "TEAM"}, {"WIJKBAAT_WEBHOOK_TEAM": "http://ergens.nl/geheim"}, "https"),
    ],
)
def test_a_road_that_the_machine_does_not_know_is_told_without_the_key_in_it(
    told: dict[str, Any], environment: dict[str, str], says: str
) -> None:
    with pytest.raises(StudyError, match=says) as caught:
        require_road(Told(**told, about=["failed"]), environment)
    assert "geheim" not in str(caught.value)


def test_a_failure_is_remembered_until_a_run_ends_well(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert failures(home) == []
    note_failures(home, [Failure("publish", "gate", 6)])
    assert failures(home) == [Failure("publish", "gate", 6)]
    note_failures(home, [])
    assert failures(home) == []
