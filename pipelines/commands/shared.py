"""What several commands ask in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import StudyError

StudyDir = Annotated[
    Path, typer.Argument(metavar="STUDIE", help="De map van de studie, bijvoorbeeld studies/rijnstad.")
]
HomeDir = Annotated[Path | None, typer.Option("--home", help="Map voor inbox, gesloten en vrijgegeven zone.")]
Seed = Annotated[int, typer.Option("--seed", help="Startgetal voor de trekkingen van de MKBA.")]
Clients = Annotated[int | None, typer.Option("--clients", help="Hoeveel cliënten; anders zoals simulation.yaml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf één JSON-object naar de standaarduitvoer.")]

By = Annotated[str, typer.Option("--by", help="Wie besluit dit (naam en functie).")]
Why = Annotated[str, typer.Option("--why", help="Waarom.")]


def require_reason(by: str, why: str) -> None:
    """A decision is a person's, with a reason."""
    if len(by.strip()) < 2 or len(why.strip()) < 5:
        raise StudyError("Een besluit heeft een naam (--by) en een reden (--why) nodig.")


def home_of(study: Path, home: Path | None) -> Path:
    """The home that was named, or home/<study> in the working directory."""
    return home if home is not None else Path("home") / study.resolve().name
