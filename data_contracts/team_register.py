"""The register of teams of a study (teams.yaml), as a model."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, field_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part


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
