"""What a circle expected is laid beside what came, per group and never per person."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from reports.circle.expected import expectations
from reports.circle.figure_key import OWN_QUESTION
from reports.circle.groups import groups_told
from tests.circle.told import FINANCES, FIRST, HOUSING, SECOND, RoleGroup, card, opened, said


@pytest.fixture
def journal(tmp_path: Path) -> CircleJournal:
    kept = CircleJournal(Home(tmp_path))
    kept.add(opened())
    return kept


def test_brier_score_and_share_of_right_directions_over_two_figures(journal: CircleJournal) -> None:
    journal.add(said("guess", figure=FINANCES, group="team", up=8, equal=0, down=0))
    journal.add(said("revealed", figure=FINANCES, shows=1))
    journal.add(said("guess", figure=HOUSING, group="team", up=4, equal=4, down=0))
    journal.add(said("revealed", figure=HOUSING, shows=-1))
    found = expectations(journal.memory().sessions.values())
    # First figure: all right, 0. Second: 0.5² + 0.5² + 1² = 1.5. Mean 0.75; half of the hands were right.
    assert [(one.group, one.n_figures, one.share_right, one.brier, one.off) for one in found] == [
        ("team", 2, 0.5, 0.75, (HOUSING,))
    ]


def test_a_figure_that_is_not_shown_scores_nobody(journal: CircleJournal) -> None:
    journal.add(said("guess", figure=FINANCES, group="team", up=8, equal=0, down=0))
    journal.add(said("revealed", figure=FINANCES))
    assert expectations(journal.memory().sessions.values()) == []


def test_more_hands_than_people_are_counted_again(journal: CircleJournal) -> None:
    with pytest.raises(StudyError, match="U telde 9 handen bij teamleden, en in die groep zitten 8 mensen"):
        journal.add(said("guess", figure=FINANCES, group="team", up=9, equal=0, down=0))


def test_nobody_guesses_after_the_figure_was_shown(journal: CircleJournal) -> None:
    journal.add(said("revealed", figure=FINANCES, shows=1))
    with pytest.raises(StudyError, match="al onthuld"):
        journal.add(said("guess", figure=FINANCES, group="team", up=1, equal=0, down=0))


@pytest.mark.parametrize(
    ("present", "told"),
    [
        ({"team": 8, "policy": 1}, {"together": 9}),
        ({"team": 8, "access": 5, "policy": 1}, {"team": 8, "together": 6}),
        ({"team": 8, "policy": 2, "residents": 2}, {"team": 8, "together": 4}),
        ({"policy": 3}, {"together": 3}),
        ({"team": 4, "access": 0}, {"team": 4}),
    ],
)
def test_no_group_that_is_told_apart_has_fewer_than_four(present: dict[str, int], told: dict[str, int]) -> None:
    assert groups_told({RoleGroup(name): n for name, n in present.items()}) == told


def test_a_meeting_with_nobody_in_it_does_not_open(journal: CircleJournal) -> None:
    with pytest.raises(StudyError, match="Er is nog niemand"):
        journal.add(opened(session=SECOND, present={one.value: 0 for one in RoleGroup}))


def test_the_own_question_is_a_topic_where_it_was_asked_or_a_card_is_about_it(journal: CircleJournal) -> None:
    journal.add(opened(session=SECOND, question="Waarom komt men niet terug?"))
    assert [one.topics for one in journal.memory().sessions.values()] == [
        [FINANCES, HOUSING],
        [FINANCES, HOUSING, OWN_QUESTION],
    ]
    journal.add(card("Bel eerst", topic=OWN_QUESTION))
    assert journal.memory().sessions[FIRST].topics[-1] == OWN_QUESTION
