"""What the engine may know of a study: released effects with a unit, and released totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from data_contracts.gate.estimate_figures import estimate_step
from data_contracts.protection import Thresholds
from data_contracts.tables.assumptions import Assumptions, Condition
from data_contracts.vocabulary.field import ALL, Stamp
from data_contracts.vocabulary.mkba import unit_named
from mkba.arrays import Array
from mkba.inputs.beforehand import Beforehand
from mkba.inputs.quantities import FromEffect

Row = Mapping[str, object]
RELEASED, HELD = "released", "held"
SHOWN = (RELEASED, HELD)


@dataclass(frozen=True, slots=True)
class Effect:
    """One estimate: what changed by how much, per client or client-year.

    `mean` and the covariance stand on `scale`; on 'log' the effect is the exponent. `value` is on the natural scale.
    `degrees_of_freedom` are few where few teams stand behind it; `rounding_step` is that of the gate. `refused` says in
    Dutch why the estimate may not be used; such an effect has no mean. `vintage` is the earlier release that its
    figures are shown from, if any: mean, variance and covariances are all of then. `under_drift` is what is left of the
    mean under the drift before the start that could not be excluded, where a check told, and `drift_seen` how far the
    drift that was found moves it by itself; `is_warned`: the check on equal courses before the start failed.
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
    degrees_of_freedom: float = float("inf")
    rounding_step: float = 0.0
    refused: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
    vintage: str | None = None
    under_drift: float = float("nan")
    drift_seen: float = 0.0
    is_warned: bool = False

    @property
    def is_one_series(self) -> bool:
        """A step in one series: compared with its own line before, and with nobody."""
        return self.about.get("design") == "series"


@dataclass(frozen=True, slots=True)
class Effects:
    """Released estimates with their joint distribution; `covariance[i, j]` belongs to `effects[i]` and `effects[j]`.

    `apart` are effects of which nobody knows any more how they hung together with others of their own vintage.
    """

    effects: tuple[Effect, ...]
    covariance: Array
    apart: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.covariance.shape != (len(self.effects), len(self.effects)):
            raise ValueError("covariance must be square, with a row for every effect")

    @property
    def vintages(self) -> tuple[str | None, ...]:
        """Effects of one vintage have a covariance with each other; one that is `apart` is a vintage of its own."""
        return tuple(f"{one.vintage} {one.id}" if one.id in self.apart else one.vintage for one in self.effects)

    def matching(self, wanted: FromEffect | Beforehand) -> list[int]:
        """Places of the effects that the selector of a line, or of what was known beforehand, means."""
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


def _matches(effect: Effect, wanted: FromEffect | Beforehand) -> bool:
    if (effect.subject, effect.unit) != (wanted.subject, wanted.unit) or wanted.what not in (None, effect.what):
        return False
    asked = wanted.model_dump(
        include={"slice", "slice_value", "life_domain", "design", "measure", "moment_from", "moment_to"},
        exclude_none=True,
    )
    asked.setdefault("slice", ALL)
    return all(effect.about.get(key, value) == value for key, value in asked.items())


def effects_from(estimates: pd.DataFrame, joint: pd.DataFrame) -> Effects:
    """Effects from the released tables out_effects__estimates and out_effects__joint.

    An estimate without a place in a joint distribution stands alone with its own standard error. One that is not
    released, or was refused, stays in the list with its reason, so that its line becomes PM and never zero.
    """
    placed = {str(row["estimate_id"]): row for row in records(joint) if not np.isnan(number(row["mean"]))}
    rows = records(estimates)
    effects = tuple(_effect(row, placed.get(str(row["estimate_id"]))) for row in rows)
    at = {effect.id: place for place, effect in enumerate(effects)}
    covariance = np.zeros((len(effects), len(effects)))
    for row in rows:
        if str(row["estimate_id"]) not in placed:
            place = at[str(row["estimate_id"])]
            covariance[place, place] = np.nan_to_num(number(row["se"])) ** 2
    for row in records(joint):
        pair = at.get(str(row["estimate_id"])), at.get(str(row["with_estimate_id"]))
        if None not in pair:
            covariance[pair] = np.nan_to_num(number(row["covariance"]))
    return Effects(effects, _nearest_covariance(covariance), _apart(effects, joint))


def _apart(effects: tuple[Effect, ...], joint: pd.DataFrame) -> frozenset[str]:
    """Effects without a covariance with another one of the same vintage: releases of before kept none."""
    vintages = {one.id: one.vintage for one in effects}
    unknown = joint.loc[joint["covariance"].isna(), ["estimate_id", "with_estimate_id"]].astype("str")
    pairs = unknown.itertuples(index=False, name=None)
    return frozenset(one for one, other in pairs if vintages.get(one) and vintages.get(one) == vintages.get(other))


def records(frame: pd.DataFrame) -> list[Row]:
    """The rows of a frame by column name."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


REASONS = {
    "too_few": "te weinig cliënten om vrij te geven",
    "secondary": "niet vrijgegeven, om een ander getal te beschermen",
    "banded": "alleen in klassen vrijgegeven",
    "refused": "niet vrijgegeven",
}
_ABOUT = ("life_domain", "slice", "slice_value", "moment_from", "moment_to", "design", "measure")


def _effect(row: Row, placed: Row | None) -> Effect:
    mean = number(placed["mean"] if placed is not None else row["estimate"])
    status = str(row.get("status", RELEASED))
    refused = None if status in SHOWN else REASONS.get(status, "niet vrijgegeven")
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
        stamp=Stamp(str(row["stamp"])),
        scale=str(placed["scale"]) if placed is not None else "identity",
        mean=mean if refused is None else float("nan"),
        n_clients=int(np.nan_to_num(number(row.get("n_clients")))),
        # Infinite where the margin does not rest on teams.
        degrees_of_freedom=_checked(row, "teams", "degrees_of_freedom", float("inf")),
        rounding_step=_rounding_step(row),
        refused=refused,
        about={key: str(row[key]) for key in _ABOUT if key in row},
        vintage=vintage_of(row),
        under_drift=_checked(row, "drift_not_excluded", "estimate", float("nan")),
        drift_seen=drift_seen(_assumptions_of(row), mean),
        is_warned=_fails(row, "pre_trend"),
    )


def vintage_of(row: Row) -> str | None:
    """The release that a row is held from."""
    return str(row["held_from"]) if row.get("status") == HELD else None


def _rounding_step(row: Row) -> float:
    """The step in which the gate rounded the estimate, from what it released of it."""
    se, n_clients = number(row.get("se")), number(row.get("n_clients"))
    if not np.isfinite([se, n_clients]).all() or n_clients <= 0:
        return 0.0
    return float(estimate_step(se, np.abs(number(row["estimate"])), n_clients, Thresholds().round_to))


def drift_seen(found: Assumptions, mean: float) -> float:
    """How far the drift that was found before the start moves an effect of `mean`; NaN where it was not looked for.

    The check gives the drift that it found and the furthest that it leaves possible, both per period, and what is left
    of the effect under the furthest. What a drift takes is in proportion.
    """
    slope = found.number("pre_trend", "slope_per_period")
    furthest, left = (found.number("drift_not_excluded", figure) for figure in ("per_period", "estimate"))
    if slope is None or furthest is None or left is None:
        return float("nan")
    return slope / furthest * (left - mean) if furthest else 0.0


def _assumptions_of(row: Row) -> Assumptions:
    checks = row.get("assumptions")
    return Assumptions.of(checks) if isinstance(checks, str) else Assumptions({})


def _checked(row: Row, check: Condition, figure: str, unknown: float) -> float:
    """A figure that a check of the estimate found; `unknown` where it was not checked."""
    found = _assumptions_of(row).number(check, figure)
    return unknown if found is None else found


def _fails(row: Row, check: Condition) -> bool:
    """Whether a check was made of the estimate and failed."""
    return _assumptions_of(row).holds(check) is False


def number(value: object) -> float:
    """A cell as a number; what is none is missing."""
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
