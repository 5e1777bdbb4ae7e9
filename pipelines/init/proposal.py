"""A whole delivery: from opened files to the files of mapping.yaml, with every question that is still open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import folded
from pipelines.init.coding import place_codes
from pipelines.init.grid import OneSheet
from pipelines.init.instruments import place_instrument
from pipelines.init.keys_found import pseudonym_pattern
from pipelines.init.kinds import Given, Unread, kinds_of, sheets_of, slug
from pipelines.init.one_kind import Reading, entry_of, first_look
from pipelines.init.placing import place_columns
from pipelines.init.quantities import place_quantities
from pipelines.init.questions import Question, Talk
from pipelines.init.record_found import place_record
from pipelines.init.repeated import ask_repeated
from pipelines.init.shaping import shape_and_table
from pipelines.init.styles import drop_totals, place_styles
from pipelines.init.teams_found import spellings
from pipelines.init.telling_rows import place_roles
from pipelines.init.workers_found import place_workers

ONE_TEAM = "één team"


@dataclass(frozen=True, slots=True)
class Proposal:
    """How a delivery would be read. `entries` are complete when `talk` has no open questions."""

    readings: tuple[Reading, ...]
    entries: tuple[dict[str, Any], ...]
    aside: tuple[Unread, ...]
    pattern: str
    talk: Talk


def proposed(connection: duckdb.DuckDBPyConnection, files: Sequence[Given], talk: Talk, today: dt.date) -> Proposal:
    """One pass over the files with the replies that were given; raises StudyError for what no reply can mend."""
    sheets = sheets_of(connection, files)
    kinds, unread = kinds_of(connection, [sheet for sheet in sheets if not sheet.sheet.hidden])
    hidden = [
        Unread(one.label, "dit blad is verborgen. Maak het zichtbaar als het erbij hoort.")
        for one in sheets
        if one.sheet.hidden
    ]
    looks = [first_look(connection, kind, talk, today) for kind in kinds]
    for look in looks:
        shape_and_table(connection, look)
    looks, not_chosen = _chosen_sheets(looks, talk)
    readings = [look for look in looks if not look.aside]
    for reading in readings:
        _place(reading)
    aside = [*unread, *hidden, *not_chosen, *(Unread(one.kind.label, one.aside) for one in looks if one.aside)]
    readings = [one for one in readings if not one.aside]
    for one in readings:
        aside += [Unread(sheet.label, "een ander bestand is nieuwer.") for sheet in one.without]
        one.kind.sheets = [sheet for sheet in one.kind.sheets if sheet not in one.without]
    if not any(one.table == "assessments" for one in readings):
        asked = [look for look in looks if look.name("tabel") in talk.questions]
        raise StudyError(_no_assessments(aside, asked))
    keys = [(one.table, _key(cell)) for one in readings for cell in one.cells("client_key")]
    pattern = pseudonym_pattern([key for _, key in keys], [key for table, key in keys if table == "assessments"])
    _merge_teams(readings, talk)
    _decline(readings, [one for one in sheets if not one.sheet.hidden])
    entries = tuple(entry_of(reading) for reading in readings)
    return Proposal(tuple(readings), entries, tuple(aside), pattern, talk)


def _key(cell: str) -> str:
    return str(cell).strip()


def _place(reading: Reading) -> None:
    """Columns, lines that are no records, roles, the record's number, instrument, styles and codes.

    Each may set the kind aside.
    """
    for step in _STEPS:
        if reading.aside:
            return
        step(reading)


_STEPS = (
    place_columns,
    drop_totals,
    place_quantities,
    place_roles,
    place_workers,
    place_record,
    place_instrument,
    place_styles,
    place_codes,
    ask_repeated,
)


def _chosen_sheets(looks: list[Reading], talk: Talk) -> tuple[list[Reading], list[Unread]]:
    """Of a workbook in which several sheets hold a table: the ones that a person names."""
    files = dict.fromkeys(sheet.file for look in looks for sheet in look.kind.sheets if sheet.several)
    left: list[Unread] = []
    for file in files:
        tables = [s.sheet.name for look in looks if not look.aside for s in look.kind.sheets if s.file == file]
        if len(tables) < 2:
            continue
        chosen = talk.listed(
            Question(
                f"bladen.{slug(file.rpartition('.')[0])}",
                f"In {file} staan op {len(tables)} bladen gegevens. Welke bladen horen bij deze levering?",
                dict.fromkeys(tables, ""),
                several=True,
            )
        )
        if chosen is None:
            continue
        for look in [one for one in looks if not one.aside]:
            out = [s for s in look.kind.sheets if s.file == file and s.sheet.name not in chosen]
            left += [Unread(sheet.label, "dit blad is niet gekozen.") for sheet in out]
            look.kind.sheets = [sheet for sheet in look.kind.sheets if sheet not in out]
    return [look for look in looks if look.kind.sheets], left


def _no_assessments(aside: Sequence[Unread], looks: Sequence[Reading]) -> str:
    first = "Er is geen bestand met ZRM-metingen bij dat wij kunnen lezen. Dat is het enige dat niet mag ontbreken."
    names = ", ".join(f"tabel.{look.kind.word}" for look in looks)
    last = (
        f"Herkent u er toch een? Antwoord dan op: {names} (bijvoorbeeld {names.split(', ')[0]}: assessments)."
        if names
        else "Vraag een uitdraai van de ZRM-metingen, met de namen van de kolommen op één regel erboven."
    )
    return "\n".join([first, *(f"- {one.label}: {one.why}" for one in aside), last])


def _merge_teams(readings: Sequence[Reading], talk: Talk) -> None:
    """One team under several spellings, over all files: one team or several is asked, once."""
    register = [cell for one in readings if one.table == "teams" for cell in one.cells("team") if cell]
    every = register + [cell for one in readings for cell in one.cells("team") if cell]
    found = spellings(map(str, every))
    if not found:
        return
    listed = {first: ", ".join(f"'{name}'" for name in others) for first, others in found.items()}
    said = talk.words(
        Question(
            "teams",
            "Sommige teams staan onder meer dan één naam: "
            + "; ".join(f"'{first}' en {others}" for first, others in listed.items())
            + ". Is dat telkens één team?",
            {ONE_TEAM: "de namen worden samengevoegd", "verschillende teams": "elke naam is een eigen team"},
            parts=tuple(found),
        )
    )
    merged = {name: first for first, others in found.items() if (said or {}).get(first) == ONE_TEAM for name in others}
    for reading in readings:
        here = {folded(str(cell)) for cell in reading.cells("team")}
        ours = {name: first for name, first in merged.items() if folded(name) in here}
        if ours and "team" in reading.columns:
            reading.entry.setdefault("codes", {}).setdefault("team", {}).update(ours)


def _decline(readings: Sequence[Reading], visible: Sequence[OneSheet]) -> None:
    """Every visible sheet of a workbook that no kind reads is declined by name."""
    read = {(sheet.file, sheet.sheet.name) for one in readings for sheet in one.kind.sheets}
    for reading in readings:
        files = {sheet.file for sheet in reading.kind.sheets if sheet.several}
        out = [one.sheet.name for one in visible if one.file in files and (one.file, one.sheet.name) not in read]
        reading.kind.declined = list(dict.fromkeys(out))
