"""The rules that make a drawing with arrows a Resultatenlogica.

Checked in steps, and a later step only when the earlier ones hold, so that one fault gives one message.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from data_contracts.errors import Broken
from data_contracts.vocabulary.logic import TreeLevel
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.link import Link
from indicators.results_logic.tree.node import Node

MOST_STEERING = 7


class Drawn(Protocol):
    """What the rules look at: nodes, the links between them, and the indicators that hang on them."""

    nodes: list[Node]
    links: list[Link]
    indicators: list[Indicator]


def broken_rules(tree: Drawn) -> list[Broken]:
    """The rules that this tree breaks, each with its place; empty when the tree holds."""
    for step in (_double_ids, _unknown_nodes, _wrong_steps, _double_links, _loose_nodes, _unreached_nodes):
        broken = list(step(tree))
        if broken:
            return broken
    return []


def advice(tree: Drawn) -> list[str]:
    """What is allowed but seldom wise, in Dutch."""
    steering = sum(indicator.steering for indicator in tree.indicators)
    lines = []
    if steering > MOST_STEERING:
        lines.append(
            f"U stuurt op {steering} indicatoren. Kies er hoogstens {MOST_STEERING}: wie op alles let, leert weinig."
        )
    bound = {indicator.node for indicator in tree.indicators}
    unmeasured = [one.title for one in tree.nodes if one.level is not TreeLevel.WHY and one.id not in bound]
    unnoticed = [one.title for one in tree.nodes if one.level is TreeLevel.EFFECT and not one.noticed_by]
    if unmeasured:
        lines.append(f"Nog geen indicator: {_titles(unmeasured)}. Bij een breuk blijft onduidelijk waar die zit.")
    if unnoticed:
        lines.append(f"Er staat niet wie dit merkt: {_titles(unnoticed)}. Vul dat in.")
    return lines


def _titles(titles: list[str]) -> str:
    """How many and which: one line for all of which the same is said."""
    named = ", ".join(f"'{title}'" for title in titles)
    return named if len(titles) == 1 else f"{len(titles)} knopen ({named})"


def _double_ids(tree: Drawn) -> Iterator[Broken]:
    for group in ("nodes", "links", "indicators"):
        seen: set[str] = set()
        for index, part in enumerate(getattr(tree, group)):
            if part.id in seen:
                yield Broken((group, index, "id"), f"'{part.id}' staat er twee keer.", "Geef elk een eigen id.")
            seen.add(part.id)


def _unknown_nodes(tree: Drawn) -> Iterator[Broken]:
    known = {node.id for node in tree.nodes}
    for index, link in enumerate(tree.links):
        for key, node_id in (("from", link.node_from), ("to", link.node_to)):
            if node_id not in known:
                yield _unknown(("links", index, key), node_id)
    for index, indicator in enumerate(tree.indicators):
        if indicator.node not in known:
            yield _unknown(("indicators", index, "node"), indicator.node)


def _unknown(at: tuple[str | int, ...], node_id: str) -> Broken:
    return Broken(at, f"'{node_id}' is geen knoop van deze boom.", "Schrijf de id precies zoals bij de knoop zelf.")


def _wrong_steps(tree: Drawn) -> Iterator[Broken]:
    nodes = {node.id: node for node in tree.nodes}
    for index, link in enumerate(tree.links):
        what = _wrong_step(link, nodes[link.node_from], nodes[link.node_to])
        if what:
            do = "Een verband gaat precies één niveau omhoog: aanpak, resultaat, effect, waarom."
            yield Broken(("links", index, "to"), what, do)


def _wrong_step(link: Link, lower: Node, upper: Node) -> str | None:
    if lower.level.above is upper.level:
        return None
    steps = f"van {lower.level.label} naar {upper.level.label}"
    order = list(TreeLevel)
    if lower.id == upper.id:
        return f"verband '{link.id}' wijst naar zichzelf."
    if lower.level is upper.level:
        return f"verband '{link.id}' blijft op hetzelfde niveau ({lower.level.label})."
    if order.index(lower.level) < order.index(upper.level):
        return f"verband '{link.id}' loopt terug, {steps}: zo ontstaat een kring."
    return f"verband '{link.id}' slaat een niveau over, {steps}."


def _double_links(tree: Drawn) -> Iterator[Broken]:
    seen: dict[tuple[str, str], str] = {}
    for index, link in enumerate(tree.links):
        first = seen.setdefault((link.node_from, link.node_to), link.id)
        if first != link.id:
            what = f"'{link.id}' verbindt dezelfde knopen als '{first}'."
            yield Broken(("links", index, "id"), what, "Voeg de aannames samen in één verband.")


def _loose_nodes(tree: Drawn) -> Iterator[Broken]:
    contributing = {link.node_from for link in tree.links}
    for index, node in enumerate(tree.nodes):
        if node.level is not TreeLevel.WHY and node.id not in contributing:
            what = f"'{node.id}' ({node.level.label}) draagt nergens aan bij."
            yield Broken(("nodes", index), what, "Begin rechts: aan welke knoop van het niveau erboven draagt dit bij?")


def _unreached_nodes(tree: Drawn) -> Iterator[Broken]:
    reached = {node.id for node in tree.nodes if node.level is TreeLevel.APPROACH}
    for level in (TreeLevel.APPROACH, TreeLevel.RESULT, TreeLevel.EFFECT):
        of_level = {node.id for node in tree.nodes if node.level is level} & reached
        reached |= {link.node_to for link in tree.links if link.node_from in of_level}
    for index, node in enumerate(tree.nodes):
        if node.level in (TreeLevel.WHY, TreeLevel.EFFECT) and node.id not in reached:
            what = f"naar '{node.id}' ({node.level.label}) loopt geen pad vanuit een aanpak."
            yield Broken(("nodes", index), what, "Voeg een resultaat en een aanpak toe die hiertoe leiden.")
