"""mkba.yaml: the social cost-benefit analysis of a study as data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.mkba import AlternativeKind
from mkba.inputs.beforehand import Beforehand
from mkba.inputs.line_model import Line
from mkba.inputs.prices import Price
from mkba.inputs.quantities import Declared, FromReleased
from mkba.inputs.spread import Identifier, Number, Share, Source, SourcedCount, SourcedShare, Year


class NullTrajectory(Part):
    """What would happen to the same people without the approach, and how fast the difference disappears.

    `autonomous_share`: the part of a measured change that would have happened anyway; only for an estimate without a
    comparison. `catch_up`: the part of the difference that disappears every year because the others recover too.
    """

    id: Identifier
    label: str = Field(min_length=3)
    autonomous_share: SourcedShare | None = None
    catch_up: SourcedShare | None = None
    source: Source


class NullAlternative(Part):
    """The situation without the approach; not the same as doing nothing."""

    description: str = Field(min_length=80)
    trajectories: list[NullTrajectory] = Field(min_length=1)


class Volume(Part):
    """How many people the approach serves in a year."""

    clients_per_year: Annotated[FromReleased | Declared, Field(discriminator="kind")]
    client_years_per_year: Annotated[FromReleased | Declared, Field(discriminator="kind")]

    @model_validator(mode="after")
    def _nobody_is_less_than_none(self) -> Volume:
        for number in (self.clients_per_year, self.client_years_per_year):
            if isinstance(number, Declared) and number.value < 0:
                raise broken_rule("een aantal mensen is niet negatief.", "Schrijf het zonder minteken.")
        return self


class Alternative(Part):
    """One policy alternative beside the null alternative."""

    id: Identifier
    label: str = Field(min_length=3)
    kind: AlternativeKind
    description: str = Field(min_length=20)
    years: int = Field(ge=0, le=100)
    extra_fte: float | None = Field(default=None, gt=0, le=1000, allow_inf_nan=False)
    extra_clients_per_fte: SourcedCount | None = None

    @model_validator(mode="after")
    def _scaling_up_says_how(self) -> Alternative:
        scaling = (self.extra_fte, self.extra_clients_per_fte)
        if self.kind is AlternativeKind.SCALE_UP and None in scaling:
            raise broken_rule(
                "uitbreiden vraagt hoeveel fte en hoeveel cliënten per fte.",
                "Vul extra_fte en extra_clients_per_fte in.",
            )
        if self.kind is not AlternativeKind.SCALE_UP and any(part is not None for part in scaling):
            raise broken_rule("extra_fte hoort alleen bij uitbreiden.", "Kies kind: scale_up of haal het weg.")
        if self.kind is AlternativeKind.STOP and self.years:
            raise broken_rule("wie stopt, gaat 0 jaar door.", "Zet years op 0.")
        if self.kind is not AlternativeKind.STOP and not self.years:
            raise broken_rule("hoeveel jaar gaat dit door?", "Zet years op 1 of meer.")
        return self


class OverlapGroup(Part):
    """Lines that partly count the same benefit: the largest counts whole, the others for a share `alpha`."""

    id: Identifier
    label: str = Field(min_length=3)
    alpha: Share
    why: Source
    within: Identifier | None = None


class RankCorrelation(Part):
    """Two uncertain inputs that move together, by Spearman's rank correlation."""

    between: Annotated[list[str], Field(min_length=2, max_length=2)]
    rank: Number = Field(ge=-0.99, le=0.99)
    source: Source


class Mkba(Part):
    """mkba.yaml."""

    schema_version: Literal[1]
    title: str = Field(min_length=5)
    problem_analysis: str = Field(min_length=120)
    null_alternative: NullAlternative
    alternatives: list[Alternative] = Field(min_length=2)
    base_year: Year
    price_year: Year
    horizon_years: int = Field(ge=1, le=200)
    timing: Literal["start", "mid", "end"]
    discount: Identifier
    price_index: Identifier
    price_lists: list[Identifier] = []
    stress_tests: Identifier
    doubt: Identifier = "doubt_2026"
    beforehand: Beforehand | None = None
    induced_demand_baseline: Annotated[FromReleased | Declared, Field(discriminator="kind")] | None = None
    prices: list[Price] = []
    volume: Volume
    lines: list[Line] = Field(min_length=2, max_length=200)
    overlap_groups: list[OverlapGroup] = []
    correlations: list[RankCorrelation] = []
    verified_share_for_headline: Share = 0.5
    # Of the lines on a measured effect, the largest part that may show a figure of an earlier release.
    held_share_for_headline: Share = 0.25

    def price(self, price_id: str) -> Price | None:
        """The study's own price with this id, or None."""
        return next((one for one in self.prices if one.id == price_id), None)
