"""The tree as a nested list, from the why down to the approaches: the drawing in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from data_contracts.vocabulary.logic import TreeLevel, Verdict
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.node import Node
from indicators.results_logic.tree.one_line import closed


def nested_list(tree: Tree, verdicts: dict[str, Verdict] | None = None) -> str:
    """HTML of a nested list; a node with several upper nodes is written out once and named the other times."""
    top = ET.Element("ul", {"class": "tree-list"})
    written: set[str] = set()
    for node in tree.level(TreeLevel.WHY):
        _item(top, tree, node, None, verdicts or {}, written)
    return ET.tostring(top, encoding="unicode", method="html")


def _item(
    parent: ET.Element, tree: Tree, node: Node, link: Link | None, verdicts: dict[str, Verdict], written: set[str]
) -> None:
    item = ET.SubElement(parent, "li")
    name = ET.SubElement(item, "strong")
    name.text = node.title
    verdict = verdicts.get(node.id)
    name.tail = f" ({node.level.label}{', ' + verdict.label if verdict else ''})"
    if link:
        ET.SubElement(item, "br").tail = f"Aanname: {closed(link.assumption)} Verband: {link.test.status.label}."
    below = [one for one in tree.links if one.node_to == node.id]
    if node.id in written and below:
        ET.SubElement(item, "br").tail = "Wat hieronder hoort, staat hierboven al."
        return
    written.add(node.id)
    if below:
        deeper = ET.SubElement(item, "ul")
        for one in below:
            _item(deeper, tree, tree.node(one.node_from), one, verdicts, written)
