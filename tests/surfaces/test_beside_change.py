"""What the report says beside every change: noise, room, rater, regression, course and spread; from invented tables."""

from __future__ import annotations

import re

import numpy as np
import pytest

from reports.content.parts import Figure, Heading, Points, Table, Text
from reports.html.report import chapters_of
from reports.released.source import Source
from tests.surfaces.invented import Tables, facts, tables
from tests.surfaces.invented_companions import RELIABILITY, companions

FULL = tables() | companions()


def words(found: Tables = FULL, **known: object) -> str:
    """The sentences of all chapters; tables apart, see `table`."""
    source = Source(facts(**({"reliability": RELIABILITY} | known)), found)
    said: list[str] = []
    for one in chapters_of(source):
        for part in one.parts:
            said += [part.words] if isinstance(part, Text | Heading) else []
            said += part.items if isinstance(part, Points) else []
    return " ".join(said)


def chapter(name: str, found: Tables = FULL) -> list[object]:
    source = Source(facts(reliability=RELIABILITY), found)
    return next(list(one.parts) for one in chapters_of(source) if one.id == name)


def table(name: str, caption: str) -> dict[str, tuple[str, ...]]:
    parts = [part for part in chapter(name) if isinstance(part, Table) and caption in part.caption]
    return {row[0]: row[1:] for row in parts[0].rows}


def test_the_funnel_stands_on_top_of_the_change_chapter() -> None:
    first = chapter("verandering")[0]
    assert isinstance(first, Text)
    assert first.words.startswith(
        "In beeld: 400 mensen. Minstens één keer gemeten: bijna iedereen. Twee keer gemeten: 250"
    )


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("out_change__funnel", "n_scored"),
        ("out_change__funnel", "n_scored_twice"),
        ("out_quality__ratings", "n_straight_lined"),
        ("out_quality__ratings", "n_followed_up"),
        ("out_quality__odd_courses", "n_odd"),
    ],
)
def test_a_part_that_may_not_be_told_is_no_point_in_the_middle_of_a_sentence(table: str, name: str) -> None:
    hidden = {table: FULL[table].assign(**{name: np.nan, f"{name}_status": "hidden"})}
    told = words(FULL | hidden)
    assert "een aantal dat niet getoond mag worden" in told
    assert not re.search(r"(: |betreft |van )\.[ .]", told)


def test_beside_every_share_stands_what_noise_alone_would_move() -> None:
    figure = next(part for part in chapter("verandering") if isinstance(part, Figure))
    assert figure.table.columns[-1] == "Zou ook zonder echte verandering vooruit gaan (aanname)"
    shown = {row[0]: row[-1] for row in figure.table.rows}
    assert shown["Financiën"] == "15% tot 21%" and shown["ADL"] == "."
    assert "Naar schatting 15% tot 21% van de mensen 'vooruit', en evenveel 'achteruit'" in words()


def test_change_per_person_runs_from_the_cautious_to_the_hopeful_reliability_and_names_its_source() -> None:
    shown = table("verandering", "groter dan meetruis")
    assert shown["Financiën"] == (
        "200",
        "5% of 20%",
        "10% of 25%",
        "80% of 40%",
        "5% of 10%",
        "minder dan 5% of 5%",
    )
    assert "Waar die aanname op rust: Een verzonnen bron" in words()
    assert "Eigen schatting uit metingen door twee professionals kort na elkaar: 0,72 tot 0,78" in words()


FROM_RELIABILITY = ("out_change__noise_floor", "out_change__reliable")


def test_without_a_declared_reliability_the_report_says_why_nothing_is_shown() -> None:
    said = words({name: rows for name, rows in FULL.items() if name not in FROM_RELIABILITY}, reliability=None)
    assert "in study.yaml staat geen 'reliability'" in said
    assert "groter is dan meetruis" not in said and "Naar schatting" not in said


def test_too_few_double_ratings_give_their_reason() -> None:
    refused = companions()["out_quality__agreement"].assign(
        estimate=None, refused_because="Te weinig dubbele metingen."
    )
    assert "Eigen schatting: Te weinig dubbele metingen." in words(FULL | {"out_quality__agreement": refused})


def test_who_could_rise_is_counted_and_pensioners_are_named() -> None:
    shown = table("verandering", "vooruit konden")
    assert shown["Financiën"] == ("200", "180", "20", "geen", "50%")
    assert shown["Dagbesteding"][:4] == ("200", "150", "50", "35")
    assert "Wie met pensioen is, komt op Dagbesteding" in words()


def test_the_rise_holds_up_to_a_named_mean() -> None:
    shown = table("verandering", "Mee en Chua")
    assert shown["Financiën"] == ("2,4", "3 of lager is")


def test_the_same_and_another_rater_stand_apart_and_unknown_raters_are_said() -> None:
    found = (part for part in chapter("verandering") if isinstance(part, Table))
    rows = next(part for part in found if "professional" in part.caption).rows
    assert rows[0] == ("Financiën", "dezelfde professional", "120", "33%", "25%", "+0,1")
    unknown = companions()["out_change__by_rater"].query("rater == 'unknown'")
    assert "Of dezelfde professional beide keren scoorde, is niet bekend" in words(
        FULL | {"out_change__by_rater": unknown}
    )


def test_the_course_of_the_share_sufficient_is_a_figure_and_a_refused_line_gives_its_reason() -> None:
    figure = next(part for part in chapter("verloop") if isinstance(part, Figure))
    assert figure.title == "Welk deel van de mensen heeft een score van 4 of hoger, in de tijd?"
    assert figure.table.rows[1] == ("Financiën", "6 maanden", "200", "25%", "20% tot 30%")
    assert "Huisvesting: een beloop van het deel dat voldoende is, staat er niet. Niemand is hier" in words()


def test_teams_lie_apart_without_a_name_and_three_teams_show_nothing() -> None:
    assert table("verandering", "middelste helft") == {"Financiën": ("6", "+0,1", "+0,2", "+0,35")}
    few = companions()["out_change__teams_spread"].query("n_teams < 5")
    assert "Er zijn minder dan vijf teams met genoeg mensen" in words(FULL | {"out_change__teams_spread": few})


def test_quality_other_tests_and_levels_per_year_stand_in_the_account() -> None:
    said = words()
    assert "op alle leefgebieden dezelfde score is ingevuld: 25 van 400." in said
    assert "precies is overgenomen: minder dan 10 van 250" in said
    assert table("verantwoording", "Andere toetsen")["Financiën"] == ("valt op", "valt niet op", "valt op")
    assert "Hier is niet meegeteld naar hoeveel uitkomsten en toetsen er is gekeken" in said
    assert table("verantwoording", "Punten per jaar")["Financiën"] == ("300", "+0,2", "+0,1 tot +0,3")
    assert "Te weinig metingen." in said
    assert table("verantwoording", "twee professionals")["Financiën"] == (
        "40",
        "0,72 (0,6 tot 0,85)",
        ".",
        "0,72 (0,6 tot 0,85)",
    )


def test_a_report_without_these_tables_leaves_them_out() -> None:
    said = words(tables())
    assert "Wie kon er vooruit?" not in said and "Maakt het uit wie scoorde?" not in said
