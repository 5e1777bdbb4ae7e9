"""Days in the name of a file, and words that a study explains: what may be said, and what is refused."""

from __future__ import annotations

import datetime as dt

import pytest

from data_contracts.errors import StudyError
from data_contracts.mapping.date_notation import day_written, days_in
from data_contracts.mapping.file import Mapping
from data_contracts.yaml_file import as_model

TEXT = """\
schema_version: 2
deliveries: {{as_at: {{from_name: {form}}}}}
files:
  - match: trajecten.csv
    table: trajectories
    columns: {{client_key: Nummer, started_on: Start, has_plan: Plan}}
    codes: {{has_plan: {{ja: {meaning}}}}}
"""


def mapping(form: str = "yyyymmdd", meaning: str = "true") -> Mapping:
    return as_model(TEXT.format(form=form, meaning=meaning), Mapping, "mapping.yaml")


@pytest.mark.parametrize(
    ("form", "text"),
    [("yyyymmdd", "20260307"), ("yymmdd", "260307"), ("d-m-yyyy", "7-3-2026"), ("dd.mm.yy", "07.03.26")],
)
def test_a_day_that_is_written_in_a_form_is_found_in_it(form: str, text: str) -> None:
    day = dt.date(2026, 3, 7)
    assert day_written(day, form) == text
    assert days_in(f"zrm_{text}_definitief", form) == {day}


@pytest.mark.parametrize(
    ("form", "words"),
    [("d mmm yyyy", "een maand als woord kan hier niet"), ("serial", "geen vorm van een datum"), ("mm-yyyy", "dag")],
)
def test_the_form_of_a_day_in_a_name_is_a_day_in_numbers(form: str, words: str) -> None:
    mapping("dd-mm-yyyy")
    with pytest.raises(StudyError, match=words):
        mapping(form)


@pytest.mark.parametrize("meaning", ["true", "false", "unknown"])
def test_a_word_for_yes_or_no_means_one_of_them_or_is_not_known(meaning: str) -> None:
    mapping(meaning=meaning)


@pytest.mark.parametrize("meaning", ["ja", "1", "'true'"])
def test_what_is_neither_yes_nor_no_is_refused_with_the_words_to_choose_from(meaning: str) -> None:
    with pytest.raises(StudyError, match=r"kennen we niet.*Kies uit: true, false, unknown"):
        mapping(meaning=meaning)


LADDER = """\
schema_version: 2
files:
  - match: ladder.csv
    table: ladder
    ladder_variant: classic
    columns: {{client_key: Nummer, assessed_on: Datum, ladder_step: Trede}}
    codes: {{ladder_step: {{betaald: {step}}}}}
"""


def test_a_word_for_a_step_of_the_ladder_means_one_of_the_six() -> None:
    for step in (1, 6):
        as_model(LADDER.format(step=step), Mapping, "mapping.yaml")
    for step in (0, 7):
        with pytest.raises(StudyError, match="Kies uit: 1 tot en met 6"):
            as_model(LADDER.format(step=step), Mapping, "mapping.yaml")
