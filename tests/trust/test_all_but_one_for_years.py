"""Who knows everybody but one is told of that one; by how much is measured, and docs/all_but_one.md says it."""

from __future__ import annotations

import pytest
from guesses import ALL_YEARS, FIRST, NOTHING, WAYS, Guessed, guessed
from unknown_one import CHANGE, USE, Unknown
from years_of_asking import years

KINDS = {"change": CHANGE, "use": USE}


@pytest.fixture(scope="module", params=KINDS)
def town(request: pytest.FixtureRequest) -> tuple[Unknown, Guessed]:
    unknown = KINDS[request.param]
    return unknown, guessed(unknown, 5, n_years=3)


def test_answers_and_later_releases_move_no_figure_by_a_few_people(town: tuple[Unknown, Guessed]) -> None:
    assert town[1].shown.told == 0


def test_four_of_five_cells_of_answers_that_may_be_shown_are(town: tuple[Unknown, Guessed]) -> None:
    shown = town[1].shown
    assert shown.anew >= 0.8 * shown.free > 0


def test_more_knowledge_never_makes_the_guess_worse_than_blind(town: tuple[Unknown, Guessed]) -> None:
    unknown, found = town
    assert tuple(found.right) == WAYS
    for what in unknown.guesses:
        blind, first, later = (found.right[way][what] for way in (NOTHING, FIRST, ALL_YEARS))
        assert blind < first <= later <= found.n_tried


def test_years_and_people_differ_by_seed() -> None:
    assert [len(one) for one in years(5)] != [len(one) for one in years(6)]
