"""`wijkbaat session` and `ui`: pages on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import HomeDir, StudyDir, home_of


def session(
    study: StudyDir,
    home: HomeDir = None,
    release: Annotated[str | None, typer.Option("--release", help="Een andere publicatie dan de geldende.")] = None,
    team: Annotated[
        str | None, typer.Option("--team", help="Ook de eigen cijfers van dit team, voor zijn kring.")
    ] = None,
) -> None:
    """Open de apps voor de leerkring in de browser; zij lezen alleen wat gepubliceerd is."""
    from pipelines.circle.session import open_session

    open_session(study, home_of(study, home), release, team)


def ui(
    study: StudyDir,
    home: HomeDir = None,
    port: Annotated[int, typer.Option("--port", help="Poort op deze machine.")] = 3000,
    socket: Annotated[
        Path | None, typer.Option("--socket", help="Als dienst achter een proxy met een inlog: waar de socket staat.")
    ] = None,
    host: Annotated[str, typer.Option("--host", help="Bij --socket: de naam van de site achter https://.")] = "",
) -> None:
    """Start Dagster: een levering in de inbox wordt vanzelf een concept, en runs gaan op een rooster."""
    from pipelines.assets.dagster_ui import open_ui, serve_ui

    if (socket is None) != (not host):
        raise StudyError("--socket en --host horen bij elkaar: de proxy van die naam heeft de inlog.")
    if socket is None:
        open_ui(study, home_of(study, home), port)
    else:
        serve_ui(study, home_of(study, home), socket, host)
