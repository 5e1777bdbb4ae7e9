"""A question as data: which outcome, of which group, between which moments, beside whom (vraag.yaml).

A question can only ask what the study declared: its outcomes, its slices and its pairs of moments. Everything else is a
filter of its own, and two filters that differ by a few people are a figure about these few.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.errors import Broken, broken_rule
from data_contracts.gate.asked import Opened
from data_contracts.part import Part
from data_contracts.slices import TEAM_AND_COHORT_SLICE, Slice
from data_contracts.study import Study
from data_contracts.vocabulary.field import ALL, SCORES, TEAM_AND_COHORT
from data_contracts.vocabulary.slices import parts_of

CHANGE, USE = "out_change__by_domain", "out_care__use"
Subject = Literal["zrm", "zrm_youth", "zrm_household", "ladder", "experienced", "events", "provisions", "solutions"]


class AskedOutcome(Part):
    """What changes, or what is used: a life domain of a score, or a kind of help with its unit."""

    subject: Subject
    life_domain: str = ALL
    what: str | None = None
    unit: str | None = None

    @model_validator(mode="after")
    def _use_has_a_kind(self) -> AskedOutcome:
        counted = self.subject not in SCORES
        if counted and (self.what is None or self.unit is None):
            example = "{subject: provisions, what: begeleiding individueel, unit: eur}"
            raise broken_rule("bij gebruik hoort wat (what) en in welke eenheid (unit).", f"Bijvoorbeeld {example}.")
        if counted != (self.what is not None):
            raise broken_rule("what en unit horen bij gebruik, niet bij een score.", "Haal ze weg.")
        if self.life_domain != ALL and (counted or self.subject == "ladder"):
            raise broken_rule("een leefgebied hoort bij de ZRM en bij ervaren baat.", "Haal life_domain weg.")
        return self


class AskedPeriod(Part):
    """Two moments that the study compares."""

    moment_from: str = Field(alias="from")
    moment_to: str = Field(alias="to")


class Question(Part):
    """vraag.yaml: one question of the council."""

    schema_version: Literal[1]
    question: str = Field(min_length=10, max_length=200)
    outcome: AskedOutcome
    group: dict[str, str] = Field(min_length=1, max_length=2)
    period: AskedPeriod | None = None
    comparison: Literal["everybody", "none"] = "everybody"

    @field_validator("question")
    @classmethod
    def _is_one_line(cls, question: str) -> str:
        if "\n" in question.strip():
            raise broken_rule("de vraag beslaat meer dan één regel.", "Schrijf haar als één zin.")
        return question.strip()

    @model_validator(mode="after")
    def _a_change_has_a_period(self) -> Question:
        if (self.outcome.subject in SCORES) != (self.period is not None):
            what = "period hoort bij een verandering van scores, en alleen daarbij."
            raise broken_rule(what, "Bijvoorbeeld period: {from: first, to: m12}.", "period")
        return self

    @property
    def table(self) -> str:
        """The out_ table that holds the answer."""
        return CHANGE if self.outcome.subject in SCORES else USE

    @property
    def about(self) -> dict[str, str]:
        """The columns of that table that say which outcome."""
        asked = self.outcome
        if self.period is None:
            return {"subject": asked.subject, "what": str(asked.what), "unit": str(asked.unit)}
        return {
            "subject": asked.subject,
            "life_domain": asked.life_domain,
            "moment_from": self.period.moment_from,
            "moment_to": self.period.moment_to,
        }

    def slice_of(self, study: Study) -> Slice | None:
        """The declared slice that the group lies in."""
        return next((one for one in study.slices if set(parts_of(one.name)) == set(self.group)), None)

    def group_value(self, slice_name: str) -> str:
        """The name of the group in that slice."""
        return TEAM_AND_COHORT.join(self.group[part] for part in parts_of(slice_name))

    def opens(self, slice_name: str) -> Opened:
        """What its answer opens."""
        return Opened.of(self.table, slice_name, self.about)


def broken_in_study(question: Question, study: Study) -> Iterator[Broken]:
    """What this study cannot answer, because it never declared it, and what it can."""
    names = [one.name for one in study.slices if one.name not in (ALL, TEAM_AND_COHORT_SLICE)]
    if question.slice_of(study) is None:
        asked = "+".join(question.group)
        do = f"Kies uit: {', '.join(names) or 'geen'}. Voor een andere indeling: zet haar onder slices in study.yaml."
        yield Broken(("group",), f"de studie deelt niet in naar '{asked}'.", do)
    domains = [domain.value for domain in study.life_domains]
    if question.outcome.subject == "zrm" and question.outcome.life_domain not in domains:
        what = f"'{question.outcome.life_domain}' is geen leefgebied van deze studie."
        yield Broken(("outcome", "life_domain"), what, f"Kies uit: {', '.join(domains)}.")
    pairs = [(one.moment_from, one.moment_to) for one in study.moment_pairs]
    asked_pair = question.period and (question.period.moment_from, question.period.moment_to)
    if asked_pair and asked_pair not in pairs:
        known = "; ".join(f"{{from: {first}, to: {last}}}" for first, last in pairs)
        yield Broken(("period",), "de studie vergelijkt deze twee momenten niet.", f"Kies uit: {known}.")
