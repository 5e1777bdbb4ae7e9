"""`wijkbaat query`: for the researcher, the answer in the terminal only."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.shared import HomeDir, StudyDir, home_of, home_with_tables

PREVIEW = (
    "\nZo zou de poort dit hoogstens doorlaten. Zij kijkt ook naar alles wat eerder is gepubliceerd, en kan dus meer "
    "verbergen. · is verborgen."
)


def query(
    study: StudyDir,
    sql: Annotated[str, typer.Argument(metavar="SQL", help="Eén vraag met SELECT over tabellen core_ en est_.")],
    home: HomeDir = None,
    preview: Annotated[bool, typer.Option("--preview", help="Toon wat de poort hiervan zou doorlaten.")] = False,
) -> None:
    """Stel als onderzoeker één vraag aan de gesloten tabellen; het antwoord staat alleen in dit venster."""
    from rich.console import Console
    from rich.table import Table

    from pipelines.tracing.query import MOST_ROWS, asked

    answer = asked(study, home_with_tables(home_of(study, home)), sql, preview=preview)
    told = Table(*map(str, answer.columns))
    for row in answer.astype(object).where(answer.notna(), ".").itertuples(index=False):
        told.add_row(*map(str, row))
    Console(markup=False).print(told)
    if len(answer) == MOST_ROWS:
        typer.echo(f"Meer dan {MOST_ROWS} rijen worden niet getoond.")
    if preview:
        typer.echo(PREVIEW)
