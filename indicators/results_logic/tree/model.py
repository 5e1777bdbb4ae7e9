"""A Resultatenlogica as data (results_logic.yaml): four levels, links one level up, indicators to learn from.

Everything is strict: an unknown key is refused, and a target or norm is refused with the reason.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from pydantic import Field, model_validator

from data_contracts.errors import RulesBroken
from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.node import Node
from indicators.results_logic.tree.one_line import Words
from indicators.results_logic.tree.parts import Id, Sentence, TreePart
from indicators.results_logic.tree.rules import broken_rules


class Session(TreePart):
    """Who established the tree, when, and in which session of the circle."""

    date: dt.date
    by: list[Words] = Field(min_length=1)
    session: Words | None = None


class Tree(TreePart):
    """results_logic.yaml."""

    schema_version: Literal[1]
    id: Id
    title: Sentence
    adopted: Session | None = None
    nodes: list[Node] = Field(min_length=1)
    links: list[Link] = []
    indicators: list[Indicator] = []

    @model_validator(mode="after")
    def _reasoned_from_right_to_left(self) -> Tree:
        broken = broken_rules(self)
        if broken:
            raise RulesBroken(broken)
        return self

    @property
    def version(self) -> str:
        """Id and content hash, so that an old figure still opens against its own tree."""
        content = self.model_dump_json(by_alias=True)
        return f"{self.id}@{hashlib.sha256(content.encode()).hexdigest()[:10]}"

    def level(self, level: TreeLevel) -> list[Node]:
        """The nodes of a level, in the order of the file."""
        return [node for node in self.nodes if node.level is level]

    def node(self, node_id: str) -> Node:
        """The node with this id."""
        return next(node for node in self.nodes if node.id == node_id)
