"""A tree as YAML text: block style, comments kept, nothing written that a reader does not need."""

from __future__ import annotations

from data_contracts.yaml_merged import merged_text
from indicators.results_logic.tree.model import Tree


def merged(text: str, tree: Tree) -> str:
    """`text` changed so that it says what `tree` says.

    Nodes, links and indicators are matched on their id. A default that the text writes out stays written out.
    """
    return merged_text(text, tree.model_dump(by_alias=True, exclude_defaults=True), tree.model_dump(by_alias=True))
