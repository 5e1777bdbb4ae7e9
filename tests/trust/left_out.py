"""Who is in no group of a slice that stands there: their scores from the means of everybody less those of the groups.

A group whose name a delivery brought is left out when it is small, and who has no group at all stands in none. The
attacker takes whole scores that add up to each mean, for each number of clients that the row may have, and lays the
groups beside everybody. Written apart from the gate, on purpose: nothing of data_contracts.gate is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from municipality import change_table, clients

from data_contracts.slices import Slice

BASE, THRESHOLD, SCORES = 5, 10, range(1, 6)
AREAS = "area"
WITH_AREAS = [Slice(name="all"), Slice(name=AREAS, merges_into="all", ground="Verzonnen gegevens.")]
Sums = tuple[int, int, int]  # clients, and what their scores add up to before and after


@dataclass(frozen=True, slots=True)
class Told:
    """Which pairs of scores the one client who is left out can have."""

    possible: frozenset[tuple[int, int]]

    @property
    def both(self) -> bool:
        return len(self.possible) == 1

    @property
    def one_score(self) -> bool:
        return bool(self.possible) and any(len({pair[at] for pair in self.possible}) == 1 for at in (0, 1))

    @property
    def the_step(self) -> bool:
        return len({after - before for before, after in self.possible}) == 1


def town(seed: int, sizes: list[int], n_left_out: int = 1) -> pd.DataFrame:
    """Clients in areas of these sizes, and so many in an area of their own."""
    people = clients(seed, [*sizes, n_left_out])
    return people.assign(area=people["team"].str.replace("Team", "Wijk"))


def exact(people: pd.DataFrame) -> pd.DataFrame:
    """est_change__by_domain of these people, of everybody and per area."""
    return change_table(people, slices=("all", AREAS))


def told(out: pd.DataFrame, sizes: Mapping[str, int] | None = None) -> Told:
    """The scores that one client may have who is in none of the groups; `sizes` where the attacker knows these."""
    rows = out.set_index("slice_value")
    if rows["n_clients"].isna().any():  # whose group is hidden cannot be told from who is in none
        return Told(frozenset(product(SCORES, SCORES)))
    groups = set[Sums]({(0, 0, 0)})
    for name, row in rows.drop("all").iterrows():
        own = list(_sums(row, None if sizes is None else sizes[str(name)]))
        groups = {tuple(map(sum, zip(*both, strict=True))) for both in product(groups, own)}  # type: ignore[misc]
    everybody = set(_sums(rows.loc["all"], None if sizes is None else sizes["all"]))
    return Told(
        frozenset(
            (before, after)
            for n, first, last in groups
            for before, after in product(SCORES, SCORES)
            if (n + 1, first + before, last + after) in everybody
        )
    )


def _sums(row: pd.Series, size: int | None) -> Iterator[Sums]:
    """What the scores of a shown row can add up to; a mean that is not shown tells nothing, so it may be any."""
    n_low, n_high = max(THRESHOLD, int(row["n_clients"]) - BASE // 2), int(row["n_clients"]) + (BASE - 1) // 2
    for n in range(n_low, n_high + 1) if size is None else (size,):
        before, after = (list(_whole(row, name, n, range(n, 5 * n + 1))) for name in ("mean_before", "mean_after"))
        steps = set(_whole(row, "mean_change", n, range(-4 * n, 4 * n + 1)))
        yield from ((n, one, other) for one in before for other in after if other - one in steps)


def _whole(row: pd.Series, mean: str, n: int, any_sum: range) -> range:
    """The whole sums that go with a mean; the means of one row have the same number of decimals."""
    if pd.isna(row[mean]):
        return any_sum
    means = row[["mean_before", "mean_after", "mean_change"]].dropna().to_numpy(np.float64)
    half = (0.05 if np.allclose(means * 10, np.round(means * 10)) else 0.005) * n + 1e-6
    return range(int(np.ceil(row[mean] * n - half)), int(np.floor(row[mean] * n + half)) + 1)
