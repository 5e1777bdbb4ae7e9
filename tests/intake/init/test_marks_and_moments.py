"""Marks that may be levels, moments in brackets, and a present step by other names."""

from __future__ import annotations

import pytest

from pipelines.init.codes_found import score_codes
from pipelines.init.names import FIELD_NAMES
from pipelines.init.shape_found import moments
from pipelines.init.tables_found import rank

THREE = ["Financiën", "Huisvesting", "Justitie"]


@pytest.mark.parametrize(
    "marks", [("*", "**", "***"), ("★★", "★★★★"), ("++", "+", "+/-", "-", "--"), ("+", "-"), ("!", "!!", "-")]
)
def test_marks_that_may_be_levels_are_asked_about_and_never_all_read_as_not_filled(marks: tuple[str, ...]) -> None:
    assert score_codes(marks) == ({}, sorted(marks))


@pytest.mark.parametrize("marks", [("-",), ("-", "--", "—"), ("?", "-"), ("*",), ("...", "/")])
def test_marks_that_say_that_nothing_was_filled_in_are_still_no_question(marks: tuple[str, ...]) -> None:
    assert score_codes(["1", "3", *marks]) == (dict.fromkeys(marks, "not_asked"), [])


@pytest.mark.parametrize(
    ("form", "said"), [(" [{}]", "{}"), (" ({}-meting)", "{}-meting"), (" {}-meting", "{}-meting"), ("[T{}]", "T{}")]
)
def test_moments_in_brackets_are_moments(form: str, said: str) -> None:
    marks = [form.format(at) for at in (0, 1)]
    found = moments([f"{name}{mark}" for name in THREE for mark in marks])
    assert found == {mark: said.format(at) for at, mark in enumerate(marks)}


@pytest.mark.parametrize("name", ["Trede nu", "Huidige trede participatieladder"])
def test_the_step_of_today_by_other_names_is_the_step(name: str) -> None:
    assert rank(name, FIELD_NAMES["ladder"]["ladder_step"]) is not None
