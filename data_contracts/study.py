"""A study as data: what a municipality wants to know, may use and will publish (study.yaml).

Policy lives here and is reviewed in git; the program holds no municipality's choices.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.design import Design
from data_contracts.errors import broken_rule
from data_contracts.expected import OnSchedule
from data_contracts.part import Part
from data_contracts.protection import LegalGround, Retention, Thresholds
from data_contracts.slices import Slice, require_whole
from data_contracts.vocabulary.field import DOMAINS, REPLICATE_DAYS, Edition, LifeDomain
from data_contracts.vocabulary.names import folded

SameDay = Literal["middle", "leave_out"]
MOMENT = r"first|last|k[2-9]|m(?:3|6|9|12|18|24|36)|monitoring"


class MomentPair(Part):
    """Two moments that are compared, made by date."""

    moment_from: Annotated[str, Field(pattern=f"^({MOMENT})$", alias="from")]
    moment_to: Annotated[str, Field(pattern=f"^({MOMENT})$", alias="to")]


class Reliability(Part):
    """How precisely professionals score the ZRM: an assumption, from cautious to hopeful, and what it rests on.

    The correlation of two ratings of a person who did not change. There is no default: nobody published it per domain.
    """

    values: list[Annotated[float, Field(ge=0.3, le=0.99)]] = Field(min_length=1, max_length=5)
    source: str = Field(min_length=20)

    @field_validator("values")
    @classmethod
    def _values_rise(cls, values: list[float]) -> list[float]:
        if any(later <= earlier for earlier, later in pairwise(values)):
            raise broken_rule("deze getallen lopen niet op.", "Schrijf ze van laag naar hoog, elk één keer.")
        return values


class NamedTeam(Part):
    """The consent of one team to stand with its name in what is released: who agreed for the team, and when."""

    team: str = Field(min_length=2)
    agreed_by: str = Field(min_length=2)
    agreed_on: dt.date


class NamedInRegion(Part):
    """The consent of this municipality to stand with its name in what a region finds together: who agreed, and when."""

    agreed_by: str = Field(min_length=2)
    agreed_on: dt.date


class FirstMeasurement(Part):
    """How far from the start of the first trajectory a first measurement may lie; no end where `months_after` is empty.

    What was measured earlier belongs to something else.
    """

    months_before: int = Field(default=6, ge=0, le=24)
    months_after: int | None = Field(default=None, ge=1, le=36)


class Study(Part):
    """study.yaml."""

    schema_version: Literal[1]
    municipality: str = Field(min_length=2)
    title: str = Field(min_length=5)
    question: str = Field(min_length=10)
    legal_ground: LegalGround
    retention: Retention
    approval: Literal["required", "two", "none"]
    pseudonym_pattern: str = Field(min_length=8)
    editions: list[Edition] = Field(min_length=1)
    life_domains: list[LifeDomain] = Field(min_length=1)
    justice_ground: str | None = Field(default=None, min_length=10)
    thresholds: Thresholds = Thresholds()
    slices: list[Slice] = Field(min_length=1)
    moment_pairs: list[MomentPair] = Field(min_length=1)
    new_episode_after_months: int = Field(default=18, ge=3, le=60)
    replicate_days: int = Field(default=REPLICATE_DAYS, ge=0, le=90)
    # Which of several scores of one person on one day counts: the middle one, or none unless all are equal.
    same_day: SameDay = "middle"
    first_measurement: FirstMeasurement = FirstMeasurement()
    monitoring_labels: list[str] = ["monitoring", "waakvlam", "nazorg"]
    design: Design
    reliability: Reliability | None = None
    named_teams: list[NamedTeam] = []
    named_in_region: NamedInRegion | None = None
    schedule: str = Field(default="0 6 * * 1", pattern=r"^\S+ \S+ \S+ \S+ \S+$")
    on_schedule: OnSchedule = OnSchedule()
    contact: str = ""

    @property
    def reliabilities(self) -> tuple[float, ...]:
        """The declared reliabilities; none without the key."""
        return tuple(self.reliability.values) if self.reliability else ()

    @field_validator("named_teams")
    @classmethod
    def _a_team_agrees_once(cls, teams: list[NamedTeam]) -> list[NamedTeam]:
        if len({folded(one.team) for one in teams}) < len(teams):
            raise broken_rule("een team staat er twee keer.", "Haal er één weg.")
        return teams

    @field_validator("slices")
    @classmethod
    def _slices_merge_into_each_other(cls, slices: list[Slice]) -> list[Slice]:
        require_whole(slices)
        return slices

    @model_validator(mode="after")
    def _groups_of_the_design_are_declared(self) -> Study:
        names = [one.slice for one in self.design.for_whom]
        strange = [name for name in names if name not in {one.name for one in self.slices}]
        if strange:
            what = f"design.for_whom: {', '.join(strange)} staat niet onder slices."
            raise broken_rule(what, "Zet die indeling onder slices, of haal haar hier weg.")
        if len(set(names)) < len(names):
            raise broken_rule("design.for_whom: een indeling staat er twee keer.", "Haal er één weg.")
        return self

    @model_validator(mode="after")
    def _domains_fit_the_editions(self) -> Study:
        known = {domain for edition in self.editions for domain in DOMAINS[edition]}
        strange = [domain.value for domain in self.life_domains if domain not in known]
        if strange:
            raise broken_rule(f"life_domains: {', '.join(strange)} hoort niet bij deze edities.", "Haal dit weg.")
        missing = [domain.value for domain in self.design.headline_domains if domain not in self.life_domains]
        if missing:
            raise broken_rule(
                f"design.headline_domains: {', '.join(missing)} staat niet in life_domains.", "Voeg toe of haal weg."
            )
        if LifeDomain.JUSTICE in self.life_domains and not self.justice_ground:
            raise broken_rule(
                "Justitie mag alleen met een grondslag.", "Vul justice_ground in of haal justice uit life_domains."
            )
        return self
