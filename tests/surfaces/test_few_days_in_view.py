"""Of people who came only just the time in view, rounded, is nothing: what goes by the year is not said of them."""

from __future__ import annotations

from mkba.binding.totals import use_totals
from reports.content.care import care
from reports.content.parts import Table, Text
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
