"""What `wijkbaat init` writes is what somebody answered, and nothing that nobody did."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.commands.init import _day
from pipelines.init.propose import Answers
from pipelines.init.wizard import proposals_for, write_study
from pipelines.storage.home import Home
from pipelines.study.workplace import read_study

FILES = sorted(Path("studies/rijnstad/deliveries").glob("*/zrm*.csv"))
TODAY = dt.date(2026, 3, 1)


def written(tmp_path: Path, **more: dt.date) -> str:
    answers = Answers(
        "Verzonnen", "Weten of de hulp helpt", "Wmo 2015, artikel 2.1", "directeur", TODAY, "none", **more
    )
    to = tmp_path / "studie"
    write_study(FILES, proposals_for(FILES), answers, to, Home(tmp_path / "thuis"), TODAY)
    return (to / "study.yaml").read_text(encoding="utf-8")


def test_a_day_that_nobody_chose_is_not_written_as_chosen(tmp_path: Path) -> None:
    assert "declared_on" not in written(tmp_path)
    assert read_study(tmp_path / "studie").study.design.declared_on is None


def test_a_day_that_was_answered_is_written(tmp_path: Path) -> None:
    assert "declared_on: 2021-12-31" in written(tmp_path, declared_on=dt.date(2021, 12, 31))


def test_an_answer_that_is_no_day_names_its_option() -> None:
    with pytest.raises(StudyError, match="--declared-on"):
        _day("gisteren", "--declared-on")
