"""Parameter packs: discount schedules, price indices and price lists as dated vintages, each value with its source.

A pack is never edited after use: a new vintage is a new file. Its hash is printed on every result.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data_contracts.errors import Finding, StudyError
from data_contracts.mkba_vocabulary import PriceStatus
from data_contracts.study import Part
from data_contracts.yaml_file import as_model


def _share(value: object) -> object:
    if isinstance(value, int | float) and 1 < value <= 100:
        raise ValueError(f"{value:g} is meer dan 1; een aandeel ligt tussen 0 en 1. || Bedoelde u {value / 100:g}?")
    return value


Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1, allow_inf_nan=False)]
Rate = Annotated[float, BeforeValidator(_share), Field(gt=-1, le=1, allow_inf_nan=False)]
Year = Annotated[int, Field(ge=1990, le=2100)]
Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
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
            raise ValueError("low en high horen bij elkaar. || Vul ze allebei in, of geen van beide.")
        if self.low is None or self.high is None:
            if self.distribution != "fixed":
                raise ValueError("bij deze verdeling horen low en high. || Vul ze in, of kies distribution: fixed.")
            return self
        if self.distribution == "fixed":
            raise ValueError("low en high hebben pas zin met een verdeling. || Kies beta, gamma, lognormal of normal.")
        if not self.low <= self.value <= self.high or self.low == self.high:
            raise ValueError("value hoort tussen low en high te liggen. || Kijk de drie getallen na.")
        _require_support(self.distribution, self.value, self.low, self.high)
        return self


def _require_support(distribution: Distribution, value: float, low: float, high: float) -> None:
    if distribution in ("gamma", "lognormal") and (low < 0 or value <= 0):
        raise ValueError("deze verdeling kent alleen getallen boven 0. || Kies normal, of kijk de getallen na.")
    if distribution == "beta":
        sd = (high - low) / 3.29
        if low < 0 or high > 1 or sd**2 >= value * (1 - value):
            raise ValueError("beta is voor aandelen tussen 0 en 1. || Maak het bereik smaller of kies iets anders.")


class Price(Spread):
    """What one unit costs or is worth, with its source."""

    id: Identifier
    label: str = Field(min_length=3)
    unit: Identifier
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

    @model_validator(mode="after")
    def _factor_price_can_be_converted(self) -> Price:
        if self.basis == "factor" and (self.vat_rate is None or not self.vat_source):
            raise ValueError(
                "deze prijs is zonder btw; een MKBA rekent met marktprijzen. || Vul vat_rate en vat_source in."
            )
        if self.basis == "market" and self.vat_rate is not None:
            raise ValueError("deze prijs is al een marktprijs. || Haal vat_rate weg, of kies basis: factor.")
        if self.value < 0:
            raise ValueError("een prijs is niet negatief. || Zeg met payer en receiver wie betaalt en wie ontvangt.")
        return self

    @model_validator(mode="after")
    def _assumption_is_signed(self) -> Price:
        if self.status is PriceStatus.ASSUMPTION and not self.signed_by:
            raise ValueError("een aangenomen prijs telt pas mee als iemand ervoor tekent. || Vul signed_by in.")
        if self.status is PriceStatus.VERIFIED and self.checked_on is None:
            raise ValueError("een nagekeken prijs heeft een datum. || Vul checked_on in, of kies een andere status.")
        return self

    @property
    def market_factor(self) -> float:
        """From this price to a market price (6.5 of the method note: VAT corrects for displaced spending)."""
        return 1.0 + (self.vat_rate or 0.0)


class _Pack(Part):
    id: Identifier
    label: str = Field(min_length=3)
    source: Source
    checked_on: dt.date


class DiscountSchedule(_Pack):
    """Real discount rates per class of cost or benefit, flat in time."""

    kind: Literal["discount"]
    valid_from: dt.date
    classes: dict[Identifier, Rate] = Field(min_length=1)
    notes: dict[Identifier, str] = {}

    @model_validator(mode="after")
    def _has_a_standard_class(self) -> DiscountSchedule:
        if "standard" not in self.classes:
            raise ValueError("de klasse 'standard' ontbreekt. || Vul hem in onder classes.")
        return self


class PriceIndex(_Pack):
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


class PriceList(_Pack):
    """Prices of one publication; each price repeats nothing that the list says for all."""

    kind: Literal["prices"]
    prices: list[Price] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _prices_take_what_the_list_says(cls, data: object) -> object:
        if not isinstance(data, dict) or not isinstance(data.get("prices"), list):
            return data
        common = data.get("common") or {}
        prices = [common | one if isinstance(one, dict) else one for one in data["prices"]]
        return {key: value for key, value in data.items() if key != "common"} | {"prices": prices}


Pack = Annotated[DiscountSchedule | PriceIndex | PriceList, Field(discriminator="kind")]


class _PackFile(Part):
    pack: Pack


@dataclass(frozen=True, slots=True)
class Packs:
    """All parameter packs, by id, and the hash of each file's text."""

    discount: dict[str, DiscountSchedule]
    index: dict[str, PriceIndex]
    price_lists: dict[str, PriceList]
    hashes: dict[str, str] = field(default_factory=dict)

    def price(self, price_id: str) -> Price | None:
        """The price with this id, or None."""
        found = [one for prices in self.price_lists.values() for one in prices.prices if one.id == price_id]
        return found[0] if found else None


def read_packs(texts: dict[str, str]) -> Packs:
    """Packs from file name -> YAML text; raises StudyError with every finding of the first wrong file.

    The caller reads the files; this room knows no disk.
    """
    read = {name: as_model(text, _PackFile, name).pack for name, text in sorted(texts.items())}
    packs = list(read.values())
    ids = [pack.id for pack in packs]
    doubles = sorted({name for name, pack in read.items() if ids.count(pack.id) > 1})
    if doubles:
        raise StudyError([Finding(doubles[0], 1, "dit id staat in meer dan één pakket.", "Geef elk een eigen id.")])
    return Packs(
        discount={pack.id: pack for pack in packs if isinstance(pack, DiscountSchedule)},
        index={pack.id: pack for pack in packs if isinstance(pack, PriceIndex)},
        price_lists={pack.id: pack for pack in packs if isinstance(pack, PriceList)},
        hashes={read[name].id: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    )
