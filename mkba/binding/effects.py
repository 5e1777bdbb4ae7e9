"""What the engine may know of a study: released effects with a unit, and released totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.mkba import unit_named
from mkba.inputs.quantities import FromEffect

Array = npt.NDArray[np.float64]
Row = Mapping[str, object]
RELEASED, HELD = "released", "held"
SHOWN = (RELEASED, HELD)


@dataclass(frozen=True, slots=True)
class Effect:
    """One estimate: what changed by how much, per client or client-year.

    `mean` and the covariance stand on `scale`; on 'log' the effect is the exponent. `value` is on the natural scale.
    `refused` says in Dutch why the estimate may not be used; such an effect has no mean. `vintage` is the earlier
    release that its figures are shown from, if any: mean, variance and covariances are all of then.
    """

    id: str
    subject: str
    what: str
    unit: str
    per: str
    stamp: Stamp
    scale: str = "identity"
    mean: float = float("nan")
    n_clients: int = 0
    refused: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    vintage: str | None = None


@dataclass(frozen=True, slots=True)
class Effects:
    """Released estimates with their joint distribution; `covariance[i, j]` belongs to `effects[i]` and `effects[j]`."""

    effects: tuple[Effect, ...]
    covariance: Array

    def __post_init__(self) -> None:
        if self.covariance.shape != (len(self.effects), len(self.effects)):
            raise ValueError("covariance must be square, with a row for every effect")

    def matching(self, wanted: FromEffect) -> list[int]:
        """Places of the effects that the selector of a line means."""
        return [at for at, effect in enumerate(self.effects) if _matches(effect, wanted)]


@dataclass(frozen=True, slots=True)
class Total:
    """A released total, such as euros of one kind in one year; without a value it was not released.

    `table` is the released table that it stands in; `vintage` the earlier release that it is shown from, if any.
    """

    id: str
    unit: str
    value: float | None
    year: int | None = None
    refused: str | None = None
    table: str | None = None
    vintage: str | None = None


@dataclass(frozen=True, slots=True)
class Released:
    """Everything that crosses from the gate into the engine."""

    effects: Effects
    totals: Mapping[str, Total]


def _matches(effect: Effect, wanted: FromEffect) -> bool:
    if (effect.subject, effect.unit) != (wanted.subject, wanted.unit) or wanted.what not in (None, effect.what):
        return False
    asked = wanted.model_dump(
        include={"slice", "slice_value", "life_domain", "design", "measure", "moment_from", "moment_to"},
        exclude_none=True,
    )
    return all(effect.about.get(key, value) == value for key, value in asked.items())


def effects_from(estimates: pd.DataFrame, joint: pd.DataFrame) -> Effects:
    """Effects from the released tables out_effects__estimates and out_effects__joint.

    An estimate without a place in a joint distribution stands alone with its own standard error. One that is not
    released, or was refused, stays in the list with its reason, so that its line becomes PM and never zero.
    """
    placed = {str(row["estimate_id"]): row for row in _records(joint) if not np.isnan(_number(row["mean"]))}
    rows = _records(estimates)
    effects = tuple(_effect(row, placed.get(str(row["estimate_id"]))) for row in rows)
    at = {effect.id: place for place, effect in enumerate(effects)}
    covariance = np.zeros((len(effects), len(effects)))
    for row in rows:
        if str(row["estimate_id"]) not in placed:
            place = at[str(row["estimate_id"])]
            covariance[place, place] = np.nan_to_num(_number(row["se"])) ** 2
    for row in _records(joint):
        pair = at.get(str(row["estimate_id"])), at.get(str(row["with_estimate_id"]))
        if None not in pair:
            covariance[pair] = np.nan_to_num(_number(row["covariance"]))
    return Effects(effects, _nearest_covariance(covariance))


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


_REASONS = {
    "too_few": "te weinig cliënten om vrij te geven",
    "secondary": "niet vrijgegeven, om een ander getal te beschermen",
    "banded": "alleen in klassen vrijgegeven",
    "refused": "niet vrijgegeven",
}
_STAMPS = {stamp.value: stamp for stamp in Stamp}
_ABOUT = ("life_domain", "slice", "slice_value", "moment_from", "moment_to", "design", "measure")


def _effect(row: Row, placed: Row | None) -> Effect:
    mean = _number(placed["mean"] if placed is not None else row["estimate"])
    status = str(row.get("status", RELEASED))
    refused = None if status in SHOWN else _REASONS.get(status, "niet vrijgegeven")
    if refused is None and isinstance(row.get("refused_because"), str) and row["refused_because"]:
        refused = str(row["refused_because"])
    if refused is None and np.isnan(mean):
        refused = "de schatting ontbreekt"
    return Effect(
        id=str(row["estimate_id"]),
        subject=str(row["subject"]),
        what=str(row["what"]),
        unit=unit_named(str(row["unit"])),
        per=str(row["per"]),
        stamp=_STAMPS[str(row["stamp"])],
        scale=str(placed["scale"]) if placed is not None else "identity",
        mean=mean if refused is None else float("nan"),
        n_clients=int(np.nan_to_num(_number(row.get("n_clients")))),
        refused=refused,
        about={key: str(row[key]) for key in _ABOUT if key in row},
        vintage=_vintage(row),
    )


def _vintage(row: Row) -> str | None:
    """The release that a row is held from."""
    return str(row["held_from"]) if row.get("status") == HELD else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float | np.number) else float("nan")


def _nearest_covariance(covariance: Array) -> Array:
    """The covariance made symmetric and without negative variances: rounding at the gate may break both."""
    symmetric = (covariance + covariance.T) / 2
    if not len(symmetric):
        return symmetric
    values, vectors = np.linalg.eigh(symmetric)
    if values.min() >= 0:
        return symmetric
    repaired: Array = (vectors * np.clip(values, 0, None)) @ vectors.T
    return repaired


def cost_totals(costs: pd.DataFrame) -> dict[str, Total]:
    """Totals in euros from the released table out_costs__by_year.

    `costs/new/<kind>/<year>` for what the new approach costs on top, `costs/regular/<kind>/<year>` for the rest;
    `latest` in the place of the year is the last year in the table. A year with one withheld kind has no `total`.
    """
    rows = _records(costs)
    latest = max((int(_number(row["year"])) for row in rows), default=0)
    parts: dict[tuple[str, str, int], list[Row]] = {}
    for row in rows:
        part, year = "new" if row["is_new_approach"] else "regular", int(_number(row["year"]))
        for kind in (str(row["cost_kind"]), "total"):
            parts.setdefault((part, kind, year), []).append(row)
    totals = {}
    for (part, kind, year), found in parts.items():
        for named in (str(year), "latest") if year == latest else (str(year),):
            totals[f"costs/{part}/{kind}/{named}"] = _cost_total(f"costs/{part}/{kind}/{named}", found, year)
    return totals


def _cost_total(name: str, rows: list[Row], year: int) -> Total:
    reasons = [_withheld(row, "amount_eur") for row in rows]
    refused = next((reason for reason in reasons if reason is not None), None)
    value = None if refused is not None else sum(_number(row["amount_eur"]) for row in rows)
    return Total(name, "eur", value, year, refused, "out_costs__by_year")


def _withheld(row: Row, column: str) -> str | None:
    status = str(row.get("status", RELEASED))
    if status in SHOWN and not np.isnan(_number(row[column])):
        return None
    return _REASONS.get(status, "niet vrijgegeven")


def use_totals(use: pd.DataFrame) -> dict[str, Total]:
    """What provisions cost per client-year today: `use/<law>/eur/per_client_year`.

    From the rows per law of the released table out_care__use (where `what` is the law), slice 'all', in euros.
    """
    totals = {}
    for row in _records(use):
        if row["unit"] == "eur" and row["slice"] == "all" and row["what"] == row["law"]:
            name = f"use/{row['law']}/eur/per_client_year"
            refused = _withheld(row, "total") or _withheld(row, "client_years")
            value = None if refused is not None else _number(row["total"]) / _number(row["client_years"])
            totals[name] = Total(name, "eur", value, refused=refused, table="out_care__use", vintage=_vintage(row))
    return totals
