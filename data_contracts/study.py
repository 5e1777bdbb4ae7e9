"""A study as data: what a municipality wants to know, may use and will publish (study.yaml).

Policy lives here and is reviewed in git; the program holds no municipality's choices.
"""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.errors import broken_rule
from data_contracts.expected import OnSchedule
from data_contracts.part import Part
from data_contracts.slices import Slice, require_whole
from data_contracts.vocabulary.field import DOMAINS, SENSITIVE_DOMAINS, Edition, LifeDomain
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.slices import KNOWN_AT_START, base_of

SameDay = Literal["middle", "leave_out"]
MOMENT = r"first|last|k[2-9]|m(?:3|6|9|12|18|24|36)|monitoring"


class LegalGround(Part):
    """Why these data may be used for this study; filled in by the municipality, never by the program."""

    purpose: str = Field(min_length=10)
    ground: str = Field(min_length=5)
    decided_by: str = Field(min_length=2)


WARN_DAYS = 90


class Retention(Part):
    """How long what is kept in the closed zone: raw text, and everything about people with its last day."""

    raw_days: int = Field(ge=1, le=365)
    records_until: dt.date

    def has_ended(self, on: dt.date) -> bool:
        """Whether everything about people is to be gone."""
        return on > self.records_until

    def warning(self, on: dt.date) -> str:
        """What to say in the last 90 days, in Dutch; empty before and after them."""
        left = (self.records_until - on).days
        if not 0 <= left <= WARN_DAYS:
            return ""
        when = "vandaag" if left == 0 else f"over {left} {'dag' if left == 1 else 'dagen'}"
        return (
            f"De bewaartermijn van deze studie eindigt {when} ({self.records_until:%d-%m-%Y}). Daarna worden alle "
            "gegevens over mensen gewist en komt er geen nieuw cijfer meer; de laatste publicatie blijft staan. Is er "
            "een grondslag om langer te bewaren, pas dan retention.records_until in study.yaml aan."
        )


class Thresholds(Part):
    """How few people a figure may be about, and how it is rounded."""

    clients: int = Field(default=10, ge=10, le=100)
    sensitive_clients: int = Field(default=20, ge=20, le=100)
    round_to: Literal[5, 10] = 5
    max_quarantined_share: float = Field(default=0.05, gt=0, le=0.5, allow_inf_nan=False)
    # Of what was known of one kind and half-year: how much a delivery may take away or change before a person is asked;
    # and how many of the new records of an addition may look like a correction of an earlier one.
    max_gone_share: float = Field(default=0.25, ge=0, le=1, allow_inf_nan=False)
    max_changed_share: float = Field(default=0.5, ge=0, le=1, allow_inf_nan=False)
    max_moved_share: float = Field(default=0.2, ge=0, le=1, allow_inf_nan=False)
    # The least share of the clients of another table that must have a ZRM: below it the keys do not meet.
    min_known_share: float = Field(default=0.05, ge=0, le=1, allow_inf_nan=False)

    def of(self, life_domain: str) -> int:
        """The threshold for a life domain; a sensitive one has its own."""
        return self.sensitive_clients if life_domain in SENSITIVE_DOMAINS else self.clients


class MomentPair(Part):
    """Two moments that are compared, made by date."""

    moment_from: Annotated[str, Field(pattern=f"^({MOMENT})$", alias="from")]
    moment_to: Annotated[str, Field(pattern=f"^({MOMENT})$", alias="to")]


class ComparisonRule(Part):
    """Whose clients are the comparison, and which figure leads; both are argued, not looked up in the outcomes.

    `never_started`: clients of teams that never began; `not_yet_started`: also of teams that began later, as far as
    their first year was over by then. `difference` fits groups that differ by nature; `ancova` fits clients who were
    allocated by their starting score.
    """

    against: Literal["never_started", "not_yet_started"]
    headline: Literal["difference", "ancova"]


class MunicipalIndicator(Part):
    """A public figure per municipality and period: its name as the file writes it, and its unit."""

    name: str = Field(min_length=3, max_length=60)
    unit: str = Field(min_length=2, max_length=60)


class MunicipalSeries(Part):
    """Public figures of this municipality and of others, and how those others were chosen, before the outcome."""

    file: str
    indicators: list[MunicipalIndicator] = Field(min_length=1, max_length=5)
    source: str = Field(min_length=20)
    others_chosen_by: str = Field(min_length=20)

    @field_validator("file")
    @classmethod
    def _file_lies_in_the_study(cls, file: str) -> str:
        if not re.fullmatch(r"[\w-]+\.csv", file):
            problem = "dit is geen naam van een CSV-bestand in de map van de studie."
            raise broken_rule(problem, "Bijvoorbeeld gemeentecijfers.csv, zonder map ervoor.")
        return file

    @field_validator("indicators")
    @classmethod
    def _indicators_are_named_once(cls, indicators: list[MunicipalIndicator]) -> list[MunicipalIndicator]:
        if len({folded(one.name) for one in indicators}) < len(indicators):
            raise broken_rule("een indicator staat er twee keer.", "Haal er één weg.")
        return indicators


class ForWhom(Part):
    """Between which groups the effect may differ, and why somebody expects it; declared, never found by looking."""

    slice: str
    because: str = Field(min_length=20)

    @field_validator("slice")
    @classmethod
    def _is_known_at_the_start(cls, name: str) -> str:
        if base_of(name) not in KNOWN_AT_START:
            problem = (
                f"naar '{name}' is geen verschil in effect te toetsen: het staat niet vast voordat de hulp begint."
            )
            raise broken_rule(problem, f"Kies uit: {', '.join(KNOWN_AT_START)}.")
        return name


class Design(Part):
    """How the study argues that a change is due to the approach; declared beforehand, never chosen by outcome.

    `declared_on` is the day on which a person chose it. Without, nothing is said to have been chosen beforehand.
    """

    kind: Literal["before_after", "comparison", "staggered", "series"]
    declared_on: dt.date | None = None
    new_approach: str | None = None
    headline_domains: list[LifeDomain] = Field(min_length=1)
    comparison: ComparisonRule | None = None
    started_on: dt.date | None = None
    municipal_series: MunicipalSeries | None = None
    # Every group more that is looked at makes each difference harder to show.
    for_whom: list[ForWhom] = Field(default=[], max_length=3)

    @property
    def headline_measure(self) -> str:
        """The one measure of the estimates through which this design speaks; the others are its companions."""
        if self.kind == "before_after":
            return "mean_change"
        return "effect_ancova" if self.comparison and self.comparison.headline == "ancova" else "effect"

    @model_validator(mode="after")
    def _kind_has_its_own_keys(self) -> Design:
        for kind, key, example in (
            ("comparison", "comparison", "{against: never_started, headline: difference}"),
            ("series", "started_on", "2023-01-01"),
        ):
            if (self.kind == kind) != (getattr(self, key) is not None):
                raise broken_rule(
                    f"{key} hoort bij kind: {kind}, en alleen daarbij.", f"Bijvoorbeeld {key}: {example}."
                )
        return self

    @model_validator(mode="after")
    def _only_a_series_is_set_beside_other_municipalities(self) -> Design:
        if self.municipal_series and self.kind != "series":
            problem = "municipal_series hoort bij kind: series: daar begon iedereen op één dag."
            raise broken_rule(problem, "Haal municipal_series weg.")
        return self

    @model_validator(mode="after")
    def _approach_has_a_name(self) -> Design:
        if self.kind != "before_after" and not self.new_approach:
            raise broken_rule("bij dit ontwerp hoort een naam van de nieuwe aanpak.", "Vul new_approach in.")
        return self


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
    replicate_days: int = Field(default=30, ge=0, le=90)
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


class TeamEntry(Part):
    """One team in the study's own register."""

    team: str = Field(min_length=2)
    team_type: Literal["access", "team", "network", "other"] | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    succeeded_by: str | None = None
    approach_started_on: dt.date | None = None


class TeamRegister(Part):
    """teams.yaml: the teams, dated, so that a merger does not look like a change."""

    teams: list[TeamEntry] = Field(min_length=1)

    @field_validator("teams")
    @classmethod
    def _names_are_unique_and_successors_known(cls, teams: list[TeamEntry]) -> list[TeamEntry]:
        names = [entry.team for entry in teams]
        if len(set(names)) < len(names):
            raise broken_rule("een team staat er twee keer.", "Haal er één weg.")
        return teams
