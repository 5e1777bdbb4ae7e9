"""`wijkbaat deliveries person | restrict | unrestrict | erase`: what is held, and what people may ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.commands.deliveries import deliveries_home
from pipelines.commands.shared import AsJson, By, HomeDir, StudyDir
from pipelines.storage.clock import utc_day

if TYPE_CHECKING:
    from pipelines.rights.acts import Asked
    from pipelines.rights.deciding import Decided
    from pipelines.study.workplace import Workplace

PeopleFile = Annotated[Path, typer.Argument(metavar="LIJST", help="Bestand met op elke regel één pseudoniem.")]
Why = Annotated[str, typer.Option("--why", help="Waarom; noem geen naam en geen pseudoniem.")]


def person(study: StudyDir, people: PeopleFile, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Laat zien wat er over deze mensen bewaard wordt (AVG 15). Bewaar de uitvoer niet langer dan nodig."""
    from pipelines.rights.held import held
    from pipelines.rights.named_people import named_in

    place = _place(study, home)
    found = held(place.home, named_in(people, place.files.study.pseudonym_pattern))
    if as_json:
        typer.echo(json.dumps({"exit": 0, **found}, ensure_ascii=False))
    else:
        _show_held(found)


def restrict(
    study: StudyDir, people: PeopleFile, by: By, why: Why, home: HomeDir = None, as_json: AsJson = False
) -> None:
    """Bewaar deze mensen, en tel ze vanaf de volgende run nergens meer mee (AVG 18 en 21)."""
    from pipelines.rights.named_people import named_in
    from pipelines.rights.restricting import restrict as restrict_people

    place = _place(study, home)
    decided = restrict_people(place, named_in(people, place.files.study.pseudonym_pattern), _asked(by, why))
    count = "telt" if decided.n_people == 1 else "tellen"
    done = f"{_people(decided.n_people)} {count} vanaf de volgende run nergens meer mee. Draai wijkbaat run."
    _tell(decided, done, as_json)


def unrestrict(
    study: StudyDir, people: PeopleFile, by: By, why: Why, home: HomeDir = None, as_json: AsJson = False
) -> None:
    """Tel deze mensen vanaf de volgende run weer mee: hun beperking of bezwaar is afgehandeld (AVG 18 lid 3)."""
    from pipelines.rights.named_people import named_in
    from pipelines.rights.restricting import lift

    place = _place(study, home)
    decided = lift(place, named_in(people, place.files.study.pseudonym_pattern), _asked(by, why))
    count = "telt" if decided.n_people == 1 else "tellen"
    done = f"{_people(decided.n_people)} {count} vanaf de volgende run weer mee. Draai wijkbaat run."
    _tell(decided, done, as_json)


def erase(study: StudyDir, people: PeopleFile, by: By, why: Why, home: HomeDir = None, as_json: AsJson = False) -> None:
    """Wis deze mensen uit de gesloten map, en houd ze er daarna uit (AVG 17)."""
    from pipelines.rights.deciding import erase as erase_people
    from pipelines.rights.named_people import named_in

    place = _place(study, home)
    decided = erase_people(place, named_in(people, place.files.study.pseudonym_pattern), _asked(by, why))
    is_ = "is" if decided.n_people == 1 else "zijn"
    _tell(decided, f"{_people(decided.n_people)} {is_} gewist. Draai wijkbaat run om zonder hen te rekenen.", as_json)


def _place(study: Path, home: Path | None) -> Workplace:
    from pipelines.study.workplace import Workplace, read_study

    return Workplace(read_study(study), deliveries_home(study, home), None, 1)


def _asked(by: str, why: str) -> Asked:
    from pipelines.rights.acts import Asked

    return Asked(by, why, utc_day())


def _people(n: int) -> str:
    return f"{n} {'persoon' if n == 1 else 'mensen'}"


def _tell(decided: Decided, done: str, as_json: bool) -> None:
    """What was done, in counts only, and what is left for a person to do."""
    if as_json:
        told = {"people": decided.n_people, "done_before": decided.n_before, "proof": decided.proof}
        typer.echo(json.dumps({"exit": 0, **told, "still_in": decided.still_in}, ensure_ascii=False))
        return
    typer.echo(done if decided.n_people else "Er was niets te doen.")
    if decided.n_before:
        typer.echo(f"Voor {_people(decided.n_before)} van de lijst was dit al eerder gedaan.")
    for directory in decided.still_in:
        typer.echo(
            f"Let op: de geleverde bestanden in {directory} noemen hen nog. wijkbaat verandert die niet en leest hen "
            "er niet meer uit. Verwijder ze, of laat de sleutelhouder ze opnieuw maken."
        )


def _show_held(found: dict[str, Any]) -> None:
    typer.echo(f"Van de lijst {'is' if found['people'] == 1 else 'zijn'} hier {_people(found['people'])} bekend.")
    for key, words in (
        ("unknown", "hier niet bekend: over hen wordt niets bewaard"),
        ("erased", "eerder gewist: over hen wordt alleen bewaard dat zij gewist zijn"),
        ("restricted", "bewaard, en nergens meer meegeteld"),
    ):
        if found[key]:
            typer.echo(f"Pseudoniemen {words}: {found[key]}.")
    for pseudonym, number in found["pseudonyms"].items():
        typer.echo(f"{pseudonym} heeft in de tabellen client_no {number}.")
    for table, rows in found["tables"].items():
        typer.echo(f"\n{table}: {len(rows)} rijen")
        for row in rows:
            typer.echo("  " + "; ".join(f"{name} = {value}" for name, value in row.items()))
    for release, n in found["figures"].items():
        typer.echo(f"\nIn publicatie {release} tellen zij mee in {n} cijfers over groepen.")
