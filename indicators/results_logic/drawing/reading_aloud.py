"""The tree as sentences to read aloud, from right to left: for a meeting, and for who cannot see the drawing."""

from __future__ import annotations

from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.node import Node
from indicators.results_logic.tree.one_line import closed


def read_aloud(tree: Tree) -> list[str]:
    """One sentence per step: what we want, what people notice, what must work for it, and what we do."""
    lines = [f"Wij willen dit: {_inside(node.title)}" for node in tree.level(TreeLevel.WHY)]
    openings = {
        TreeLevel.EFFECT: "Dat merken mensen hieraan",
        TreeLevel.RESULT: "Daarvoor moet dit lukken",
        TreeLevel.APPROACH: "Daarom doen wij dit",
    }
    for level, opening in openings.items():
        lines += [_node_line(tree, node, opening) for node in tree.level(level)]
    return lines


def _node_line(tree: Tree, node: Node, opening: str) -> str:
    sentences = [f"{opening}: {_inside(node.title)}"]
    sentences += [
        f"Dat helpt voor '{tree.node(link.node_to).title}', want {_inside(link.assumption)}"
        for link in tree.links
        if link.node_from == node.id
    ]
    if node.noticed_by:
        sentences.append(f"Wie het merkt: {closed(_and(node.noticed_by))}")
    return " ".join(sentences)


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " en " + parts[-1]


def _inside(text: str) -> str:
    """A sentence to end another one: small first letter, unless it opens with an abbreviation."""
    first = text.split(maxsplit=1)[0]
    if first == "Eén":
        return closed("é" + text[1:])
    start = text[0] if first[1:] != first[1:].lower() else text[0].lower()
    return closed(start + text[1:])
