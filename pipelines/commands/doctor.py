"""`wijkbaat doctor`: what to mend before a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.shared import AsJson, HomeDir, place_of
from pipelines.storage.clock import utc_day


def doctor(
    study: Annotated[
        Path | None, typer.Argument(metavar="[STUDIE]", help="De map van de studie, als die er is.")
    ] = None,
    home: HomeDir = None,
    as_json: AsJson = False,
) -> None:
    """Kijk vooraf of deze machine, deze plaats en deze studie klaar zijn voor een run; verandert niets."""
    from pipelines.doctor.examination import examination, exit_code_of
    from pipelines.storage.home import Home

    root = place_of(study, home) if study is not None else home or Path("home")
    looks = []
    for look in examination(study, Home(root), utc_day()):
        looks.append(look)
        if not as_json:
            typer.echo(look.line)
    code = exit_code_of(looks)
    if as_json:
        typer.echo(json.dumps({"exit": code, "looks": [look.record for look in looks]}, ensure_ascii=False))
    else:
        typer.echo("Los eerst op wat niet goed is." if code else "Klaar voor een run.")
    raise typer.Exit(code)
