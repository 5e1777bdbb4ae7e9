"""How a figure of a circle is named: what, of whom and between which moments; the same in every release."""

from __future__ import annotations

import re
from dataclasses import astuple, dataclass

from data_contracts.errors import broken_rule
from data_contracts.gate.admission import objection
from data_contracts.study import MOMENT
from data_contracts.vocabulary.field import ALL, SUBJECTS, LifeDomain

OWN_QUESTION = "onze-vraag"  # what a card is about that is about no figure
_DOMAINS = frozenset({ALL, *(one.value for one in LifeDomain), "mark_1_10", "scale_1_5"})
_SLICES = ("all", "team_type", "cohort", "team")


@dataclass(frozen=True, slots=True)
class Choice:
    """What the circle wants to see; codes as in the released tables."""

    subject: str
    life_domain: str
    slice: str
    slice_value: str
    moment_from: str
    moment_to: str

    @property
    def key(self) -> str:
        """The name of this figure."""
        return "/".join(astuple(self))

    @property
    def is_of_a_team(self) -> bool:
        """Whether it is about one team, whose figures are for its own circle only."""
        return self.slice == "team"


def choice_of(key: str) -> Choice:
    """The choice that a key names; RulesBroken for anything else."""
    parts = key.split("/")
    if len(parts) == 6:
        found = Choice(*parts)
        moments = all(re.fullmatch(MOMENT, one) for one in (found.moment_from, found.moment_to))
        known = found.subject in SUBJECTS and found.life_domain in _DOMAINS and found.slice in _SLICES
        if moments and known and objection(found.slice_value, released_by="register van teams") is None:
            return found
    raise broken_rule("dit is geen naam van een cijfer.", "Kies een cijfer in de app.")
