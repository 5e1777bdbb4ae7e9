"""Where each node stands in the drawing: four columns, approach left and why right, few crossings."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import pairwise

from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.model import Tree

BOX_WIDTH, COLUMN_GAP, ROW_GAP, MARGIN, HEAD = 236, 96, 16, 16, 64
LINE_HEIGHT, LETTERS_PER_LINE = 18, 26
SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Box:
    """A node in the drawing; x and y of the upper left corner, in pixels. `lines` is the wrapped title."""

    x: float
    y: float
    height: float
    lines: tuple[str, ...]

    @property
    def middle(self) -> float:
        """The y of the middle."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """Boxes by node, and for each link where it leaves and arrives."""

    boxes: dict[str, Box]
    ends: dict[str, tuple[float, float, float, float]]
    width: float
    height: float


def column_x(level: TreeLevel) -> float:
    """The left edge of the column of a level; the why stands right."""
    place = list(reversed(TreeLevel)).index(level)
    return MARGIN + place * (BOX_WIDTH + COLUMN_GAP)


def layout(tree: Tree, *, with_verdicts: bool = False) -> Layout:
    """The drawing's geometry; a verdict takes a line of its box."""
    lines = {node.id: tuple(textwrap.wrap(node.title, LETTERS_PER_LINE)) for node in tree.nodes}
    heights = {node: LINE_HEIGHT * (len(title) + with_verdicts) + 18 for node, title in lines.items()}
    columns = _ordered_columns(tree)
    tall = max(sum(heights[node] + ROW_GAP for node in column) for column in columns.values())
    boxes = {}
    for level, column in columns.items():
        used = sum(heights[node] for node in column)
        gap = (tall - used) / (len(column) + 1) if column else 0.0
        y = HEAD + gap
        for node in column:
            boxes[node] = Box(column_x(level), y, heights[node], lines[node])
            y += heights[node] + gap
    width = column_x(TreeLevel.WHY) + BOX_WIDTH + MARGIN
    return Layout(boxes, _ends(tree, boxes), width, HEAD + tall + MARGIN)


def _ordered_columns(tree: Tree) -> dict[TreeLevel, list[str]]:
    """Nodes per level, each near the mean place of its neighbours (barycentre), swept right to left and back."""
    columns = {level: [node.id for node in tree.level(level)] for level in TreeLevel}
    levels = list(TreeLevel)
    for sweep in range(SWEEPS):
        upward = sweep % 2 == 0
        for fixed, moved in pairwise(levels if upward else levels[::-1]):
            columns[moved] = _near_neighbours(tree, columns[fixed], columns[moved])
    return columns


def _near_neighbours(tree: Tree, fixed: list[str], moved: list[str]) -> list[str]:
    place = {node: (index + 0.5) / len(fixed) for index, node in enumerate(fixed)}
    pull: dict[str, list[float]] = {node: [] for node in moved}
    for link in tree.links:
        for own, other in ((link.node_from, link.node_to), (link.node_to, link.node_from)):
            if own in pull and other in place:
                pull[own].append(place[other])
    own_place = {node: (index + 0.5) / len(moved) for index, node in enumerate(moved)}
    return sorted(moved, key=lambda node: sum(pull[node]) / len(pull[node]) if pull[node] else own_place[node])


def _ends(tree: Tree, boxes: dict[str, Box]) -> dict[str, tuple[float, float, float, float]]:
    """Per link x and y of start and end; links of one box are spread along its side in the order of their other end."""
    start: dict[str, tuple[float, float]] = {}
    end: dict[str, tuple[float, float]] = {}
    for node, box in boxes.items():
        leaving = sorted(
            (one for one in tree.links if one.node_from == node), key=lambda one: boxes[one.node_to].middle
        )
        coming = sorted((one for one in tree.links if one.node_to == node), key=lambda one: boxes[one.node_from].middle)
        for links, found, x in ((leaving, start, box.x + BOX_WIDTH), (coming, end, box.x)):
            for index, link in enumerate(links):
                found[link.id] = (x, box.y + box.height * (index + 1) / (len(links) + 1))
    return {link.id: (*start[link.id], *end[link.id]) for link in tree.links}
