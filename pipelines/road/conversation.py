"""A conversation that ends with one thing made: at a terminal, in a form, or from a file; the same questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import typer

from data_contracts.errors import StudyError
from pipelines.init.dialogue import Dialogue, ask_open, corrected, not_used
from pipelines.init.open_questions import questions_text
from pipelines.init.questions import Talk
from pipelines.init.writing import keep_in, kept_in, replies_in
from pipelines.road.form.filling import Filling
from pipelines.road.form.serving import filled_in
from pipelines.storage.clock import utc_day

Made = TypeVar("Made")
_MOST_PASSES = 200


@dataclass(frozen=True, slots=True)
class InForm:
    """A conversation in the browser: what stands above it, what it makes, and the command that goes on with it."""

    title: str
    writes: str
    command: str


def made_with(
    build: Callable[[Talk], Made | None],
    shown: Callable[[Made], list[str]],
    answers: Path | None,
    kept: Path,
    about: str,
    in_form: InForm | None = None,
) -> Made:
    """What `build` makes of the replies; raises StudyError with the open questions when nobody can be asked.

    `kept` holds the replies of a conversation that was left half-way, `about` one thing. Whoever calls takes it away
    when what was made is written: a full disk loses no reply.
    """
    if in_form is not None:
        form = Filling(in_form.title, in_form.writes, build, shown, kept, about)
        return filled_in(form, in_form.command)
    today = utc_day()
    dialogue = Dialogue([], today, asks=answers is None, say=typer.echo)
    given: dict[str, Any] = replies_in(answers) if answers is not None else kept_in(kept, about)
    if answers is None and given:
        typer.echo(f"U was hier al mee bezig. Wat u eerder antwoordde, staat er nog ({len(given)}).")
    for _ in range(_MOST_PASSES):
        talk = Talk(given)
        made = build(talk)
        if talk.open:
            ask_open(dialogue, talk, given, lambda: keep_in(kept, about, given))
            continue
        if made is None:
            raise StudyError(questions_text(talk))
        for line in [*shown(made), *not_used(talk.unknown)]:
            typer.echo(line)
        if dialogue.asks and corrected(dialogue, talk, given):
            continue
        return made
    raise StudyError("Met deze antwoorden komen wij er niet uit. Begin opnieuw.")
