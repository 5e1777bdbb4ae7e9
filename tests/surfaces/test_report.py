"""The report says what the tables say, no more: from invented tables, without a browser."""

from __future__ import annotations

import functools
import html
import re
from pathlib import Path

import outloud
import pandas as pd
import pdfua
import pymupdf
import pytest
from plotly.offline import get_plotlyjs_version

from data_contracts.vocabulary.field import Stamp
from reports.charts.plotly_charts import figure as plotly_figure
from reports.charts.specs import Courses
from reports.content.annexes import SECTIONS, TABLES, divided
from reports.content.parts import Chapter, Figure, Points, Table, Text
from reports.html.report import CHAPTERS, chapters_of, figure_html
from reports.pdf.report import annexes_pdf, report_pdf
from reports.released.since import Since
from reports.released.source import Source
from tests.mkba_case import appraised, released
from tests.surfaces.invented import TEAMS, TREE, facts, mkba_tables, only_change, tables, with_logic
from tests.surfaces.invented_companions import RELIABILITY, companions
from tests.surfaces.report_page import report_html

APPRAISAL = appraised()
FULL = with_logic(tables()) | mkba_tables(APPRAISAL) | companions()


@functools.cache
def full_report() -> str:
    return report_html(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model)


def seen(report: str) -> str:
    """The words of a report that a reader can meet, alt texts too, without scripts and styles."""
    bare = re.sub(r"<(script|style)\b.*?</\1>", " ", report, flags=re.DOTALL)
    labels = " ".join(re.findall(r'aria-label="([^"]*)"', bare))
    return html.unescape(re.sub(r"<[^>]+>", " ", bare) + " " + labels)


@functools.cache
def figures() -> list[Figure]:
    chapters = chapters_of(Source(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model))
    return [figure for chapter in chapters for figure in chapter.figures]


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_a_study_without_tree_mkba_or_second_table_still_gets_its_report() -> None:
    words = seen(report_html(facts(design="before_after"), {}))
    assert words.count("Nog niet ingevuld.") == len(CHAPTERS) - 6
    assert "results_logic.yaml" in words
    assert "mkba.yaml" in words


def test_a_full_study_has_no_empty_chapter() -> None:
    assert "Nog niet ingevuld" not in seen(full_report())


def test_who_may_stand_there_twice_is_said_and_a_small_number_is_not() -> None:
    words = " ".join(seen(full_report()).split())
    assert "Komt dezelfde ZRM-meting onder twee pseudoniemen voor, dan telt iemand dubbel." in words
    assert "Dat betreft minder dan 10 van 500 mensen." in words


def test_under_a_mere_change_nothing_is_called_an_effect() -> None:
    words = seen(report_html(facts(design="before_after", new_approach=None), only_change()))
    assert not re.findall(r"\w*effect\w*", words, flags=re.IGNORECASE)
    assert "Stempel: verandering" in words


def test_with_a_comparison_the_effect_is_named_with_its_margin() -> None:
    words = seen(full_report())
    assert "Een aantoonbaar gunstig effect van de aanpak op: Financiën (+0,4 punt) en Huisvesting (+0,3 punt)." in words


def test_an_unfavourable_effect_is_said_as_plainly_as_a_favourable_one() -> None:
    found = tables()
    shown = found["out_effects__estimates"]
    shown[["estimate", "ci_low", "ci_high"]] = -shown[["estimate", "ci_high", "ci_low"]].to_numpy()
    assert "Een aantoonbaar ongunstig effect van de aanpak op: Financiën (−0,4 punt)" in seen(
        report_html(facts(), found)
    )


def test_no_team_is_named_and_none_is_ranked() -> None:
    words = seen(full_report())
    assert not [team for team in TEAMS if team in words]
    assert "Gemiddelde verandering per team: de middelste helft van de teams" in words


def test_what_is_hidden_says_so_in_words() -> None:
    words = seen(full_report())
    assert "bijna iedereen" in words
    assert "minder dan 10" in words
    assert "Verslaving" not in words
    assert "2023 (deel van het jaar)" in words


def test_the_case_record_is_told_per_year_of_intake_as_days_or_a_share() -> None:
    words = re.sub(r"\s+", " ", seen(full_report()))
    assert "Wachttijd van melding tot eerste contact 2022 100 gemiddeld 33 dagen" in words
    assert "Er was een plan 2022 100 60%" in words
    assert "met een jaar als langste 2022 100 gemiddeld 200 dagen" in words


def test_the_results_logic_tells_the_story_of_each_effect_and_serves_the_wmo_plan() -> None:
    words = seen(full_report())
    assert "'Inwoners hebben grip op hun geld' komt mede doordat 'Er loopt een regeling voor de schulden'" in words
    assert "Resultaten, criteria en indicatoren" in words
    assert "Het is geen doel, geen norm en geen afrekening." in words


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: f"F{figure.number}")
def test_every_number_in_an_alt_text_stands_in_its_table(figure: Figure) -> None:
    shown = " ".join(cell for row in figure.table.rows for cell in row) + " ".join(figure.table.columns)
    assert numbers(figure.alt.replace(figure.title, "")) <= numbers(shown)


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: f"F{figure.number}")
def test_the_library_can_draw_every_trace(figure: Figure) -> None:
    assert {trace.type for trace in plotly_figure(figure.chart).data} <= {"bar", "scatter"}


def test_a_line_never_crosses_an_edition() -> None:
    courses = [one.chart for one in figures() if isinstance(one.chart, Courses) and one.chart.y_range]
    names = {line.name for chart in courses for line in chart.courses}
    assert names == {"2021 (ZRM 2013)", "2022 (ZRM 2013)", "2022 (ZRM 2017)", "2023 (ZRM 2017)"}


def test_text_of_a_study_is_never_markup() -> None:
    report = report_html(facts(title="<b>Vet</b> & <script>alert(1)</script>"), FULL, TREE, APPRAISAL.model)
    assert "<b>Vet</b>" not in report
    assert "alert(1)</script>" not in report


def test_the_same_input_gives_the_same_bytes() -> None:
    assert full_report() == report_html(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model)


def test_the_vendored_library_is_the_one_that_the_python_package_speaks_to() -> None:
    assert f"* plotly.js (cartesian - minified) v{get_plotlyjs_version()}" in figure_html(figures()[0])


def test_the_report_opens_with_the_answer_and_needs_no_script() -> None:
    report = full_report()
    assert "<script" not in report
    assert "script-src 'none'" in report
    words = seen(report)
    assert words.index("Cliënten gaan vooruit.") < words.index("In dit rapport") < words.index("1. Samenvatting")
    assert len(report.encode()) < 3_000_000


def test_every_part_of_the_chapters_stands_once_in_the_report_or_in_an_annex() -> None:
    chapters = chapters_of(Source(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model))
    parted = divided(chapters)
    for kind in (Figure, Table, Text, Points):
        before = [part for chapter in chapters for part in chapter.parts if isinstance(part, kind)]
        after = [part for one in (*parted.main, *parted.annexes) for part in one.parts if isinstance(part, kind)]
        added = [part for part in after if isinstance(part, Text) and part.words.startswith("Meer hierover staat in")]
        assert sorted(map(repr, before)) == sorted(repr(part) for part in after if part not in added)
    assert [one.title[:9] for one in parted.annexes] == [f"Bijlage {letter}" for letter in "ABCDE"]


def test_every_section_and_table_that_is_named_for_an_annex_exists() -> None:
    rooms = (Path(__file__).parents[2] / "reports" / "content").rglob("*.py")
    written = "".join(path.read_text("utf-8") for path in rooms if path.name != "annexes.py")
    assert {chapter for chapter, _ in (*SECTIONS, *TABLES)} <= {one.id for one in every_chapter()}
    for _, words in (*SECTIONS, *TABLES):
        assert f'"{words}' in written, words


def every_chapter() -> list[Chapter]:
    """Of a second release: the first has no page on what changed."""
    since = Since("2025-01-31-aaaaaaaa", FULL)
    return chapters_of(Source(facts(reliability=RELIABILITY, since=since), FULL, TREE, APPRAISAL.model))


def test_the_main_report_is_at_most_twelve_pages_and_two_checkers_find_no_fault(tmp_path: Path) -> None:
    source = Source(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model)
    parted, path = divided(chapters_of(source)), tmp_path / "rapport.pdf"
    path.write_bytes(report_pdf(source.facts, "Het antwoord.", parted.main))
    assert len(pymupdf.open(path)) <= 12
    assert outloud.check(str(path)).errors == 0
    assert list(pdfua.validate(str(path)).findings) == []


def test_the_annexes_hold_the_numbers_behind_every_figure() -> None:
    source = Source(facts(reliability=RELIABILITY), FULL, TREE, APPRAISAL.model)
    parted = divided(chapters_of(source))
    made = pymupdf.open(stream=annexes_pdf(source.facts, parted.main, parted.annexes))
    words = "".join("".join(page.get_text() for page in made).split()).replace("\u00ad", "").replace("-", "")
    for figure in figures():
        for row in figure.table.rows:
            for cell in row:
                assert "".join(cell.split()).replace("-", "") in words, (figure.number, cell)


def test_without_a_comparison_the_mkba_gives_no_balance() -> None:
    changed = appraised(given=released(Stamp.CHANGE))
    report = report_html(facts(), tables() | mkba_tables(changed), None, changed.model)
    words = seen(report)
    assert "Een saldo geven we niet" in words
    assert "Kosten en baten vergeleken met het nulalternatief" not in words
    assert "Wie betaalt en wie ontvangt" not in words


def test_a_declared_comparison_that_failed_says_why() -> None:
    found = only_change()
    failed = tables()["out_effects__estimates"].query("design == 'staggered'").head(2)
    failed = failed.assign(status="refused", refused_because="te weinig teams", estimate=None)
    found["out_effects__estimates"] = pd.concat([found["out_effects__estimates"], failed])
    words = seen(report_html(facts(), found))
    assert "Die vergelijking staat er niet. De reden:" in words
    assert "Te weinig teams" in words
    assert "effect" not in words.lower()


def test_an_outcome_that_fell_back_to_change_is_left_out_by_name() -> None:
    found = tables()
    shown = found["out_effects__estimates"]
    shown.loc[(shown["design"] == "staggered") & (shown["life_domain"] == "adl"), "stamp"] = Stamp.CHANGE.value
    words = seen(report_html(facts(), found))
    assert "Niet getoond, want bij nader toetsen bleef alleen een verandering over: ADL." in words


def test_relapse_after_support_is_said() -> None:
    found = tables()
    changed = found["out_change__by_domain"]
    after = (changed["moment_to"] == "monitoring") & (changed["life_domain"] == "housing")
    changed.loc[after, ["mean_change", "mean_change_low", "mean_change_high"]] = [-0.3, -0.4, -0.2]
    assert "duidelijk teruggezakt op Huisvesting" in seen(report_html(facts(), found))
    assert "niet duidelijk teruggezakt" in seen(full_report())


def test_what_stands_out_among_many_outcomes_by_chance_is_no_demonstrable_difference() -> None:
    found = tables()
    rows = found["out_effects__estimates"]
    chosen = (rows["design"] == "staggered") & (rows["life_domain"] == "finances")
    rows.loc[chosen, "assumptions"] = '{"demonstrable": {"holds": false, "p_value": 0.03, "p_value_adjusted": 0.2}}'
    words = seen(report_html(facts(), found))
    assert "Een aantoonbaar gunstig effect van de aanpak op: Huisvesting" in words
    assert "Geen aantoonbaar effect op: Financiën" in words
    assert "Bij Financiën loopt de marge niet door de nul. Toch is dat geen aantoonbaar verschil." in words


def test_the_rule_for_who_came_back_says_how_many_people_it_is_about() -> None:
    assert "telt met de eerste periode. Dat betreft 45 van 500 mensen." in seen(full_report())
