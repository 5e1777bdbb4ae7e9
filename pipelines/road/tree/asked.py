"""A tree from questions, from right to left: why, effects, results, and only then what we do for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from data_contracts.vocabulary.field import ALL, LifeDomain, SolutionKind
from data_contracts.vocabulary.logic import Direction, IndicatorKind, TreeLevel
from indicators.results_logic.tree.model import Tree
from pipelines.init.questions import Question, Talk
from pipelines.init.writing import slug
from pipelines.road.kinds import at_least, guide, one_of, whole, words
from pipelines.road.tree.delivered import MEASURES, Holdings

DONE = "klaar"
_METHOD = "docs/results_logic.md"
_MOST = 9
_DOMAINS = LifeDomain.labels()
_SOLUTIONS = SolutionKind.labels()
_DIRECTIONS = Direction.labels()
_TOLD = {"waarneming": "u ziet of hoort het zelf", "verhaal": "mensen vertellen het"}
_CASES = {
    "waiting_time": "hoe lang iemand wacht",
    "lead_time": "hoe lang de hulp duurt",
    "with_plan": "deel van de mensen met een plan",
    "evaluated": "deel van de mensen met een evaluatie",
    "question_answered": "deel van de mensen van wie de vraag is beantwoord",
}


@dataclass(slots=True)
class _Growing:
    """A tree while it is asked for."""

    talk: Talk
    measures: dict[str, tuple[str, dict[str, Any]]]
    nodes: list[dict[str, Any]] = field(default_factory=list)
    links: list[dict[str, Any]] = field(default_factory=list)
    indicators: list[dict[str, Any]] = field(default_factory=list)

    def node(self, level: TreeLevel, title: str, **more: Any) -> str:
        """A new node; two with one title get ids of their own."""
        taken = {one["id"] for one in self.nodes}
        first = slug(title)[:50].strip("-")
        name = next(one for at in range(1, 1000) if (one := first if at == 1 else f"{first}-{at}") not in taken)
        self.nodes.append({"id": name, "level": level.value, "title": title, **more})
        return name


def asked_tree(talk: Talk, held: Holdings, town: str) -> Tree | None:
    """The tree that the replies make; None while a question is open."""
    growing = _Growing(talk, dict(measures_held(held)))
    title = words(
        talk,
        "titel",
        "Hoe heet deze boom?",
        guide("De wijkteams in onze gemeente.", _METHOD),
        5,
        f"De wijkteams in {town}",
    )
    why = words(
        talk,
        "waarom",
        "Waarom doen we dit, en voor wie? Eén zin.",
        guide("inwoners redden zich en doen mee.", _METHOD),
        5,
    )
    if why is not None:
        top = growing.node(TreeLevel.WHY, why)
        for name, text in _several(
            talk, "effect", "Wat merken inwoners als het lukt?", "inwoners hebben weer grip op hun geld."
        ):
            effect = growing.node(TreeLevel.EFFECT, text, noticed_by=_noticed_by(talk, name, text))
            _link(growing, name, effect, top, text, why)
            _indicator(growing, name, effect, text)
            _results(growing, name, effect, text)
    if talk.open:
        return None
    parts = {"nodes": growing.nodes, "links": growing.links, "indicators": growing.indicators}
    return Tree.model_validate({"schema_version": 1, "id": slug(str(title))[:60].strip("-"), "title": title, **parts})


def _results(growing: _Growing, name: str, effect: str, about: str) -> None:
    """What must succeed in practice for an effect, and what we do for that."""
    question = f"Wat moet er in de praktijk lukken voor '{about}'?"
    for inner, text in _several(growing.talk, f"{name}.resultaat", question, "schulden zijn vroeg in beeld."):
        result = growing.node(TreeLevel.RESULT, text)
        _link(growing, inner, result, effect, text, about)
        _indicator(growing, inner, result, text)
        question_below = f"Wat doen we voor '{text}'? Vraag het de professionals."
        for last, doing in _several(growing.talk, f"{inner}.aanpak", question_below, "een gesprek thuis."):
            approach = growing.node(TreeLevel.APPROACH, doing)
            _link(growing, last, approach, result, doing, text)
            _indicator(growing, last, approach, doing)


def _several(talk: Talk, name: str, text: str, example: str) -> Iterator[tuple[str, str]]:
    """One reply after another until somebody says that it is enough; at least one."""
    for at in range(1, _MOST + 1):
        more = f" Of '{DONE}' als dit alles is." if at > 1 else ""
        given = talk.text(Question(f"{name}-{at}", f"{text}{more}", fits=at_least(5), guide=guide(example, _METHOD)))
        if given is None or (at > 1 and given.casefold() == DONE):
            return
        yield f"{name}-{at}", given


def _noticed_by(talk: Talk, name: str, about: str) -> list[str]:
    text = f"Wie merkt dat '{about}'?"
    return [words(talk, f"{name}.wie-merkt", text, guide("inwoner, schuldeiser.", _METHOD)) or ""]


def _link(growing: _Growing, name: str, lower: str, upper: str, below: str, above: str) -> None:
    text = f"Waarom leidt '{below}' tot '{above}'?"
    example = "wie vroeg een regeling heeft, houdt overzicht."
    assumption = words(growing.talk, f"{name}.aanname", text, guide(example, _METHOD), 10)
    months = whole(
        growing.talk, f"{name}.maanden", f"Na hoeveel maanden merkt u dat ({below})?", guide("6.", _METHOD), 0, 120
    )
    link_id = f"{lower[:28].strip('-')}-naar-{upper[:24].strip('-')}"
    taken = sum(one["id"].startswith(link_id) for one in growing.links)
    unique = f"{link_id}-{taken + 1}" if taken else link_id
    growing.links.append({"id": unique, "from": lower, "to": upper, "assumption": assumption, "delay_months": months})


def _indicator(growing: _Growing, name: str, node: str, about: str) -> None:
    """What shows that a node is there: something that was delivered, or something to see or hear."""
    talk = growing.talk
    choices = _TOLD | {key: label for key, (label, _) in growing.measures.items()}
    text = f"Waaraan zien we '{about}'? Liever iets dat al geleverd is."
    choice = one_of(talk, f"{name}.indicator", text, choices, guide("waarneming.", _METHOD))
    question = f"Waaraan zien we dat dit gebeurt: {about.rstrip('.?!')}?"
    found: dict[str, Any] = {"id": f"zien-{node}"[:60].strip("-"), "node": node, "question": question}
    if choice in growing.measures:
        way = one_of(
            talk, f"{name}.verwachting", f"Welke kant gaat dat op ({about})?", _DIRECTIONS, guide("higher.", _METHOD)
        )
        why = words(
            talk,
            f"{name}.waarom-verwacht",
            f"Waarom verwacht u dat ({about})?",
            guide("wie rust heeft, krijgt grip.", _METHOD),
            5,
        )
        found |= {"measure": growing.measures[choice][1], "expectation": {"direction": way, "text": why}}
    elif choice is not None:
        kind = IndicatorKind.STORY if choice == "verhaal" else IndicatorKind.OBSERVATION
        found |= {"kind": kind.value, "already_exists": False}
    growing.indicators.append(found)


def measures_held(held: Holdings) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """What was delivered and can be followed: a name to choose, its words, and the measure."""
    for domain in held.study.life_domains:
        measure = {"name": "mean_change", "life_domain": domain.value}
        yield from _if_held(
            held, f"zrm-{slug(domain.label.partition(' (')[0])}", f"verandering op {domain.label}", measure
        )
    scores = {"ladder": "net_improved", "experienced": "mean_change"}
    for subject, label in (("ladder", "Participatieladder"), ("experienced", "ervaren baat")):
        measure = {"name": scores[subject], "subject": subject}
        yield from _if_held(held, slug(label), f"verandering op de {label}" if subject == "ladder" else label, measure)
    use = held.released.use
    for subject, what in sorted(set(zip(use["subject"], use["what"], strict=True))):
        if subject in ("events", "provisions", "solutions") and what not in (ALL, "wmo", "jeugdwet", "wgs"):
            measure = {"name": "share_using", "subject": subject, "what": what}
            label = f"deel van de mensen met: {_SOLUTIONS.get(what, what)}"
            yield from _if_held(held, slug(_SOLUTIONS.get(what, what)), label, measure)
        if subject == "cases" and what in _CASES:
            yield from _if_held(held, slug(_CASES[what]), _CASES[what], {"name": "case_record", "what": what})


def _if_held(
    held: Holdings, name: str, label: str, measure: dict[str, Any]
) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    if held.fitted(MEASURES.validate_python(measure)) is not None:
        yield name, (label, measure)
