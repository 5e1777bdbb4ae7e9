"""What was known before anything was measured, from elsewhere, about the effect on one outcome."""

from __future__ import annotations

from pydantic import Field, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import ALL
from mkba.inputs.line_model import Line
from mkba.inputs.quantities import EURO, RATIO, FromEffect
from mkba.inputs.spread import Number, Source, Unit, Year

PROVISIONS = "provisions"  # all of them together are the sum of each, and are released too


class Beforehand(Part):
    """The true effect of a next municipality as others let expect it: normal, with this mean and standard deviation.

    In the direction of the released figure, so that less is negative, and per client as that figure is. `price_year`:
    of which year the euros are.
    """

    subject: str = Field(min_length=2)
    what: str = Field(min_length=1)
    unit: Unit
    life_domain: str | None = None
    moment_to: str | None = None
    mean: Number
    spread: Number = Field(gt=0)
    price_year: Year | None = None
    source: Source

    def is_carried_by(self, line: Line) -> bool:
        """Does a line with a price rest on this outcome, or on a part of it?"""
        own = line.quantity
        if not isinstance(own, FromEffect) or line.is_pm or (own.subject, own.unit) != (self.subject, self.unit):
            return False
        if self.life_domain not in (None, own.life_domain):
            return False
        is_whole = self.what == ALL and self.subject == PROVISIONS
        return is_whole or own.what in (None, self.what) or line.law == self.what

    @model_validator(mode="after")
    def _euros_have_a_year(self) -> Beforehand:
        if self.unit == RATIO:
            raise broken_rule("van een verhouding kan dit niet.", "Neem de uitkomst in euro's of in aantallen.", "unit")
        if (self.unit == EURO) != (self.price_year is not None):
            raise broken_rule(
                "price_year hoort bij euro's, en bij niets anders.",
                "Vul in van welk jaar de euro's zijn.",
                "price_year",
            )
        return self
