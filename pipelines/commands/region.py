"""`wijkbaat region`: several municipalities, each with its own study, home and ledger."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

region_app = typer.Typer(
    no_args_is_help=True, help="Meer gemeenten naast elkaar: samen draaien, stand bekijken, en wat zij samen vonden."
)
RegionFile = Annotated[Path, typer.Argument(metavar="REGIO", help="Het bestand region.yaml van de regio.")]
Out = Annotated[Path | None, typer.Option("--out", help="Map voor de bladzijden; anders naast region.yaml.")]


@region_app.command()
def synthesis(
    file: RegionFile,
    own: Annotated[
        str | None,
        typer.Option("--for", help="De map van één studie: haar eigen cijfers naast wat elders te verwachten is."),
    ] = None,
    out: Out = None,
) -> None:
    """Zeg wat in de gemeenten samen is gevonden, uit gepubliceerde cijfers alleen; schrijft een bladzijde."""
    from pipelines.region.members import read_region
    from pipelines.region.together import write_own, write_synthesis

    region, today = read_region(file), dt.datetime.now(tz=dt.UTC).date()
    place = out or file.parent
    written = write_own(region, own, place, today) if own else write_synthesis(region, place, today)
    typer.echo(f"{written.text}\nGeschreven: {written.page}")
