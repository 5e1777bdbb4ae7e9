"""What a circle calls the things that it talks about."""

from __future__ import annotations

from data_contracts.vocabulary.circle import group_label
from data_contracts.vocabulary.field import ALL, TeamType
from reports.circle.figure_key import OWN_QUESTION, choice_of
from reports.language import dutch, terms

_TYPES = TeamType.labels()


def topic_name(topic: str) -> str:
    """A figure, or the circle's own question."""
    if topic == OWN_QUESTION:
        return "Onze eigen vraag"
    choice = choice_of(topic)
    about = terms.outcome(choice.subject, choice.life_domain, ALL)
    of_whom = "" if choice.slice == ALL else f", {_TYPES.get(choice.slice_value, choice.slice_value)}"
    return f"{about}{of_whom}: {terms.moment(choice.moment_from)} tot {terms.moment(choice.moment_to)}"


def group_name(code: str) -> str:
    """A role group at the begin of a line."""
    return dutch.sentence(group_label(code))
