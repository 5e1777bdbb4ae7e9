"""The command line. Everything a user reads here is Dutch; exit codes are those of data_contracts.errors."""

from __future__ import annotations

import datetime as dt
import json
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from data_contracts.errors import MachineFault, StudyError, WijkbaatError
from pipelines.money_commands import compare, explain
from pipelines.tree_commands import tree_app

app = typer.Typer(
    name="wijkbaat",
    help="Maken wijkteams mensen zelfredzamer, langs welke weg, en wat is dat de samenleving waard?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
release_app = typer.Typer(help="Een concept goedkeuren of een publicatie intrekken.", no_args_is_help=True)
app.add_typer(release_app, name="release")
app.add_typer(tree_app, name="tree")
app.command()(explain)
app.command()(compare)

StudyDir = Annotated[
    Path, typer.Argument(metavar="STUDIE", help="De map van de studie, bijvoorbeeld studies/rijnstad.")
]
HomeDir = Annotated[Path | None, typer.Option("--home", help="Map voor inbox, gesloten en vrijgegeven zone.")]
Today = Annotated[str | None, typer.Option("--as-of", help="Datum op de documenten, als jjjj-mm-dd.")]
Seed = Annotated[int, typer.Option("--seed", help="Startgetal voor de trekkingen van de MKBA.")]
AsJson = Annotated[bool, typer.Option("--json", help="Schrijf één JSON-object naar de standaarduitvoer.")]


def home_of(study: Path, home: Path | None) -> Path:
    """The home that was named, or home/<study> in the working directory."""
    return home if home is not None else Path("home") / study.resolve().name


@app.command()
def run(
    study: StudyDir,
    deliveries: Annotated[
        Path | None, typer.Option("--deliveries", help="Map met leveringen; anders de inbox, of die van de studie.")
    ] = None,
    home: HomeDir = None,
    as_of: Today = None,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Lees de leveringen, reken, en maak een concept of een publicatie."""
    from pipelines import summary
    from pipelines.run import Order
    from pipelines.run import run as run_all

    order = Order(study, home_of(study, home), _deliveries(study, deliveries, home), _date(as_of), seed)
    if as_json:
        typer.echo(json.dumps(summary.as_json(run_all(order)), ensure_ascii=False))
        return
    with summary.progress() as told:
        outcome = run_all(order, told)
    summary.show(outcome)


def _deliveries(study: Path, deliveries: Path | None, home: Path | None) -> Path | None:
    """What the user named; else nothing (the inbox), unless the inbox is empty and the study brings deliveries."""
    if deliveries is not None:
        if not deliveries.is_dir():
            raise StudyError(f"De map '{deliveries}' bestaat niet. Geef bij --deliveries een map met leveringen op.")
        return deliveries
    inbox = home_of(study, home) / "inbox"
    own = study / "deliveries"
    return own if own.is_dir() and not (inbox.is_dir() and any(inbox.iterdir())) else None


def _date(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        problem = "--as-of is geen datum."
    raise StudyError(f"{problem} Schrijf hem als jjjj-mm-dd, bijvoorbeeld 2026-01-31.")


@app.command()
def check(study: StudyDir) -> None:
    """Zeg wat er aan een studie niet klopt, voordat er iets draait."""
    from pipelines.checking import check_study

    notes = check_study(study)
    for note in notes:
        typer.echo(f"Let op: {note}")
    typer.echo(f"De studie in '{study}' klopt.")


@app.command()
def init(
    files: Annotated[list[Path], typer.Argument(metavar="BESTAND...", help="De bestanden van één levering.")],
    to: Annotated[Path | None, typer.Option("--to", help="Map van de nieuwe studie.")] = None,
    home: HomeDir = None,
    municipality: Annotated[str | None, typer.Option("--municipality", help="Naam van de gemeente.")] = None,
    purpose: Annotated[str | None, typer.Option("--purpose", help="Waarvoor de gegevens gebruikt worden.")] = None,
    ground: Annotated[str | None, typer.Option("--ground", help="De grondslag daarvoor.")] = None,
    decided_by: Annotated[str | None, typer.Option("--decided-by", help="Wie dat besloten heeft.")] = None,
    records_until: Annotated[
        str | None, typer.Option("--records-until", help="Tot wanneer bewaren (jjjj-mm-dd).")
    ] = None,
    approval: Annotated[str, typer.Option("--approval", help="required of none: moet iemand goedkeuren?")] = "required",
    yes: Annotated[bool, typer.Option("--yes", help="Neem de voorgestelde koppeling over.")] = False,
) -> None:
    """Maak van onbekende bestanden een studie: laat zien wat er gevonden is, vraag de rest, en schrijf het op."""
    from pipelines.home import Home
    from pipelines.init.propose import Answers
    from pipelines.init.wizard import describe, proposals_for, slug, write_study

    proposals = proposals_for(files)
    for proposal in proposals:
        describe(proposal, typer.echo)
    if not yes and not typer.confirm(
        "\nKlopt deze koppeling? (Kolommen zonder pijl worden niet gelezen.)", default=True
    ):
        raise StudyError("Niets geschreven. Hernoem de kolommen of schrijf mapping.yaml zelf; zie docs/studie.md.")
    today = dt.datetime.now(tz=dt.UTC).date()
    answers = Answers(
        municipality=_answer(municipality, "Welke gemeente?", "--municipality", 2),
        purpose=_answer(purpose, "Waarvoor worden de gegevens gebruikt?", "--purpose", 10),
        ground=_answer(ground, "Op welke grondslag (wet en artikel)?", "--ground", 5),
        decided_by=_answer(decided_by, "Wie heeft dat besloten (functie)?", "--decided-by", 2),
        records_until=_day(_answer(records_until, "Tot welke dag bewaren (jjjj-mm-dd)?", "--records-until", 10)),
        approval=approval,
    )
    directory = to if to is not None else Path("studies") / slug(answers.municipality)
    place = Home(home_of(directory, home))
    delivery = write_study(files, proposals, answers, directory, place, today)
    typer.echo(f"\nDe studie staat in {directory}, de levering in {delivery}.")
    typer.echo("Nu: " + f"wijkbaat run {directory}" + (f" --home {home}" if home else ""))


def _answer(given: str | None, question: str, option: str, least: int) -> str:
    """An answer that only a person can give; there is no default for it."""
    while given is None or len(given.strip()) < least:
        if given is not None or not sys.stdin or sys.stdin.closed:
            raise StudyError(f"{question} Geef het antwoord bij {option} (minstens {least} tekens).")
        try:
            given = typer.prompt(question)
        except typer.Abort:
            given = ""
    return given.strip()


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        problem = "De bewaartermijn is geen datum."
    raise StudyError(f"{problem} Schrijf hem als jjjj-mm-dd bij --records-until.")


@app.command()
def simulate(
    study: StudyDir,
    home: HomeDir = None,
    seed: Seed = 1,
    clients: Annotated[
        int | None, typer.Option("--clients", help="Hoeveel cliënten; anders zoals simulation.yaml.")
    ] = None,
) -> None:
    """Verzin een gemeente met een bekende waarheid en zet haar levering in de inbox."""
    from pipelines.home import Home
    from pipelines.simulation.studies import simulate_study

    place = Home(home_of(study, home))
    place.prepare()
    with place.lock():
        delivery = simulate_study(study, place, seed, clients)
    typer.echo(
        f"De verzonnen levering staat in {delivery}. De waarheid erachter staat in {place.closed / 'truth.json'}."
    )


@app.command()
def session(
    study: StudyDir,
    home: HomeDir = None,
    release: Annotated[str | None, typer.Option("--release", help="Een andere publicatie dan de geldende.")] = None,
) -> None:
    """Open de app voor de leerkring in de browser; hij leest alleen wat gepubliceerd is."""
    from pipelines.session import open_session

    open_session(home_of(study, home), release)


@app.command()
def ui(
    study: StudyDir,
    home: HomeDir = None,
    port: Annotated[int, typer.Option("--port", help="Poort op deze machine.")] = 3000,
) -> None:
    """Start Dagster: een levering in de inbox wordt vanzelf een concept, en runs gaan op een rooster."""
    from pipelines.dagster_ui import open_ui

    open_ui(study, home_of(study, home), port)


@release_app.command("list")
def list_releases(study: StudyDir, home: HomeDir = None) -> None:
    """Laat zien welke publicaties er zijn."""
    from pipelines.home import Home
    from pipelines.release import current, releases

    place = Home(home_of(study, home))
    words = {"concept": "concept", "approved": "goedgekeurd", "withdrawn": "ingetrokken"}
    for one in releases(place):
        mark = "  <- geldt nu" if one.name == current(place) else ""
        typer.echo(f"{one.name}  {words[one.status]}{mark}")


@release_app.command("approve")
def approve(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: Annotated[str, typer.Option("--by", help="Wie keurt goed (naam en functie).")],
    why: Annotated[str, typer.Option("--why", help="Waarom.")],
    home: HomeDir = None,
) -> None:
    """Keur een concept goed; vanaf dan is het de geldende publicatie."""
    _decide(study, home, release, "approve", by, why)


@release_app.command("withdraw")
def withdraw(
    study: StudyDir,
    release: Annotated[str, typer.Argument(metavar="PUBLICATIE")],
    by: Annotated[str, typer.Option("--by", help="Wie trekt in (naam en functie).")],
    why: Annotated[str, typer.Option("--why", help="Waarom.")],
    home: HomeDir = None,
) -> None:
    """Trek een publicatie in; zij geldt dan niet meer."""
    _decide(study, home, release, "withdraw", by, why)


def _decide(study: Path, home: Path | None, release: str, decision: str, by: str, why: str) -> None:
    from pipelines.home import Home
    from pipelines.ledger import join
    from pipelines.release import decide

    if len(by.strip()) < 2 or len(why.strip()) < 5:
        raise StudyError("Een besluit heeft een naam (--by) en een reden (--why) nodig.")
    place = Home(home_of(study, home))
    with place.lock():
        if decision == "approve":
            join(place, release)
        decided = decide(place, release, decision, by.strip(), why.strip(), dt.datetime.now(tz=dt.UTC).date())
    words = {"approved": "goedgekeurd en geldt nu", "withdrawn": "ingetrokken", "concept": "een concept"}
    typer.echo(f"Publicatie {decided.name} is {words[decided.status]}.")


def main() -> NoReturn:
    """Entry point: an error of ours ends with its code and one message, any other with code 1 and no values."""
    as_json = "--json" in sys.argv
    try:
        app(standalone_mode=False)
    except WijkbaatError as error:
        _stop(error.exit_code, str(error), as_json)
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except (typer.Abort, KeyboardInterrupt):
        _stop(2, "Afgebroken. Er is niets gepubliceerd.", as_json)
    except (MemoryError, OSError) as error:
        _stop(MachineFault.exit_code, _machine_words(error), as_json)
    except Exception as error:
        usage = getattr(error, "format_message", None)
        if usage is not None:
            _stop(2, f"Zo werkt deze opdracht niet: {usage()} Zie wijkbaat --help.", as_json)
        _stop(1, _bug_words(error), as_json)
    sys.exit(0)


def _stop(code: int, message: str, as_json: bool) -> NoReturn:
    if as_json:
        typer.echo(json.dumps({"exit": code, "release": None, "message": message}, ensure_ascii=False))
    else:
        typer.echo(message, err=True)
    sys.exit(code)


def _machine_words(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "Het geheugen is op. Sluit andere programma's of gebruik een grotere machine. Er is niets gepubliceerd."
    kind = type(error).__name__
    return f"De schijf werkt niet mee ({kind}). Maak ruimte of kijk de rechten na. Er is niets gepubliceerd."


def _bug_words(error: Exception) -> str:
    """Where it went wrong, without the text of the error: that may hold a value of a person."""
    frames = traceback.extract_tb(error.__traceback__)
    rooms = ("pipelines", "indicators", "mkba", "reports", "data_contracts")
    ours = [frame for frame in frames if any(room in frame.filename for room in rooms)]
    place = f"{Path(ours[-1].filename).name}, regel {ours[-1].lineno}" if ours else "onbekende plek"
    kind = type(error).__name__
    return f"Dit is een fout van ons ({kind} in {place}). Er is niets gepubliceerd. Meld dit bij de makers."
