"""The exercise from right to left: a new step under an effect or a result, with the assumption of its link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import marimo as mo

from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.model import Tree
from notebooks.forms.kept import Said

BELOW = {level.above: level for level in TreeLevel if level.above is not None}


def step_form(tree: Tree, propose: Callable[[Said], None]) -> Any:
    """What is needed for a step: from the why to effects, to results, to what we do; no step without an assumption."""
    steps = {f"{node.title} ({node.level.label})": node.id for node in tree.nodes if node.level in BELOW}
    return (
        mo.md("## Van rechts naar links\n\n{above}\n\n{title}\n\n{assumption}\n\n{months}")
        .batch(
            above=mo.ui.dropdown(steps, value=next(iter(steps)), label="Wat is nodig voor", full_width=True),
            title=mo.ui.text(label="Daarvoor is nodig dat", full_width=True, max_length=200),
            assumption=mo.ui.text(label="Omdat (de aanname onder de pijl)", full_width=True, max_length=400),
            months=mo.ui.text(value="6", label="Na hoeveel maanden merken we dat", max_length=3),
        )
        .form(submit_button_label="Maak een voorstel", on_change=propose)
    )
