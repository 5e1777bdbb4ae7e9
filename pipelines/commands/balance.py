"""`wijkbaat mkba`: make a balance in a conversation."""

from __future__ import annotations

import typer

from pipelines.commands.shared import AnswersFile, HomeDir, StudyDir, home_of

balance_app = typer.Typer(help="De MKBA maken en aanpassen, zonder tekstverwerker.", no_args_is_help=True)


@balance_app.command("new")
def new(study: StudyDir, home: HomeDir = None, answers: AnswersFile = None) -> None:
    """Maak in een gesprek de MKBA van een studie: mkba.yaml, met een bladzijde om te tekenen."""
    from pipelines.road.balance.making import make_balance

    made = make_balance(study, home_of(study, home), answers)
    at = f" --home {home}" if home else ""
    typer.echo(f"\nGeschreven: {made.balance}\nOm te tekenen: {made.to_sign}\nNu: wijkbaat run {study}{at}")
