"""Numbers in a study: shares, years, units, and a value with its range and source."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.mkba import PriceStatus, unit_named


def _share(value: object) -> object:
    try:
        number = float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return value
    if 1 < number <= 100:
        raise broken_rule(f"{number:g} is meer dan 1; een aandeel ligt tussen 0 en 1.", f"Bedoelde u {number / 100:g}?")
    return value


Number = Annotated[float, Field(allow_inf_nan=False)]
Count = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), BeforeValidator(_share)]
Rate = Annotated[float, Field(gt=-1, le=1, allow_inf_nan=False), BeforeValidator(_share)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Unit = Annotated[Identifier, BeforeValidator(lambda name: unit_named(name) if isinstance(name, str) else name)]
Source = Annotated[str, Field(min_length=8)]
Distribution = Literal["fixed", "beta", "gamma", "lognormal", "normal"]


class Spread(Part):
    """A number with the range in which about 90 of 100 values lie; `value` is the mean."""

    value: Number
    low: Number | None = None
    high: Number | None = None
    distribution: Distribution = "fixed"

    @model_validator(mode="after")
    def _range_fits_the_distribution(self) -> Spread:
        if (self.low is None) != (self.high is None):
            raise broken_rule("low en high horen bij elkaar.", "Vul ze allebei in, of geen van beide.")
        if self.low is None or self.high is None:
            if self.distribution != "fixed":
                raise broken_rule("bij deze verdeling horen low en high.", "Vul ze in, of kies distribution: fixed.")
            return self
        if self.distribution == "fixed":
            raise broken_rule("low en high hebben pas zin met een verdeling.", "Kies beta, gamma, lognormal of normal.")
        if not self.low <= self.value <= self.high or self.low == self.high:
            raise broken_rule("value hoort tussen low en high te liggen.", "Kijk de drie getallen na.")
        _require_support(self.distribution, self.value, self.low, self.high)
        return self


def _require_support(distribution: Distribution, value: float, low: float, high: float) -> None:
    if distribution in ("gamma", "lognormal") and (low < 0 or value <= 0):
        raise broken_rule("deze verdeling kent alleen getallen boven 0.", "Kies normal, of kijk de getallen na.")
    if distribution == "beta":
        sd = (high - low) / 3.29
        if low < 0 or high > 1 or sd**2 >= value * (1 - value):
            raise broken_rule("beta is voor aandelen tussen 0 en 1.", "Maak het bereik smaller of kies iets anders.")


class Sourced(Spread):
    """A number that the study declares itself, with its source."""

    source: Source
    status: PriceStatus
    signed_by: str | None = None

    @model_validator(mode="after")
    def _assumption_is_signed(self) -> Sourced:
        if self.status is PriceStatus.ASSUMPTION and not self.signed_by:
            raise broken_rule("een aanname telt pas mee als iemand ervoor tekent.", "Vul signed_by in.")
        return self


class SourcedShare(Sourced):
    """A declared share from 0 to 1."""

    value: Share
    low: Share | None = None
    high: Share | None = None


class SourcedCount(Sourced):
    """A declared number of something: never negative."""

    value: Count
