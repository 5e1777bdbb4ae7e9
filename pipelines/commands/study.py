"""`wijkbaat run`, `check` and `simulate`: from a study and its deliveries to a release."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import AsJson, Clients, HomeDir, Seed, StudyDir, home_of
from pipelines.commands.truth import show_truth
from pipelines.storage.clock import utc_day

if TYPE_CHECKING:
    from pipelines.run import Order

Today = Annotated[str | None, typer.Option("--as-of", help="Datum op de documenten, als jjjj-mm-dd.")]


def run(
    study: StudyDir,
    deliveries: Annotated[
        Path | None, typer.Option("--deliveries", help="Map met leveringen; anders de inbox, of die van de studie.")
    ] = None,
    home: HomeDir = None,
    as_of: Today = None,
    known_on: Annotated[
        str | None,
        typer.Option("--known-on", help="Reken opnieuw uit wat op die dag bekend was (jjjj-mm-dd); publiceert niets."),
    ] = None,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Lees de leveringen, reken, en maak een concept of een publicatie."""
    from pipelines.commands import summary
    from pipelines.intake.door import lying_ready
    from pipelines.run import Order
    from pipelines.run import run as run_all
    from pipelines.storage.house import UNKNOWN, UNKNOWN_COMMIT, commit

    if commit() == UNKNOWN:
        typer.echo(UNKNOWN_COMMIT, err=True)
    if known_on is not None:
        if deliveries is not None:
            raise StudyError("--known-on rekent met wat er toen al was; geef geen --deliveries op.")
        _past(study, home_of(study, home), _date(known_on, "--known-on"), _date(as_of), seed, as_json=as_json)
        return
    root = home_of(study, home)
    _say_where_it_lies(root)
    order = Order(study, root, lying_ready(study, deliveries, root), _date(as_of), seed)
    if as_json:
        told_as_json = summary.as_json(run_all(order))
        truth = _truth_beside(order)
        typer.echo(json.dumps({**told_as_json, **({"truth": truth} if truth else {})}, ensure_ascii=False))
        return
    with summary.progress() as told:
        outcome = run_all(order, told)
    summary.show(outcome)
    show_truth(_truth_beside(order))


def _say_where_it_lies(root: Path) -> None:
    """A home that is copied elsewhere, or lies there, is said at every run."""
    from pipelines.doctor.disk import where_it_lies
    from pipelines.doctor.look import Found
    from pipelines.storage.home import Home

    look = where_it_lies(Home(root))
    if look.found is not Found.GOOD:
        typer.echo(f"Let op: {look.what} {look.do}", err=True)


def _truth_beside(order: Order) -> list[dict[str, Any]]:
    """What was planted beside what was found; nothing for a real delivery."""
    from pipelines.simulation.truth_beside import truth_beside
    from pipelines.storage.home import Home
    from pipelines.study.workplace import Workplace, read_study

    return truth_beside(Workplace(read_study(order.study), Home(order.home), order.as_of, order.seed))


def _past(study: Path, home: Path, day: str | None, as_of: str | None, seed: int, *, as_json: bool) -> None:
    """Compute the state of a past day in a home of its own inside the closed zone."""
    from pipelines.commands import summary
    from pipelines.releases.known_on import as_known_on
    from pipelines.run import Order
    from pipelines.run import run as run_all
    from pipelines.storage.home import Home

    with as_known_on(Home(home), str(day)) as past:
        outcome = run_all(Order(study, past.root, None, as_of, seed))
    if as_json:
        typer.echo(json.dumps({**summary.as_json(outcome), "known_on": day}, ensure_ascii=False))
        return
    summary.show(outcome)
    typer.echo(
        f"Dit is de stand zoals bekend op {day}, om na te kijken. Er is niets gepubliceerd en de geldende publicatie "
        "is niet veranderd; deze bestanden liggen in de gesloten zone."
    )


def _date(text: str | None, option: str = "--as-of") -> str | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        problem = f"{option} is geen datum."
    raise StudyError(f"{problem} Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-01-31.")


def check(study: StudyDir) -> None:
    """Zeg wat er aan een studie niet klopt, voordat er iets draait."""
    from pipelines.intake.reading.watchdog import NO_LIMIT_OF_THE_SYSTEM, is_held_by_system
    from pipelines.study.checking import advice_about

    notes = advice_about(study, utc_day())
    if not is_held_by_system():
        notes.append(NO_LIMIT_OF_THE_SYSTEM)
    for note in notes:
        typer.echo(f"Let op: {note}")
    typer.echo(f"De studie in '{study}' klopt.")


def simulate(
    study: StudyDir,
    home: HomeDir = None,
    seed: Seed = 1,
    clients: Clients = None,
) -> None:
    """Verzin een gemeente met een bekende waarheid en zet haar levering in de inbox."""
    from pipelines.simulation.studies import simulate_study
    from pipelines.storage.home import Home

    place = Home(home_of(study, home))
    delivery = simulate_study(study, place, seed, clients)
    typer.echo(
        f"De verzonnen levering staat in {delivery}. De waarheid erachter staat in {place.closed / 'truth.json'}."
    )
