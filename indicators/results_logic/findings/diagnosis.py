"""Where does a branch break: policy logic, approach, execution or support, or is there too little data?

The rules of the method, read from the approach upwards:
  the approach itself did not move as expected                      -> execution or support
  the approach moved, the result did not move along                 -> approach
  the result moved, the effect did not move along                   -> policy logic
  both links moved along                                            -> the chain holds
  anything else                                                     -> too little data, and what to register
A rise alone is never proof that a node was reached: people come at a low point and part of it passes by itself. So a
result counts as reached when it moved along with something, or when the study compared it with people without.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
import scipy

from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.logic import Diagnosis, LinkTestVerdict, TreeLevel, Verdict
from indicators.results_logic.findings.link_tests import ERROR_MARGIN, LinkTest
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.node import Node
from indicators.results_logic.values.tables import LogicTables
from indicators.results_logic.values.verdicts import (
    COMPARED,
    JUDGED,
    NOT_AS_EXPECTED,
    node_verdict,
    of_node,
    verdict_of,
)


@dataclass(frozen=True, slots=True)
class NodeState:
    """First verdict on a node, and whether the figures behind it were compared with people without the approach."""

    verdict: Verdict
    compared: bool


@dataclass(frozen=True, slots=True)
class Branch:
    """One path from an approach by a result to an effect, with the tests of its two links and the diagnosis."""

    approach: Node
    result: Node
    effect: Node
    lower_test: LinkTest
    upper_test: LinkTest
    diagnosis: Diagnosis


def branches(tree: Tree, states: dict[str, NodeState], tests: list[LinkTest]) -> list[Branch]:
    """Every branch of the tree with its diagnosis."""
    found = []
    for lower, upper in _paths(tree, tests):
        approach, result = tree.node(lower.link.node_from), tree.node(lower.link.node_to)
        outcome = diagnosis(
            states[approach.id], lower.verdict, states[result.id], upper.verdict, states[upper.link.node_to]
        )
        found.append(Branch(approach, result, tree.node(upper.link.node_to), lower, upper, outcome))
    return found


def _paths(tree: Tree, tests: list[LinkTest]) -> Iterator[tuple[LinkTest, LinkTest]]:
    approaches = {node.id for node in tree.level(TreeLevel.APPROACH)}
    for lower in tests:
        if lower.link.node_from in approaches:
            yield from ((lower, upper) for upper in tests if upper.link.node_from == lower.link.node_to)


def diagnosis(
    approach: NodeState, lower: LinkTestVerdict, result: NodeState, upper: LinkTestVerdict, effect: NodeState
) -> Diagnosis:
    """The rules above, lowest break first."""
    along, behind = LinkTestVerdict.MOVES_ALONG, LinkTestVerdict.STAYS_BEHIND
    if approach.verdict in NOT_AS_EXPECTED:
        return Diagnosis.EXECUTION
    result_missing = approach.verdict is Verdict.AS_EXPECTED and result.verdict in NOT_AS_EXPECTED
    if lower is behind or (result_missing and lower is not along):
        return Diagnosis.APPROACH
    result_reached = result.verdict is Verdict.AS_EXPECTED and result.compared
    effect_missing = result_reached and effect.verdict in NOT_AS_EXPECTED
    if upper is behind or (effect_missing and upper is not along):
        return Diagnosis.POLICY_LOGIC
    return Diagnosis.HOLDS if lower is along and upper is along else Diagnosis.TOO_LITTLE


def states_of(tree: Tree, tables: LogicTables) -> dict[str, NodeState]:
    """Per node its verdict for a diagnosis, and whether its figures were compared.

    For what does not go as expected the indicators of one tree share one error margin: the interval is wider than in
    the report, so that a tree with many indicators does not accuse more often.
    """
    whole = tables.indicators[tables.indicators["slice"] == "all"].set_index("indicator")
    judged = int(whole["estimate"].notna().sum())
    wider = float(scipy.stats.norm.isf(ERROR_MARGIN / max(judged, 2))) / Z_95
    states = {}
    for node in tree.nodes:
        verdicts: list[tuple[Verdict, str | None]] = []
        for indicator in tree.indicators:
            if indicator.node == node.id and indicator.measure and indicator.expectation:
                value = whole.loc[[indicator.id]].iloc[0]
                margin = (indicator.expectation.direction, float(value["smallest_difference"]))
                plain = verdict_of(value, *margin)
                expected = plain is Verdict.AS_EXPECTED
                verdict = plain if expected else verdict_of(_widened(value, wider), *margin)
                verdicts.append((of_node(verdict, is_outweighed=bool(value["is_outweighed"])), value["stamp"]))
        compared = any(stamp in COMPARED and verdict in JUDGED for verdict, stamp in verdicts)
        states[node.id] = NodeState(node_verdict(verdicts), compared)
    return states


def _widened(value: pd.Series, factor: float) -> pd.Series:
    wide = value.copy()
    for end in ("ci_low", "ci_high"):
        wide[end] = value["estimate"] + factor * (value[end] - value["estimate"])
    return wide
