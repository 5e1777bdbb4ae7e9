"""The line table: each line of mkba.yaml as a product of inputs over years. Formulas are data, not code.

Amount of a line in year t: sign x product of its inputs x what is left of it after k years, summed over the years of
intake: sum_k fade_in[k] * rest ** k * intake[t - k] * (1 + g) ** t.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.mkba_vocabulary import LineType
from mkba.discounting import yearly_factors
from mkba.effects import Effect, Released
from mkba.inputs import Collector, is_controlled
from mkba.line_model import Declared, FromEffect, FromReleased, Line
from mkba.model import Alternative, Mkba
from mkba.packs import Packs, Price
from mkba.reading import price_of
from mkba.uncertainty import InputModel

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, ready to compute. `missing` says in Dutch why it cannot be computed; then it is PM, never zero.

    `product` are columns that multiply, `remainder` columns that multiply as 1 - x, `change_of_ratio` a column that
    multiplies as x - 1, `decay` columns that multiply as 1 - x for every year after intake.
    """

    line: Line
    price: Price | None = None
    effect: Effect | None = None
    missing: str | None = None
    sign: float = 1.0
    product: tuple[int, ...] = ()
    remainder: tuple[int, ...] = ()
    change_of_ratio: int | None = None
    decay: tuple[int, ...] = ()

    @property
    def is_priced(self) -> bool:
        """Counts in the totals."""
        return self.missing is None and not self.line.is_pm

    @property
    def welfare_sign(self) -> float:
        """What a positive amount does to welfare: a transfer nothing, a gain adds, a cost takes."""
        if self.line.type is LineType.TRANSFER:
            return 0.0
        return 1.0 if self.line.receiver is not None else -1.0


@dataclass(frozen=True, slots=True)
class LineTable:
    """All lines with the inputs they draw on."""

    model: Mkba
    packs: Packs
    rows: tuple[LineRow, ...]
    inputs: InputModel
    clients_column: int | None
    scaling: dict[str, tuple[int, int]]

    def rates(self) -> Array:
        """Discount rate per line."""
        classes = self.packs.discount[self.model.discount].classes
        return np.array([classes[row.line.discount_class] for row in self.rows])


def line_table(model: Mkba, packs: Packs, released: Released) -> LineTable:
    """The lines of `model` bound to released quantities; what is not released becomes a line with a reason."""
    collector = Collector(model, packs, released)
    volumes = {
        "client": collector.quantity(
            "volume/clients_per_year", "cliënten per jaar", model.volume.clients_per_year, "volume"
        ),
        "client_year": collector.quantity(
            "volume/client_years_per_year", "cliëntjaren per jaar", model.volume.client_years_per_year, "volume"
        ),
    }
    rows = tuple(_row(line, collector, packs, volumes) for line in model.lines)
    scaling = {one.id: found for one in model.alternatives if (found := collector.scaling(one)) is not None}
    clients = volumes["client"]
    return LineTable(model, packs, rows, collector.finished(), clients if isinstance(clients, int) else None, scaling)


def _row(line: Line, collector: Collector, packs: Packs, volumes: dict[str, int | str]) -> LineRow:
    price = price_of(line.price, collector.model, packs) if line.price else None
    quantity = line.quantity
    if isinstance(quantity, FromEffect):
        row = _effect_row(line, quantity, collector, volumes)
    else:
        row = _quantity_row(line, quantity, collector)
    if row.missing is not None:
        return LineRow(line, price=price, effect=row.effect, missing=row.missing)
    product = list(row.product) + [
        collector.declared(f"factor/{one.label}", one.label, one, "volume", f"{one.to_unit}/{one.from_unit}")
        for one in line.factors
    ]
    product += [collector.price(price)] if price is not None else []
    displaced = line.displacement
    remainder = list(row.remainder)
    if displaced is not None:
        remainder.append(
            collector.declared(f"line/{line.id}/displacement", f"verdringing: {line.label}", displaced, "effect")
        )
    decay = list(row.decay)
    if line.drop_off is not None:
        decay.append(
            collector.declared(f"line/{line.id}/drop_off", f"afname per jaar: {line.label}", line.drop_off, "effect")
        )
    return LineRow(
        line, price, row.effect, None, row.sign, tuple(product), tuple(remainder), row.change_of_ratio, tuple(decay)
    )


def _quantity_row(line: Line, quantity: FromReleased | Declared, collector: Collector) -> LineRow:
    column = collector.quantity(f"quantity/{line.id}", line.label, quantity, "volume")
    return LineRow(line, missing=column) if isinstance(column, str) else LineRow(line, product=(column,))


def _effect_row(line: Line, wanted: FromEffect, collector: Collector, volumes: dict[str, int | str]) -> LineRow:
    places = collector.released.effects.matching(wanted)
    if len(places) != 1:
        what = "staat niet in de vrijgegeven uitkomsten" if not places else "wijst meer dan één uitkomst aan"
        return LineRow(line, missing=f"{_about(wanted)} {what}")
    effect = collector.released.effects.effects[places[0]]
    volume = volumes[effect.per]
    if effect.refused is not None or isinstance(volume, str):
        reason = effect.refused if effect.refused is not None else volume
        return LineRow(line, effect=effect, missing=f"{_about(wanted)}: {reason}")
    column = collector.effect(places[0])
    sign = -1.0 if wanted.gain_when == "lower" else 1.0
    remainder, decay = _null_columns(line, effect, collector)
    if wanted.baseline is None:
        return LineRow(line, None, effect, None, sign, (column, volume), remainder, None, decay)
    baseline = collector.quantity(f"baseline/{line.id}", f"zonder de aanpak: {line.label}", wanted.baseline, "volume")
    if isinstance(baseline, str):
        return LineRow(line, effect=effect, missing=baseline)
    return LineRow(line, None, effect, None, sign, (baseline, volume), remainder, column, decay)


def _about(wanted: FromEffect) -> str:
    return f"'{wanted.what or wanted.life_domain or wanted.subject}' ({wanted.subject}, per {wanted.unit})"


def _null_columns(line: Line, effect: Effect, collector: Collector) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Columns of the null alternative: what would have happened anyway, and how fast the others catch up.

    A controlled estimate has netted out the first already, so there it is left out; `lint` blocks a chapter that asks
    for both.
    """
    trajectories = {one.id: one for one in collector.model.null_alternative.trajectories}
    null = trajectories[line.compared_with] if line.compared_with else None
    remainder: list[int] = []
    decay: list[int] = []
    if null is not None and null.autonomous_share is not None and not is_controlled(effect):
        name = f"null/{null.id}/autonomous_share"
        remainder.append(collector.declared(name, f"vanzelf hersteld: {null.label}", null.autonomous_share, "effect"))
    if null is not None and null.catch_up is not None:
        name = f"null/{null.id}/catch_up"
        decay.append(collector.declared(name, f"inhaal per jaar: {null.label}", null.catch_up, "effect"))
    if line.chain is not None and not is_controlled(effect):
        for key in ("deadweight", "attribution", "leakage"):
            number = getattr(line.chain, key)
            if number is not None:
                remainder.append(collector.declared(f"line/{line.id}/{key}", f"{key}: {line.label}", number, "effect"))
    return tuple(remainder), tuple(decay)


def amounts(table: LineTable, inputs: Array, alternative: Alternative) -> Array:
    """Amount of each line in a year of full effect, shape (n_draws, n_lines); a missing line is nan-free zero.

    Positive is what the receiver gets or the payer pays. PM lines count units at 1 euro each, for switching values.
    """
    result = np.zeros((len(inputs), len(table.rows)))
    more = _scaling(table, inputs, alternative)
    for at, row in enumerate(table.rows):
        if row.missing is not None:
            continue
        value = np.full(len(inputs), row.sign)
        for column in row.product:
            value *= inputs[:, column]
        for column in row.remainder:
            value *= 1.0 - inputs[:, column]
        if row.change_of_ratio is not None:
            value *= inputs[:, row.change_of_ratio] - 1.0
        if more is not None and row.effect is not None:
            value *= more
        result[:, at] = value
    return result


def _scaling(table: LineTable, inputs: Array, alternative: Alternative) -> Array | None:
    """How much more effect an alternative that scales up has, per draw."""
    columns = table.scaling.get(alternative.id)
    if columns is None or table.clients_column is None or alternative.extra_fte is None:
        return None
    extra = alternative.extra_fte * inputs[:, columns[0]] * inputs[:, columns[1]]
    more: Array = 1.0 + extra / inputs[:, table.clients_column]
    return more


def intake(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """In which years the line starts anew, shape (horizon,)."""
    line = row.line
    named = line.alternatives is not None and alternative.id in line.alternatives
    if line.alternatives is not None and not named:
        return np.zeros(horizon)
    years = np.arange(horizon)
    if line.runs == "once":
        return ((years == 0) & (alternative.years > 0 or named)).astype(float)
    return (years < alternative.years).astype(float)


def year_weights(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """Weight of `rest ** k` in the amount of year t, shape (horizon, duration)."""
    starts = intake(row, alternative, horizon)
    duration = min(row.line.duration_years, horizon)
    fade = np.ones(duration)
    fade[: len(row.line.fade_in[:duration])] = row.line.fade_in[:duration]
    weights = np.zeros((horizon, duration))
    for k in range(duration):
        weights[k:, k] = fade[k] * starts[: horizon - k]
    grown: Array = weights * (1.0 + row.line.real_growth) ** np.arange(horizon)[:, None]
    return grown


def discount_weights(table: LineTable, row: LineRow, rate: float) -> Array:
    """Discount factor of each year for a line; what happens once happens at the start of the base year."""
    timing = "start" if row.line.runs == "once" else table.model.timing
    return yearly_factors(table.model.horizon_years, rate, timing)


def rest(row: LineRow, inputs: Array) -> Array:
    """What is left of the difference after one more year, shape (n_draws,)."""
    left = np.ones(len(inputs))
    for column in row.decay:
        left *= 1.0 - inputs[:, column]
    return left
