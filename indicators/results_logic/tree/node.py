"""A node of a tree: a state that people notice, or what we do for it."""

from __future__ import annotations

from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.one_line import Words
from indicators.results_logic.tree.parts import Id, Sentence, TreePart


class Node(TreePart):
    """A state that people notice (why, effect, result) or what we do for it (approach)."""

    id: Id
    level: TreeLevel
    title: Sentence
    noticed_by: list[Words] = []
    outside_our_influence: list[Words] = []
    note: Words | None = None
