"""Of people who came only just the time in view, rounded, is nothing: what goes by the year is not said of them."""

from __future__ import annotations

import pytest

from mkba.binding.totals import use_totals
from reports.content.care import care
from reports.content.parts import Table, Text
from reports.released.open_means import between
from reports.released.source import Source
from tests.surfaces.invented import facts, frame, tables


def just_come() -> Source:
    released = tables()
    use = released["out_care__use"]
    return Source(facts(), released | {"out_care__use": use.assign(client_years=0.0)})


def test_a_report_about_people_who_came_only_just_tells_no_figure_per_year() -> None:
    parts = care(just_come()).parts
    texts = [part.words for part in parts if isinstance(part, Text)]
    assert any("uur steun" in text for text in texts)
    assert not any("per persoon in beeld per jaar" in text for text in texts)
    used = next(part for part in parts if isinstance(part, Table) and part.caption.startswith("Voorzieningen over"))
    assert {row[-1] for row in used.rows} == {"."}


def test_the_balance_is_told_why_there_is_no_amount_per_year() -> None:
    row = {
        "what": "wmo",
        "law": "wmo",
        "unit": "eur",
        "slice": "all",
        "slice_value": "all",
        "subject": "provisions",
        "total": 1000.0,
        "client_years": 0.0,
    }
    (found,) = use_totals(frame("out_care__use", [row])).values()
    assert (found.value, found.refused) == (None, "de mensen zijn samen nog geen jaar in beeld")


@pytest.mark.parametrize(
    ("total", "years", "told"),
    # 22 people together 22.4 years in view with 29,900 euros, 1,335 a year, are released as 20 and 29,900: 1,495.
    [(29_900.0, 20.0, "€ 1.330 tot € 1.710"), (299_000.0, 200.0, "€ 1.500")],
)
def test_an_amount_per_year_of_few_people_is_a_range_that_holds_the_true_mean(
    total: float, years: float, told: str
) -> None:
    released = tables()
    use = released["out_care__use"].assign(total=total, client_years=years)
    parts = care(Source(facts(), released | {"out_care__use": use})).parts
    used = next(part for part in parts if isinstance(part, Table) and part.caption.startswith("Voorzieningen over"))
    assert {row[-1].replace("\N{NO-BREAK SPACE}", " ") for row in used.rows} == {told}


def test_events_are_rounded_too_so_a_rate_of_few_events_is_a_range() -> None:
    """18 events in 350 years, 5.1 a hundred, are released as 20 in 350: 5.7."""
    assert between(20.0, 350.0, 5) == pytest.approx((0.0496, 0.0647), abs=0.0001)
    assert between(2000.0, 350.0, 5) is None
