"""How often pseudonyms are called broken, and rightly: `python -m tests.records.pseudonym_figures` (two minutes).

Deliveries of invented municipalities: unbroken ones that look alike, and ones in which a share of the clients has
another pseudonym in the later delivery. The figures stand in docs/decisions/0008-broken-pseudonyms.md.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.records.broken_pseudonyms import compared
from tests.records.test_broken_pseudonyms import (
    LIMIT,
    Deliveries,
    assessments,
    by_the_month,
    stored,
    three_everywhere,
    under_new_keys,
    until_summer,
)

SEEDS, SIZES = range(1, 6), (400, 4000, 12000)
SHARES = (0.02, 0.04, 0.06, 0.08, 0.25, 1.0)
MADE = {"plain": lambda rows: rows, "in haste": three_everywhere, "haste, months": by_the_month}


def unbroken(rows: pd.DataFrame) -> Iterator[tuple[str, Deliveries]]:
    """Deliveries in which nobody has two pseudonyms."""
    north, one_in_twenty = rows["team"] < "Wijkteam H", rows["client_no"] % 20 == 0
    yield "the whole again", {"a": until_summer(rows), "b": rows}
    yield "other teams", {"a": rows[north], "b": rows[~north]}
    yield "few beside many", {"a": rows[one_in_twenty], "b": rows[~one_in_twenty]}
    yield "a file per team", {"a": rows.assign(file=rows["team"])}
    yield "one after the other", {"a": until_summer(rows), "b": rows.drop(until_summer(rows).index)}


def broken(rows: pd.DataFrame) -> Iterator[tuple[str, Deliveries]]:
    """Deliveries of which the later one has other pseudonyms, for clients spread over all years."""
    anywhere = np.random.default_rng(1).permutation(rows["client_no"].max() + 1)
    shuffled = rows.assign(client_no=anywhere[rows["client_no"]])
    for share in SHARES:
        yield f"{share:.0%} other keys", {"a": until_summer(shuffled), "b": under_new_keys(shuffled, share)}
    month = shuffled[shuffled["assessed_on"] >= "2024-06-01"]
    yield "100%, a month in common", {"a": until_summer(shuffled), "b": under_new_keys(month)}


def table() -> str:
    """How many of the comparisons were stopped, per size."""
    tally: dict[tuple[str, int], list[bool]] = {}
    for size in SIZES:
        for seed in SEEDS:
            for made in MADE.values():
                rows = made(assessments(seed, size))
                for name, deliveries in [*unbroken(rows), *broken(rows)]:
                    with tempfile.TemporaryDirectory() as directory:
                        found = compared(duckdb.connect(), *stored(Path(directory), deliveries))
                    tally.setdefault((name, size), []).append(any(one.is_broken(LIMIT) for one in found))
    lines = ["stopped, of 15            " + "".join(f"{size:>8}" for size in SIZES)]
    lines += [
        f"{name:26}" + "".join(f"{sum(tally[name, size]):8}" for size in SIZES)
        for name in dict.fromkeys(name for name, _ in tally)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
