"""What several commands ask in the same words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.study.directory import require_directory

StudyDir = Annotated[
    Path, typer.Argument(metavar="STUDIE", help="De map van de studie, bijvoorbeeld studies/rijnstad.")
]
HomeDir = Annotated[Path | None, typer.Option("--home", help="Map voor inbox, gesloten en vrijgegeven zone.")]
Seed = Annotated[int, typer.Option("--seed", help="Startgetal van de loting: hetzelfde getal, dezelfde uitkomst.")]
Clients = Annotated[int | None, typer.Option("--clients", help="Hoeveel cliënten; anders zoals simulation.yaml.")]
AnswersFile = Annotated[
    Path | None, typer.Option("--answers", help="YAML-bestand met antwoorden: naam van de vraag, dan het antwoord.")
]
InForm = Annotated[
    bool, typer.Option("--form", help="Vraag het in de browser, als formulier; alles blijft op deze machine.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf één JSON-object naar de standaarduitvoer.")]

By = Annotated[str, typer.Option("--by", help="Wie besluit dit (naam en functie).")]
Why = Annotated[str, typer.Option("--why", help="Waarom.")]

SHORTEST_NAME, FEWEST_WORDS = 2, 2


def require_reason(by: str, why: str) -> None:
    """Who decides is named, and the reason is a sentence that somebody else understands later."""
    if len(by.strip()) < SHORTEST_NAME:
        raise StudyError("Zet achter --by wie dit besluit: naam en functie, bijvoorbeeld 'A. Jansen, onderzoeker'.")
    if len(why.split()) < FEWEST_WORDS:
        raise StudyError(
            "Zet achter --why in een korte zin waarom u dit besluit: wat u hebt nagekeken en wat u daarin zag. Dit "
            "komt bij de publicatie te staan, voor wie haar over een jaar leest. Eén woord zegt dan te weinig. "
            "Bijvoorbeeld: --why 'nagelopen met de teamleiders, de daling bij Financiën klopt'."
        )


def home_of(study: Path, home: Path | None) -> Path:
    """The home that was named, or home/<study> in the working directory; of a study that is there."""
    require_directory(study)
    return place_of(study, home)


def home_with_tables(root: Path) -> Path:
    """`root`, which is a home; a name that was mistyped is none."""
    if not (root / "closed").is_dir():
        raise StudyError(f"'{root}' is geen home. Draai eerst wijkbaat run, of geef --home op.")
    return root


def place_of(study: Path, home: Path | None) -> Path:
    """`home_of` a study that need not be there yet."""
    return home if home is not None else Path("home") / study.resolve().name


def require_one_surface(answers: Path | None, form: bool) -> None:
    """Replies come from a file or from a form, not from both."""
    if answers is not None and form:
        raise StudyError("--answers en --form gaan niet samen: de antwoorden komen uit het bestand of uit de browser.")
