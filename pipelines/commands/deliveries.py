"""`wijkbaat deliveries`: what was delivered, and what a person decides about it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import AsJson, HomeDir, StudyDir, home_of

if TYPE_CHECKING:
    from pipelines.storage.home import Home

deliveries_app = typer.Typer(help="Leveringen bekijken, intrekken of toch meenemen.", no_args_is_help=True)
STATUS_WORDS = {
    "new": "nog niet gelezen",
    "accepted": "telt mee",
    "refused": "telt niet mee: geweigerd",
    "ended": "gewist na de bewaartermijn",
}


@deliveries_app.command("list")
def list_deliveries(study: StudyDir, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat zien welke leveringen er zijn, in de volgorde waarin ze beslissen."""
    from pipelines.storage.receipts import Receipts

    receipts = sorted(Receipts(deliveries_home(study, home).receipts).all(), key=lambda one: one.decides_by)
    if as_json:
        listed = [
            {"key": one.key, "received_on": one.received_on, "as_at": one.as_at, "status": one.status}
            for one in receipts
        ]
        typer.echo(json.dumps({"deliveries": listed}, ensure_ascii=False))
        return
    for one in receipts:
        as_at = f", peildatum {one.as_at}" if one.as_at else ""
        typer.echo(f"{one.key}  ontvangen {one.received_on}{as_at}  {STATUS_WORDS[one.status]}")


def deliveries_home(study: Path, home: Path | None) -> Home:
    """The home with the deliveries, put right after a killed run; a name that was mistyped makes none."""
    from pipelines.storage.home import Home

    place = Home(home_of(study, home))
    if not place.receipts.is_dir():
        raise StudyError(f"In '{place.root}' is nog niets geleverd. Draai eerst wijkbaat run, of geef --home op.")
    place.settle()
    return place
