"""Guessing a figure by hands, group by group, and revealing it."""

from __future__ import annotations

from typing import Any

import marimo as mo

from data_contracts.vocabulary.circle import group_label
from notebooks.forms.kept import Keep, Said, new_mark
from reports.circle.memory import Session
from reports.circle.naming import group_name, topic_name

WAYS = {"up": "meer vooruit", "equal": "evenveel", "down": "meer achteruit"}


def hands_form(session: Session, figure: str, keep: Keep) -> Any:
    """Hands per group; a group in which nobody raised one is left out."""

    def counted(group: str, way: str) -> str:
        known = session.guesses.get((figure, group))
        return str(getattr(known, way)) if known else "0"

    boxes = {
        f"{group}_{way}": mo.ui.text(value=counted(group, way), label=f"{group_label(group)}: {name}")
        for group in session.groups
        for way, name in WAYS.items()
    }
    lines = "\n\n".join(
        f"**{group_name(group)} ({n})**\n\n" + " ".join(f"{{{group}_{way}}}" for way in WAYS)
        for group, n in session.groups.items()
    )
    marks = {group: new_mark() for group in session.groups}

    def guessed(said: Said) -> None:
        records = []
        for group, mark in marks.items():
            hands = {way: said[f"{group}_{way}"].strip() or "0" for way in WAYS}
            if set(hands.values()) != {"0"}:
                about = {"kind": "guess", "session": session.id, "mark": mark, "figure": figure, "group": group}
                records.append({**about, **hands})
        keep(*records, done="Geraden. Onthul nu het cijfer." if records else "Tel eerst de handen.")

    return (
        mo.md(f"## Wat verwacht u van {topic_name(figure)}?\n\nTel de handen per groep.\n\n{lines}")
        .batch(**boxes)
        .form(submit_button_label="Bewaar de handen", on_change=guessed)
    )


def reveal_button(session: Session, figure: str, shows: int | None, keep: Keep) -> Any:
    """Showing the figure; from then on nobody guesses."""
    seen = {} if shows is None else {"shows": shows}
    record = {"kind": "revealed", "session": session.id, "mark": new_mark(), "figure": figure, **seen}
    return mo.ui.run_button(label="Onthul", kind="success", on_change=lambda _: keep(record, done="Onthuld."))
