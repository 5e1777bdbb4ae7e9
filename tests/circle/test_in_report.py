"""What a circle adopted stands beside its figure, marked as its words; what it did not adopt stands nowhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from reports.circle.adopted import circle_words
from reports.content.council.pages import council_pages
from reports.content.learning import learning
from reports.content.parts import Figure, Table, Told
from reports.html.report import chapters_of
from reports.released.source import Source
from tests.circle.told import FINANCES, SECOND, card, opened, said
from tests.circle.year import BOTTLENECK, CARD, DISSENT, PROMISE, READING, first_session, second_session
from tests.surfaces.invented import TREE, facts, tables


@pytest.fixture
def journal(tmp_path: Path) -> CircleJournal:
    return CircleJournal(Home(tmp_path))


def source(journal: CircleJournal, as_of: str = "2026-06-01") -> Source:
    known = facts(as_of=dt.date.fromisoformat(as_of), design="before_after")
    return Source(known, tables(), TREE, circle=circle_words(journal.memory()))


def words_of(found: Source) -> str:
    return repr([*chapters_of(found), *council_pages(found)])


def test_a_concept_stands_in_no_report(journal: CircleJournal) -> None:
    first_session(journal)
    words = words_of(source(journal))
    for one in (READING, DISSENT, BOTTLENECK, PROMISE, CARD):
        assert one not in words


def test_an_adopted_reading_stands_behind_the_figure_that_it_is_about(journal: CircleJournal) -> None:
    first_session(journal)
    second_session(journal)
    chapter = next(one for one in chapters_of(source(journal)) if one.id == "verandering")
    at = next(place for place, part in enumerate(chapter.parts) if isinstance(part, Figure))
    beside = chapter.parts[at + 1]
    assert isinstance(beside, Table)
    assert beside.caption == f"Zo leest de leerkring figuur F{chapter.parts[at].number}"  # type: ignore[union-attr]
    assert beside.rows == (
        (
            "Financiën: eerste meting tot laatste meting",
            READING,
            "vastgesteld op 21 mei 2026, door teamleden en medewerkers van het toegangsloket",
            DISSENT,
        ),
    )


def test_the_council_reads_it_too(journal: CircleJournal) -> None:
    first_session(journal)
    second_session(journal)
    told = [part for part in council_pages(source(journal))[0].parts if isinstance(part, Told)]
    assert [one.id[:1] for one in told if READING in one.words] == ["R"]


def test_what_is_to_be_learned_shows_bottleneck_answer_agreement_and_expectations(journal: CircleJournal) -> None:
    first_session(journal)
    second_session(journal)
    journal.add(
        said("exchange", "2026-05-30", item="punt-0002", what="answer", text="Er komt een brief in gewone taal",
             owner="beleid schuldhulp", answers="punt-0001")
    )  # fmt: skip
    words = repr(learning(source(journal)))
    assert BOTTLENECK in words
    assert "Er komt een brief in gewone taal (beleid schuldhulp, 30 mei 2026)" in words
    assert PROMISE in words
    assert "Teamleiders', '1', '25%'" in words


def test_single_cards_and_their_marks_never_reach_a_report(journal: CircleJournal) -> None:
    first_session(journal)
    second_session(journal)
    assert CARD not in words_of(source(journal))


def test_a_reading_of_one_teams_figure_stays_with_that_team(journal: CircleJournal) -> None:
    own = "zrm/finances/team/Team Appel/first/last"
    reading = {"item": "lezing-09", "figure": own, "text": "Bij ons ging het anders", "groups": ["team"]}
    journal.add(opened(agenda=[own]))
    journal.add(said("reading", status="concept", **reading))
    journal.add(opened(SECOND, agenda=[FINANCES]))
    journal.add(said("reading", SECOND, status="adopted", **reading))
    journal.add(said("minutes_adopted", SECOND, of="2026-02-12"))
    assert "Bij ons ging het anders" not in words_of(source(journal))


def test_a_meeting_or_a_look_that_is_past_is_never_told_as_coming(journal: CircleJournal) -> None:
    first_session(journal)
    second_session(journal)
    journal.add(said("closed", SECOND, next_on="2026-09-10"))
    look = [one.model_copy(update={"test": one.test.model_copy(update={"next_look": dt.date(2026, 7, 1)})})
            for one in TREE.links]  # fmt: skip
    before, after = source(journal, "2026-06-01"), source(journal, "2026-10-01")
    tree = TREE.model_copy(update={"links": look})
    assert "komt weer bijeen op 10 september 2026" in repr(learning(before))
    assert "komt weer bijeen" not in repr(learning(after))
    assert "op 1 juli 2026." in repr(learning(replace(before, tree=tree)))
    told = repr(learning(replace(after, tree=tree)))
    assert "op 1 juli 2026." not in told
    assert "kies een nieuwe" in told


def test_a_card_with_markup_is_text_on_every_page(journal: CircleJournal) -> None:
    from reports.html.cards import walls_html

    journal.add(opened())
    journal.add(card("<script>alert(1)</script> & meer"))
    assert "<script>" not in "".join(walls_html(journal.memory().sessions["2026-02-12"]))
