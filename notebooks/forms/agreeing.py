"""Readings, agreements, and what goes between practice and policy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import marimo as mo

from data_contracts.vocabulary.circle import ExchangeKind, FiledAs, ReadingStatus, group_label
from data_contracts.vocabulary.logic import TestStatus
from notebooks.forms.kept import Keep, Said, names_of, new_mark
from reports.circle.memory import Memory, Session
from reports.circle.naming import topic_name

_MOST = 400
_DISSENT = "Wat sommigen anders zien (leeg: niets nieuws)"


def reading_form(session: Session, figure: str, keep: Keep) -> Any:
    """A new reading of a figure: a concept until the next session."""
    mark, item = new_mark(), new_mark()

    def read(said: Said) -> None:
        record = _reading(session, figure, said, item, ReadingStatus.CONCEPT, said["text"])
        keep({**record, "mark": mark}, done="De lezing staat er als concept.")

    text = mo.ui.text_area(label="Zo lezen wij dit cijfer", max_length=_MOST, full_width=True, rows=3)
    return (
        mo.md(f"## Een lezing van {topic_name(figure)}\n\n{{text}}\n\n{_boxes(session)}")
        .batch(text=text, **_ticked(session))
        .form(submit_button_label="Leg vast als concept", on_change=read)
    )


def adopting_forms(memory: Memory, session: Session, figure: str, keep: Keep) -> list[Any]:
    """Adopting a reading of an earlier session, or revising it with other words; no form where there is none."""
    mine = [one for one in memory.readings.values() if one.figure == figure and one.session < session.id]
    waiting = {one.text: one for one in mine}
    if not waiting:
        return []
    mark = new_mark()

    def adopted(said: Said) -> None:
        one = waiting[said["reading"]]
        status = ReadingStatus.REVISED if said["text"] else ReadingStatus.ADOPTED
        kept = {**said, "dissent": said["dissent"] or one.dissent}  # adopting makes nobody agree
        record = _reading(session, figure, kept, one.item, status, said["text"] or one.text)
        keep({**record, "mark": mark}, done="De lezing is vastgesteld.")

    return [
        mo.md(f"## Wat er al lag over {topic_name(figure)}\n\n{{reading}}\n\n{{text}}\n\n{_boxes(session)}")
        .batch(
            reading=mo.ui.dropdown(list(waiting), value=next(iter(waiting)), label="Lezing", full_width=True),
            text=mo.ui.text(label="Andere woorden (leeg: zoals zij is)", full_width=True, max_length=_MOST),
            **_ticked(session),
        )
        .form(submit_button_label="Stel vast", on_change=adopted)
    ]


def promise_form(session: Session, links: Mapping[str, str], keep: Keep) -> Any:
    """What, who (a role), before when; about a link of the tree it also is a decision, with a next look."""
    mark, item = new_mark(), new_mark()

    def promised(said: Said) -> None:
        about = {"kind": "promise", "session": session.id, "mark": mark, "item": item}
        keep({**about, **said, "due": said["due"].isoformat()}, done="De afspraak staat.")

    return (
        mo.md("## Wat spreken we af?\n\n{text}\n\n{owner}\n\n{due}\n\n{link}\n\n{link_status}")
        .batch(
            link=mo.ui.dropdown(dict(links), label="Gaat het over een verband van de boom?", full_width=True),
            link_status=mo.ui.dropdown({one.label: one.value for one in TestStatus}, label="Stand van dat verband"),
            text=mo.ui.text_area(label="Wat", max_length=_MOST, full_width=True, rows=2),
            owner=mo.ui.text(label="Wie (een rol, geen naam)", full_width=True, max_length=60),
            due=mo.ui.date(value=session.opened.on + dt.timedelta(days=90), label="Voor wanneer"),
        )
        .form(submit_button_label="Leg de afspraak vast", on_change=promised)
    )


def filing_forms(session: Session, links: Mapping[str, str], keep: Keep) -> list[Any]:
    """A card, in words that everybody stands behind, at a link of the tree; no form without cards or a tree."""
    cards = {f"{one.text} ({group_label(one.group)})": one.id for one in session.cards.values()}
    if not cards or not links:
        return []
    mark = new_mark()

    def filed(said: Said) -> None:
        keep({"kind": "filed", "session": session.id, "mark": mark, **said}, done="De kaart ligt bij het verband.")

    kinds = {one.label: one.value for one in FiledAs}
    return [
        mo.md("## Een kaart bij een verband leggen\n\n{card}\n\n{link}\n\n{filed_as}\n\n{text}")
        .batch(
            card=mo.ui.dropdown(cards, value=next(iter(cards)), label="Kaart", full_width=True),
            link=mo.ui.dropdown(dict(links), value=next(iter(links)), label="Verband", full_width=True),
            filed_as=mo.ui.radio(kinds, value=next(iter(kinds)), label="Als"),
            text=mo.ui.text(label="In woorden van ons allemaal", full_width=True, max_length=300),
        )
        .form(submit_button_label="Leg erbij", on_change=filed)
    ]


def exchange_form(session: Session, keep: Keep) -> Any:
    """Something that goes up to policy, or that policy expects; policy answers with a command."""
    mark, item = new_mark(), new_mark()
    kinds = {one.label: one.value for one in ExchangeKind if one is not ExchangeKind.ANSWER}

    def exchanged(said: Said) -> None:
        about = {"kind": "exchange", "session": session.id, "mark": mark, "item": item}
        keep({**about, **said}, done="Het staat er, tussen praktijk en beleid.")

    return (
        mo.md("## Naar beleid, of van beleid\n\n{what}\n\n{text}\n\n{owner}")
        .batch(
            what=mo.ui.radio(kinds, value=ExchangeKind.BOTTLENECK.label, label="Soort"),
            text=mo.ui.text_area(label="Wat", max_length=_MOST, full_width=True, rows=2),
            owner=mo.ui.text(label="Voor wie (een rol, geen naam)", full_width=True, max_length=60),
        )
        .form(submit_button_label="Leg vast", on_change=exchanged)
    )


def closing_form(session: Session, keep: Keep) -> Any:
    """The end of a session, and when the circle meets again."""
    about = {"kind": "closed", "session": session.id, "mark": new_mark()}

    def closed(day: dt.date | None) -> None:
        keep({**about, "next_on": day.isoformat() if day else None}, done="Gesloten. Tot de volgende keer.")

    choice = mo.ui.date(value=session.opened.on + dt.timedelta(days=91), label="Volgende bijeenkomst")
    return choice.form(submit_button_label="Sluit de bijeenkomst", on_change=closed)


def _boxes(session: Session) -> str:
    places = "\n\n".join(f"{{{code}}}" for code in session.groups)
    return f"Door welke groepen?\n\n{places}\n\n{{dissent}}"


def _ticked(session: Session) -> dict[str, Any]:
    boxes = {code: mo.ui.checkbox(value=True, label=name) for name, code in names_of(session.groups).items()}
    return {**boxes, "dissent": mo.ui.text(label=_DISSENT, full_width=True, max_length=_MOST)}


def _reading(session: Session, figure: str, said: Said, item: str, status: ReadingStatus, text: str) -> dict[str, Any]:
    groups = [code for code in session.groups if said[code]]
    about = {"kind": "reading", "session": session.id, "item": item, "figure": figure, "status": status.value}
    return {**about, "text": text, "groups": groups, "dissent": said["dissent"]}
