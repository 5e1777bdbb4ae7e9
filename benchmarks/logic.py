"""How often does the diagnosis of a Resultatenlogica find a planted break, and how often does it accuse wrongly?

python -m benchmarks.logic [SEEDS]: simulated municipalities (tests/results_logic/broken_chain.py) per place and size
of the break. 'right': the planted place is named. 'too little': the tool says so. 'accused': a break is named where
none was planted, in this branch or in one of the two sound ones.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from data_contracts.vocabulary.logic import Diagnosis
from tests.results_logic.broken_chain import PLACES, SIZES
from tests.results_logic.planted import outcome


def row(place: str, size: str, seeds: int) -> str:
    """One line of the table."""
    truth = Diagnosis.HOLDS if place == "none" else Diagnosis[place.upper()]
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(outcome, [place] * seeds, [size] * seeds, range(seeds), chunksize=10))
    counts = Counter(one for one, _ in found)
    right, little = counts[truth] / seeds, counts[Diagnosis.TOO_LITTLE] / seeds
    accused = sum(wrong for _, wrong in found) / seeds
    other = 1 - right - little
    return f"| {place} | {size} | {right:.1%} | {little:.1%} | {other:.1%} | {accused:.1%} |"


def main(seeds: int) -> None:
    """Print the table."""
    started = time.monotonic()
    print(
        "| break | size | right | too little data | otherwise | accused wrongly, anywhere |\n|---|---|---|---|---|---|"
    )
    for place in PLACES:
        for size in SIZES:
            print(row(place, size, seeds), flush=True)
    print(f"\n{seeds} seeds each; {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
