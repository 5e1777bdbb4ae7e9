"""`wijkbaat circle`: what a learning circle remembers, answers to it, its minutes, and a session without a network."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data_contracts.errors import StudyError
from pipelines.commands.in_dutch import App
from pipelines.commands.shared import HomeDir, StudyDir, home_of

if TYPE_CHECKING:
    from pipelines.storage.circle_journal import CircleJournal

circle_app = App(help="Het geheugen van de leerkring: verslagen, afspraken en antwoorden.")
SessionName = Annotated[
    str | None, typer.Option("--session", help="Dag van de bijeenkomst (jjjj-mm-dd); anders de laatste.")
]
To = Annotated[Path | None, typer.Option("--to", help="Waar het komt.")]


@circle_app.command("list")
def list_memory(study: StudyDir, home: HomeDir = None) -> None:
    """Toon bijeenkomsten, open afspraken, wat op antwoord wacht, en waar verwachtingen afweken."""
    from pipelines.circle.listing import memory_lines

    for line in memory_lines(_journal(study, home).memory()):
        typer.echo(line)


@circle_app.command("show")
def show(study: StudyDir, home: HomeDir = None, session: SessionName = None, to: To = None) -> None:
    """Schrijf het verslag van een bijeenkomst als HTML en PDF, om te printen."""
    from pipelines.circle.minutes import write_minutes
    from pipelines.study.workplace import read_study

    town = read_study(study).study.municipality
    for path in write_minutes(_journal(study, home), town, session, to):
        typer.echo(f"Geschreven: {path}")


@circle_app.command("answer")
def answer_point(
    study: StudyDir,
    number: Annotated[str, typer.Argument(metavar="NUMMER", help="Het nummer uit wijkbaat circle list.")],
    text: Annotated[str, typer.Option("--text", help="Het antwoord, in gewone woorden.")],
    by: Annotated[str, typer.Option("--by", help="Welke rol antwoordt (geen naam).")],
    home: HomeDir = None,
    on: Annotated[str | None, typer.Option("--on", help="Dag van het antwoord (jjjj-mm-dd); anders vandaag.")] = None,
) -> None:
    """Beantwoord als beleid een knelpunt of goede ervaring uit de kring."""
    from pipelines.circle.answering import answer

    answered = answer(_journal(study, home), number, text, by, _day(on))
    typer.echo(f"Bewaard, bij: {answered}\nDe kring ziet het op de volgende bijeenkomst.")


@circle_app.command("propose")
def propose(study: StudyDir, home: HomeDir = None, session: SessionName = None, to: To = None) -> None:
    """Maak van besluiten en ervaringen van een bijeenkomst een voorstel voor de boom."""
    from pipelines.circle.listing import named
    from pipelines.circle.proposing import proposal_text
    from pipelines.storage.platform import write_whole
    from pipelines.study.checking import study_tree
    from pipelines.study.workplace import read_study

    files = read_study(study)
    tree, memory = study_tree(files), _journal(study, home).memory()
    if tree is None:
        raise StudyError(f"'{study}' heeft nog geen boom. Maak haar met wijkbaat tree new {study}.")
    name = named(memory.sessions, session)
    path = to or study / f"voorstel-{name}.txt"
    write_whole(path, proposal_text(memory, memory.sessions[name], tree).encode())
    typer.echo(f"Geschreven: {path}\nNeem het over met: wijkbaat tree adopt {study} {path}")


def _journal(study: Path, home: Path | None) -> CircleJournal:
    from pipelines.storage.circle_journal import CircleJournal
    from pipelines.storage.home import Home

    return CircleJournal(Home(home_of(study, home)))


def _day(text: str | None) -> dt.date:
    try:
        return dt.date.fromisoformat(text) if text else dt.date.today()
    except ValueError:
        pass
    raise StudyError("Zet achter --on een dag als jjjj-mm-dd.")


@circle_app.command("export")
def export(
    study: StudyDir,
    home: HomeDir = None,
    on: Annotated[str | None, typer.Option("--on", help="Dag van de bijeenkomst (jjjj-mm-dd); anders vandaag.")] = None,
    figure: Annotated[
        list[str] | None,
        typer.Option("--figure", help="Een cijfer, zoals zrm/finances/all/all/first/last; hoogstens vier."),
    ] = None,
    to: To = None,
) -> None:
    """Maak één HTML-bestand voor een bijeenkomst zonder netwerk, met werkvormen om te printen."""
    from pipelines.circle.offline import offline_session
    from pipelines.storage.platform import write_whole

    day = _day(on)
    path = to or Path(f"leerkring-{day.isoformat()}.html")
    write_whole(path, offline_session(study, home_of(study, home), day, figure or []).encode())
    typer.echo(f"Geschreven: {path}\nWat daarin getypt is, leest u in met: wijkbaat circle import {study} BESTAND")


@circle_app.command("import")
def import_file(
    study: StudyDir,
    file: Annotated[Path, typer.Argument(metavar="BESTAND", help="Het bestand dat in de bijeenkomst is bewaard.")],
    home: HomeDir = None,
) -> None:
    """Lees in wat zonder netwerk is getypt; wat herkend wordt als naam of nummer wordt niet bewaard."""
    from pipelines.circle.offline import imported

    if not file.is_file():
        raise StudyError(f"Het bestand '{file}' bestaat niet.")
    done = imported(_journal(study, home), file.read_bytes(), file.name)
    typer.echo(f"Bewaard: {done.kept}. Was er al: {done.known}. Niet bewaard: {sum(done.refused.values())}.")
    for why, times in done.refused.items():
        typer.echo(f"  {times} keer {why}")
