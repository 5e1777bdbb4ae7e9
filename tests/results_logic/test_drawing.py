"""The drawing and its list hold the same tree, escaped, and without colour alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from itertools import pairwise

from data_contracts.vocabulary.logic import TreeLevel, Verdict
from indicators.results_logic.drawing.layout import layout
from indicators.results_logic.drawing.outline import nested_list
from indicators.results_logic.drawing.svg import STROKES, legend, svg
from indicators.results_logic.tree.model import Tree
from tests.results_logic.trees import small_tree

NS = "{http://www.w3.org/2000/svg}"


def test_the_drawing_has_a_name_a_description_and_one_box_per_node() -> None:
    tree = small_tree()
    root = ET.fromstring(svg(tree))  # noqa: S314  our own text
    assert root.get("role") == "img"
    named = {element.get("id") for element in root.iter() if element.get("id")}
    assert set(root.get("aria-labelledby", "").split()) <= named
    assert len(root.findall(f"{NS}rect")) == len(tree.nodes)


def test_the_approach_stands_left_and_the_why_right() -> None:
    boxes = layout(small_tree()).boxes
    assert boxes["eropaf"].x < boxes["regeling"].x < boxes["grip"].x < boxes["redden"].x


def test_boxes_of_a_column_do_not_overlap() -> None:
    tree = small_tree()
    found = layout(tree)
    for level in TreeLevel:
        boxes = sorted((found.boxes[node.id] for node in tree.level(level)), key=lambda box: box.y)
        assert all(upper.y + upper.height <= lower.y for upper, lower in pairwise(boxes))


def test_a_node_stands_near_what_it_leads_to() -> None:
    """Three approaches lead to three results in the opposite order of the file; drawn, no arrow crosses another."""
    data = small_tree().model_dump(by_alias=True)
    for number in (1, 2):
        data["nodes"].append({**data["nodes"][2], "id": f"regeling-{number}"})
    for number in (2, 1):
        data["nodes"].append({**data["nodes"][3], "id": f"eropaf-{number}"})
        for link in data["links"][1:3]:
            ends = {"id": f"{link['id']}-{number}", "from": f"{link['from']}-{number}"}
            to = link["to"] if link["to"] == "grip" else f"{link['to']}-{number}"
            data["links"].append({**link, **ends, "to": to})
    boxes = layout(Tree.model_validate(data)).boxes
    columns = (["regeling", "regeling-1", "regeling-2"], ["eropaf", "eropaf-1", "eropaf-2"])
    orders = [sorted(range(3), key=lambda number, names=names: boxes[names[number]].y) for names in columns]
    assert orders[0] == orders[1]


def test_titles_are_escaped_in_drawing_and_list() -> None:
    tree = small_tree("title: Inwoners redden zich", 'title: "Inwoners <b>redden</b> zich & meer"')
    for text in (svg(tree), nested_list(tree)):
        assert "<b>" not in text
        assert "&amp; meer" in text.replace("zich\n", "zich ")


def test_each_status_is_drawn_in_its_own_way_and_stands_in_the_legend() -> None:
    assert len({*STROKES.values()}) == len(STROKES)
    assert any("weerlegd" in words for _, words in legend())


def test_a_verdict_is_a_word_with_a_sign() -> None:
    verdicts = {"grip": Verdict.DIFFERENT}
    assert "◆ anders dan verwacht" in svg(small_tree(), verdicts)
    assert "(effect, anders dan verwacht)" in nested_list(small_tree(), verdicts)


def test_the_list_names_every_node_and_assumption() -> None:
    tree = small_tree()
    text = nested_list(tree)
    assert all(node.title in text for node in tree.nodes)
    assert all(link.assumption in text for link in tree.links)
