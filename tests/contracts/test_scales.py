"""The scales: one lowest sufficient score per instrument, and none for what is counted."""

import pytest

from data_contracts.vocabulary.field import SCORES
from data_contracts.vocabulary.scales import Scale, scale_of, sufficient_from


@pytest.mark.parametrize(
    ("subject", "life_domain", "scale"),
    [
        ("zrm", "finances", Scale(1, 5, 4)),
        ("zrm_youth", "all", Scale(1, 5, 4)),
        ("zrm_household", "all", Scale(1, 5, 4)),
        ("ladder", "all", Scale(1, 6, 5)),
        ("ladder", "own_goal", Scale(1, 2, 2)),
        ("experienced", "finances", Scale(1, 5, 4)),
        ("experienced", "scale_1_5", Scale(1, 5, 4)),
        ("experienced", "mark_1_10", Scale(1, 10, 6)),
    ],
)
def test_where_a_scale_begins_and_ends_and_from_which_score_a_client_is_sufficient(
    subject: str, life_domain: str, scale: Scale
) -> None:
    assert scale_of(subject, life_domain) == scale
    assert sufficient_from(subject, life_domain) == scale.sufficient_from


def test_every_subject_that_is_scored_has_a_scale() -> None:
    """Without one the audit of the gate would not know what a mean score tells of hidden counts."""
    assert [subject for subject in sorted(SCORES) if scale_of(subject, "all") is None] == []


def test_what_is_counted_has_no_sufficient_score() -> None:
    assert scale_of("events", "all") is None
    with pytest.raises(ValueError, match="counted, not scored"):
        sufficient_from("events", "all")
