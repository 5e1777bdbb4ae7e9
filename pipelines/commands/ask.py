"""`wijkbaat ask`: a question of the council, first as a preview, then as a page; and taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data_contracts.errors import GateRefused, StudyError
from pipelines.commands.shared import AsJson, HomeDir, StudyDir, home_of, require_reason
from pipelines.storage.clock import utc_day

if TYPE_CHECKING:
    from pipelines.storage.home import Home
    from pipelines.study.workplace import StudyFiles

By = Annotated[
    str | None, typer.Option("--by", help="Wie het antwoord goedkeurt (naam en functie); zonder: alleen kijken.")
]
Why = Annotated[str | None, typer.Option("--why", help="Waarom, in een korte zin.")]
Withdraw = Annotated[
    str | None, typer.Option("--withdraw", metavar="V1", help="Trek het antwoord op deze vraag in; met --by en --why.")
]
_ONE = "Noem een vraag (vraag.yaml), of met --withdraw het nummer van een vraag die al is beantwoord."


def ask(
    study: StudyDir,
    question: Annotated[Path | None, typer.Argument(metavar="VRAAG", help="De vraag, bijvoorbeeld vraag.yaml.")] = None,
    by: By = None,
    why: Why = None,
    withdraw: Withdraw = None,
    home: HomeDir = None,
    as_json: AsJson = False,
) -> None:
    """Stel een vraag van de raad: eerst een voorbeeld, met --by en --why een bladzijde met het antwoord."""
    from pipelines.storage.home import Home
    from pipelines.study.workplace import read_study

    there = Home(home_of(study, home))
    if (question is None) == (withdraw is None):
        raise StudyError(_ONE)
    if (by is None) != (why is None):
        raise StudyError("Geef --by en --why samen op, of geen van beide voor alleen een voorbeeld.")
    decided = None
    if by is not None and why is not None:
        require_reason(by, why)
        decided = by, why
    files = read_study(study)
    if not there.released.is_dir():
        raise StudyError(f"In '{there.root}' is nog niets gemaakt. Draai eerst wijkbaat run, of geef --home op.")
    there.settle()
    told = (
        _taken_back(files, there, withdraw, decided, as_json)
        if withdraw
        else _asked(files, there, question, decided, as_json)
    )
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False))


Decided = tuple[str, str] | None  # by whom, and why


def _taken_back(files: StudyFiles, there: Home, id: str, decided: Decided, as_json: bool) -> dict[str, Any]:
    from pipelines.asking.answering import place_of_answers, withdraw

    if decided is None:
        raise StudyError("Intrekken gaat met --by en --why: wie besluit het, en waarom.")
    release = withdraw(place_of_answers(files, there), id, *decided, utc_day())
    _say(
        f"Vraag {id} wordt niet meer beantwoord vanaf publicatie {release.name}.{_waits(release.status)} Wat eerder is "
        "gepubliceerd, kan al gelezen zijn.",
        as_json,
    )
    return {"withdrawn": id, "release": release.name, "status": release.status}


def _asked(files: StudyFiles, there: Home, path: Path | None, decided: Decided, as_json: bool) -> dict[str, Any]:
    from pipelines.asking.answering import answer, asked_before, place_of_answers, read_question
    from pipelines.asking.preview import previewed
    from pipelines.asking.words import preview_facts, preview_told, reason

    asked = read_question(path, files) if path else None
    if asked is None:
        raise StudyError(_ONE)
    before = asked_before(there, asked)
    if before is not None:
        _say(f"Deze vraag is al beantwoord: {before.id}. Zie wijkbaat explain {there.root} {before.id}.", as_json)
        return {"id": before.id, "answered_before": True}
    place = place_of_answers(files, there)
    preview = previewed(place, asked)
    told = {"id": None, "answered_before": False, **preview_facts(preview)}
    _say(preview_told(preview, is_approved=decided is not None), as_json)
    if not preview.can_be_answered:
        if as_json:
            typer.echo(json.dumps(told, ensure_ascii=False))
        raise GateRefused(f"Er is niets gepubliceerd: {reason(preview)}")
    if decided is None:
        _say("\nGoedkeuren en de bladzijde maken: dezelfde opdracht met --by 'naam, functie' --why 'waarom'.", as_json)
        return told
    if sys.stdin.isatty() and not typer.confirm("Dit is wat er naar buiten gaat. Keurt u dit goed?", err=as_json):
        raise StudyError("Er is niets gepubliceerd.")
    made = answer(place, preview, *decided, utc_day())
    waits = _waits(made.release.status)
    _say(f"\nBeantwoord als {made.registered.id}, in publicatie {made.release.name}.{waits}", as_json)
    for page in made.pages:
        _say(f"  {page}", as_json)
    pages = [str(page) for page in made.pages]
    return told | {
        "id": made.registered.id,
        "release": made.release.name,
        "status": made.release.status,
        "pages": pages,
    }


def _waits(status: str) -> str:
    return "" if status == "approved" else " Een tweede naam ontbreekt nog; zie wijkbaat release list."


def _say(words: str, as_json: bool) -> None:
    """For a person; where a program reads the output, there stands the one object alone."""
    if not as_json:
        typer.echo(words)
