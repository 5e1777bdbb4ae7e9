"""The contribution story of each effect: what we claim, what speaks for and against it, rivals, and what is open.

After the contribution analysis of Mayne (2001): a claim about a cause is never built on opinions alone, and rival
explanations stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.vocabulary.logic import (
    DECIDED,
    EvidenceDirection,
    LinkTestVerdict,
    StoryPart,
    TestStatus,
    TreeLevel,
)
from indicators.results_logic.findings.explained import tested_in_words
from indicators.results_logic.findings.link_tests import LinkTest
from indicators.results_logic.tree.link import Evidence, Link
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.node import Node
from indicators.results_logic.tree.one_line import closed

Said = tuple[StoryPart, str]


def stories(tree: Tree, tests: list[LinkTest]) -> list[dict[str, object]]:
    """Rows of out_logic__story: per effect its sentences, in the order in which they are told."""
    rows = []
    for effect in tree.level(TreeLevel.EFFECT):
        places: dict[StoryPart, int] = dict.fromkeys(StoryPart, 0)
        said = dict.fromkeys(_said(tree, effect, {test.link.id: test for test in tests}))
        for part, sentence in sorted(said, key=lambda one: list(StoryPart).index(one[0])):
            places[part] += 1
            row = {"tree": tree.version, "effect": effect.id, "part": part.value, "place": places[part]}
            rows.append({**row, "sentence": sentence})
    return rows


def _said(tree: Tree, effect: Node, tests: dict[str, LinkTest]) -> Iterator[Said]:
    links = [link for link in tree.links if link.node_to == effect.id]
    results = {link.node_from for link in links}
    for link in links:
        because = f"'{effect.title}' komt mede doordat '{tree.node(link.node_from).title}'"
        yield StoryPart.CLAIM, f"{because}: {closed(link.assumption)}"
    for link in links + [link for link in tree.links if link.node_to in results]:
        yield from _evidence(link)
        yield from _figures(tree, tests[link.id])
        yield from _rivals(link, tests[link.id])
        yield from _status(link)
    for outside in effect.outside_our_influence:
        yield StoryPart.RIVAL, f"Buiten onze invloed: {outside}."


def _evidence(link: Link) -> Iterator[Said]:
    """Mixed evidence speaks both for and against."""
    for one in link.evidence:
        said = f"{_told(one)} Het gaat om: {closed(link.assumption)}"
        if one.direction is not EvidenceDirection.CONTRADICTS:
            yield StoryPart.FOR, said
        if one.direction is not EvidenceDirection.SUPPORTS:
            yield StoryPart.AGAINST, said


def _told(evidence: Evidence) -> str:
    source = f" ({evidence.source})" if evidence.source else ""
    return f"{evidence.kind.label.capitalize()}{source} {evidence.direction.label}; sterkte: {evidence.strength.label}."


def _figures(tree: Tree, test: LinkTest) -> Iterator[Said]:
    parts = {LinkTestVerdict.MOVES_ALONG: StoryPart.FOR, LinkTestVerdict.STAYS_BEHIND: StoryPart.AGAINST}
    yield parts.get(test.verdict, StoryPart.OPEN), tested_in_words(tree, test)


def _rivals(link: Link, test: LinkTest) -> Iterator[Said]:
    for rival in link.rivals:
        followed = "hiervoor is gecorrigeerd" if rival.explanation in test.adjusted_for else "dit is niet gemeten"
        yield StoryPart.RIVAL, f"{rival.explanation.rstrip('.')}: {followed}."


def _status(link: Link) -> Iterator[Said]:
    status = link.test.status
    if status in DECIDED:
        last = max((one for one in link.decisions if one.status is status), key=lambda one: one.date)
        part = StoryPart.FOR if status is TestStatus.HOLDS else StoryPart.AGAINST
        yield part, f"Besluit van {last.date:%d-%m-%Y} ({last.session}), {status.label}: {closed(last.decision)}"
    elif status is TestStatus.UNTESTED:
        yield StoryPart.OPEN, f"De leerkring heeft nog niet besproken of dit klopt: {closed(link.assumption)}"
