"""`wijkbaat watch` and `wijkbaat deliveries coverage`: on schedule, with or without the daemon of Dagster."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.shared import AsJson, HomeDir, Seed, StudyDir, home_of
from pipelines.storage.clock import utc_day

if TYPE_CHECKING:
    from pipelines.on_schedule.coverage import Series


def watch(
    study: StudyDir,
    home: HomeDir = None,
    always: Annotated[
        bool, typer.Option("--always", help="Draai ook zonder nieuwe levering, bijvoorbeeld elke week.")
    ] = False,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Kijk één keer in de inbox, draai wat klaar ligt, en meld wat misging of ontbreekt; voor cron of Taakplanner."""
    from pipelines.commands import summary
    from pipelines.run import Order
    from pipelines.watching import watch as look

    watched = look(Order(study, home_of(study, home), seed=seed), always=always)
    notes = [*watched.notes, *watched.told.problems]
    if as_json:
        run: dict[str, Any] = summary.as_json(watched.outcome) if watched.outcome else {"exit": 0, "release": None}
        if watched.error is not None:
            run |= {"exit": watched.error.exit_code, "message": str(watched.error)}
        typer.echo(json.dumps({**run, "notes": notes, "told": watched.told.sent}, ensure_ascii=False))
        raise typer.Exit(run["exit"])
    typer.echo(f"{dt.datetime.now().astimezone():%d-%m-%Y %H:%M}, {study}:")
    if watched.outcome is not None:
        summary.show(watched.outcome)
    for note in notes:
        typer.echo(note)
    if watched.told.sent:
        typer.echo(f"Verstuurd: {watched.told.sent} {'bericht' if watched.told.sent == 1 else 'berichten'}.")
    if watched.error is not None:
        raise watched.error


def coverage(study: StudyDir, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat per leverancier zien welke perioden er zijn, welke nog komen en welke ontbreken."""
    from pipelines.on_schedule.coverage import coverage as of_study
    from pipelines.storage.home import Home
    from pipelines.study.workplace import read_study

    today = utc_day()
    found = of_study(read_study(study).study, Home(home_of(study, home)), today)
    if as_json:
        typer.echo(json.dumps({"series": [_record(series) for series in found]}, ensure_ascii=False))
        return
    if not found:
        typer.echo("De studie zegt niet wanneer leveringen worden verwacht (on_schedule in study.yaml).")
    for series in found:
        last = series.last_received_on
        age = f"{last:%d-%m-%Y}, {(today - last).days} dagen geleden" if last else "nog nooit"
        typer.echo(f"{series.supplier}: laatste levering {age}")
        for one in series.expected:
            typer.echo(f"  {one.standing.label:<14} {one.period.words} (verwacht voor {one.due_on:%d-%m-%Y})")


def _record(series: Series) -> dict[str, Any]:
    last = series.last_received_on
    periods = [
        {"period": one.period.words, "due_on": one.due_on.isoformat(), "standing": one.standing.value}
        for one in series.expected
    ]
    return {"supplier": series.supplier, "last_received_on": last.isoformat() if last else None, "periods": periods}
