"""How often does the diagnosis of a Resultatenlogica find a planted break, and how often does it accuse wrongly?

python -m benchmarks.logic [SEEDS]: simulated municipalities (indicators/simulation/broken_chain.py) per place and size
of the break. 'right': the planted place is named. 'too little': the tool says so. 'accused': a break is named where
none was planted, in this branch or in one of the two sound ones.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from data_contracts.vocabulary.logic import Diagnosis
from data_contracts.yaml_file import read_model
from indicators.results_logic.findings.diagnosis import branches, states_of
from indicators.results_logic.findings.link_tests import link_tests
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.tables import logic_tables_of
from indicators.simulation.broken_chain import PLACES, SIZES, broken_chain

TREE = Path(__file__).parent / "logic_tree.yaml"
BREAKS = {Diagnosis.EXECUTION, Diagnosis.APPROACH, Diagnosis.POLICY_LOGIC}


@cache
def three_branches() -> Tree:
    """The tree that the simulated municipalities fill."""
    return read_model(TREE, Tree)


def outcome(place: str, size: str, seed: int) -> tuple[Diagnosis, bool]:
    """The diagnosis of the planted branch, and whether a break is named where none was planted."""
    tree = three_branches()
    planted = seed % 3
    released = broken_chain(place, SIZES[size], planted, seed)
    found = branches(tree, states_of(tree, logic_tables_of(tree, released)), link_tests(tree, released))
    outcomes = [branch.diagnosis for branch in found]
    truth = Diagnosis.HOLDS if place == "none" else Diagnosis[place.upper()]
    wrong = [one for number, one in enumerate(outcomes) if one in BREAKS and not (number == planted and one is truth)]
    return outcomes[planted], bool(wrong)


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
