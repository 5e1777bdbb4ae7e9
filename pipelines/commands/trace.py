"""`wijkbaat trace`: from a figure in the report back to the rows of the delivery. Inside the closed zone."""

from __future__ import annotations

from typing import Annotated

import typer

from pipelines.commands.shared import HomeDir, StudyDir, home_of, home_with_tables
from pipelines.storage.clock import utc_day


def trace(
    study: StudyDir,
    figure: Annotated[
        str | None,
        typer.Argument(metavar="[CIJFER]", help="Bijvoorbeeld zrm/finances/staggered; zonder cijfer de lijst."),
    ] = None,
    home: HomeDir = None,
) -> None:
    """Volg één cijfer van het rapport terug tot schatting, cliënten, bestanden en regels van de levering."""
    from pipelines.storage.home import Home
    from pipelines.storage.retention import forget_raw
    from pipelines.study.workplace import Workplace, read_study
    from pipelines.tracing.kept import directory_of, keep
    from pipelines.tracing.run import run_of
    from pipelines.tracing.shown import listed
    from pipelines.tracing.told import told
    from pipelines.tracing.trace import last_release, trace

    place = Workplace(read_study(study), Home(home_with_tables(home_of(study, home))), None, 1)
    policy, today = place.files.study, utc_day()
    with place.home.lock():
        released = last_release(place)
        if figure is None:
            typer.echo(listed(released))
            return
        # Nothing comes out of a trace that the study says is to be gone.
        forget_raw(place.home, policy.retention.raw_days, today)
        found, run = trace(place, released, figure), run_of(place.home)
        where = directory_of(place.home, found.figure)
        keep(place.home, found, told(found, policy, run, str(where), exact=True))
    typer.echo(told(found, policy, run, str(where)))
