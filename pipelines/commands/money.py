"""`wijkbaat explain` and `wijkbaat compare`: read what a release holds, and nothing of the closed zone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import AsJson

TABLES = (
    "out_mkba__headline",
    "out_mkba__balance",
    "out_mkba__trace",
    "out_mkba__line_years",
    "out_mkba__pm",
    "out_effects__estimates",
)
FIGURE_ID = re.compile(r"[RFrf]\d+")
Place = Annotated[
    Path, typer.Argument(metavar="PLEK", help="De map van een publicatie, of een home: dan de geldende publicatie.")
]
Alternative = Annotated[str | None, typer.Option("--alternative", help="Een andere keuze dan de eerste.")]


def explain(
    place: Place,
    line: Annotated[
        str | None,
        typer.Argument(
            metavar="[REGEL]", help="Een regel van de MKBA, of het nummer van een cijfer (R4, F12); zonder de lijst."
        ),
    ] = None,
    alternative: Alternative = None,
    as_json: AsJson = False,
) -> None:
    """Leg één cijfer uit: een bedrag van de MKBA terug tot hoeveelheid, prijs, effect en bron, of een nummer (R4)."""
    from reports.explain import as_data, ledger, line_explained, line_named, lines_listed

    if line is not None and FIGURE_ID.fullmatch(line):
        typer.echo(_figure(place, line, as_json))
        return
    book = ledger(*open_release(place), alternative)
    named = line_named(book, line) if line is not None else None
    if as_json:
        typer.echo(json.dumps(as_data(book, named), ensure_ascii=False))
    elif named is not None:
        typer.echo(line_explained(book, named))
    else:
        typer.echo(lines_listed(book))
        typer.echo(f"\nEén regel narekenen: wijkbaat explain {place} {next(iter(book.lines))}")


def compare(before: Place, after: Place, alternative: Alternative = None, as_json: AsJson = False) -> None:
    """Zeg waardoor het saldo van de MKBA in twee publicaties verschilt."""
    from reports.difference import as_data, difference_told
    from reports.explain import ledger

    books = [ledger(*open_release(place), alternative) for place in (before, after)]
    if books[0].headline["alternative"] != books[1].headline["alternative"]:
        books[0] = ledger(*open_release(before), str(books[1].headline["alternative"]))
    typer.echo(json.dumps(as_data(*books), ensure_ascii=False) if as_json else difference_told(*books))


def _figure(place: Path, asked: str, as_json: bool) -> str:
    """The figure with this id, from the file that the release keeps of all its figures."""
    from reports.figure_told import figure_named, figure_told

    directory = released_directory(place)
    path = directory / "figures.json"
    if not path.is_file():
        raise StudyError(f"Publicatie '{directory.name}' is van een oudere versie. Maak haar opnieuw met wijkbaat run.")
    found = figure_named(json.loads(path.read_text("utf-8")), asked)
    return json.dumps(found, ensure_ascii=False) if as_json else figure_told(directory.name, found)


def released_directory(place: Path) -> Path:
    """The directory of a release, whole as it was made: this one, or that of the release that counts in a home."""
    from pipelines.releases.release import require_unchanged
    from pipelines.storage.whole import MANIFEST

    directory = place if (place / MANIFEST).is_file() else _counts_now(place)
    require_unchanged(directory)
    return directory


def open_release(place: Path) -> tuple[str, Mapping[str, pd.DataFrame]]:
    """Name and MKBA tables of a release: its own directory, or the release that counts in a home."""
    from pipelines.storage.tables import StoredTable

    directory = released_directory(place)
    paths = {name: directory / "tables" / f"{name}.parquet" for name in TABLES}
    if not all(path.is_file() for path in paths.values()):
        raise StudyError(f"Publicatie '{directory.name}' is van een oudere versie. Maak haar opnieuw met wijkbaat run.")
    return directory.name, {name: StoredTable(name, (path,)).frame() for name, path in paths.items()}


def _counts_now(place: Path) -> Path:
    from pipelines.releases.release import current, releases
    from pipelines.storage.home import Home

    home = Home(place)
    if not home.released.is_dir():
        raise StudyError(f"'{place}' is geen publicatie en geen home. Noem bijvoorbeeld home/rijnstad.")
    home.settle()
    name = current(home)
    if name is None:
        known = ", ".join(str(one.directory) for one in releases(home)) or "geen"
        raise StudyError(f"In '{place}' geldt nog geen publicatie. Noem er zelf een; er zijn: {known}.")
    return home.released / name
