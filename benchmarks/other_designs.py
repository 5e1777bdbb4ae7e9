"""`make bench-designs`: shipped studies of other designs beside their truth, and every design where nothing happens."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import pandas as pd

from benchmarks.other_designs_page import page
from tests.calibration.designs import NAMES, found_in, of_nothing

# What is shown where nothing happens: a study, and whether its teams have the same people.
NOTHING = {
    "voorbeeldstad, staggered": ("voorbeeldstad", False),
    "heidestad, comparison": ("heidestad", False),
    "heidestad, comparison, groups alike": ("heidestad", True),
    "kanaalstad, series": ("kanaalstad", False),
}


def main() -> None:
    """Simulate, estimate and write the page; seeds from 1 up, none left out."""
    arguments = argparse.ArgumentParser(prog="benchmarks.other_designs", description=__doc__)
    arguments.add_argument("--seeds", type=int, default=200)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    seeds = range(1, asked.seeds + 1)
    with ProcessPoolExecutor(asked.processes) as pool:
        planted = {name: _numbered(pool.map(partial(found_in, name), seeds)) for name in NAMES}
        nothing = {
            about: _numbered(pool.map(partial(of_nothing, name, alike=alike), seeds))
            for about, (name, alike) in NOTHING.items()
        }
    text = page(planted, nothing)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def _numbered(found: Iterable[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat([rows.assign(seed=seed) for seed, rows in enumerate(found, start=1)], ignore_index=True)


if __name__ == "__main__":
    main()
