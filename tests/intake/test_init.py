"""What `wijkbaat init` writes is what somebody answered, nothing that nobody did, and nothing that a run refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.init.writing import REPLIES, fill_inbox, keep_replies, kept_replies
from pipelines.storage.home import Home
from pipelines.study.workplace import read_study
from tests.intake.init.delivered import assessments, csv, wide

STUDY = ("--municipality", "Teststad", "--purpose", "Weten of de hulp helpt", "--ground", "Wmo 2015, artikel 2.1",
         "--decided-by", "directeur", "--records-until", "2090-01-01")  # fmt: skip


def delivered(tmp_path: Path, content: bytes | None = None) -> Path:
    path = tmp_path / "zrm.csv"
    path.write_bytes(content or csv(wide(assessments(1))))
    return path


def init(tmp_path: Path, *more: str, study: tuple[str, ...] = STUDY, typed: str = "") -> tuple[int, str]:
    """The command; its exit code, or 2 with the words of its error."""
    options = ("--to", str(tmp_path / "studie"), "--home", str(tmp_path / "thuis"), *study, *more)
    done = CliRunner().invoke(app, ["init", str(tmp_path / "zrm.csv"), *options], input=typed)
    if isinstance(done.exception, StudyError):
        return 2, str(done.exception)
    assert done.exception is None, done.exception
    return 0, done.output


def test_a_day_that_nobody_chose_is_not_written_as_chosen_and_the_design_claims_least(tmp_path: Path) -> None:
    delivered(tmp_path)
    assert init(tmp_path, "--yes")[0] == 0
    design = read_study(tmp_path / "studie").study.design
    assert (design.kind, design.declared_on) == ("before_after", None)


def test_a_day_that_was_answered_is_written(tmp_path: Path) -> None:
    delivered(tmp_path)
    assert init(tmp_path, "--yes", "--declared-on", "2021-12-31")[0] == 0
    assert "declared_on: 2021-12-31" in (tmp_path / "studie" / "study.yaml").read_text(encoding="utf-8")


def test_an_answer_that_is_no_day_is_named(tmp_path: Path) -> None:
    delivered(tmp_path)
    code, words = init(tmp_path, "--yes", study=(*STUDY[:-1], "volgend jaar"))
    assert code == 2
    assert "--records-until" in words
    assert "jjjj-mm-dd" in words


def test_open_questions_are_printed_with_their_names_and_nothing_is_written(tmp_path: Path) -> None:
    rows = wide(assessments(1))
    delivered(tmp_path, csv([rows[0], *([*row[:3], "0", *row[4:]] for row in rows[1:])]))
    code, words = init(tmp_path, "--yes")
    assert code == 2
    assert "codes.zrm.score" in words
    assert not (tmp_path / "studie").exists()
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text("codes.zrm.score: {'0': niet ingevuld}\n", encoding="utf-8")
    assert init(tmp_path, "--answers", str(answers))[0] == 0


def test_a_clean_file_needs_six_answers_and_a_wrong_one_is_asked_again(tmp_path: Path) -> None:
    delivered(tmp_path)
    typed = "T\nTeststad\n\nWeten of de hulp helpt\nWmo 2015, artikel 2.1\ndirecteur\nooit\n2090-01-01\n"
    code, words = init(tmp_path, study=(), typed=typed)
    assert code == 0, words
    assert "te kort" in words
    assert read_study(tmp_path / "studie").study.municipality == "Teststad"


def test_one_thing_can_be_corrected_before_anything_is_written(tmp_path: Path) -> None:
    delivered(tmp_path)
    code, words = init(tmp_path, typed="editie.zrm\nzrm_2010\n\n")
    assert code == 0, words
    assert [edition.value for edition in read_study(tmp_path / "studie").study.editions] == ["zrm_2010"]


def test_a_half_done_init_goes_on_where_it_stopped_and_only_for_the_same_files(tmp_path: Path) -> None:
    path = delivered(tmp_path)
    keep_replies(tmp_path / "studie", [path], {"team-leeg.zrm": "ja"})
    assert kept_replies(tmp_path / "studie", [path]) == {"team-leeg.zrm": "ja"}
    assert init(tmp_path, "--yes")[0] == 0
    assert not (tmp_path / "studie" / REPLIES).exists()
    path.write_bytes(b"anders")
    assert kept_replies(tmp_path / "studie", [path]) == {}


def test_a_delivery_never_lies_on_top_of_another_one(tmp_path: Path) -> None:
    home, path = Home(tmp_path / "thuis"), delivered(tmp_path)
    first = fill_inbox(home, "Teststad", [path], "20260301")
    assert fill_inbox(home, "Teststad", [path], "20260301") == first
    path.write_bytes(b"anders")
    assert fill_inbox(home, "Teststad", [path], "20260301") != first


def test_a_study_that_stands_is_not_overwritten(tmp_path: Path) -> None:
    delivered(tmp_path)
    assert init(tmp_path, "--yes")[0] == 0
    code, words = init(tmp_path, "--yes")
    assert code == 2
    assert "--to" in words


@pytest.mark.parametrize("name", ["zrm.csv", "ZRM.CSV"])
def test_files_that_would_lie_on_top_of_each_other_are_named(tmp_path: Path, name: str) -> None:
    delivered(tmp_path)
    (tmp_path / "oud").mkdir()
    (tmp_path / "oud" / name).write_bytes(b"x;y\n1;2\n")
    code, words = init(tmp_path, "--yes", str(tmp_path / "oud" / name))
    assert code == 2
    assert "twee keer" in words


def test_what_would_be_refused_is_mended_by_a_reply_and_not_in_a_file_that_is_not_there(tmp_path: Path) -> None:
    rows = wide(assessments(1))
    without_days = [[*row[:2], "" if at % 5 == 0 else row[2], *row[3:]] for at, row in enumerate(rows[1:])]
    delivered(tmp_path, csv([rows[0], *without_days]))
    code, words = init(tmp_path, "--yes")
    assert code == 2
    assert "de datum ontbreekt" in words and "antwoord dan anders op: tabel.zrm, kolom.zrm.client_key" in words
    assert "mapping.yaml" not in words


REGISTER = "Wijkteam;Type;Nieuwe werkwijze vanaf\nNoord;teamvariant;{}\nZuid;teamvariant;{}\nCentrum;teamvariant;\n"


def with_register(tmp_path: Path, *starts: str) -> str:
    delivered(tmp_path)
    path = tmp_path / "wijkteams.csv"
    path.write_text(REGISTER.format(*starts), encoding="utf-8")
    return str(path)


def test_teams_that_began_apart_can_be_compared_when_somebody_chooses_so(tmp_path: Path) -> None:
    register = with_register(tmp_path, "15-02-2022", "15-09-2022")
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text("ontwerp: staggered\n", encoding="utf-8")
    code, words = init(tmp_path, register, "--answers", str(answers))
    assert (code, "Hoe heet de nieuwe werkwijze?" in words) == (2, True)
    answers.write_text("ontwerp: staggered\nwerkwijze: Nieuwe werkwijze\n", encoding="utf-8")
    assert init(tmp_path, register, "--answers", str(answers))[0] == 0
    design = read_study(tmp_path / "studie").study.design
    assert (design.kind, design.new_approach) == ("staggered", "Nieuwe werkwijze")


@pytest.mark.parametrize(("starts", "is_told"), [(("15-02-2022", "15-09-2022"), True), (("", "15-09-2022"), False)])
def test_unless_somebody_chooses_the_design_claims_least(
    tmp_path: Path, starts: tuple[str, str], is_told: bool
) -> None:
    code, words = init(tmp_path, with_register(tmp_path, *starts), "--yes")
    assert code == 0
    assert ("Kies dat bij 'ontwerp'" in words) is is_told
    assert read_study(tmp_path / "studie").study.design.kind == "before_after"
