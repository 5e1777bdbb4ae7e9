"""The chapter about help: preliminary beside granted per life domain, and the shift, only where it was delivered."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from reports.charts.specs import Shares
from reports.content.care import NO_DOMAIN, care
from reports.content.parts import Figure, Table
from reports.content.provision_kinds import KINDS, SHIFT, provision_kinds
from reports.language import dutch
from reports.released.source import Source
from tests.surfaces.invented import facts, frame, tables


def source(**changed: pd.DataFrame) -> Source:
    return Source(facts(), tables() | changed)


def figure(of: Source) -> Figure:
    (found,) = provision_kinds(of)
    assert isinstance(found, Figure)
    return found


def row(of: Figure, name: str) -> tuple[str, ...]:
    (found,) = [line for line in of.table.rows if line[0].startswith(name)]
    return found


def test_each_life_domain_has_its_people_both_shares_the_shift_and_how_sure_that_is() -> None:
    found = figure(source())
    assert found.table.columns[1:4] == ("Mensen in 2024", "Alleen voorliggend in 2021", "In 2024")
    moved = ("+25 (+10 tot +40)", "aantoonbaar meer voorliggend")
    assert row(found, "Financiën")[1:] == ("120", "25%", "50%", "50%", *moved)
    assert row(found, "Huisvesting")[4:] == ("62%", "+5 (−10 tot +20)", "geen aantoonbare verschuiving")
    assert [line[0] for line in found.table.rows][-2:] == ["Leefgebied niet genoemd", "Alle leefgebieden samen"]


def test_of_a_year_that_is_not_over_it_is_said() -> None:
    reach = tables()["out_reach__by_year"].assign(year=2024, is_whole_year=False)[:1]
    names = figure(source(out_reach__by_year=reach)).table.columns
    assert names[1:4] == ("Mensen in 2024 (deel van het jaar)", "Alleen voorliggend in 2021", "In 2024")


def test_what_is_too_few_says_so_with_the_threshold_of_its_own_life_domain() -> None:
    assert row(figure(source()), "Geestelijke")[2:4] == ("minder dan 20", "21%")
    assert row(figure(source()), "Geestelijke")[5:] == (dutch.NOT_SHOWN, "te weinig gegevens")


def test_the_picture_shows_both_kinds_of_the_last_year_and_leaves_out_what_is_hidden() -> None:
    chart = figure(source()).chart
    assert isinstance(chart, Shares)
    (light, heavy) = (dict(zip(chart.rows, values, strict=True)) for _, values in chart.parts)
    assert (light["Financiën"], heavy["Financiën"]) == (0.5, 0.5)
    kinds = tables()[KINDS].assign(year=2024).drop_duplicates("life_domain")
    hidden = figure(source(**{KINDS: kinds})).chart
    assert isinstance(hidden, Shares)
    assert "Geestelijke gezondheid" in chart.rows and "Geestelijke gezondheid" not in hidden.rows


def test_the_words_name_what_moved_and_claim_no_cause() -> None:
    words = figure(source()).reading
    assert "Alle leefgebieden samen: geen aantoonbare verschuiving tussen 2021 en 2024." in words
    assert "Wie op één leefgebied maatwerk kreeg, telt daar als maatwerk" in words
    assert "Meer voorliggend: Financiën." in words and "Minder voorliggend" not in words
    assert "Waardoor het verschuift, zegt dit niet" in words
    down = tables()[SHIFT]
    down = down.assign(shift=-down["shift"], shift_low=-down["shift_high"], shift_high=-down["shift_low"])
    assert "Minder voorliggend: Financiën." in figure(source(**{SHIFT: down})).reading


def test_of_one_year_there_is_no_shift_and_the_report_says_too_little() -> None:
    one = source(**{SHIFT: frame(SHIFT, [])})
    assert "Van één jaar is geen verschuiving te zeggen: te weinig gegevens." in figure(one).reading
    assert row(figure(one), "Financiën")[5:] == (dutch.NOT_SHOWN, "te weinig gegevens")


@pytest.mark.parametrize("kinds", [[], None])
def test_without_kinds_there_is_no_trace_but_what_it_would_take(kinds: list[Any] | None) -> None:
    rows = tables()[KINDS]
    given = {KINDS: frame(KINDS, kinds) if kinds == [] else rows[rows["life_domain"] == "all"]}
    parts = care(source(**given)).parts
    solutions = next(part for part in parts if isinstance(part, Figure) and "soort oplossing" in part.title)
    assert NO_DOMAIN in solutions.reading
    assert len(provision_kinds(source(**given))) == (kinds is None)
    assert NO_DOMAIN not in next(part for part in care(source()).parts if isinstance(part, Figure)).reading


def test_where_no_kind_may_be_shown_there_is_a_table_and_no_empty_picture() -> None:
    rows = tables()[KINDS]
    hidden = rows[(rows["life_domain"] == "mental_health") & (rows["year"] == 2021)]
    (only,) = provision_kinds(source(**{KINDS: hidden, SHIFT: frame(SHIFT, [])}))
    assert isinstance(only, Table)
    assert only.rows[0][3:5] == ("minder dan 20", "bijna iedereen")
    assert provision_kinds(source(**{KINDS: hidden})) == []  # of the last year nothing may be shown
