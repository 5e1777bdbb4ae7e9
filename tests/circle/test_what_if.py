"""A what-if at rest is the balance itself; moved, it is the same computing on other input."""

from __future__ import annotations

import re

import pytest

from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import values_at_means
from mkba.what_if import WhatIf, changed
from reports.html.cards import sentences_html, table_html
from reports.what_if import NO_BALANCE, shown
from tests.mkba_case import model, packs, released


def worth(what: WhatIf) -> float:
    return values_at_means(*changed(model(), packs(), released(), what))["go_on"]


def test_at_rest_nothing_is_another() -> None:
    assert worth(WhatIf()) == values_at_means(model(), packs(), released())["go_on"]


def test_without_effect_only_the_costs_are_left_and_the_balance_is_a_straight_line_in_the_effect() -> None:
    none, half, whole = (worth(WhatIf(effect=one)) for one in (0, 0.5, 1))
    assert none < 0
    assert half == pytest.approx((none + whole) / 2)


def test_the_margin_of_an_effect_goes_with_the_effect() -> None:
    """Of three times the effect the standard error is three times, and the covariance nine."""
    as_it_was, moved = (changed(model(), packs(), released(), WhatIf(effect=one))[2].effects for one in (1, 3))
    assert moved.covariance == pytest.approx(9 * as_it_was.covariance)
    assert [one.mean for one in moved.effects] == pytest.approx([3 * one.mean for one in as_it_was.effects])


def test_dearer_nights_and_a_lower_rate_raise_what_is_prevented() -> None:
    assert worth(WhatIf(price=1.5)) > worth(WhatIf()) > worth(WhatIf(price=0.5))
    assert worth(WhatIf(years=10)) != worth(WhatIf())
    assert worth(WhatIf(discount=-1)) != worth(WhatIf(discount=1))


def test_the_band_is_always_there_and_it_is_called_an_example() -> None:
    found = shown(model(), packs(), released(), WhatIf())
    assert "marge 90%" in found.sentences[0]
    assert "met twijfel over de opzet" in found.sentences[0]
    assert "uit de kosten bij" in found.sentences[0]
    assert "rekenvoorbeeld" in found.sentences[-1]
    assert found.picture.startswith("<svg")
    assert found.purses.rows


def test_where_the_study_does_not_compare_there_is_no_balance_but_a_break_even_point() -> None:
    found = shown(model(), packs(), released(Stamp.CHANGE), WhatIf())
    assert found.sentences[0] == NO_BALANCE
    assert "saldo €" not in " ".join(found.sentences)
    assert (found.picture, found.purses.rows) == ("", ())


def test_a_sign_stays_on_the_line_of_its_amount_in_the_app_too() -> None:
    found = shown(model(), packs(), released(), WhatIf())
    page = sentences_html(found.sentences) + table_html(found.purses)
    assert "+\u2060€" in page and not re.search("[−+]€", page)
