"""`wijkbaat release`: a person decides about a concept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import HomeDir, StudyDir, home_of, require_reason

if TYPE_CHECKING:
    from pipelines.storage.home import Home

release_app = typer.Typer(help="Een concept goedkeuren of een publicatie intrekken.", no_args_is_help=True)


@release_app.command("list")
def list_releases(study: StudyDir, home: HomeDir = None) -> None:
    """Laat zien welke publicaties er zijn."""
    from pipelines.releases.release import current, releases

    place = _home(study, home)
    place.settle()
    words = {"concept": "concept", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}
    for one in releases(place):
        mark = "  <- geldt nu" if one.name == current(place) else ""
        typer.echo(f"{one.name}  {words[one.status]}{mark}")


@release_app.command("approve")
def approve(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: Annotated[str, typer.Option("--by", help="Wie keurt goed (naam en functie).")],
    why: Annotated[str, typer.Option("--why", help="Waarom.")],
    home: HomeDir = None,
) -> None:
    """Keur een concept goed; vanaf dan is het de geldende publicatie."""
    _decide(study, home, release, "approve", by, why)


@release_app.command("withdraw")
def withdraw(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: Annotated[str, typer.Option("--by", help="Wie trekt in (naam en functie).")],
    why: Annotated[str, typer.Option("--why", help="Waarom.")],
    home: HomeDir = None,
) -> None:
    """Trek een publicatie in; zij geldt dan niet meer."""
    _decide(study, home, release, "withdraw", by, why)


def _home(study: Path, home: Path | None) -> Home:
    """The home with the releases; a name that was mistyped makes none."""
    from pipelines.storage.home import Home

    place = Home(home_of(study, home))
    if not place.released.is_dir():
        raise StudyError(f"In '{place.root}' is nog niets gemaakt. Draai eerst wijkbaat run, of geef --home op.")
    return place


def _decide(study: Path, home: Path | None, release: str, decision: str, by: str, why: str) -> None:
    from pipelines.releases.ledger import join, was_read
    from pipelines.releases.release import decide
    from pipelines.storage.journal import all_or_nothing
    from pipelines.storage.stopping import say

    require_reason(by, why)
    place = _home(study, home)
    with place.lock(), all_or_nothing(place.root):
        if decision == "approve":
            join(place, release)
        else:
            was_read(place, release)
        decided = decide(place, release, decision, by.strip(), why.strip(), dt.datetime.now(tz=dt.UTC).date())
        say(f"Afgebroken. Over publicatie {release} was toen al besloten; zie wijkbaat release list.")
    words = {"approved": "goedgekeurd en geldt nu", "withdrawn": "ingetrokken", "concept": "een concept"}
    typer.echo(f"Publicatie {decided.name} is {words[decided.status]}.")
