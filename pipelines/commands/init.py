"""`wijkbaat init`: a study from unknown files."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import HomeDir, home_of


def init(
    files: Annotated[list[Path], typer.Argument(metavar="BESTAND...", help="De bestanden van één levering.")],
    to: Annotated[Path | None, typer.Option("--to", help="Map van de nieuwe studie.")] = None,
    home: HomeDir = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Naam van de gemeente.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="Waarvoor de gegevens gebruikt worden.")] = None,
    ground: Annotated[str | None, typer.Option("--ground", help="De grondslag daarvoor.")] = None,
    decided_by: Annotated[str | None, typer.Option("--decided-by", help="Wie dat besloten heeft.")] = None,
    records_until: Annotated[
        str | None, typer.Option("--records-until", help="Tot wanneer bewaren (jjjj-mm-dd).")
    ] = None,
    approval: Annotated[str, typer.Option("--approval", help="required of none: moet iemand goedkeuren?")] = "required",
    declared_on: Annotated[
        str | None,
        typer.Option("--declared-on", help="Wanneer de manier van meten is gekozen (jjjj-mm-dd), als dat vaststaat."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Neem de voorgestelde koppeling over.")] = False,
) -> None:
    """Maak van onbekende bestanden een studie: laat zien wat er gevonden is, vraag de rest, en schrijf het op."""
    from pipelines.init.propose import Answers
    from pipelines.init.wizard import describe, proposals_for, slug, write_study
    from pipelines.storage.home import Home

    proposals = proposals_for(files)
    for proposal in proposals:
        describe(proposal, typer.echo)
    if not yes and not typer.confirm(
        "\nKlopt deze koppeling? (Kolommen zonder pijl worden niet gelezen.)", default=True
    ):
        raise StudyError("Niets geschreven. Hernoem de kolommen of schrijf mapping.yaml zelf; zie docs/studie.md.")
    today = dt.datetime.now(tz=dt.UTC).date()
    answers = Answers(
        municipality=_answer(municipality, "Welke gemeente?", "--municipality", 2),
        purpose=_answer(purpose, "Waarvoor worden de gegevens gebruikt?", "--purpose", 10),
        ground=_answer(ground, "Op welke grondslag (wet en artikel)?", "--ground", 5),
        decided_by=_answer(decided_by, "Wie heeft dat besloten (functie)?", "--decided-by", 2),
        records_until=_day(
            _answer(records_until, "Tot welke dag bewaren (jjjj-mm-dd)?", "--records-until", 10), "--records-until"
        ),
        approval=approval,
        declared_on=_day(declared_on, "--declared-on") if declared_on else None,
    )
    directory = to if to is not None else Path("studies") / slug(answers.municipality)
    place = Home(home_of(directory, home))
    delivery = write_study(files, proposals, answers, directory, place, today)
    typer.echo(f"\nDe studie staat in {directory}, de levering in {delivery}.")
    if answers.declared_on is None:
        typer.echo(
            "Wanneer de manier van meten is gekozen, staat er niet in. Staat die dag vast, schrijf hem dan in "
            "study.yaml bij design als declared_on. Zonder die dag zegt het rapport niet dat zij vooraf is gekozen."
        )
    typer.echo("Nu: " + f"wijkbaat run {directory}" + (f" --home {home}" if home else ""))


def _answer(given: str | None, question: str, option: str, least: int) -> str:
    """An answer that only a person can give; there is no default for it."""
    while given is None or len(given.strip()) < least:
        if given is not None or not sys.stdin or sys.stdin.closed:
            raise StudyError(f"{question} Geef het antwoord bij {option} (minstens {least} tekens).")
        try:
            given = typer.prompt(question)
        except typer.Abort:
            given = ""
    return given.strip()


def _day(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = f"Het antwoord bij {option} is geen datum."
    raise StudyError(f"{problem} Schrijf hem als jjjj-mm-dd.")
