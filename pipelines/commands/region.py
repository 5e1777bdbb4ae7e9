"""`wijkbaat region`: several municipalities, each with its own study, home and ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AsJson
from pipelines.storage.clock import utc_day

region_app = App(help="Meer gemeenten naast elkaar: samen draaien, stand bekijken, en wat zij samen vonden.")
RegionFile = Annotated[Path, typer.Argument(metavar="REGIO", help="Het bestand region.yaml van de regio.")]
Out = Annotated[Path | None, typer.Option("--out", help="Map voor de bladzijden; anders naast region.yaml.")]


@region_app.command()
def run(
    file: RegionFile,
    at_once: Annotated[int, typer.Option("--at-once", min=1, max=64, help="Hoeveel gemeenten tegelijk.")] = 2,
    only: Annotated[list[str] | None, typer.Option("--only", help="Alleen deze gemeente; mag vaker.")] = None,
    queue: Annotated[
        bool, typer.Option("--queue", help="Zet de runs in de wachtrij van elke gemeente; werkers doen ze.")
    ] = False,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Draai elke gemeente in een eigen proces; wie faalt raakt geen ander. Schrijft de stand van allemaal."""
    from pipelines.region.members import chosen, read_region

    here = chosen(read_region(file), only)
    if queue:
        from pipelines.region.queue.worker import require_queue

        require_queue()
        from pipelines.region.queue.send import send_and_wait

        codes = send_and_wait(here, _heard)
    else:
        from pipelines.region.side_by_side import run_side_by_side

        codes = run_side_by_side(here, at_once, _heard)
    _show_state(file, out, as_json=as_json)
    raise typer.Exit(max(codes, default=0))


@region_app.command()
def worker(
    file: RegionFile, one: Annotated[str, typer.Argument(metavar="GEMEENTE", help="De map van de studie.")]
) -> None:
    """Werk de wachtrij van één gemeente af, tot u stopt; start er een per gemeente, elk als eigen gebruiker."""
    from pipelines.region.members import chosen, read_region
    from pipelines.region.queue.worker import require_queue, work

    require_queue()
    (municipality,) = chosen(read_region(file), [one])
    raise typer.Exit(work(municipality))


@region_app.command()
def state(
    file: RegionFile,
    one: Annotated[str | None, typer.Option("--for", help="De melding van de laatste run van één gemeente.")] = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Zeg hoe het in elke gemeente staat; schrijft één bladzijde, zonder cijfers en zonder meldingen."""
    if one is None:
        _show_state(file, out, as_json=as_json)
        return
    from pipelines.region.members import chosen, read_region
    from pipelines.region.one import last_run

    (municipality,) = chosen(read_region(file), [one])
    assert municipality.home is not None  # noqa: S101  chosen are here
    known = last_run(municipality.home)
    typer.echo(known.message or "De laatste run had geen melding." if known else "Hier draaide de regio nog niet.")


def _heard(name: str, code: int) -> None:
    typer.echo(f"{name}: {'klaar' if code == 0 else f'niet gelukt (code {code})'}", err=True)


def _show_state(file: Path, out: Path | None, *, as_json: bool) -> None:
    from pipelines.region.members import read_region
    from pipelines.region.state import as_data
    from pipelines.region.state_page import write_state
    from reports.plain_text import as_text

    page, chapter, found = write_state(read_region(file), out or file.parent, utc_day())
    if as_json:
        typer.echo(json.dumps({"page": str(page), "municipalities": as_data(found)}, ensure_ascii=False))
    else:
        typer.echo(f"{as_text(chapter)}\nGeschreven: {page}")


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

    region, today = read_region(file), utc_day()
    place = out or file.parent
    written = write_own(region, own, place, today) if own else write_synthesis(region, place, today)
    for line in written.left_out:
        typer.echo(line, err=True)
    typer.echo(f"{written.text}\nGeschreven: {written.page}")
