"""Opening a session, and settling what the last one left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import marimo as mo

from data_contracts.vocabulary.circle import OwnQuestion, PromiseStatus, RoleGroup
from notebooks.forms.kept import Keep, Said, new_mark
from reports.circle.memory import Memory, Session
from reports.circle.naming import group_name

PLACES = range(1, 5)


def opening_form(
    figures: Mapping[str, str], exercises: Mapping[str, str], day: dt.date, release: str, keep: Keep
) -> Any:
    """Day, one to four figures, the circle's own question, two exercises, and how many of each group are there."""
    mark = new_mark()
    elements = {
        "day": mo.ui.date(value=day, label="Dag"),
        **{f"figure{at}": mo.ui.dropdown(dict(figures), label=f"Cijfer {at}", full_width=True) for at in PLACES},
        "question": mo.ui.text(label="Onze eigen vraag (mag leeg)", full_width=True, max_length=400),
        "goes": mo.ui.dropdown({one.label: one.value for one in OwnQuestion}, label="Die vraag wordt"),
        **{f"card{at}": mo.ui.dropdown(dict(exercises), label=f"Werkvorm {at}", full_width=True) for at in (1, 2)},
        **{one.value: mo.ui.text(value="0", label=group_name(one.value)) for one in RoleGroup},
    }

    def opened(said: Said) -> None:
        agenda = dict.fromkeys(one for at in PLACES if (one := said[f"figure{at}"]))
        cards = dict.fromkeys(one for at in (1, 2) if (one := said[f"card{at}"]))
        record = {
            "kind": "opened",
            "session": said["day"].isoformat(),
            "mark": mark,
            "agenda": list(agenda),
            "question": said["question"],
            "question_goes": said["goes"],
            "exercises": list(cards),
            "present": {one.value: said[one.value].strip() or "0" for one in RoleGroup},
            "release": release,
        }
        keep(record, done="De bijeenkomst is geopend.")

    places = {
        "agenda": "\n\n".join(f"{{figure{at}}}" for at in PLACES),
        "people": "\n\n".join(f"{{{one.value}}}" for one in RoleGroup),
    }
    text = (
        "## Openen\n\n{{day}}\n\n### Agenda: kies een tot vier cijfers\n\n{agenda}\n\n{{question}}\n\n{{goes}}\n\n"
        "### Twee werkvormen\n\n{{card1}}\n\n{{card2}}\n\n### Hoeveel mensen zijn er?\n\n{people}"
    )
    return (
        mo.md(text.format(**places)).batch(**elements).form(submit_button_label="Open de bijeenkomst", on_change=opened)
    )


def adopt_button(session: Session, before: Session, keep: Keep) -> Any:
    """Adopting the minutes of the session before this one."""
    record = {"kind": "minutes_adopted", "session": session.id, "of": before.id}
    done = "Vastgesteld. De losse kaarten van die bijeenkomst zijn gewist; de stapels blijven."
    return mo.ui.run_button(label=f"Stel het verslag van {before.id} vast", on_change=lambda _: keep(record, done=done))


def settling_forms(memory: Memory, session: Session, keep: Keep) -> list[Any]:
    """What became of something that was agreed; no form where nothing is open."""
    still = {one.text: one for one in memory.open_promises()}
    if not still:
        return []
    mark = new_mark()
    again = {"id", "on", "session", "status", "why"}

    def settled(said: Said) -> None:
        same = still[said["promise"]].model_dump(mode="json", exclude=again, exclude_none=True)
        stands = {"status": said["status"], "why": said["why"]}
        keep({**same, "session": session.id, "mark": mark, **stands}, done="Dat is vastgelegd.")

    return [
        mo.md("### Wat is ervan gekomen?\n\n{promise}\n\n{status}\n\n{why}")
        .batch(
            promise=mo.ui.dropdown(list(still), value=next(iter(still)), label="Afspraak", full_width=True),
            status=mo.ui.radio({one.label: one.value for one in PromiseStatus}, value="gedaan", label="Stand"),
            why=mo.ui.text(label="Waarom, of hoe het ging", full_width=True, max_length=400),
        )
        .form(submit_button_label="Leg vast", on_change=settled)
    ]
