"""A tree with one step more: the text of a proposal that a circle made from right to left."""

from __future__ import annotations

import re

from data_contracts.errors import StudyError
from data_contracts.vocabulary.logic import TreeLevel
from data_contracts.vocabulary.names import folded
from data_contracts.yaml_file import as_model
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.yaml_text import merged

LONGEST_ID = 40


def with_step(text: str, file: str, above: str, title: str, assumption: str, months: str) -> str:
    """The text of the tree with a new step under `above` and its link; StudyError without a usable assumption."""
    tree = as_model(text, Tree, file)
    if len(assumption.split()) < 2:
        raise StudyError("Een pijl zonder aanname is geen redenering. Schrijf op waarom het een tot het ander leidt.")
    if not months.strip().isdigit():
        raise StudyError("Schrijf bij de maanden een geheel getal, bijvoorbeeld 6.")
    level = next((one for one in TreeLevel if one.above is tree.node(above).level), None)
    if level is None:
        raise StudyError("Onder een aanpak komt geen stap meer. Kies een effect of een resultaat.")
    step = _new_id(title, {one.id for one in tree.nodes})
    node = {"id": step, "level": level.value, "title": title}
    link = {
        "id": _new_id(f"{step}-naar-{above}", {one.id for one in tree.links}),
        "from": step,
        "to": above,
        "assumption": assumption,
        "delay_months": int(months),
    }
    said = tree.model_dump(by_alias=True, mode="json")
    grown = Tree.model_validate({**said, "nodes": [*said["nodes"], node], "links": [*said["links"], link]})
    return merged(text, grown)


def _new_id(words: str, taken: set[str]) -> str:
    first = re.sub(r"[^a-z0-9]+", "-", folded(words))[:LONGEST_ID].strip("-") or "stap"
    return next(one for at in range(1, 1000) if (one := first if at == 1 else f"{first}-{at}") not in taken)
