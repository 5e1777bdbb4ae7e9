"""`wijkbaat init`: a study from unknown files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from data_contracts.errors import StudyError
from pipelines.commands.shared import HomeDir, place_of
from pipelines.storage.clock import utc_day


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
    declared_on: Annotated[
        str | None,
        typer.Option("--declared-on", help="Wanneer de manier van meten is gekozen (jjjj-mm-dd), als dat vaststaat."),
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="YAML-bestand met antwoorden: naam van de vraag, dan het antwoord.")
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option("--earlier", help="Map met een eerdere levering: om te zien of een levering volledig is."),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Vraag niets: neem over wat zeker is, en stop bij de rest.")
    ] = False,
) -> None:
    """Maak van onbekende bestanden een studie: laat zien wat er gevonden is, vraag de rest, en schrijf het op."""
    from pipelines.init.dialogue import Dialogue, conversation
    from pipelines.init.wizard import FilesOfDelivery, check_files
    from pipelines.init.writing import fill_inbox, kept_replies, replies_in, slug, write_study
    from pipelines.storage.home import Home

    check_files(files)
    missing = [str(one) for one in earlier or [] if not one.is_dir()]
    if missing:
        raise StudyError(f"Deze map met een eerdere levering bestaat niet: {', '.join(missing)}. Kijk de naam na.")
    options: dict[str, Any] = {
        "gemeente": municipality,
        "doel": purpose,
        "grondslag": ground,
        "besluit": decided_by,
        "bewaren-tot": records_until,
        "gekozen-op": declared_on,
    }
    given = {name: value for name, value in options.items() if value is not None}
    given |= replies_in(answers) if answers else {}
    dialogue = Dialogue(files, utc_day(), asks=not yes and answers is None, say=typer.echo)
    name = dialogue.municipality(given)
    directory = to if to is not None else Path("studies") / slug(name)
    if (directory / "study.yaml").exists():
        raise StudyError(f"In '{directory}' staat al een studie. Kies met --to een andere map.")
    if dialogue.asks:
        given = {**kept_replies(directory, files), **given}
    with FilesOfDelivery(files, earlier or []) as opened:
        agreed = conversation(dialogue, opened, given, approval, directory)
    place = Home(place_of(directory, home))
    write_study(directory, agreed.draft.study, agreed.draft.mapping, dialogue.today)
    delivery = fill_inbox(place, name, agreed.used, agreed.extract_day or f"{dialogue.today:%Y%m%d}")
    typer.echo(f"\nDe studie staat in {directory}, de levering in {delivery}.")
    if "gekozen-op" not in given:
        typer.echo(
            "Wanneer de manier van meten is gekozen, staat er niet in. Staat die dag vast, schrijf hem dan in "
            "study.yaml bij design als declared_on. Zonder die dag zegt het rapport niet dat zij vooraf is gekozen."
        )
    typer.echo("Nu: " + f"wijkbaat run {directory}" + (f" --home {home}" if home else ""))
