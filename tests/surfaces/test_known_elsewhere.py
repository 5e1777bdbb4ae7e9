"""A chance with what was known elsewhere stands on every surface with its source, and the first word follows it."""

from __future__ import annotations

import functools
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from mkba.appraisal import Appraisal
from pipelines.releases.headlines import headlines
from reports.content.council.figures_json import identified_figures
from reports.content.council.pages import council_pages
from reports.content.money.chapter import money
from reports.content.money.totals import drawn_euros
from reports.content.money.verdict import verdict
from reports.content.parts import Points, Table, Text
from reports.language import dutch
from reports.released.source import Source
from reports.workbook.book import mkba_book
from reports.workbook.xlsx import xlsx
from tests.mkba_case import appraised, case
from tests.surfaces.invented import facts, mkba_tables, tables
from tests.surfaces.invented_companions import companions

FROM = "Synthese van twaalf verzonnen gemeenten"
ABOUT = {"subject": "provisions", "what": "zorg", "unit": "eur", "price_year": 2024, "source": FROM}
SAID = "Met wat elders is gevonden"
BOTH = "met wat elders is gevonden, 97% op deze meting alleen"


@functools.cache
def declared(mean: float | None) -> Appraisal:
    data = case()
    if mean is not None:
        data["beforehand"] = ABOUT | {"mean": mean, "spread": 20.0}
    return appraised(data)


def surfaces(mean: float | None) -> dict[str, str]:
    """Every surface as words."""
    appraisal = declared(mean)
    found = tables() | companions() | mkba_tables(appraisal)
    source = Source(facts(), found, None, appraisal.model)
    content = xlsx(mkba_book(facts(), found, appraisal.table))
    rows = openpyxl.load_workbook(io.BytesIO(content), data_only=True)["Leeswijzer"].iter_rows(values_only=True)
    council = council_pages(source)
    by_id = identified_figures(council, [], [])
    return {
        "chapter": " ".join(_words(part) for part in money(source).parts),
        "terminal": " ".join(one["sentence"] for one in headlines(found, ["finances"])),
        "workbook": " ".join(str(cell) for row in rows for cell in row if cell is not None),
        "figures.json": " ".join(str(one) for one in by_id if "words" in one or "rows" in one),
    }


def _words(part: Any) -> str:
    if isinstance(part, Points):
        return " ".join(part.items)
    if isinstance(part, Table):
        return " ".join((part.caption, *(cell for row in part.rows for cell in row)))
    return part.words if isinstance(part, Text) else ""


def test_every_surface_says_the_chance_with_its_source() -> None:
    row = mkba_tables(declared(0.0))["out_mkba__headline"].iloc[0]
    first = dutch.chance(row["prob_npv_positive_known"])
    for name, words in surfaces(0.0).items():
        tidy = dutch.tidy(words)
        assert f"{SAID} ({FROM}: geen verschil, met een spreiding van 20)" in tidy, name
        assert f"en zonder die twijfel, is de kans dat de baten groter zijn dan de kosten {first}" in tidy, name


def test_the_chapter_gives_balance_margins_and_chances_in_that_light() -> None:
    appraisal = declared(0.0)
    source = Source(facts(), tables() | mkba_tables(appraisal), None, appraisal.model)
    (table,) = [one for one in money(source).parts if isinstance(one, Table) and "elders is gevonden" in one.caption]
    row = mkba_tables(appraisal)["out_mkba__headline"].iloc[0]
    assert [line[0] for line in table.rows] == ["Doorgaan"]  # who stops differs in nothing
    assert table.rows[0][1] == drawn_euros(row["npv_known_mean_eur"], row)
    assert row["npv_known_mean_eur"] < row["npv_mean_eur"]
    assert table.rows[0][3].startswith(dutch.chance(row["prob_npv_positive_known"]))


def test_every_surface_says_why_there_is_none_where_both_contradict() -> None:
    for name, words in surfaces(90.0).items():
        assert f"{SAID} ({FROM}) geven we geen kans: wat hier is gemeten en wat elders is gevonden spreken" in words, (
            name
        )
    (row,) = mkba_tables(declared(90.0))["out_mkba__headline"].query("alternative == 'go_on'").to_dict("records")
    assert verdict(pd.Series(row)).endswith("; wat elders is gevonden telt hier niet mee")


def test_without_it_no_surface_has_a_word_about_it() -> None:
    for name, words in surfaces(None).items():
        assert "elders is gevonden" not in words, name


@pytest.mark.parametrize(
    ("known", "doubt", "mean", "says"),
    [
        (0.55, 0.85, 10.0, f"ongeveer even waarschijnlijk als niet meer baten dan kosten (55% {BOTH})"),
        (0.95, 0.7, 10.0, f"waarschijnlijk meer baten dan kosten (70%); als de vergelijking klopt 95% {BOTH}"),
        (0.2, 0.85, -10.0, f"verlies: kost meer dan het oplevert; kans op winst 20% {BOTH}"),
    ],
)
def test_the_first_word_is_that_of_the_lower_chance_with_what_was_known_or_with_doubt(
    known: float, doubt: float, mean: float, says: str
) -> None:
    row = pd.Series(
        {
            "npv_mean_eur": 100.0,
            "prob_npv_positive": 0.97,
            "prob_npv_positive_doubt": doubt,
            "npv_known_mean_eur": mean,
            "prob_npv_positive_known": known,
        }
    )
    assert verdict(row) == says


def test_the_council_table_with_that_word_has_an_id() -> None:
    appraisal = declared(0.0)
    source = Source(facts(), tables() | mkba_tables(appraisal), None, appraisal.model)
    by_id = {one["about"]: one for one in identified_figures(council_pages(source), [], [])}
    choices = by_id["De keuzes naast elkaar, vergeleken met het nulalternatief"]
    assert choices["id"].startswith("R")
    assert " met wat elders is gevonden, " in choices["rows"][0][-1]
    assert SAID in by_id["Kosten en baten"]["words"]
