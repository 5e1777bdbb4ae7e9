"""What is true in a synthetic municipality (simulation.yaml): every mechanism, nothing hidden in code."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import DOMAINS, Edition, LifeDomain
from indicators.simulation.mechanisms import (
    CaseRecord,
    Clients,
    Costs,
    Course,
    DropOut,
    EventKind,
    Experienced,
    Faults,
    Ladder,
    Monitoring,
    Positive,
    Product,
    PublicFigures,
    Ratings,
    Relevance,
    Support,
    Team,
    TrueDomain,
)


class SimulationSettings(Part):
    """simulation.yaml."""

    schema_version: Literal[1]
    municipality: str = Field(min_length=2)
    pseudonym_prefix: str = Field(pattern=r"^[A-Z]+[0-9]*-$")
    edition: Edition
    n_clients: int = Field(ge=1, le=5_000_000)
    first_day: dt.date
    last_day: dt.date
    teams: list[Team] = Field(min_length=1, max_length=10_000)
    clients: Clients
    course: Course
    effect_months: Positive
    life_domains: dict[LifeDomain, TrueDomain] = Field(min_length=1)
    ratings: Ratings
    relevance: Relevance
    support: Support
    case_record: CaseRecord
    drop_out: DropOut
    monitoring: Monitoring
    ladder: Ladder
    provisions: list[Product]
    events: list[EventKind]
    experienced: Experienced
    costs: Costs
    faults: Faults = Faults()
    public_figures: PublicFigures | None = None

    @model_validator(mode="after")
    def _parts_fit(self) -> SimulationSettings:
        if self.first_day >= self.last_day:
            raise broken_rule("last_day ligt niet na first_day.", "Kies een latere last_day.")
        strange = [domain.value for domain in self.life_domains if domain not in DOMAINS[self.edition]]
        if strange:
            raise broken_rule(f"life_domains: '{strange[0]}' hoort niet bij {self.edition.label}.", "Haal dit weg.")
        unknown = [team.team_type.value for team in self.teams if team.team_type not in self.course.team_type_levels]
        if unknown:
            raise broken_rule(f"course.team_type_levels: '{unknown[0]}' ontbreekt.", "Vul het niveau in.")
        if len({team.team for team in self.teams}) < len(self.teams):
            raise broken_rule("een team staat er twee keer.", "Haal er één weg.")
        return self
