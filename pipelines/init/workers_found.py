"""A column of teams in which names of people stand: is it the worker? Then it is never read."""

from __future__ import annotations

from data_contracts.vocabulary.team_names import names_of_people
from pipelines.init.one_kind import Reading

WORKERS, TEAMS = "medewerkers", "teams"
_WITH_TEAMS = ("assessments", "trajectories", "costs")


def place_workers(reading: Reading) -> None:
    """Asks, without showing a name; what a person calls teams is written down as teams."""
    names = sorted({str(cell) for cell in reading.cells("team") if cell})
    people = names_of_people(names) if reading.table in _WITH_TEAMS else 0
    if not people:
        return
    said = reading.asked(
        "team-mensen",
        f"In {reading.kind.label} staan in kolom '{reading.columns['team']}' {len(names)} namen van teams, maar "
        f"{people} daarvan lijken namen van mensen. Zijn het medewerkers of teams?",
        {
            WORKERS: "de kolom wordt niet gelezen: namen van medewerkers mogen niet binnenkomen",
            TEAMS: "het zijn namen van teams; zij komen in mapping.yaml te staan",
        },
    )
    if said == WORKERS:
        del reading.columns["team"]
    elif said == TEAMS:
        reading.entry.setdefault("codes", {}).setdefault("team", {}).update({name: name for name in names})
