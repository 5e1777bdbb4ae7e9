"""A tree of three branches, filled by a simulated municipality in which one of them breaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from data_contracts.vocabulary.logic import Diagnosis
from data_contracts.yaml_file import read_model
from indicators.results_logic.findings.diagnosis import branches, states_of
from indicators.results_logic.findings.link_tests import link_tests
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.tables import logic_tables_of
from tests.results_logic.broken_chain import SIZES, broken_chain

TREE = Path(__file__).with_name("three_branches.yaml")
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
