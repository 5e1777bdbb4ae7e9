"""What the figures propose as evidence for a link, and how well a whole chain is supported."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.vocabulary.logic import (
    EvidenceDirection,
    EvidenceGrade,
    EvidenceKind,
    EvidenceStrength,
    LinkTestVerdict,
    TestStatus,
    TreeLevel,
)
from indicators.results_logic.findings.link_tests import LinkTest
from indicators.results_logic.tree.link import Evidence, Link
from indicators.results_logic.tree.model import Tree

_GRADES = list(EvidenceGrade)
_OF_STRENGTH = {
    EvidenceStrength.WEAK: EvidenceGrade.WEAK,
    EvidenceStrength.MODERATE: EvidenceGrade.MODERATE,
    EvidenceStrength.STRONG: EvidenceGrade.STRONG,
}
_OF_TEST = {
    LinkTestVerdict.MOVES_ALONG: EvidenceDirection.SUPPORTS,
    LinkTestVerdict.STAYS_BEHIND: EvidenceDirection.CONTRADICTS,
}
MANY_TEAMS = 10


def proposed_evidence(test: LinkTest) -> Evidence | None:
    """Own-data evidence that the circle may adopt; None when the test decided nothing.

    At most 'moderate': teams and years that move together are no experiment. 'Weak' with few teams, or while a rival
    explanation was not followed.
    """
    if test.verdict not in _OF_TEST:
        return None
    solid = test.n_teams >= MANY_TEAMS and not test.not_adjusted_for
    return Evidence(
        kind=EvidenceKind.OWN_DATA,
        direction=_OF_TEST[test.verdict],
        strength=EvidenceStrength.MODERATE if solid else EvidenceStrength.WEAK,
        source=f"eigen cijfers van {test.n_teams} teams, {test.periods}",
    )


def grade_of_link(link: Link, test: LinkTest) -> EvidenceGrade:
    """How well a link is supported; a refuted link or one that stays behind in the figures is contradicted."""
    if link.test.status is TestStatus.REFUTED or test.verdict is LinkTestVerdict.STAYS_BEHIND:
        return EvidenceGrade.CONTRADICTED
    proposed = proposed_evidence(test)
    evidence = link.evidence + ([proposed] if proposed else [])
    grades = {one.direction: EvidenceGrade.NONE for one in evidence}
    for one in evidence:
        grades[one.direction] = max(grades[one.direction], _OF_STRENGTH[one.strength], key=_GRADES.index)
    supported = grades.get(EvidenceDirection.SUPPORTS, EvidenceGrade.NONE)
    against = grades.get(EvidenceDirection.CONTRADICTS, EvidenceGrade.NONE)
    if link.test.status is TestStatus.HOLDS:
        supported = max(supported, EvidenceGrade.MODERATE, key=_GRADES.index)
    if _GRADES.index(against) > _GRADES.index(supported):
        return EvidenceGrade.CONTRADICTED
    doubted = link.test.status is TestStatus.DOUBT or against is not EvidenceGrade.NONE
    return min(supported, EvidenceGrade.WEAK, key=_GRADES.index) if doubted else supported


def support_of_node(tree: Tree, node: str, tests: list[LinkTest]) -> tuple[EvidenceGrade, Link | None]:
    """How well the best chain from an approach to this node is supported, and its weakest link.

    An approach needs no chain: it is what we do.
    """
    if tree.node(node).level is TreeLevel.APPROACH:
        return EvidenceGrade.STRONG, None
    grades = {test.link.id: grade_of_link(test.link, test) for test in tests}
    best: tuple[EvidenceGrade, Link | None] = (EvidenceGrade.NONE, None)
    for path in _paths_to(tree, node):
        weakest = min(path, key=lambda link: _GRADES.index(grades[link.id]))
        grade = grades[weakest.id]
        if best[1] is None or _GRADES.index(grade) > _GRADES.index(best[0]):
            best = (grade, weakest)
    return best


def _paths_to(tree: Tree, node: str) -> Iterator[list[Link]]:
    for link in tree.links:
        if link.node_to != node:
            continue
        if tree.node(link.node_from).level is TreeLevel.APPROACH:
            yield [link]
        else:
            yield from ([*path, link] for path in _paths_to(tree, link.node_from))
