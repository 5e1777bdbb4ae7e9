"""Every number that the result depends on, from mkba.yaml, the packs and the release, each with its source."""

from __future__ import annotations

import numpy as np

from data_contracts.mkba_vocabulary import PriceStatus
from data_contracts.vocabulary import Stamp
from mkba.effects import Effect, Released, Total
from mkba.line_model import EURO, Declared, FromReleased, Sourced
from mkba.model import Alternative, Mkba
from mkba.packs import Packs, Price, Spread
from mkba.uncertainty import Input, InputModel

OWN_RECORDS = "eigen administratie van de gemeente (vrijgegeven tabellen)"


class Collector:
    """Gives each number a column; the same number asked for twice is one column."""

    def __init__(self, model: Mkba, packs: Packs, released: Released) -> None:
        self.model, self.released = model, released
        self._index = packs.index[model.price_index]
        self._levels = self._index.levels
        self._inputs: dict[str, Input] = {}

    def _column(self, one: Input) -> int:
        self._inputs.setdefault(one.id, one)
        return list(self._inputs).index(one.id)

    def to_price_level(self, year: int) -> float:
        """From euros of `year` to euros of the analysis."""
        return self._index.factor(year, self.model.price_year)

    def effect(self, at: int) -> int:
        """Column of a released estimate."""
        found = self.released.effects.effects[at]
        label = f"{found.what} ({found.subject})"
        return self._column(
            Input(f"effect/{found.id}", label, "effect", found.unit, OWN_RECORDS, "released", effect=at)
        )

    def price(self, price: Price) -> int:
        """Column of a price, at market prices of the analysis' price year."""
        scaled = scaled_by(price, self.to_price_level(price.price_year) * price.market_factor)
        unit = f"eur/{price.unit}"
        return self._column(
            Input(f"price/{price.id}", price.label, "price", unit, price.source, price.status.value, scaled)
        )

    def declared(self, name: str, label: str, number: Sourced, group: str, unit: str = "") -> int:
        """Column of a number that the study declares."""
        return self._column(Input(name, label, group, unit, number.source, number.status.value, number))

    def quantity(self, name: str, label: str, wanted: FromReleased | Declared, group: str) -> int | str:
        """Column of a total or declared quantity; or, in Dutch, why there is none."""
        if isinstance(wanted, Declared):
            factor = self.to_price_level(wanted.price_year) if wanted.price_year else 1.0
            spread = scaled_by(wanted, factor)
            return self._column(Input(name, label, group, wanted.unit, wanted.source, wanted.status.value, spread))
        total = self.released.totals.get(wanted.id) or Total(wanted.id, wanted.unit, None, refused="niet geleverd")
        if total.value is None:
            return f"'{wanted.id}': {total.refused or 'niet vrijgegeven'}"
        if total.unit != wanted.unit:
            return f"'{wanted.id}' is vrijgegeven in '{total.unit}', niet in '{wanted.unit}'"
        year = wanted.price_year or total.year
        if wanted.unit == EURO and year not in self._levels:
            return f"'{wanted.id}' is in euro's van {year}, en voor dat jaar heeft de prijsindex geen cijfer"
        spread = Spread(value=total.value * (self.to_price_level(year) if wanted.unit == EURO and year else 1.0))
        name, status = f"released/{wanted.id}", PriceStatus.VERIFIED.value
        return self._column(Input(name, label, group, wanted.unit, OWN_RECORDS, status, spread))

    def scaling(self, one: Alternative) -> tuple[int, int] | None:
        """Columns of extra clients per fte and their yield, for an alternative that scales up."""
        if one.extra_clients_per_fte is None or one.marginal_yield is None:
            return None
        clients = self.declared(
            f"alternative/{one.id}/extra_clients_per_fte",
            f"extra cliënten per fte ({one.label})",
            one.extra_clients_per_fte,
            "volume",
            "client",
        )
        yields = self.declared(
            f"alternative/{one.id}/marginal_yield",
            f"opbrengst van een extra cliënt ({one.label})",
            one.marginal_yield,
            "effect",
        )
        return clients, yields

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
        )


def scaled_by(spread: Spread, factor: float) -> Spread:
    """The same uncertain number in another unit."""
    return Spread(
        value=spread.value * factor,
        low=None if spread.low is None else spread.low * factor,
        high=None if spread.high is None else spread.high * factor,
        distribution=spread.distribution,
    )


def is_controlled(effect: Effect) -> bool:
    """Has the estimate netted out what would have happened anyway?"""
    return effect.stamp is not Stamp.CHANGE
