"""What was found by reading the reports of the shipped studies in full: each sentence as it should have been."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from data_contracts.vocabulary.field import Stamp
from reports.content.annexes import divided
from reports.content.council.budget import budget_figure
from reports.content.council.choices import choices
from reports.content.council.figures import four_figures
from reports.content.council.pages import council_pages
from reports.content.learning import questions, to_register
from reports.content.money.figures import parties_figure
from reports.content.parts import Chapter, Figure, Points, Table, Text
from reports.content.people import people
from reports.content.still_told import still_told
from reports.content.summary import summary
from reports.html.report import chapters_of
from reports.language import dutch
from reports.pdf.council import ELSEWHERE, MORE, council_pdf
from reports.released.source import Source
from tests.surfaces.invented import facts, only_change
from tests.surfaces.test_council import FULL, effects, full, pdf_words, title

WITHOUT = Source(facts(design="before_after"), {})


def seen(source: Source) -> str:
    return " ".join(part.words if isinstance(part, Text) else "" for part in _parts(source)) + " ".join(
        item for part in _parts(source) if isinstance(part, Points) for item in part.items
    )


def _parts(source: Source) -> list[object]:
    return [part for chapter in [summary(source), *chapters_of(source)] for part in chapter.parts]


@pytest.mark.parametrize(
    ("stamp", "says"),
    [
        (Stamp.INDICATION, "Een gunstige aanwijzing voor de aanpak op: Financiën"),
        (Stamp.COMPARISON, "Een aantoonbaar gunstig verschil met de aanpak op: Financiën"),
        (Stamp.STRONG_COMPARISON, "Een aantoonbaar gunstig effect van de aanpak op: Financiën"),
    ],
)
def test_the_summary_says_the_outcome_in_good_dutch_under_every_stamp(stamp: Stamp, says: str) -> None:
    text = seen(full(out_effects__estimates=effects(stamp=stamp.value)))
    assert says in text
    assert "gunstig aanwijzing" not in text and "aantoonbaar gunstige aanwijzing" not in text


def test_the_title_says_which_others_it_means() -> None:
    found = FULL["out_effects__estimates"].copy()
    found.loc[(found["life_domain"] == "housing") & (found["design"] == "staggered"), "ci_low"] = -0.5
    assert title(full(out_effects__estimates=found)).endswith("op de andere leefgebieden is dat niet aangetoond.")


def test_a_figure_that_is_not_there_reads_as_a_sentence() -> None:
    said = [f"{one.value} {one.label}" for one in four_figures(WITHOUT).items]
    assert said[0] == "onbekend hoeveel mensen vooruitgingen"
    assert said[2:] == ["onbekend welk rapportcijfer cliënten zelf geven", "onbekend wat de teams per jaar kosten"]


def test_two_pages_for_a_council_name_no_file_of_the_program() -> None:
    for source in (full(), WITHOUT, Source(facts(design="before_after", new_approach=None), only_change())):
        assert ".yaml" not in pdf_words(council_pdf(source.facts, council_pages(source)))


def test_an_amount_of_the_balance_is_the_same_on_every_page() -> None:
    headline = FULL["out_mkba__headline"].assign(npv_rounding_eur=120_000.0)
    source = full(out_mkba__headline=headline)
    main = next(chapter for chapter in chapters_of(source) if chapter.id == "mkba")
    report = next(
        one for one in main.parts if isinstance(one, Table) and one.caption.startswith("Kosten en baten verg")
    )
    council = choices(source)
    assert council is not None
    known = {row[0]: row for row in council.rows}
    for row in report.rows:
        assert [cell for cell in row[1:5]] == list(known[row[0]][1:5])


def test_a_bar_shows_the_amount_of_its_table() -> None:
    source = full(out_mkba__headline=FULL["out_mkba__headline"].assign(npv_rounding_eur=120_000.0))
    figure = parties_figure(source)
    assert figure is not None
    place = figure.table.columns.index("Saldo")
    drawn = [dutch.euros(value) for value in figure.chart.values]  # type: ignore[union-attr]  # noqa: PD011
    assert drawn == [row[place] for row in figure.table.rows]


@pytest.mark.parametrize(
    ("caption", "columns", "fixed_where"),
    [
        ("Kosten en baten vergeleken", ("Baten", "Saldo"), None),
        ("Kosten en baten per begroting", ("Baten", "Saldo"), "Marge (90%)"),
        ("Saldo bij een lage", ("Saldo bij laag", "Saldo bij hoog"), None),
        ("Saldo tot en met elk jaar", ("Saldo tot en met dit jaar", "Marge (90%)"), "Marge (90%)"),
    ],
)
def test_no_amount_that_rests_on_rounded_effects_has_a_digit_that_rounding_took(
    caption: str, columns: tuple[str, ...], fixed_where: str | None
) -> None:
    rounding, step = 23_000.0, 10_000
    source = full(out_mkba__headline=FULL["out_mkba__headline"].assign(npv_rounding_eur=rounding))
    parts = next(chapter for chapter in chapters_of(source) if chapter.id == "mkba").parts
    every = [one.table if isinstance(one, Figure) else one for one in parts if isinstance(one, Figure | Table)]
    (table,) = [one for one in every if one.caption.startswith(caption)]
    place = {name: table.columns.index(name) for name in columns}
    rows = [row for row in table.rows if fixed_where is None or row[table.columns.index(fixed_where)] != "vast"]
    amounts = [amount for row in rows for at in place.values() for amount in _amounts(row[at])]
    assert len(amounts) > 1
    assert [one for one in amounts if one % step] == []


def _amounts(cell: str) -> list[int]:
    found = re.findall(r"€\s([\d.,]+)( miljoen)?", cell)
    return [round(float(one.replace(".", "").replace(",", ".")) * (1e6 if million else 1)) for one, million in found]


def test_a_sum_of_rounded_amounts_says_that_it_is_one() -> None:
    rows = FULL["out_mkba__budgets"]
    own = (rows["stakeholder"] == "municipality") & (rows["alternative"] == rows["alternative"].iloc[0])
    labels = rows.loc[own, "label"].unique()
    assert len(labels) > 1
    amounts = {labels[0]: -135_600.0, labels[1]: 282_400.0}
    odd = rows.assign(cash_eur=rows["cash_eur"].where(~own, rows["label"].map(amounts).fillna(0.0)))
    source = full(out_mkba__budgets=odd)
    figure = budget_figure(source, source.table("out_mkba__headline").iloc[0])
    assert figure is not None and figure.reading.startswith("Dit zijn verwachte bedragen, zonder eigen marge.")
    assert "Elk bedrag is apart afgerond." in figure.reading


def test_many_life_domains_without_a_difference_are_counted_and_not_listed() -> None:
    rows = FULL["out_effects__estimates"]
    one = rows[(rows["life_domain"] == "finances") & (rows["design"] == "staggered") & (rows["subject"] == "zrm")]
    many = pd.concat(
        [
            one.assign(life_domain=code, ci_low=-0.5)
            for code in (
                "finances",
                "housing",
                "social_network",
                "physical_health",
                "mental_health",
                "daily_activities",
            )
        ]
    )
    asked = " ".join(questions(full(out_effects__estimates=many)))
    assert "Op geen van de 6 leefgebieden is een aantoonbaar verschil gemeten." in asked
    assert "geen van de 6 leefgebieden is geen" not in asked


def test_advice_that_branches_share_is_given_once() -> None:
    tables = dict(FULL)
    shared = "Kies een meting bij 'Eén plan'."
    diagnosis = tables["out_logic__diagnosis"]
    twice = pd.concat([diagnosis.head(1)] * 2, ignore_index=True)
    twice["to_register"] = [f"{shared} Meet meer mensen twee keer.", f"{shared} Leg dat vast."]
    found = to_register(full(out_logic__diagnosis=twice))
    assert found.count(shared) == 1 and {"Meet meer mensen twee keer.", "Leg dat vast."} <= set(found)


def test_the_main_report_does_not_speak_of_what_stands_elsewhere_as_here() -> None:
    text = " ".join(
        part.words for chapter in divided(chapters_of(full())).main for part in chapter.parts if isinstance(part, Text)
    )
    assert "Het model hieronder" not in text
    assert "Elke lijn volgt de mensen die in hetzelfde jaar" not in text


def test_whether_it_lasts_is_told_of_the_group_and_of_who_came_to_a_sufficient_level() -> None:
    rows = FULL["out_effects__estimates"]
    still = pd.concat(
        [
            rows.head(1).assign(
                subject="zrm",
                design="monitoring",
                measure="lasting_12",
                slice="all",
                life_domain=code,
                estimate=share,
                ci_low=share - reach,
                ci_high=share + reach,
            )
            for code, share, reach in (("finances", 0.57, 0.02), ("housing", 0.48, 0.13))
        ]
    )
    told = still_told(full(out_effects__estimates=pd.concat([rows, still], ignore_index=True)))
    assert "was dat na een jaar nog 48% tot 57%, per leefgebied verschillend; met de marges erbij 35% tot 61%." in told
    assert still_told(WITHOUT) == ""


def test_the_chart_of_the_leading_outcomes_stays_when_its_table_must_give_way() -> None:
    pages = council_pages(full())
    longer = [Text("Een lange alinea die ruimte inneemt. " * 10)] * 3
    first = Chapter(pages[0].id, pages[0].title, (*longer, *pages[0].parts))
    words = pdf_words(council_pdf(full().facts, [first, pages[1]]))
    figure = next(part for part in pages[0].parts if isinstance(part, Figure))
    assert figure.title in words and ELSEWHERE in words and MORE not in words


def reach_of(way: str, *, with_costs: bool) -> tuple[tuple[str, ...], str]:
    """The columns of the table of who came in, and the words of its chapter."""
    costs = FULL["out_costs__by_year"].assign(is_new_approach=with_costs)
    source = full(out_reach__by_year=FULL["out_reach__by_year"].assign(way=way), out_costs__by_year=costs)
    chapter = people(source)
    columns = next(part.columns for part in chapter.parts if isinstance(part, Table) and "per jaar" in part.caption)
    return columns, " ".join(part.words for part in chapter.parts if isinstance(part, Text))


def test_costs_of_a_new_approach_of_which_no_start_is_known_are_told_beside_who_came_in() -> None:
    columns, words = reach_of("regular", with_costs=True)
    assert columns == ("Jaar", "Mensen")
    assert "wanneer teams ermee begonnen, is niet geleverd" in words and "teams.yaml" in words


@pytest.mark.parametrize(("way", "with_costs"), [("regular", False), ("new", True)])
def test_nothing_is_said_of_a_missing_start_where_there_is_one_or_nothing_new(way: str, with_costs: bool) -> None:
    assert "is niet geleverd" not in reach_of(way, with_costs=with_costs)[1]
