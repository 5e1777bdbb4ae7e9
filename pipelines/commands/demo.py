"""`wijkbaat demo`: from nothing to a report about an invented municipality."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands import study as of_study
from pipelines.commands.shared import Clients

FURTHER = (
    "check studies/voorbeeldstad",
    "explain home/voorbeeldstad",
    "tree draw studies/voorbeeldstad",
    "session studies/voorbeeldstad",
)


def demo(
    to: Annotated[Path, typer.Option("--to", help="Map voor de demo.")] = Path("wijkbaat-demo"),
    clients: Clients = None,
) -> None:
    """Verzin de gemeente Voorbeeldstad, lees haar levering, en eindig met een rapport."""
    from pipelines.simulation.demo import lay_out_demo

    study = lay_out_demo(to)
    home = to / "home" / study.name
    of_study.simulate(study, home, clients=clients)
    of_study.run(study, home=home)
    typer.echo(f"\nKijk verder in de map van de demo: cd {to}")
    for command in FURTHER:
        typer.echo(f"  wijkbaat {command}")
