"""An attacker who has only what was published: the out_ table, the rules, the thresholds and the rounding.

Written apart from the gate, on purpose: nothing of data_contracts.gate is used. Every hidden count gets the lowest and
the highest value that it can have, by linear programmes over counts and sums of scores together.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

PARTS = ("n_up", "n_equal", "n_down", "n_sufficient_before", "n_sufficient_after")
COUNTS = ("n_clients", *PARTS)
MANY = 10_000.0


@dataclass
class Knowledge:
    """Unknowns with bounds, and linear facts about them."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    facts: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def unknown(self, low: float, high: float) -> int:
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def fact(self, terms: dict[int, float], low: float, high: float) -> None:
        self.facts.append((terms, low, high))

    def ranges_of(self, targets: list[int], enough: float = np.inf) -> list[tuple[float, float]]:
        """The lowest and the highest value of each of these unknowns, or values that far apart that it can have."""
        entries = [(row, at, value) for row, (terms, _, _) in enumerate(self.facts) for at, value in terms.items()]
        rows, at, values = zip(*entries, strict=True)
        matrix = csr_array((values, (rows, at)), shape=(len(self.facts), len(self.low)))
        sums = LinearConstraint(matrix, [low for _, low, _ in self.facts], [high for _, _, high in self.facts])
        seen = np.array([[np.inf] * len(self.low), [-np.inf] * len(self.low)])
        chance = np.random.default_rng(0)
        for _ in range(12 if np.isfinite(enough) else 0):
            close = [at for at in targets if seen[1][at] - seen[0][at] < enough + 1]
            if not close:
                break
            self._push(sums, seen, close, chance.choice([-1.0, 1.0], len(close)))
        for at in targets:
            if seen[1][at] - seen[0][at] < enough + 1:
                self._push(sums, seen, [at], np.ones(1))
                self._push(sums, seen, [at], -np.ones(1))
        return [(float(seen[0][at]), float(seen[1][at])) for at in targets]

    def _push(self, sums: LinearConstraint, seen: np.ndarray, at: list[int], weights: np.ndarray) -> None:
        cost = np.zeros(len(self.low))
        cost[at] = weights
        found = milp(cost, bounds=Bounds(self.low, self.high), constraints=sums)
        assert found.x is not None, "the published table contradicts itself"
        seen[0], seen[1] = np.minimum(seen[0], found.x), np.maximum(seen[1], found.x)


def ranges(
    out: pd.DataFrame,
    threshold: int,
    base: int,
    *,
    rest: bool = True,
    enough: float = np.inf,
    open_slices: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Every count of one block that is not shown: slice, slice_value, count, low and high as whole numbers.

    The attacker knows that the groups of every slice divide everybody, and with `rest` that beside a shown part at
    least the threshold is left. A range that is `enough` is not made exact. In `open_slices` some people are in no
    group that stands there: they are a group `nobody`, of which the attacker wants the counts too.
    """
    known = Knowledge()
    rows = {(row["slice"], row["slice_value"]): row for row in out.to_dict("records")}
    at = {key: _counts(known, row, threshold, base, rest=rest) for key, row in rows.items()}
    for slice_ in open_slices:
        at[slice_, "nobody"] = {count: known.unknown(0, MANY) for count in COUNTS}
    for slice_ in {slice_ for slice_, _ in at} - {"all"}:
        for count in COUNTS:
            groups = {at[key][count]: 1.0 for key in at if key[0] == slice_}
            known.fact({**groups, at["all", "all"][count]: -1.0}, 0, 0)
    for key, row in rows.items():
        if row["status"] != "held":
            _use_means(known, row, at[key])
    hidden = [
        (key, count) for key, row in rows.items() for count in COUNTS if pd.isna(row[count]) and row["status"] != "held"
    ]
    hidden += [((slice_, "nobody"), "n_clients") for slice_ in open_slices]
    found = known.ranges_of([at[key][count] for key, count in hidden], enough)
    names = [(*key, count, *limits) for (key, count), limits in zip(hidden, found, strict=True)]
    table = pd.DataFrame(names, columns=["slice", "slice_value", "count", "low", "high"])
    return table.assign(low=np.ceil(table["low"] - 1e-6), high=np.floor(table["high"] + 1e-6))


def _counts(known: Knowledge, row: dict, threshold: int, base: int, *, rest: bool) -> dict[str, int]:
    """The counts of one row as unknowns, with what its statuses say."""
    shown = row["status"] in ("released", "banded")
    if shown:
        n = known.unknown(max(threshold, row["n_clients"] - base // 2), row["n_clients"] + (base - 1) // 2)
    elif row["status"] == "held":  # the clients differ by less than the threshold from those of the row that is shown
        change = base // 2 + threshold - 1
        n = known.unknown(max(0, row["n_clients"] - change), row["n_clients"] + change)
    else:
        n = known.unknown(0, threshold - 1 if row["status"] == "too_few" else MANY)
    at = {"n_clients": n}
    for part in PARTS:
        status = row[f"{part}_status"] if shown else "hidden"
        if status == "shown":
            at[part] = known.unknown(max(threshold, row[part] - base // 2), row[part] + (base - 1) // 2)
            known.fact({n: 1.0, at[part]: -1.0}, threshold if rest else 0, MANY)
        else:
            at[part] = known.unknown(0, threshold - 1 if status == "below" else MANY)
            known.fact({n: 1.0, at[part]: -1.0}, 0, threshold - 1 if status == "above" else MANY)
    known.fact({at["n_up"]: 1.0, at["n_equal"]: 1.0, at["n_down"]: 1.0, n: -1.0}, 0, 0)
    return at


def _use_means(known: Knowledge, row: dict, at: dict[str, int]) -> None:
    """A mean times the clients is a sum of scores: 1 to 5 each, 4 or 5 when sufficient; a step is 1 to 4 points."""
    n, up, down = at["n_clients"], at["n_up"], at["n_down"]
    for mean, part in (("mean_before", "n_sufficient_before"), ("mean_after", "n_sufficient_after")):
        if not pd.isna(row[mean]):
            slack = _slack(row[mean])
            known.fact({at[part]: 3.0, n: 1 - row[mean] - slack}, -MANY, 0)
            known.fact({at[part]: 2.0, n: 3 - row[mean] + slack}, 0, MANY)
    if not pd.isna(row["mean_change"]):
        slack = _slack(row["mean_change"])
        known.fact({up: 1.0, down: -4.0, n: -row["mean_change"] - slack}, -MANY, 0)
        known.fact({up: 4.0, down: -1.0, n: -row["mean_change"] + slack}, 0, MANY)


def _slack(mean: float) -> float:
    """Half of the last decimal that is shown."""
    return 0.05 if abs(mean * 10 - round(mean * 10)) < 1e-9 else 0.005


def hide_only(table: pd.DataFrame, threshold: int, base: int) -> pd.DataFrame:
    """What many publish: counts under the threshold hidden, the others rounded to `base` (1 is not at all), no more."""
    out = table.assign(status=np.where(table["n_clients"] < threshold, "too_few", "released"))
    for count in COUNTS:
        shown = (table[count] >= threshold) & (table["n_clients"] >= threshold)
        out[count] = ((table[count] + base // 2) // base * base).astype("Int64").where(shown)
        out[f"{count}_status"] = np.where(shown, "shown", "below")
    return out.assign(mean_before=np.nan, mean_after=np.nan, mean_change=np.nan)


def width_of_hidden_mean(out: pd.DataFrame, team: str, threshold: int, base: int, mean: str = "mean_after") -> float:
    """How far apart the lowest and highest possible mean of a hidden team are, over all sizes that it can have.

    The sum of scores of a group lies between its lowest and its highest mean times its clients.
    """
    means: list[float] = []
    for size in range(1, threshold):
        known = Knowledge()
        n_terms, point_terms, points = {}, {}, -1
        for row in out.to_dict("records"):
            is_shown = not pd.isna(row["n_clients"])
            low, high = (
                (1.0, 5.0) if pd.isna(row[mean]) else (row[mean] - _slack(row[mean]), row[mean] + _slack(row[mean]))
            )
            n_low = max(threshold, row["n_clients"] - base // 2) if is_shown else 0
            n = known.unknown(n_low, row["n_clients"] + (base - 1) // 2 if is_shown else MANY)
            total = known.unknown(0, MANY)
            known.fact({total: 1.0, n: -high}, -MANY, 0)
            known.fact({total: 1.0, n: -low}, 0, MANY)
            if row["slice_value"] == team:
                points = total
                known.fact({n: 1.0}, size, size)
            sign = -1.0 if row["slice"] == "all" else 1.0
            n_terms[n], point_terms[total] = sign, sign
        known.fact(n_terms, 0, 0)
        known.fact(point_terms, 0, 0)
        try:
            ((lowest, highest),) = known.ranges_of([points])
        except AssertionError:  # not the size of this team
            continue
        means += [lowest / size, highest / size]
    return max(means) - min(means)
