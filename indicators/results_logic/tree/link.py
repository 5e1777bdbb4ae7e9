"""A link of a tree: a claim with its assumption, evidence, rivals, and what the circle decided about it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import Broken, RulesBroken
from data_contracts.vocabulary.logic import DECIDED, EvidenceDirection, EvidenceKind, EvidenceStrength, TestStatus
from indicators.results_logic.tree.measures import AnyMeasure
from indicators.results_logic.tree.one_line import Words
from indicators.results_logic.tree.parts import Id, Sentence, TreePart


class Evidence(TreePart):
    """A reason to believe or doubt a link."""

    kind: EvidenceKind
    direction: EvidenceDirection
    strength: EvidenceStrength
    source: Words | None = None
    year: int | None = Field(default=None, ge=1950, le=2100)
    resembles_us: Literal["yes", "partly", "no"] | None = None
    run: Words | None = None

    @model_validator(mode="after")
    def _strong_evidence_names_its_source(self) -> Evidence:
        if self.source is None and (self.strength is EvidenceStrength.STRONG or self.kind is EvidenceKind.RESEARCH):
            what = "sterk bewijs en onderzoek hebben een bron."
            raise RulesBroken([Broken(("source",), what, "Vul de bron in, of noem het bewijs zwakker.")])
        return self


class Rival(TreePart):
    """Another explanation for the same movement; with a measure when the registration can follow it."""

    explanation: Sentence
    measure: AnyMeasure | None = None


class Test(TreePart):
    """Where the circle stands on a link."""

    __test__ = False  # not a test for pytest

    status: TestStatus = TestStatus.UNTESTED
    since: dt.date | None = None
    next_look: dt.date | None = None
    doubt_when: Words | None = None


class Decision(TreePart):
    """What a session decided about a link; the only thing that changes the status of its test."""

    date: dt.date
    session: Words
    decision: Sentence
    by: list[Words] = Field(min_length=1)
    status: TestStatus | None = None


class Link(TreePart):
    """A claim: when the lower node is there, the upper node follows, because of the assumption."""

    id: Id
    node_from: Id = Field(alias="from")
    node_to: Id = Field(alias="to")
    assumption: Annotated[Words, Field(min_length=10)]
    why_we_think_so: Words | None = None
    delay_months: int = Field(default=0, ge=0, le=120)
    evidence: list[Evidence] = []
    rivals: list[Rival] = []
    test: Test = Test()
    decisions: list[Decision] = []

    @model_validator(mode="after")
    def _only_a_decision_settles_a_link(self) -> Link:
        status, at = self.test.status, ("test", "status")
        if status not in DECIDED:
            return self
        label = f"'{status.label}'"
        dated = sorted((one for one in self.decisions if one.status), key=lambda one: one.date)
        if not dated or dated[-1].status is not status:
            what = f"{label} staat er zonder besluit met een datum dat dit zegt."
            do = f"Voeg het besluit toe, met {label} ({status.value}) als nieuwe stand."
            raise RulesBroken([Broken(at, what, do)])
        grounds = {EvidenceKind.OWN_DATA, EvidenceKind.RESEARCH}
        if status is not TestStatus.DOUBT and not grounds & {one.kind for one in self.evidence}:
            what = f"{label} kan niet op meningen alleen."
            do = "Voeg bewijs toe uit eigen cijfers (own_data) of onderzoek (research), of kies twijfel (doubt)."
            raise RulesBroken([Broken(at, what, do)])
        return self
