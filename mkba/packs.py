"""Parameter packs: discount schedules, price indices and price lists as dated vintages, each value with its source.

A pack is never edited after use: a new vintage is a new file. Its hash is printed on every result.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from data_contracts.errors import Finding, StudyError
from data_contracts.mkba_vocabulary import Evidence, PriceStatus, unit_named
from data_contracts.study import Part
from data_contracts.vocabulary import Stamp
from data_contracts.yaml_file import as_model


def _share(value: object) -> object:
    try:
        number = float(value) if isinstance(value, int | float | str) else 0.0
    except ValueError:
        return value
    if not math.isfinite(number):
        raise ValueError("dit moet een echt getal zijn, geen nan of inf.")
    if 1 < number <= 100:
        raise ValueError(f"{number:g} is meer dan 1; een aandeel ligt tussen 0 en 1. || Bedoelde u {number / 100:g}?")
    return value


Number = Annotated[float, Field(allow_inf_nan=False)]
Share = Annotated[float, BeforeValidator(_share), Field(ge=0, le=1, allow_inf_nan=False)]
Rate = Annotated[float, BeforeValidator(_share), Field(gt=-1, le=1, allow_inf_nan=False)]
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


class InducedDemand(Part):
    """How much more use of provisions an approach may bring to light."""

    id: Identifier
    label: str = Field(min_length=3)
    share: Share
    status: PriceStatus
    source: Source


class Optimism(Part):
    """By how much benefits are cut per strength of evidence: measured ones by stamp, the others by origin."""

    status: PriceStatus
    source: Source
    stamps: dict[Stamp, Share]
    evidence: dict[Evidence, Share]


class StressTests(_Pack):
    """What every outcome is tried against, whatever the study."""

    kind: Literal["stress"]
    induced_demand: list[InducedDemand] = Field(min_length=1)
    optimism: Optimism


Pack = Annotated[DiscountSchedule | PriceIndex | PriceList | StressTests, Field(discriminator="kind")]


class _PackFile(Part):
    pack: Pack


@dataclass(frozen=True, slots=True)
class Packs:
    """All parameter packs, by id, and the hash of each file's text."""

    discount: dict[str, DiscountSchedule]
    index: dict[str, PriceIndex]
    price_lists: dict[str, PriceList]
    stress: dict[str, StressTests]
    hashes: dict[str, str] = field(default_factory=dict)


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
        stress={pack.id: pack for pack in packs if isinstance(pack, StressTests)},
        hashes={read[name].id: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    )
