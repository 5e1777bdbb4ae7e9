"""Parameter packs as dated vintages: discount schedules, stress tests, doubt, price indices and price lists.

A pack is never edited after use: a new vintage is a new file. Its hash is printed on every result.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data_contracts.errors import Finding, StudyError, broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.mkba import Evidence, PriceStatus
from data_contracts.yaml_file import as_model
from mkba.inputs.prices import Pack, PriceIndex, PriceList
from mkba.inputs.spread import Identifier, Rate, Share, Source


class DiscountSchedule(Pack):
    """Real discount rates per class of cost or benefit, flat in time."""

    kind: Literal["discount"]
    valid_from: dt.date
    classes: dict[Identifier, Rate] = Field(min_length=1)
    notes: dict[Identifier, str] = {}

    @model_validator(mode="after")
    def _has_a_standard_class(self) -> DiscountSchedule:
        if "standard" not in self.classes:
            raise broken_rule("de klasse 'standard' ontbreekt.", "Vul hem in onder classes.")
        return self


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


class StressTests(Pack):
    """What every outcome is tried against, whatever the study."""

    kind: Literal["stress"]
    induced_demand: list[InducedDemand] = Field(min_length=1)
    optimism: Optimism


Spreading = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]


class _Sourced(Part):
    """A part of a pack with its own source."""

    status: PriceStatus
    source: Source


class Drift(_Sourced):
    """Sd, in standard errors, of a drift that nobody saw, per strength of evidence."""

    stamps: dict[Stamp, Spreading]


class Unmeasured(_Sourced):
    """At most this share of the people was not measured and may have no effect."""

    share: Share


class VolumeSpread(_Sourced):
    """Sd of the number of people in a later year, as a share."""

    sd: Share


class PriceSpread(_Sourced):
    """Sd of a price without a margin of its own, as a share, by how sure it is."""

    sd: dict[PriceStatus, Share]


class Doubt(Pack):
    """Doubt about the design itself, beside the chance in the measurement."""

    kind: Literal["doubt"]
    drift: Drift
    unmeasured: Unmeasured
    volume: VolumeSpread
    prices: PriceSpread

    @model_validator(mode="after")
    def _says_how_much_for_every_strength(self) -> Doubt:
        if set(self.drift.stamps) != set(Stamp) or set(self.prices.sd) != set(PriceStatus):
            raise broken_rule("niet elke sterkte van bewijs heeft een spreiding.", "Vul ze allemaal in.")
        return self


AnyPack = Annotated[DiscountSchedule | PriceIndex | PriceList | StressTests | Doubt, Field(discriminator="kind")]


class _PackFile(Part):
    pack: AnyPack


@dataclass(frozen=True, slots=True)
class Packs:
    """All parameter packs, by id, and the hash of each file's text."""

    discount: dict[str, DiscountSchedule]
    index: dict[str, PriceIndex]
    price_lists: dict[str, PriceList]
    stress: dict[str, StressTests]
    doubt: dict[str, Doubt]
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
        doubt={pack.id: pack for pack in packs if isinstance(pack, Doubt)},
        hashes={read[name].id: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()},
    )
