"""One page with a tree: the drawing, its signs, the same as a list, and as sentences to read aloud."""

from __future__ import annotations

from html import escape

from data_contracts.vocabulary.logic import PURPOSE, Verdict
from indicators.results_logic.drawing.outline import nested_list
from indicators.results_logic.drawing.reading_aloud import read_aloud
from indicators.results_logic.drawing.svg import legend, svg
from indicators.results_logic.tree.indicator import Indicator
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.tree.one_line import closed
from indicators.results_logic.values.wording import measured

INTRODUCTION = (
    "Links staat wat wij doen, rechts waarom. Lees van rechts naar links. Elke pijl is een aanname die u samen toetst."
)
STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff; }
main { max-width: 88rem; margin: 1rem auto; padding: 0 1rem; }
.tree-scroll { overflow-x: auto; }
.tree-scroll svg { max-width: none; }
.tree-legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; }
.tree-list li { margin: .25rem 0; }
@media print { .tree-scroll { overflow: visible; } .tree-scroll svg { max-width: 100%; height: auto; } }
"""


def tree_page(tree: Tree, verdicts: dict[str, Verdict] | None = None) -> str:
    """A self-contained HTML page in Dutch; nothing is fetched."""
    head = f'<head><meta charset="utf-8"/><title>{escape(tree.title)}</title>'
    head += f'<meta name="viewport" content="width=device-width, initial-scale=1"/><style>{STYLE}</style></head>'
    parts = [
        f"<h1>{escape(tree.title)}</h1>",
        f"<p>{INTRODUCTION}</p>",
        "<h2>Tekening</h2>",
        tree_figure(tree, verdicts),
        "<h2>Dezelfde boom als lijst</h2>",
        nested_list(tree, verdicts),
        *_indicators(tree),
        "<h2>Om voor te lezen</h2>",
        *(f"<p>{escape(line)}</p>" for line in read_aloud(tree)),
        f"<p>Versie van deze boom: {tree.version}. Noem deze in een voorstel uit een leerkring.</p>",
    ]
    return f'<!DOCTYPE html>\n<html lang="nl">{head}<body><main>{"".join(parts)}</main></body></html>\n'


def tree_figure(tree: Tree, verdicts: dict[str, Verdict] | None = None) -> str:
    """The drawing in a frame that scrolls sideways, by keyboard as well, with what its signs mean."""
    signs = "".join(
        f"<li>{sign if sign.startswith('<') else _sign(sign)} {escape(words)}</li>"
        for sign, words in legend(with_verdicts=bool(verdicts))
    )
    name = escape(f"Tekening: {tree.title}")
    frame = f'<div class="tree-scroll" role="region" tabindex="0" aria-label="{name}">{svg(tree, verdicts)}</div>'
    return f'<figure>{frame}<figcaption><ul class="tree-legend">{signs}</ul></figcaption></figure>'


def _indicators(tree: Tree) -> list[str]:
    """What each node is seen by: the question, what is measured and which way we expect it to move."""
    if not tree.indicators:
        return []
    items = [
        f"<li><strong>{escape(node.title)}</strong><ul>"
        + "".join(f"<li>{escape(_seen_by(one))}</li>" for one in tree.indicators if one.node == node.id)
        + "</ul></li>"
        for node in tree.nodes
        if any(one.node == node.id for one in tree.indicators)
    ]
    return ["<h2>Waaraan we het zien</h2>", f"<p>{escape(PURPOSE)}</p>", f'<ul class="tree-list">{"".join(items)}</ul>']


def _seen_by(indicator: Indicator) -> str:
    if indicator.measure is None or indicator.expectation is None:
        return f"{indicator.question} Dit is een {indicator.kind.label}, geen cijfer."
    expected = f"We verwachten: {indicator.expectation.direction.label}."
    pitfall = f" Let op: {closed(indicator.pitfall)}" if indicator.pitfall else ""
    return f"{indicator.question} Cijfer: {measured(indicator.measure)}. {expected}{pitfall}"


def _sign(sign: str) -> str:
    return f'<span aria-hidden="true">{sign}</span>'
