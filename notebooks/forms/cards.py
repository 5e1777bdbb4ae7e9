"""Cards, piles and dots: the moderation method, by group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import marimo as mo

from data_contracts.vocabulary.circle import Round, group_label
from notebooks.forms.kept import Keep, Said, names_of, new_mark
from reports.circle.memory import Session
from reports.circle.naming import topic_name


def card_form(session: Session, last: Said, keep: Keep, remember: Callable[[Said], None]) -> Any:
    """One thought, with what it is about, its round and its group in one form: pressed fast, they stay together.

    What may not be kept stays in the box, so that it can be put otherwise. `last` is what the last card was about.
    """
    mark = new_mark()
    topics = {topic_name(one): one for one in session.topics}
    rounds = {one.label: one.value for one in Round}
    groups = names_of(session.groups)

    def laid(said: Said) -> None:
        remember({name: said[name] for name in ("topic", "round", "group")})
        keep({"kind": "card", "session": session.id, "mark": mark, **said}, done="De kaart ligt er.")

    def radio(name: str, choices: dict[str, str], label: str) -> Any:
        now = next((one for one, code in choices.items() if code == last.get(name)), next(iter(choices)))
        return mo.ui.radio(choices, value=now, label=label)

    return (
        mo.md("## Schrijf een kaart\n\n{topic}\n\n{round}\n\n{group}\n\n{text}")
        .batch(
            topic=radio("topic", topics, "Waarover?"),
            round=radio("round", rounds, "Ronde"),
            group=radio("group", groups, "Groep"),
            text=mo.ui.text_area(label="Eén gedachte per kaart", max_length=400, full_width=True, rows=2),
        )
        .form(submit_button_label="Leg de kaart neer", on_change=laid)
    )


def pile_form(session: Session, topic: str, keep: Keep) -> Any:
    """Which cards belong together, and what that is called."""
    cards = _named(session, topic)
    mark, item = new_mark(), new_mark()

    def piled(said: Said) -> None:
        ticked = [card for at, card in enumerate(cards.values()) if said[f"c{at}"]]
        about = {"kind": "cluster", "session": session.id, "mark": mark, "item": item, "topic": topic}
        keep({**about, "name": said["name"], "cards": ticked}, done="De stapel is gemaakt.")

    places = "\n\n".join(f"{{c{at}}}" for at in range(len(cards)))
    return (
        mo.md(f"## Wat hoort bij elkaar over {topic_name(topic)}?\n\n{places}\n\n{{name}}")
        .batch(
            **{f"c{at}": mo.ui.checkbox(label=_plain(text)) for at, text in enumerate(cards)},
            name=mo.ui.text(label="Naam van de stapel", full_width=True, max_length=400),
        )
        .form(submit_button_label="Maak een stapel", on_change=piled)
    )


def removing_form(session: Session, topic: str, keep: Keep) -> Any:
    """Taking a card away."""

    def removed(what: str | None) -> None:
        record = {"kind": "removed", "session": session.id, "mark": new_mark(), "what": what or ""}
        keep(record, done="Weg. Er blijft alleen een merkteken.")

    choice = mo.ui.dropdown(_named(session, topic), label="Een kaart weghalen", full_width=True)
    return choice.form(submit_button_label="Haal weg", on_change=removed)


def dots_forms(session: Session, topic: str, keep: Keep) -> list[Any]:
    """How heavily each group weighs each pile; no form without piles."""
    piles = [one for one, _ in session.weighed() if one.topic == topic]
    if not piles:
        return []
    cells = {f"p{at}_{group}": (one, group) for at, one in enumerate(piles) for group in session.groups}
    marks = {key: new_mark() for key in cells}

    def weighed(said: Said) -> None:
        records = [
            {
                "kind": "dots",
                "session": session.id,
                "mark": marks[key],
                "cluster": one.item,
                "group": group,
                "dots": said[key].strip() or "0",
            }
            for key, (one, group) in cells.items()
        ]
        keep(*records, done="De stippen zijn bewaard.")

    def box(one: Any, group: str) -> Any:
        known = session.dots.get((one.item, group))
        label = f"{_plain(one.name)}: {group_label(group)}"
        return mo.ui.text(value=str(known.dots if known else 0), label=label)

    lines = "\n\n".join(" ".join(f"{{p{at}_{group}}}" for group in session.groups) for at, _ in enumerate(piles))
    return [
        mo.md(f"## Hoe zwaar weegt elke stapel?\n\n{lines}")
        .batch(**{key: box(one, group) for key, (one, group) in cells.items()})
        .form(submit_button_label="Bewaar de stippen", on_change=weighed)
    ]


def _named(session: Session, topic: str) -> dict[str, str]:
    """Words and group -> mark of every card about a topic."""
    found = [one for one in session.cards.values() if one.topic == topic]
    return {f"{one.text} ({group_label(one.group)})": one.id for one in sorted(found, key=lambda one: one.text)}


def _plain(text: str) -> str:
    """Words of people as a label, which marimo reads as Markdown: without what Markdown or HTML would act on."""
    return "".join(one if one.isalnum() or one in " .,;:?'-" else f"&#{ord(one)};" for one in text)
