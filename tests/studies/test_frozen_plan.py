"""The plan of a study, frozen once: what it holds, what changes show, and what may not be done with it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from data_contracts.frozen_plan import FILE, deviations
from pipelines.study.freezing import current_plan, freeze_plan, frozen_plan
from pipelines.study.workplace import StudyFiles, read_study
from tests.effects.shipped import STUDIES

TODAY = dt.date(2026, 3, 1)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    for path in (STUDIES / "rijnstad").glob("*.yaml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def changed(study: Path, name: str, old: str, new: str) -> StudyFiles:
    path = study / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_study(study)


def test_a_frozen_plan_comes_back_as_it_was_and_shows_no_change(study: Path) -> None:
    files = read_study(study)
    assert frozen_plan(files) is None
    written = freeze_plan(files, TODAY)
    found = frozen_plan(read_study(study))
    assert found == written and found.frozen_on == TODAY
    assert deviations(found.plan, current_plan(read_study(study))) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("study.yaml", "[finances, housing, social_network", "[finances, social_network", "de leidende leefgebieden"),
        ("study.yaml", "values: [0.70, 0.80, 0.89]", "values: [0.70, 0.89]", "hoe precies een professional scoort"),
        ("mkba.yaml", "schema_version", "# later\nschema_version", "de kosten en baten"),
    ],
)
def test_a_later_change_is_a_deviation(study: Path, name: str, old: str, new: str, told: str) -> None:
    plan = freeze_plan(read_study(study), TODAY).plan
    (found,) = deviations(plan, current_plan(changed(study, name, old, new)))
    assert told in found


def test_the_day_that_somebody_claims_is_no_part_of_the_plan(study: Path) -> None:
    plan = freeze_plan(read_study(study), TODAY).plan
    assert deviations(plan, current_plan(changed(study, "study.yaml", "2025-01-15", "2020-01-15"))) == ()


def test_a_plan_is_frozen_once_and_a_change_by_hand_is_refused(study: Path) -> None:
    freeze_plan(read_study(study), TODAY)
    with pytest.raises(StudyError, match="al vastgelegd, op 01-03-2026"):
        freeze_plan(read_study(study), TODAY)
    with pytest.raises(StudyError, match="met de hand veranderd"):
        frozen_plan(changed(study, FILE, "2026-03-01", "2020-03-01"))
