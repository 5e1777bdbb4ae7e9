"""The tree as an SVG of four columns: readable without colour, with a title and a description.

The same content stands in outline.py as a nested list; a reader who cannot see the drawing loses nothing.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from data_contracts.vocabulary.logic import VERDICT_SHAPES, TestStatus, TreeLevel, Verdict
from indicators.results_logic.drawing.layout import BOX_WIDTH, HEAD, LINE_HEIGHT, Layout, column_x, layout
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.model import Tree

INK, LINE = "#1b1b1b", "#46525e"
FILLS = {
    TreeLevel.APPROACH: "#f1f1ec",
    TreeLevel.RESULT: "#e9f1f4",
    TreeLevel.EFFECT: "#f6efe2",
    TreeLevel.WHY: "#efeaf3",
}
# How a link is drawn by the status of its test: width and dashes, so that it survives a black-and-white print.
STROKES = {
    TestStatus.UNTESTED: ("1.2", "2 4"),
    TestStatus.TESTING: ("1.6", "8 4"),
    TestStatus.HOLDS: ("3", ""),
    TestStatus.DOUBT: ("1.6", "10 4 2 4"),
    TestStatus.REFUTED: ("1.2", ""),
}
COLUMN_TITLES = {
    TreeLevel.APPROACH: "Aanpak: wat doen we?",
    TreeLevel.RESULT: "Resultaat: wat lukt er dan?",
    TreeLevel.EFFECT: "Effect: wat merken mensen?",
    TreeLevel.WHY: "Waarom doen we dit?",
}


def svg(tree: Tree, verdicts: dict[str, Verdict] | None = None) -> str:
    """The drawing as SVG text; `verdicts` by node id, where there are any."""
    found, verdicts = layout(tree, with_verdicts=bool(verdicts)), verdicts or {}
    root = _root(tree, found)
    for level, title in COLUMN_TITLES.items():
        _text(root, column_x(level), HEAD - 34, title, weight="600")
    for link in tree.links:
        _draw_link(root, tree, link, found)
    for node in tree.nodes:
        _draw_node(root, node.id, FILLS[node.level], found, verdicts.get(node.id))
    return ET.tostring(root, encoding="unicode")


def legend(*, with_verdicts: bool = True) -> list[tuple[str, str]]:
    """What lines and signs mean: SVG of the sign or the sign itself, and its Dutch words."""
    lines = []
    for status in TestStatus:
        root = ET.Element("svg", {"width": "60", "height": "12", "aria-hidden": "true", "focusable": "false"})
        _line(root, status, "M0 6 L60 6")
        if status is TestStatus.REFUTED:
            _cross(root, 30, 6)
        lines.append((ET.tostring(root, encoding="unicode"), f"verband: {status.label}"))
    return lines + [(shape, verdict.label) for verdict, shape in VERDICT_SHAPES.items() if with_verdicts]


def _root(tree: Tree, found: Layout) -> ET.Element:
    size = {"width": f"{found.width:.0f}", "height": f"{found.height:.0f}"}
    names = f"{tree.id}-title", f"{tree.id}-desc"
    root = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": " ".join(names),
            "viewBox": f"0 0 {size['width']} {size['height']}",
            "font-family": "system-ui, sans-serif",
            "font-size": "14",
            **size,
        },
    )
    ET.SubElement(root, "title", id=names[0]).text = f"Resultatenlogica: {tree.title}"
    counts = ", ".join(f"{len(tree.level(level))} x {level.label}" for level in TreeLevel)
    ET.SubElement(root, "desc", id=names[1]).text = (
        f"Vier kolommen, gedacht van rechts naar links: {counts}, met {len(tree.links)} verbanden. "
        "Dezelfde inhoud staat als lijst bij deze tekening."
    )
    return root


def _draw_node(root: ET.Element, node: str, fill: str, found: Layout, verdict: Verdict | None) -> None:
    box = found.boxes[node]
    shape = {"x": f"{box.x:.1f}", "y": f"{box.y:.1f}", "width": str(BOX_WIDTH), "height": f"{box.height:.1f}"}
    ET.SubElement(root, "rect", {**shape, "rx": "6", "fill": fill, "stroke": LINE})
    for index, line in enumerate(box.lines):
        _text(root, box.x + 12, box.y + 22 + index * LINE_HEIGHT, line)
    if verdict:
        y = box.y + 22 + len(box.lines) * LINE_HEIGHT
        _text(root, box.x + 12, y, f"{VERDICT_SHAPES[verdict]} {verdict.label}", size="12")


def _draw_link(root: ET.Element, tree: Tree, link: Link, found: Layout) -> None:
    x0, y0, x1, y1 = found.ends[link.id]
    bend = (x1 - x0) / 2
    group = ET.SubElement(root, "g")
    words = f"{tree.node(link.node_from).title} → {tree.node(link.node_to).title}: {link.assumption}"
    ET.SubElement(group, "title").text = f"{words} ({link.test.status.label})"
    tip = x1 - 7
    _line(
        group,
        link.test.status,
        f"M{x0:.1f} {y0:.1f} C{x0 + bend:.1f} {y0:.1f} {x1 - bend:.1f} {y1:.1f} {tip:.1f} {y1:.1f}",
    )
    ET.SubElement(group, "path", d=f"M{tip:.1f} {y1 - 4:.1f} L{x1:.1f} {y1:.1f} L{tip:.1f} {y1 + 4:.1f} Z", fill=LINE)
    if link.test.status is TestStatus.REFUTED:
        _cross(group, (x0 + x1) / 2, (y0 + y1) / 2)


def _line(parent: ET.Element, status: TestStatus, path: str) -> None:
    width, dashes = STROKES[status]
    style = {"fill": "none", "stroke": LINE, "stroke-width": width}
    ET.SubElement(parent, "path", {"d": path, **style, **({"stroke-dasharray": dashes} if dashes else {})})


def _cross(parent: ET.Element, x: float, y: float) -> None:
    path = f"M{x - 5:.1f} {y - 5:.1f} l10 10 M{x + 5:.1f} {y - 5:.1f} l-10 10"
    ET.SubElement(parent, "path", {"d": path, "stroke": INK, "stroke-width": "2"})


def _text(root: ET.Element, x: float, y: float, words: str, *, size: str = "14", weight: str = "400") -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": INK, "font-size": size, "font-weight": weight}
    ET.SubElement(root, "text", place).text = words
