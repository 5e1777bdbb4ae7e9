"""The tree as a circle looks at it: per node what its indicators say, per link its assumption and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.logic import Diagnosis
from indicators.results_logic.drawing.svg import svg
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.tables import verdicts_by_node
from reports.content.parts import Table
from reports.language import dutch

Tables = Mapping[str, pd.DataFrame]
_DIAGNOSES = {one.value: dutch.sentence(one.label) for one in Diagnosis}


def drawing(tree: Tree, tables: Tables) -> str:
    """The drawing with the verdicts of the publication; without them where it has none."""
    nodes = tables.get("out_logic__nodes")
    return svg(tree, {} if nodes is None else verdicts_by_node(nodes))


def node_table(tree: Tree, tables: Tables, node: str) -> Table:
    """What each indicator of a node asks, says, and what was expected."""
    known = tables.get("out_logic__indicators")
    texts = {} if known is None else dict(known.loc[known["slice"] == ALL, ["indicator", "verdict_text"]].to_numpy())
    rows = tuple(
        (
            one.question,
            str(texts.get(one.id, "staat niet in deze publicatie")),
            one.expectation.text if one.expectation else "",
            one.pitfall or "",
        )
        for one in tree.indicators
        if one.node == node
    )
    return Table(tree.node(node).title, ("Vraag", "Wat het cijfer zegt", "Wat we verwachtten", "Let op"), rows)


def diagnosis_lines(tables: Tables) -> list[str]:
    """Where chains break, and what to do."""
    found = tables.get("out_logic__diagnosis")
    if found is None:
        return []
    return [f"{_DIAGNOSES[row['diagnosis']]}: {row['headline']} {row['next_step']}" for _, row in found.iterrows()]


def link_table(tree: Tree, link: Link) -> Table:
    """The history of a link: its assumption, evidence, rivals, decisions and the next look."""
    title = f"{tree.node(link.node_from).title} → {tree.node(link.node_to).title}"
    return Table(title, ("Wat", "Wat er staat"), tuple(_history(link)))


def _history(link: Link) -> Iterator[tuple[str, str]]:
    yield "Aanname", link.assumption
    yield "Stand", link.test.status.label + (f", sinds {dutch.day(link.test.since)}" if link.test.since else "")
    for one in link.evidence:
        year = f" ({one.year})" if one.year else ""
        yield "Bewijs", f"{one.kind.label}, {one.direction.label}, {one.strength.label}: {one.source or ''}{year}"
    for rival in link.rivals:
        yield "Andere verklaring", rival.explanation
    for decision in sorted(link.decisions, key=lambda one: one.date):
        by = dutch.listed(decision.by)
        yield f"Besluit {dutch.day(decision.date)}", f"{decision.decision} ({by}, {decision.session})"
    if link.test.next_look:
        yield "Opnieuw kijken", dutch.day(link.test.next_look)
