"""Every number that the result depends on, from mkba.yaml, the packs and the release, each with its source."""

from __future__ import annotations

import numpy as np

from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.mkba import PriceStatus
from mkba.binding.effects import Effect, Released, Total
from mkba.binding.line_table import Conversion
from mkba.draws.joint import Input, InputModel
from mkba.inputs.model import Alternative, Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.prices import Price
from mkba.inputs.quantities import EURO, RATIO, Declared, FromReleased
from mkba.inputs.spread import Sourced, Spread

OWN_RECORDS = "eigen administratie van de gemeente (vrijgegeven tabellen)"
ESTIMATES = "out_effects__estimates"


class Collector:
    """Gives each number a column; the same number asked for twice is one column."""

    def __init__(self, model: Mkba, packs: Packs, released: Released) -> None:
        self.model, self.released = model, released
        self._index = packs.index[model.price_index]
        self._inputs: dict[str, Input] = {}

    def _column(self, one: Input) -> int:
        self._inputs.setdefault(one.id, one)
        return list(self._inputs).index(one.id)

    def conversions(self, year: int | None, price: Price | None = None) -> tuple[Conversion, ...]:
        """From euros of `year`, and from a price without VAT, to market prices of the analysis."""
        found = []
        if year is not None and year != self.model.price_year:
            factor = self._index.factor(year, self.model.price_year)
            label = f"prijspeil {year} naar {self.model.price_year}"
            found.append(Conversion("prijspeil", label, factor, self._index.source))
        if price is not None and price.vat_rate is not None:
            found.append(Conversion("btw", "inclusief btw", 1.0 + price.vat_rate, price.vat_source or price.source))
        return tuple(found)

    def year_of(self, wanted: FromReleased | Declared) -> int | None:
        """The year that a total is about, which for euros is their price level too."""
        total = self.released.totals.get(wanted.id) if isinstance(wanted, FromReleased) else None
        return wanted.price_year or (total.year if total is not None else None)

    def effect(self, at: int, label: str) -> int:
        """Column of a released estimate, under the name of the line that uses it first."""
        found = self.released.effects.effects[at]
        unit = found.unit if found.unit == RATIO else f"{found.unit}/{found.per}"
        source = own_records(ESTIMATES)
        return self._column(Input(f"effect/{found.id}", label, "effect", unit, source, "released", effect=at))

    def price(self, price: Price) -> int:
        """Column of a price, in the euros of its own year."""
        unit = f"eur/{price.unit} ({price.price_year})"
        return self._column(
            Input(f"price/{price.id}", price.label, "price", unit, price.cited, price.status.value, price)
        )

    def is_zero(self, column: int) -> bool:
        """Is the number in this column certainly zero?"""
        spread = list(self._inputs.values())[column].spread
        return spread is not None and spread.value == 0 and spread.low is None

    def declared(self, name: str, label: str, number: Sourced, group: str, unit: str = "") -> int:
        """Column of a number that the study declares."""
        return self._column(Input(name, label, group, unit, number.source, number.status.value, number))

    def quantity(self, name: str, label: str, wanted: FromReleased | Declared, group: str) -> int | str:
        """Column of a total or declared quantity; or, in Dutch, why there is none."""
        if isinstance(wanted, Declared):
            return self._column(Input(name, label, group, wanted.unit, wanted.source, wanted.status.value, wanted))
        total = self.released.totals.get(wanted.id) or Total(wanted.id, wanted.unit, None, refused="niet geleverd")
        if total.value is None:
            return f"'{wanted.id}': {total.refused or 'niet vrijgegeven'}"
        if total.unit != wanted.unit:
            return f"'{wanted.id}' is vrijgegeven in '{total.unit}', niet in '{wanted.unit}'"
        year = self.year_of(wanted)
        if wanted.unit == EURO and year is None:
            return (
                f"'{wanted.id}' telt euro's van meer jaren op; zeg met price_year als euro's van welk jaar zij tellen"
            )
        if wanted.unit == EURO and year not in self._index.levels:
            return f"'{wanted.id}' is in euro's van {year}, en voor dat jaar heeft de prijsindex geen cijfer"
        unit = f"{EURO} ({year})" if wanted.unit == EURO else wanted.unit
        status, value = PriceStatus.VERIFIED.value, Spread(value=total.value)
        source = own_records(total.table)
        return self._column(Input(f"released/{wanted.id}", label, group, unit, source, status, value))

    def scaling(self, one: Alternative) -> int | None:
        """Column of extra clients per fte, for an alternative that scales up."""
        if one.extra_clients_per_fte is None:
            return None
        name = f"alternative/{one.id}/extra_clients_per_fte"
        label = f"extra cliënten per fte ({one.label})"
        return self.declared(name, label, one.extra_clients_per_fte, "volume", "client/fte")

    def extra_fte(self, one: Alternative) -> int:
        """Column of how many fte an alternative adds."""
        spread = Spread(value=one.extra_fte or 0.0)
        name, label, source = f"alternative/{one.id}/extra_fte", f"extra fte ({one.label})", "mkba.yaml, alternatives"
        return self._column(Input(name, label, "volume", "fte", source, PriceStatus.VERIFIED.value, spread))

    def finished(self) -> InputModel:
        """All columns with their joint distribution."""
        inputs = tuple(self._inputs.values())
        effects = self.released.effects
        names = {one.id: at for at, one in enumerate(inputs)}
        ranks = np.eye(len(inputs))
        for correlation in self.model.correlations:
            places = [names[name] for name in correlation.between if name in names]
            if len(places) == 2:
                ranks[places[0], places[1]] = ranks[places[1], places[0]] = correlation.rank
        return InputModel(
            inputs=inputs,
            effect_mean=np.array([one.mean for one in effects.effects], dtype=float),
            effect_covariance=effects.covariance,
            is_log=np.array([one.scale == "log" for one in effects.effects], dtype=bool),
            rank_correlation=ranks,
            effect_df=np.array([one.degrees_of_freedom for one in effects.effects], dtype=float),
            vintage=effects.vintages,
        )


def own_records(table: str | None) -> str:
    """Where a released number stands."""
    return OWN_RECORDS if table is None else f"eigen administratie van de gemeente (vrijgegeven tabel {table})"


def is_controlled(effect: Effect) -> bool:
    """Has the estimate netted out what would have happened anyway?"""
    return effect.stamp is not Stamp.CHANGE
