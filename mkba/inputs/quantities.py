"""What a line counts: a released estimate, a released total, or a number that the study declares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.mkba import PriceStatus
from mkba.inputs.spread import Sourced, Unit, Year

EURO = "eur"
RATIO = "ratio"


class FromReleased(Part):
    """A released total, such as the cost of one kind in one year; euros of that year unless price_year says else.

    `amount_status` says how sure the euros are: paid amounts from the own records are verified, tariffs are not.
    """

    kind: Literal["released"]
    id: str = Field(min_length=2)
    unit: Unit
    price_year: Year | None = None
    amount_status: PriceStatus = PriceStatus.VERIFIED

    @property
    def counted_unit(self) -> str:
        """The unit of the quantity."""
        return self.unit


class Declared(Sourced):
    """A quantity that the study declares itself."""

    kind: Literal["declared"]
    unit: Unit
    price_year: Year | None = None

    @property
    def counted_unit(self) -> str:
        """The unit of the quantity."""
        return self.unit


class FromEffect(Part):
    """A released estimate, picked out by what it is about; each key that is filled in must match."""

    kind: Literal["effect"]
    subject: str = Field(min_length=2)
    what: str | None = None
    unit: Unit
    gain_when: Literal["lower", "higher"]
    price_year: Year | None = None
    amount_status: PriceStatus = PriceStatus.VERIFIED
    slice: str = "all"
    slice_value: str | None = None
    life_domain: str | None = None
    design: str | None = None
    measure: str | None = None
    moment_from: str | None = None
    moment_to: str | None = None
    baseline: Annotated[FromReleased | Declared, Field(discriminator="kind")] | None = None

    @model_validator(mode="after")
    def _ratio_has_a_baseline(self) -> FromEffect:
        if (self.unit == RATIO) != (self.baseline is not None):
            raise broken_rule(
                "een verhouding vraagt het aantal zonder de aanpak, een aantal juist niet.",
                "Vul baseline in bij unit: ratio, en laat hem anders weg.",
            )
        return self

    @property
    def counted_unit(self) -> str:
        """The unit of what changes, whether the estimate is a number or a ratio to the baseline."""
        return self.unit if self.baseline is None else self.baseline.unit


class ExtraClients(Part):
    """The people whom an alternative that scales up helps on top, a year.

    Without it they would have had nothing, so what is measured of the new way against the usual way is not about them:
    what they yield and cost stands in lines of their own.
    """

    kind: Literal["extra_clients"]

    @property
    def counted_unit(self) -> str:
        """A client."""
        return "client"

    @property
    def price_year(self) -> None:
        """People have no price year."""
        return None


Quantity = Annotated[FromEffect | FromReleased | Declared | ExtraClients, Field(discriminator="kind")]
