"""The register of practice questions: what is known, from how many municipalities, and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data_contracts.practice import Practice, PracticeQuestion, Theme
from indicators.synthesis.outcomes import OutcomeTogether
from reports.content.parts import Heading, Part, Points
from reports.content.region.words import KIND, name_of, too_few, verdict
from reports.language import dutch, terms

NOTHING = "Nog niets bekend: geen gepubliceerde uitkomst gaat hierover."


def questions(practice: Practice, outcomes: Sequence[OutcomeTogether]) -> Iterator[Part]:
    """Every question with its answer so far, by theme."""
    for theme in Theme:
        for one in (question for question in practice.questions if question.theme == theme):
            yield Heading(f"{theme.label}: {one.question}", level=3)
            yield Points((*_known(one, outcomes), f"Wat dit openlaat: {one.not_told}"))


def _known(question: PracticeQuestion, outcomes: Sequence[OutcomeTogether]) -> tuple[str, ...]:
    """Per outcome the strongest kind that was put together; else that too few municipalities have it."""
    told: dict[str, str] = {}
    found = [one for one in outcomes if any(asked.fits(one.about) for asked in question.outcomes)]
    for one in sorted(found, key=lambda one: one.synthesis is None):  # stable: kinds keep their order
        words = verdict(one) if one.synthesis else too_few(one)
        told.setdefault(name_of(one), f"{name_of(one)}. {KIND[one.kind]}. {words}")
    sought = [terms.outcome(one.subject, one.life_domain, one.what) for one in question.outcomes]
    return tuple(told.values()) or (f"{NOTHING} Gezocht is: {dutch.listed(sought)}." if sought else NOTHING,)
