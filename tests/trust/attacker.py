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

    def ranges_of(self, targets: list[int]) -> list[tuple[float, float]]:
        """The lowest and the highest value of each of these unknowns."""
        entries = [(row, at, value) for row, (terms, _, _) in enumerate(self.facts) for at, value in terms.items()]
        rows, at, values = zip(*entries, strict=True)
        matrix = csr_array((values, (rows, at)), shape=(len(self.facts), len(self.low)))
        sums = LinearConstraint(matrix, [low for _, low, _ in self.facts], [high for _, _, high in self.facts])
        return [(self._lowest(sums, at, 1.0), self._lowest(sums, at, -1.0)) for at in targets]

    def _lowest(self, sums: LinearConstraint, at: int, sign: float) -> float:
        cost = np.zeros(len(self.low))
        cost[at] = sign
        found = milp(cost, bounds=Bounds(self.low, self.high), constraints=sums)
        assert found.x is not None, "the published table contradicts itself"
        return float(found.x[at])


def ranges(out: pd.DataFrame, threshold: int, base: int, *, with_means: bool = True) -> pd.DataFrame:
    """Every count of one block that is not shown: slice, slice_value, count, low and high as whole numbers.

    The attacker knows that the groups of every slice divide everybody.
    """
    known = Knowledge()
    rows = {(row["slice"], row["slice_value"]): row for row in out.to_dict("records")}
    at = {key: _counts(known, row, threshold, base) for key, row in rows.items()}
    for slice_ in {slice_ for slice_, _ in rows} - {"all"}:
        for count in COUNTS:
            groups = {at[key][count]: 1.0 for key in rows if key[0] == slice_}
            known.fact({**groups, at["all", "all"][count]: -1.0}, 0, 0)
    if with_means:
        for key, row in rows.items():
            _use_means(known, row, at[key])
    hidden = [
        (key, count) for key, row in rows.items() for count in COUNTS if pd.isna(row[count]) and row["status"] != "held"
    ]
    found = known.ranges_of([at[key][count] for key, count in hidden])
    names = [(*key, count, *limits) for (key, count), limits in zip(hidden, found, strict=True)]
    table = pd.DataFrame(names, columns=["slice", "slice_value", "count", "low", "high"])
    return table.assign(low=np.ceil(table["low"] - 1e-6), high=np.floor(table["high"] + 1e-6))


def _counts(known: Knowledge, row: dict, threshold: int, base: int) -> dict[str, int]:
    """The counts of one row as unknowns, with what its statuses say."""
    shown = row["status"] in ("released", "banded")
    if shown:
        n = known.unknown(max(threshold, row["n_clients"] - base // 2), row["n_clients"] + (base - 1) // 2)
    else:
        n = known.unknown(0, threshold - 1 if row["status"] == "too_few" else MANY)
    at = {"n_clients": n}
    for part in PARTS:
        status = row[f"{part}_status"] if shown else "hidden"
        if status == "shown":
            at[part] = known.unknown(max(threshold, row[part] - base // 2), row[part] + (base - 1) // 2)
            known.fact({n: 1.0, at[part]: -1.0}, threshold, MANY)
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
