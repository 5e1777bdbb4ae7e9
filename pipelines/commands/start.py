"""`wijkbaat start`: one guided road from files to an approved report, left and resumed at any step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands import balance, plan, release, tree
from pipelines.commands import init as of_init
from pipelines.commands import study as of_study
from pipelines.commands.shared import HomeDir, place_of

if TYPE_CHECKING:
    from pipelines.road.steps import Step

_NO_FILES = "Noem de bestanden van één levering achter de studie: wijkbaat start STUDIE BESTAND..."


def start(
    study: Annotated[
        Path, typer.Argument(metavar="STUDIE", help="De map van de studie; zij hoeft er nog niet te zijn.")
    ],
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[BESTAND...]", help="De bestanden, voor het begin.")
    ] = None,
    home: HomeDir = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", help="Map met studie.yaml, boom.yaml en balans.yaml; dan wordt er niets gevraagd."),
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Laat alleen zien wat klaar is en wat open staat.")] = False,
) -> None:
    """Ga stap voor stap van bestanden naar een rapport met boom en balans; stop en ga verder wanneer u wilt."""
    from pipelines.road.steps import FILES, shown, steps

    root = place_of(study, home)
    done: list[str] = []
    while True:
        road = steps(study, root)
        for line in shown(road):
            typer.echo(line)
        step = next((one for one in road if not one.is_done), None)
        if step is None or show:
            return
        if step.name == FILES and files:
            step = next(one for one in road if one.name != FILES and not one.is_done)
        if step.name in done:
            raise StudyError(f"De stap '{step.name}' is gedaan, maar nog niet klaar. Doe hem apart: {step.command}")
        if not _wanted(step, is_asked=answers is None):
            typer.echo(f"Later verder: wijkbaat start {study} --home {root}")
            return
        _done(step, study, root, files or [], answers)
        done.append(step.name)


def _wanted(step: Step, *, is_asked: bool) -> bool:
    from pipelines.road.steps import APPROVAL

    if not is_asked:
        return step.name != APPROVAL  # a person decides
    text = f"\nNu: {step.words}, ongeveer {step.minutes} minuten. Verder? [ja/nee]"
    return str(typer.prompt(text, default="ja", show_default=False)).strip().casefold() in ("ja", "j", "")


def _done(step: Step, study: Path, root: Path, files: Sequence[Path], answers: Path | None) -> None:
    """Do one step with the command that does it alone."""
    from pipelines.road.steps import FIGURES, FILES, LOGIC, MONEY, PLAN, REPORT, STUDY, newest_release
    from pipelines.storage.home import Home

    def replies(name: str) -> Path | None:
        return None if answers is None else answers / f"{name}.yaml"

    if step.name in (FILES, STUDY):
        if not files:
            raise StudyError(_NO_FILES)
        of_init.init(list(files), to=study, home=root, answers=replies("studie"))
    elif step.name == PLAN:
        plan.plan(study, home=root)
    elif step.name in (FIGURES, REPORT):
        of_study.run(study, home=root)
    elif step.name == LOGIC:
        tree.new(study, home=root, answers=replies("boom"))
    elif step.name == MONEY:
        balance.new(study, home=root, answers=replies("balans"))
    else:
        newest = newest_release(Home(root))
        by = typer.prompt("Wie keurt goed (naam en functie)?")
        why = typer.prompt("Waarom?")
        release.approve(study, newest.name if newest else "", by, why, home=root)
