"""Prices, and the index that brings them to one price level; each with its source."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import Broken, RulesBroken, StudyError, broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.mkba import PriceStatus
from mkba.inputs.spread import Identifier, Share, Source, Spread, Unit, Year


class Price(Spread):
    """What one unit costs or is worth, with its source."""

    id: Identifier
    label: str = Field(min_length=3)
    unit: Unit
    price_year: Year
    basis: Literal["market", "factor"] = "market"
    vat_rate: Share | None = None
    vat_source: str | None = None
    source: Source
    section: str = ""
    status: PriceStatus
    checked_on: dt.date | None = None

    signed_by: str | None = None
    note: str = ""

    @property
    def cited(self) -> str:
        """The source with the section in it."""
        return f"{self.source}, paragraaf {self.section}" if self.section else self.source

    @model_validator(mode="after")
    def _factor_price_can_be_converted(self) -> Price:
        if self.basis == "factor" and (self.vat_rate is None or not self.vat_source):
            raise broken_rule(
                "deze prijs is zonder btw; een MKBA rekent met marktprijzen.", "Vul vat_rate en vat_source in."
            )
        if self.basis == "market" and self.vat_rate is not None:
            raise broken_rule("deze prijs is al een marktprijs.", "Haal vat_rate weg, of kies basis: factor.")
        if self.value < 0:
            raise broken_rule("een prijs is niet negatief.", "Zeg met payer en receiver wie betaalt en wie ontvangt.")
        return self

    @model_validator(mode="after")
    def _assumption_is_signed(self) -> Price:
        if self.status is PriceStatus.ASSUMPTION and not self.signed_by:
            raise broken_rule("een aangenomen prijs telt pas mee als iemand ervoor tekent.", "Vul signed_by in.")
        if self.status is PriceStatus.VERIFIED and self.checked_on is None:
            raise broken_rule("een nagekeken prijs heeft een datum.", "Vul checked_on in, of kies een andere status.")
        return self


class Pack(Part):
    """What every parameter pack says of itself."""

    id: Identifier
    label: str = Field(min_length=3)
    source: Source
    checked_on: dt.date


class PriceIndex(Pack):
    """Price level per year; only ratios have meaning."""

    kind: Literal["index"]
    status: PriceStatus
    levels: dict[Year, Annotated[float, Field(gt=0, allow_inf_nan=False)]] = Field(min_length=1)

    def factor(self, from_year: int, to_year: int) -> float:
        """From euros of `from_year` to euros of `to_year`."""
        missing = [year for year in (from_year, to_year) if year not in self.levels]
        if missing:
            known = f"{min(self.levels)} tot en met {max(self.levels)}"
            raise StudyError(f"De prijsindex '{self.id}' heeft geen cijfer voor {missing[0]}; wel voor {known}.")
        return self.levels[to_year] / self.levels[from_year]


class NotFound(Part):
    """A price that was sought and not found, where, and who may have it."""

    item: str = Field(min_length=5)
    looked_in: str = Field(min_length=10)
    ask: str = Field(min_length=3)


class PriceList(Pack):
    """Prices of one publication; each price repeats nothing that the list says for all.

    `replaces` is an older vintage of the same list: it stays for the studies that name it, and is shown no more.
    """

    kind: Literal["prices"]
    replaces: Identifier | None = None
    prices: list[Price] = Field(min_length=1)
    not_found: list[NotFound] = []

    @model_validator(mode="after")
    def _each_price_once(self) -> PriceList:
        ids = [one.id for one in self.prices]
        doubles = [at for at, one in enumerate(ids) if one in ids[:at]]
        if doubles:
            raise RulesBroken(
                [Broken(("prices", at, "id"), f"'{ids[at]}' staat er twee keer.", "Haal er één weg.") for at in doubles]
            )
        return self

    @model_validator(mode="before")
    @classmethod
    def _prices_take_what_the_list_says(cls, data: object) -> object:
        if not isinstance(data, dict) or not isinstance(data.get("prices"), list):
            return data
        common = data.get("common") or {}
        prices = [common | one if isinstance(one, dict) else one for one in data["prices"]]
        return {key: value for key, value in data.items() if key != "common"} | {"prices": prices}
