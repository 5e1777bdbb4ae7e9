"""The bridge to the MKBA: a euro is as well supported as the chain to the node that it belongs to."""

from __future__ import annotations

from typing import Any

from data_contracts.errors import Finding, StudyError
from data_contracts.vocabulary.logic import EvidenceGrade
from indicators.results_logic.findings.evidence import support_of_node
from indicators.results_logic.findings.link_tests import LinkTest
from indicators.results_logic.tree.model import Tree

SHAKY = frozenset({EvidenceGrade.CONTRADICTED, EvidenceGrade.NONE, EvidenceGrade.WEAK})


def require_known_nodes(tree: Tree, nodes_of_lines: dict[str, str]) -> None:
    """Raise StudyError for each line of the MKBA that names a node which this tree does not have."""
    known = {node.id for node in tree.nodes}
    do = "Noem bij node een knoop uit results_logic.yaml."
    findings = [
        Finding("mkba.yaml", None, f"regel '{line}' noemt knoop '{node}', en die staat niet in de boom.", do)
        for line, node in nodes_of_lines.items()
        if node not in known
    ]
    if findings:
        raise StudyError(findings)


def bridge_rows(tree: Tree, nodes_of_lines: dict[str, str], tests: list[LinkTest]) -> list[dict[str, Any]]:
    """Rows of out_logic__mkba_bridge: per line its node, how well the chain to it is supported, and its weakest link.

    `nodes_of_lines`: line id -> node id, as mkba.yaml names them.
    """
    require_known_nodes(tree, nodes_of_lines)
    return [_bridge_row(tree, line, node, tests) for line, node in nodes_of_lines.items()]


def _bridge_row(tree: Tree, line: str, node: str, tests: list[LinkTest]) -> dict[str, Any]:
    grade, weakest = support_of_node(tree, node, tests)
    note = f"De keten naar '{tree.node(node).title}' is {grade.label}."
    if weakest is None:
        note = f"'{tree.node(node).title}' is wat we doen; daar hoeft geen keten onder."
    elif grade in SHAKY:
        note += f" Het zwakste verband: {weakest.assumption.rstrip('.')}."
    return {
        "tree": tree.version,
        "line": line,
        "node": node,
        "title": tree.node(node).title,
        "evidence_grade": grade.value,
        "weakest_link": weakest.id if weakest else None,
        "note": note,
    }
