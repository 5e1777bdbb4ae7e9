"""A delivery that changed much is told with the columns in which it did."""

from __future__ import annotations

from pathlib import Path

from pipelines.intake.opening import accept
from pipelines.records.what_changed import changed_columns, changed_words
from pipelines.storage.platform import connect
from pipelines.study.workplace import Workplace
from tests.rights.small_home import empty_home, put, take_in, trajectories, zrm

ASSESSMENTS, CASES = "core_zrm__assessments", "core_cases__trajectories"


def two(root: Path, **second: str) -> tuple[Workplace, str]:
    place = empty_home(root)
    people = range(1, 21)
    first = take_in(place, put(place, "q1", zrm=zrm(*people), trajecten=trajectories(*people)))
    accept(place, first)
    return place, take_in(place, put(place, "q2", **second))


def test_what_changed_is_counted_per_column(tmp_path: Path) -> None:
    place, key = two(tmp_path / "home", zrm=zrm(*range(1, 11), score=4) + zrm(*range(11, 21)).partition("\n")[2])
    assert changed_columns(connect(), place, key, ASSESSMENTS) == [("finances", 20), ("housing", 20)]
    assert (
        changed_words(connect(), place, key, ASSESSMENTS)
        == " Het verschil zit in: Financiën (20 keer), Huisvesting (20 keer)."
    )
    assert changed_words(connect(), place, key, CASES) == ""


def test_other_hours_are_told_as_hours(tmp_path: Path) -> None:
    other = trajectories(*range(1, 21)).replace(";4\n", ";9\n")
    place, key = two(tmp_path / "home", zrm=zrm(*range(1, 21)), trajecten=other)
    assert changed_words(connect(), place, key, CASES) == " Het verschil zit in: de uren (19 keer)."
    assert changed_words(connect(), place, key, ASSESSMENTS) == ""
