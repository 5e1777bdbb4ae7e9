"""How a study argues that a change is due to the approach, as its study.yaml declares it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import LifeDomain
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.slices import KNOWN_AT_START, base_of


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
    def compares(self) -> bool:
        """Whether people with the approach are set beside people without it."""
        return self.kind != "before_after"

    @property
    def headline_measure(self) -> str:
        """The one measure of the estimates through which this design speaks; the others are its companions."""
        if not self.compares:
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
        if self.compares and not self.new_approach:
            raise broken_rule("bij dit ontwerp hoort een naam van de nieuwe aanpak.", "Vul new_approach in.")
        return self
