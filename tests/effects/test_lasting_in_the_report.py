"""How long a result lasts, where the measurements cannot carry the model or nothing at all: the report says why."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from tests.effects.road import Road, study, travelled, with_views
from tests.effects.test_odd_courses_in_the_report import STAGGERED, with_odd_courses

TITLE = "Hoe lang houdt het stand?"


def followed(finances: tuple[int, ...], housing: tuple[int, ...]) -> Road:
    """Clients measured up to two years after their trajectory ended, with these levels only."""
    records = with_odd_courses(n_two_teams=0, n_back=0)
    rows, rng = records["assessments"], np.random.default_rng(2)
    scores = {
        name: pd.array(rng.choice(levels, len(rows)), dtype=rows[name].dtype)
        for name, levels in (("finances", finances), ("housing", housing))
    }
    return travelled(with_views(records | {"assessments": rows.assign(**scores)}), study(STAGGERED))


def part(found: Road) -> str:
    """The words under the heading, up to 1,500 letters."""
    return re.sub(r"\s+", " ", found.cause)[found.cause.index(TITLE) :][:1800]


def test_a_model_that_does_not_fit_is_refused_with_its_reason_and_what_was_measured_stands() -> None:
    words = part(followed(finances=(1, 5), housing=(3, 4)))
    assert "volgens de metingen" in words
    assert "Niet alles is te berekenen" in words
    assert "Financiën: Het model van stappen tussen niveaus past niet op deze metingen" in words


def test_where_nobody_fell_back_only_the_reason_is_left() -> None:
    words = part(followed(finances=(4, 5), housing=(5,)))
    assert "volgens de metingen" not in words
    assert "Financiën en Huisvesting: Bijna niemand of bijna iedereen viel in beeld terug" in words
