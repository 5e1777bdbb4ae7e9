"""What several commands ask in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

StudyDir = Annotated[
    Path, typer.Argument(metavar="STUDIE", help="De map van de studie, bijvoorbeeld studies/rijnstad.")
]
HomeDir = Annotated[Path | None, typer.Option("--home", help="Map voor inbox, gesloten en vrijgegeven zone.")]
Seed = Annotated[int, typer.Option("--seed", help="Startgetal voor de trekkingen van de MKBA.")]
Clients = Annotated[int | None, typer.Option("--clients", help="Hoeveel cliënten; anders zoals simulation.yaml.")]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="YAML-bestand met antwoorden: naam van de vraag, dan het antwoord.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf één JSON-object naar de standaarduitvoer.")]


def home_of(study: Path, home: Path | None) -> Path:
    """The home that was named, or home/<study> in the working directory."""
    return home if home is not None else Path("home") / study.resolve().name
