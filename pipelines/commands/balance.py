"""`wijkbaat mkba`: make a balance in a conversation."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AnswersFile, HomeDir, InForm, StudyDir, home_of, require_one_surface

balance_app = App(help="De MKBA maken en aanpassen, zonder tekstverwerker.")


@balance_app.command("new")
def new(study: StudyDir, home: HomeDir = None, answers: AnswersFile = None, form: InForm = False) -> None:
    """Maak in een gesprek de MKBA van een studie: mkba.yaml, met een bladzijde om te tekenen."""
    from pipelines.road.balance.making import make_balance

    require_one_surface(answers, form)
    made = make_balance(study, home_of(study, home), answers, in_form=form)
    at = f" --home {home}" if home else ""
    typer.echo(f"\nGeschreven: {made.balance}\nOm te tekenen: {made.to_sign}\nNu: wijkbaat run {study}{at}")


@balance_app.command("export")
def export(
    study: StudyDir, to: Annotated[Path | None, typer.Option("--to", help="Waar de werkmap komt.")] = None
) -> None:
    """Maak van mkba.yaml een werkmap met invoer om in Excel te bewerken."""
    from pipelines.road.balance.workbook import export_balance

    typer.echo(f"Geschreven: {export_balance(study, to)}")


@balance_app.command("import")
def import_workbook(
    study: StudyDir,
    book: Annotated[
        Path,
        typer.Argument(
            metavar="WERKMAP",
            help="De bewerkte werkmap (.xlsx of .ods), ook van een publicatie, of die van LPBL of GMCA.",
        ),
    ],
    by: Annotated[str, typer.Option("--by", help="Wie dit verandert.")],
    why: Annotated[str, typer.Option("--why", help="Waarom.")],
    home: HomeDir = None,
) -> None:
    """Maak van een bewerkte werkmap, of van die van een ander model, een wijziging naast mkba.yaml."""
    from pipelines.road.balance.offered import Signed
    from pipelines.road.balance.workbook import import_balance

    found = import_balance(study, book, Signed(by, why), home_of(study, home))
    if found is None:
        typer.echo("Er is niets veranderd.")
        return
    for line in found.told:
        typer.echo(line)
    typer.echo(f"Geschreven: {found.new}\nDe wijziging, met wie en waarom: {found.patch}")


@balance_app.command("reconcile")
def reconcile(
    study: StudyDir,
    accounts: Annotated[
        Path, typer.Argument(metavar="REKENING", help="CSV met jaar;taakveld;kostensoort;bedrag, zoals in Iv3.")
    ],
    home: HomeDir = None,
) -> None:
    """Leg de kosten in de MKBA naast de eigen rekening van de gemeente, en noem elk verschil."""
    from pipelines.road.balance.accounts import reconciled

    for line in reconciled(study, home_of(study, home), accounts):
        typer.echo(line)
