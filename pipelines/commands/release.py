"""`wijkbaat release`: a person decides about a concept, and puts a published error right in public."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from data_contracts.vocabulary.errata import Cause
from pipelines.commands.in_dutch import App
from pipelines.commands.shared import AsJson, By, HomeDir, StudyDir, home_of, require_reason
from pipelines.storage.clock import utc_day

if TYPE_CHECKING:
    from pipelines.storage.home import Home

release_app = App(help="Een concept goedkeuren, een publicatie intrekken of een gepubliceerde fout rechtzetten.")
Why = Annotated[str, typer.Option("--why", help="Waarom, in een korte zin.")]


@release_app.command("list")
def list_releases(study: StudyDir, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat zien welke publicaties er zijn, en welke er een rechtzet."""
    from pipelines.releases.told import releases_told

    place = _home(study, home)
    place.settle()
    told = releases_told(place)
    if as_json:
        typer.echo(json.dumps({"releases": told}, ensure_ascii=False))
        return
    words = {"concept": "concept", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}
    for one in told:
        mark = "  <- geldt nu" if one["is_current"] else ""
        once = one["approved_once_by"]
        waits = f", goedgekeurd door {once}; een tweede naam ontbreekt nog" if once else ""
        typer.echo(f"{one['name']}  {words[one['status']]}{waits}{mark}")
        if wrong := one["wrong"]:
            typer.echo(f"    bevat fouten, want {wrong['label']} ({wrong['by']}, {wrong['on']}: {wrong['why']})")
        for name in one["rectifies"]:
            typer.echo(f"    zet recht: {name}")


@release_app.command("approve")
def approve(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: By,
    why: Why,
    home: HomeDir = None,
) -> None:
    """Keur een concept goed, na te hebben gelezen wat er is veranderd; vanaf dan is het de geldende publicatie."""
    from pipelines.releases.approving import changed_page

    require_reason(by, why)
    typer.echo(changed_page(_home(study, home), release))
    if sys.stdin.isatty() and not typer.confirm("Dit is wat er verandert. Keurt u dit goed?"):
        raise StudyError("Er is niets goedgekeurd.")
    _decide(study, home, release, "approve", by, why)


@release_app.command("withdraw")
def withdraw(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: By,
    why: Why,
    home: HomeDir = None,
) -> None:
    """Trek een publicatie in; zij geldt dan niet meer."""
    require_reason(by, why)
    _decide(study, home, release, "withdraw", by, why)


@release_app.command("rectify")
def rectify(
    study: StudyDir,
    cause: Annotated[Cause, typer.Option("--cause", help="Wat er fout was.")],
    by: By,
    why: Why,
    release: Annotated[
        str | None, typer.Argument(metavar="[PUBLICATIE]", help="De foute publicatie; anders de laatst ingetrokken.")
    ] = None,
    home: HomeDir = None,
) -> None:
    """Leg vast waarom gepubliceerde cijfers fout waren; de volgende publicatie zegt dat bij elk cijfer."""
    from pipelines.releases import errata
    from pipelines.storage.journal import all_or_nothing

    require_reason(by, why)
    place = _home(study, home)
    with place.lock(), all_or_nothing(place.root):
        found = errata.rectify(place, release, cause, by.strip(), why.strip(), utc_day())
    typer.echo(
        f"Vastgelegd bij publicatie {found.release}: {found.cause.label}. Draai nu wijkbaat run. In de publicatie die "
        "dan ontstaat, staat bij elk cijfer dat daardoor anders is: gerectificeerd, met het oude cijfer en deze "
        "oorzaak. Een cijfer waarin maar een paar mensen anders zijn, blijft vastgehouden of verborgen."
    )


def _home(study: Path, home: Path | None) -> Home:
    """The home with the releases; a name that was mistyped makes none."""
    from pipelines.storage.home import Home

    place = Home(home_of(study, home))
    if not place.released.is_dir():
        raise StudyError(f"In '{place.root}' is nog niets gemaakt. Draai eerst wijkbaat run, of geef --home op.")
    return place


def _decide(study: Path, home: Path | None, release: str, decision: str, by: str, why: str) -> None:
    from pipelines.releases.deciding import decided_about
    from pipelines.study.workplace import read_study

    decided = decided_about(_home(study, home), read_study(study).study, release, decision, by, why, utc_day())
    words = {
        "approved": "goedgekeurd en geldt nu",
        "withdrawn": "ingetrokken",
        "concept": "één keer goedgekeurd. Deze studie vraagt een tweede naam: laat iemand anders haar ook goedkeuren",
    }
    typer.echo(f"Publicatie {decided.name} is {words[decided.status]}.")
