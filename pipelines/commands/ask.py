"""`wijkbaat ask`: a question of the council, first as a preview, then as a page."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import GateRefused, StudyError
from pipelines.commands.shared import HomeDir, StudyDir, home_of, require_reason

By = Annotated[
    str | None, typer.Option("--by", help="Wie het antwoord goedkeurt (naam en functie); zonder: alleen kijken.")
]
Why = Annotated[str | None, typer.Option("--why", help="Waarom, in een korte zin.")]


def ask(
    study: StudyDir,
    question: Annotated[Path, typer.Argument(metavar="VRAAG", help="De vraag, bijvoorbeeld vraag.yaml.")],
    by: By = None,
    why: Why = None,
    home: HomeDir = None,
) -> None:
    """Stel een vraag van de raad: eerst een voorbeeld, met --by en --why een bladzijde met het antwoord."""
    from pipelines.asking.answering import answer, asked_before, place_of_answers, read_question
    from pipelines.asking.preview import previewed
    from pipelines.asking.words import preview_told, reason
    from pipelines.storage.home import Home
    from pipelines.study.workplace import read_study

    if (by is None) != (why is None):
        raise StudyError("Geef --by en --why samen op, of geen van beide voor alleen een voorbeeld.")
    if by is not None and why is not None:
        require_reason(by, why)
    files = read_study(study)
    asked, there = read_question(question, files), Home(home_of(study, home))
    if not there.released.is_dir():
        raise StudyError(f"In '{there.root}' is nog niets gemaakt. Draai eerst wijkbaat run, of geef --home op.")
    there.settle()
    before = asked_before(there, asked)
    if before is not None:
        typer.echo(f"Deze vraag is al beantwoord: {before.id}. Zie wijkbaat explain {there.root} {before.id}.")
        return
    place = place_of_answers(files, there)
    preview = previewed(place, asked)
    typer.echo(preview_told(preview))
    if not preview.can_be_answered:
        raise GateRefused(f"Er is niets gepubliceerd: {reason(preview)}")
    if by is None or why is None:
        typer.echo("\nGoedkeuren en de bladzijde maken: dezelfde opdracht met --by 'naam, functie' --why 'waarom'.")
        return
    if sys.stdin.isatty() and not typer.confirm("Dit is wat er naar buiten gaat. Keurt u dit goed?"):
        raise StudyError("Er is niets gepubliceerd.")
    made = answer(place, preview, by, why, dt.datetime.now(tz=dt.UTC).date())
    waits = "" if made.release.status == "approved" else " Een tweede naam ontbreekt nog; zie wijkbaat release list."
    typer.echo(f"\nBeantwoord als {made.registered.id}, in publicatie {made.release.name}.{waits}")
    for page in made.pages:
        typer.echo(f"  {page}")
