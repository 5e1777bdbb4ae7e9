"""`wijkbaat plan`: what a study could ever show, before outcomes are looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands.shared import HomeDir, Seed, StudyDir, home_of


def plan(
    study: StudyDir,
    deliveries: Annotated[
        Path | None, typer.Option("--deliveries", help="Map met leveringen; anders de inbox, of die van de studie.")
    ] = None,
    home: HomeDir = None,
    seed: Seed = 1,
) -> None:
    """Reken vooraf uit welk verschil deze studie kan laten zien, en wat daarbij helpt; schat en publiceert niets."""
    from pipelines.commands.summary import progress
    from pipelines.intake.door import lying_ready
    from pipelines.road.plan.making import make_plan
    from pipelines.run import Order

    root = home_of(study, home)
    with progress() as told:
        made = make_plan(Order(study, root, lying_ready(study, deliveries, root), seed=seed), told)
    typer.echo(made.text)
    typer.echo(f"Geschreven: {made.page} en {made.numbers.name}\nLeg het plan vast met: wijkbaat study freeze {study}")
