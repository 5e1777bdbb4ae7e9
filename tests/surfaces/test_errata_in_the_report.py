"""A held or rectified figure says so where it stands, and the page of what changed opens every later report."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from data_contracts.revised import revised_figures
from data_contracts.tables.errata import MARKED
from reports.content.errata import held_lines
from reports.content.since import since_last
from reports.html.report import chapters_of
from reports.plain_text import as_text
from reports.released.since import PutRight, Since
from reports.released.source import Source
from tests.effects.road import words
from tests.surfaces.invented import Tables, facts, tables
from tests.surfaces.report_page import report_html

OLD = "2025-01-15-abcdef12"
CHANGE = "out_change__by_domain"


def of(changed: Tables, **known: object) -> str:
    return words(report_html(facts(**known), tables() | changed))


def changed(**figures: object) -> pd.DataFrame:
    """Change with other figures for finances, everybody, first to last."""
    table = tables()[CHANGE]
    here = (table["life_domain"] == "finances") & (table["slice"] == "all") & (table["moment_to"] == "last")
    return table.assign(**{name: table[name].mask(here, value) for name, value in figures.items()})


def revised(was: Tables, now: Tables) -> pd.DataFrame:
    found = [
        revised_figures(MARKED[name], now[name], [was[name]]).assign(table_name=name, revised_from=OLD, cause="mapping")
        for name in (CHANGE,)
    ]
    return pd.concat(found)


def test_a_held_figure_says_of_which_day_it_is_where_it_stands() -> None:
    table = changed(status="held").assign(held_from=OLD)
    page = of({CHANGE: table})
    assert page.count("Financiën (vastgehouden, cijfer van 15 januari 2025)") >= 2


def test_a_rectified_figure_says_what_it_was_and_why_where_it_stands() -> None:
    wrong = changed(n_up=200)
    page = of({"out_release__revised": revised({CHANGE: wrong}, tables())})
    mark = "gerectificeerd: was 200 in het cijfer van 15 januari 2025, want de gegevens waren verkeerd gelezen"
    assert f"Financiën ({mark})" in page
    assert "Huisvesting (gerectificeerd" not in page


def test_a_figure_that_was_put_right_already_is_not_marked_again() -> None:
    first, between, now = changed(n_up=200), changed(n_up=150), tables()[CHANGE]
    assert len(revised_figures(MARKED[CHANGE], now, [first])) == 1
    assert len(revised_figures(MARKED[CHANGE], now, [first, first, now])) == 1
    assert revised_figures(MARKED[CHANGE], now, [first, between]).empty


@pytest.mark.parametrize("status", ["held"])
def test_an_old_figure_is_never_called_rectified(status: str) -> None:
    assert revised_figures(MARKED[CHANGE], changed(status=status), [changed(n_up=200)]).empty


def test_the_first_report_has_no_page_of_what_changed_and_every_later_one_opens_with_it() -> None:
    first = chapters_of(Source(facts(), tables()))
    later = chapters_of(Source(facts(since=Since(OLD, tables())), tables()))
    assert "sinds" not in [one.id for one in first]
    assert [one.id for one in later] == ["sinds", *(one.id for one in first)]
    assert "eerste publicatie" in as_text(since_last(Source(facts(), tables())))


def told(before: Since, now: Tables | None = None) -> str:
    return as_text(since_last(Source(facts(since=before), tables() | (now or {}))))


def test_what_changed_names_new_deliveries_a_new_method_and_what_was_put_right() -> None:
    before = Since(OLD, tables(), ("najaar",), (("wijkbaat", "0.0.9"),), "anders")
    text = told(replace(before, put_right=(PutRight(OLD, "mapping", "A. Ambtenaar", "kolommen verwisseld"),)))
    assert "Nieuw: levering voorjaar." in text and "Telt niet meer mee: najaar." in text
    assert "Het rekenprogramma is vernieuwd (wijkbaat)." in text and "De studie is veranderd" in text
    assert "A. Ambtenaar: kolommen verwisseld" in text


def test_old_plus_difference_is_new_for_a_reader_and_one_cause_is_named_where_there_is_one() -> None:
    known = facts()
    before = Since(OLD, {CHANGE: changed(n_up=100)}, (), known.versions, known.study_hash)
    lines = told(before).splitlines()
    row = next(line.split("  ") for line in lines if "Financiën: vooruit" in line)
    _, old, difference, new, why = [cell.strip() for cell in row if cell.strip()]
    assert int(old) + int(difference.replace("−", "-").replace("+", "")) == int(new)
    assert int(difference.replace("−", "-").replace("+", "")) != 0
    assert why == "nieuwe of verbeterde gegevens"


def test_another_price_is_no_cause_of_a_measured_figure() -> None:
    known = facts(measured_hash="zoals het was")
    before = Since(OLD, {CHANGE: changed(n_up=100)}, (), known.versions, "anders", measured_hash="zoals het was")
    text = as_text(since_last(Source(replace(known, since=before), tables())))
    assert "mkba.yaml is veranderd" in text and "De studie is veranderd" not in text
    (row,) = (line for line in text.splitlines() if "Financiën: vooruit" in line)
    assert row.endswith("nieuwe of verbeterde gegevens")
    wrong_price = replace(before, put_right=(PutRight(OLD, "price", "A. Ambtenaar", "een prijs klopte niet"),))
    text = as_text(since_last(Source(replace(known, since=wrong_price), tables())))
    (row,) = (line for line in text.splitlines() if "Financiën: vooruit" in line)
    assert row.endswith("nieuwe of verbeterde gegevens")
    other = replace(known, since=replace(before, measured_hash="anders"))
    assert "De studie is veranderd" in as_text(since_last(Source(other, tables())))


def test_the_same_again_says_so() -> None:
    known = facts()
    before = Since(OLD, tables(), known.deliveries, known.versions, known.study_hash)
    assert "dezelfde gegevens in, met dezelfde rekenwijze" in told(before)


def test_what_is_held_is_named_in_the_words_of_the_report() -> None:
    reach = tables()["out_reach__by_year"].assign(status="held", held_from=OLD)
    use = tables()["out_care__use"].head(2).assign(status="held", held_from=OLD)
    use = use.assign(subject=["solutions", "provisions"], what=["individual", "wmo"])
    named = [
        name
        for name, *_ in held_lines(
            Source(facts(), tables() | {"out_reach__by_year": reach, "out_care__use": use}), only_everybody=True
        )
    ]
    assert named == [
        "Gebruik: Mensen met een maatwerkvoorziening",
        "Gebruik: Wmo samen",
        "Ingestroomd: Nieuwe aanpak, 2022",
        "Ingestroomd: Nieuwe aanpak, 2023",
    ]
