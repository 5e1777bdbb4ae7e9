"""One line of mkba.yaml: what changes, what a unit is worth, who pays or gains, when and how sure."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import Law, Stakeholder
from data_contracts.vocabulary.mkba import Evidence, LineType
from mkba.inputs.quantities import EURO, Quantity
from mkba.inputs.spread import Identifier, Rate, Share, Source, SourcedCount, SourcedShare, Unit

# A point on a scale is no amount of anything: these units have no price, only a switching value.
UNPRICEABLE_UNITS = frozenset({"point", "mark", "share"})


class Factor(SourcedCount):
    """How many `to_unit` go with one `from_unit`, such as bed-days per crisis admission.

    Lines that name the same `id` share one number, so they must say the same of it.
    """

    id: Identifier
    label: str = Field(min_length=3)
    from_unit: Unit
    to_unit: Unit


class Cashing(Part):
    """Which share of a benefit can be taken out of the budget, and after how many years (verzilvering)."""

    share: Share
    lag_years: int = Field(default=0, ge=0, le=20)
    source: Source


class Chain(Part):
    """From an uncontrolled count to what is due to the approach; wrong on an estimate that has a comparison."""

    deadweight: SourcedShare | None = None
    attribution: SourcedShare | None = None
    leakage: SourcedShare | None = None


class Line(Part):
    """One cost or benefit."""

    id: Identifier
    label: str = Field(min_length=3)
    type: LineType
    quantity: Quantity
    node: str | None = None  # of the results logic: how well its chain is supported weakens or strengthens this line
    role: Literal["outlay", "effect"] = "effect"
    runs: Literal["every_year", "once"] = "every_year"
    payer: Stakeholder | None = None
    receiver: Stakeholder | None = None
    law: Law | None = None
    price: Identifier | None = None
    factors: list[Factor] = []
    chain: Chain | None = None
    displacement: SourcedShare | None = None
    compared_with: Identifier | None = None
    fade_in: list[Share] = Field(default=[], max_length=20)
    duration_years: int = Field(default=1, ge=1, le=100)
    drop_off: SourcedShare | None = None
    discount_class: Identifier = "standard"
    real_growth: Rate = 0.0
    growth_source: str | None = None
    overlap_group: Identifier | None = None
    cashing: Cashing | None = None
    evidence: Evidence
    alternatives: list[Identifier] | None = Field(default=None, min_length=1)
    pm_text: str | None = Field(default=None, min_length=10)

    @model_validator(mode="after")
    def _parties_fit_the_type(self) -> Line:
        if self.type is LineType.TRANSFER:
            if self.payer is None or self.receiver is None:
                raise broken_rule("een overdracht heeft een betaler én een ontvanger.", "Vul payer en receiver in.")
            if self.payer is self.receiver:
                raise broken_rule("betaler en ontvanger zijn dezelfde.", "Kies twee partijen, of haal de regel weg.")
        elif (self.payer is None) == (self.receiver is None):
            raise broken_rule(
                "kosten of baten raken één partij; alleen een overdracht heeft er twee.",
                "Vul payer (kosten) of receiver (baten) in, of kies type: transfer.",
            )
        if self.role == "outlay" and self.payer is None:
            raise broken_rule("de kosten van de aanpak betaalt iemand.", "Vul payer in, niet receiver.")
        if self.role == "outlay" and self.quantity.kind == "declared" and self.quantity.value < 0:
            raise broken_rule("de kosten van de aanpak zijn niet negatief.", "Schrijf ze zonder minteken.")
        if self.cashing is not None and self.receiver is None:
            raise broken_rule("verzilveren hoort bij een baat; kosten zijn meteen geld.", "Haal cashing weg.")
        if self.quantity.kind == "effect" and self.receiver is None:
            raise broken_rule(
                "bij een effect hoort wie de baat ontvangt.", "Vul receiver in; een verlies telt negatief."
            )
        return self

    @model_validator(mode="after")
    def _is_priced_or_pm(self) -> Line:
        quantity = self.quantity
        if quantity.counted_unit == EURO:
            if self.price is not None:
                raise broken_rule("dit is al in euro's, daar hoort geen prijs bij.", "Haal price weg.")
            if quantity.price_year is None and quantity.kind != "released":
                raise broken_rule("van welk jaar zijn deze euro's?", "Vul price_year in bij quantity.")
        elif quantity.price_year is not None:
            raise broken_rule("price_year hoort alleen bij een hoeveelheid in euro's.", "Haal price_year weg.")
        elif self.price is None and not self.pm_text:
            raise broken_rule("een regel zonder prijs is een PM-post.", "Vul pm_text in, of noem een price met bron.")
        if self.price is not None and quantity.counted_unit in UNPRICEABLE_UNITS:
            raise broken_rule("een punt op een schaal heeft geen prijs in euro's.", "Haal price weg en vul pm_text in.")
        return self

    @model_validator(mode="after")
    def _units_follow_each_other(self) -> Line:
        unit = self.quantity.counted_unit
        for number, factor in enumerate(self.factors):
            if factor.from_unit != unit:
                what = f"'{factor.label}' begint bij '{factor.from_unit}', maar hier is de eenheid '{unit}'."
                do = f"Begin bij '{unit}', of zet de factoren in de goede volgorde."
                raise broken_rule(what, do, "factors", number, "from_unit")
            unit = factor.to_unit
        return self

    @model_validator(mode="after")
    def _effect_has_a_null_and_costs_have_none(self) -> Line:
        if self.quantity.kind == "effect" and self.compared_with is None:
            raise broken_rule(
                "vergeleken met welk nulalternatief?", "Vul compared_with in met een id uit trajectories."
            )
        if self.quantity.kind != "effect" and (self.compared_with or self.chain):
            raise broken_rule("compared_with en chain horen alleen bij een gemeten effect.", "Haal ze weg.")
        if len(self.fade_in) > self.duration_years:
            raise broken_rule("fade_in is langer dan duration_years.", "Maak de reeks korter of de duur langer.")
        if self.real_growth and not self.growth_source:
            raise broken_rule("een reële prijsstijging vraagt een bron.", "Vul growth_source in.")
        return self

    @property
    def priced_unit(self) -> str:
        """The unit that the price must be per."""
        return self.factors[-1].to_unit if self.factors else self.quantity.counted_unit

    def is_part_of(self, alternative: str) -> bool:
        """Does the line count in this alternative?"""
        return self.alternatives is None or alternative in self.alternatives

    @property
    def is_pm(self) -> bool:
        """Has no price: shown as PM with its switching value."""
        return self.price is None and self.quantity.counted_unit != EURO
