"""A question asks only what the study declared; what is wrong with it is said with its key and what is possible."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.asking.answering import read_question
from pipelines.study.workplace import read_study

STUDY = Path(__file__).parents[2] / "studies" / "rijnstad"
GOOD = """schema_version: 1
question: Gaan mensen met een licht verstandelijke beperking vooruit?
outcome: {subject: zrm, life_domain: finances}
group: {target_group: licht verstandelijke beperking}
period: {from: first, to: m12}
"""


def read(text: str, tmp_path: Path):
    path = tmp_path / "vraag.yaml"
    path.write_text(text, encoding="utf-8")
    return read_question(path, read_study(STUDY))


def test_a_question_names_the_slice_the_rows_and_the_group_that_it_opens(tmp_path: Path) -> None:
    found = read(GOOD, tmp_path)
    assert found.table == "out_change__by_domain"
    assert dict(found.opens("target_group").about)["moment_to"] == "m12"
    assert found.group_value("target_group") == "licht verstandelijke beperking"


def test_a_declared_pair_is_a_group_of_two(tmp_path: Path) -> None:
    found = read(GOOD.replace("group: {", 'group: {cohort: "2023", '), tmp_path)
    slice_ = found.slice_of(read_study(STUDY).study)
    assert slice_ is not None
    assert slice_.name == "target_group+cohort"
    assert found.group_value(slice_.name) == "licht verstandelijke beperking | 2023"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("finances", "justice", "regel 3: 'outcome.life_domain': 'justice' is geen leefgebied van deze studie"),
        (
            "{target_group: licht verstandelijke beperking}",
            "{area: Noord}",
            "de studie deelt niet in naar 'area'. Kies",
        ),
        ("to: m12", "to: m18", "Kies uit: {from: first, to: last}"),
        ("period: {from: first, to: m12}\n", "", "period hoort bij een verandering van scores"),
        ("subject: zrm", "subject: events", "bij gebruik hoort wat (what) en in welke eenheid (unit)"),
        (
            "subject: zrm",
            "subject: ladder",
            "een leefgebied hoort bij de ZRM en bij ervaren baat. Haal life_domain weg",
        ),
        (
            "subject: zrm",
            "subject: provisions, what: dagbesteding, unit: dagdeel",
            "een leefgebied hoort bij de ZRM en bij ervaren baat. Haal life_domain weg",
        ),
        ("group:", "groep:", "groep"),
        ("schema_version: 1\n", "schema_version: 1\ncomparison: teams\n", "comparison"),
    ],
)
def test_a_question_that_is_not_right_is_told_with_its_key_and_what_is_possible(
    old: str, new: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(StudyError) as error:
        read(GOOD.replace(old, new), tmp_path)
    assert told in str(error.value)
