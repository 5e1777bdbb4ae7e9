"""`wijkbaat read` and `wijkbaat study`: look at a delivery without a run, bring a study up to date, freeze its plan."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import DeliveryRefused
from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AsJson, HomeDir, StudyDir, home_of
from pipelines.storage.clock import utc_day

study_app = App(help="Werk aan een studie.")


def read(
    study: StudyDir,
    directory: Annotated[
        Path | None, typer.Argument(metavar="MAP", help="Map met leveringen; anders de inbox, of die van de studie.")
    ] = None,
    home: HomeDir = None,
    as_json: AsJson = False,
) -> None:
    """Lees leveringen zoals een run dat doet, in seconden, zonder iets te bewaren of te publiceren."""
    from pipelines.commands.summary import show_read
    from pipelines.intake.door import lying_ready, require_delivery_directory
    from pipelines.intake.read_only import read_deliveries
    from pipelines.storage.home import Home
    from pipelines.study.workplace import read_study

    place = Home(home_of(study, home))
    if directory is None:
        directory = lying_ready(study, None, place.root) or place.inbox
    require_delivery_directory(directory, "Geef een map met bestanden van een levering.")
    found = read_deliveries(read_study(study), directory, utc_day(), place)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False))
    else:
        show_read(found)
    if found.refusals:
        raise typer.Exit(DeliveryRefused.exit_code)


@study_app.command()
def upgrade(study: StudyDir) -> None:
    """Zet mapping.yaml van een oudere versie om naar de vorm van nu; het oude bestand blijft ernaast staan."""
    from pipelines.study.upgrade import upgrade_study

    if upgrade_study(study):
        typer.echo(f"mapping.yaml in '{study}' is omgezet. Het oude bestand staat ernaast als mapping.yaml.v1.")
    else:
        typer.echo(f"mapping.yaml in '{study}' heeft al de vorm van nu.")


@study_app.command()
def freeze(study: StudyDir) -> None:
    """Leg het plan van vandaag vast: ontwerp, leefgebieden, momenten, resultatenlogica en kosten en baten."""
    from data_contracts.frozen_plan import COULD_SHOW
    from pipelines.study.freezing import freeze_plan
    from pipelines.study.workplace import read_study

    found = freeze_plan(read_study(study), utc_day())
    if COULD_SHOW in found.plan:
        typer.echo("Wat de studie kan laten zien (plan.json) is mee vastgelegd.")
    else:
        typer.echo(f"Wat de studie kan laten zien staat er niet bij. Dat kon met: wijkbaat plan {study}.")
    typer.echo(
        f"Het plan is vastgelegd op {found.frozen_on:%d-%m-%Y}, in frozen_plan.yaml (sha256 {found.sha256[:16]}). Zet "
        "het in git, of stuur die code aan iemand anders: dan kan iedereen later zien dat het plan zo oud is."
    )
