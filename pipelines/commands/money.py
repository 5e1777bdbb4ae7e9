"""`wijkbaat explain` and `wijkbaat compare`: read what a release holds, and nothing of the closed zone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import AsJson

if TYPE_CHECKING:
    import pandas as pd

    from reports.explain import Ledger

TABLES = (
    "out_mkba__headline",
    "out_mkba__balance",
    "out_mkba__trace",
    "out_mkba__line_years",
    "out_mkba__pm",
    "out_effects__estimates",
    "out_effects__design",
    "out_change__by_domain",
)
FIGURE_ID = re.compile(r"[RFVrfv]\d+[Gg]?")
Place = Annotated[
    Path, typer.Argument(metavar="PLEK", help="De map van een publicatie, of een home: dan de geldende publicatie.")
]
Alternative = Annotated[str | None, typer.Option("--alternative", help="Een andere keuze dan de eerste.")]


def explain(
    place: Place,
    line: Annotated[
        str | None,
        typer.Argument(
            metavar="[REGEL]",
            help="Een regel van de MKBA, of het nummer van een cijfer (R4, F12, V1); zonder de lijst.",
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
    """Zeg welke cijfers in twee publicaties verschillen, en waardoor het saldo van de MKBA anders is."""
    from reports.difference import as_data, difference_told
    from reports.figures_compared import figures_compared, figures_told

    opened = [open_release(place) for place in (before, after)]
    moved = figures_compared(*(tables for _, tables in opened))
    books, no_balance = _with_balance(opened, alternative)
    if as_json:
        figures = [{"what": one.what, "before": one.before, "after": one.after} for one in moved]
        told = as_data(*books) if books else {"no_balance": no_balance}
        typer.echo(json.dumps({**told, "figures": figures}, ensure_ascii=False))
    else:
        typer.echo("\n".join([figures_told(moved), "", difference_told(*books) if books else no_balance]))


def _with_balance(
    opened: list[tuple[str, Mapping[str, pd.DataFrame]]], alternative: str | None
) -> tuple[list[Ledger], str]:
    """The MKBA of both releases under one alternative; else none, and why there is no balance to compare."""
    from reports.difference import compared
    from reports.explain import ledger

    lacking = [name for name, tables in opened if tables["out_mkba__headline"].empty]
    if lacking:
        have = "hebben" if len(lacking) > 1 else "heeft"
        return [], f"Het saldo is niet te vergelijken: {' en '.join(lacking)} {have} geen MKBA."
    later = ledger(*opened[1], alternative)
    books = [ledger(*opened[0], str(later.headline["alternative"])), later]
    try:
        compared(*books)
    except StudyError as error:
        return [], str(error)
    return books, ""


def _figure(place: Path, asked: str, as_json: bool) -> str:
    """The figure with this id, from the file that the release keeps of all its figures."""
    from pipelines.releases.released_tables import released_directory
    from reports.figure_told import figure_named, figure_told

    directory = released_directory(place)
    path = directory / "figures.json"
    if not path.is_file():
        raise StudyError(f"Publicatie '{directory.name}' is van een oudere versie. Maak haar opnieuw met wijkbaat run.")
    found = figure_named(json.loads(path.read_text("utf-8")), asked)
    return json.dumps(found, ensure_ascii=False) if as_json else figure_told(directory.name, found)


def open_release(place: Path) -> tuple[str, Mapping[str, pd.DataFrame]]:
    """Name and tables of a release: its own directory, or the release that counts in a home."""
    from pipelines.releases.released_tables import released_directory, tables_of

    directory = released_directory(place)
    return directory.name, tables_of(directory, TABLES)
