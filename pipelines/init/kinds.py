"""The files of a delivery as kinds: sheets with the same columns are one kind, and are read in one way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import duckdb

from data_contracts.errors import StudyError
from data_contracts.mapping.steps import Frame, matches
from data_contracts.vocabulary.identifiers import identifier_in_header, identifier_in_name
from data_contracts.vocabulary.names import folded
from pipelines.init.frame_found import header_rows
from pipelines.init.grid import OneSheet, grid_of, top_of
from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.sheets import Opened


@dataclass(slots=True)
class Kind:
    """Sheets with the same header. `word` names it in questions, `match` claims its files in mapping.yaml."""

    word: str
    match: str
    sheets: list[OneSheet]
    headers: list[int]
    names: list[str]
    declined: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The files and sheets, as a reader calls them."""
        names = [sheet.label for sheet in self.sheets]
        return names[0] if len(names) == 1 else f"{names[0]} en nog {len(names) - 1}"


@dataclass(frozen=True, slots=True)
class Given:
    """A file of the delivery with what opening it gave: itself, or the files in a zip."""

    name: str
    inside: tuple[Opened, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A sheet or file that holds no table, and why."""

    label: str
    why: str


def sheets_of(connection: duckdb.DuckDBPyConnection, files: Sequence[Given]) -> list[OneSheet]:
    """Every sheet with something in it, as a table of the engine; hidden ones too, for they are named.

    The files in a zip are told apart by their names, as sheets are.
    """
    found: list[OneSheet] = []
    for file in files:
        every = [
            replace(s, name=s.name or one.name) if len(file.inside) > 1 else s
            for one in file.inside
            for s in one.sheets
        ]
        for sheet in every:
            table = f"bare_{len(found)}"
            width = sheet.rows.into(connection, table)
            if width:
                is_text = file.inside[0].format == "csv"
                found.append(OneSheet(file.name, sheet, table, width, is_text, len(every) > 1))
    return found


def header_of(connection: duckdb.DuckDBPyConnection, sheet: OneSheet, rows: list[int]) -> list[str]:
    """The names of the columns under these header rows; raises NotAsAgreed, and StudyError when they name a person."""
    names = grid_of(connection, sheet, Frame(header_rows=rows)).names
    for number, name in enumerate(names, 1):
        kind = identifier_in_header(name)
        if kind and not (kind == "een naam" and folded(name).startswith(("naam team", "naam wijkteam"))):
            # What is itself a name or a number of somebody is not shown: without a header a row of data stands there.
            column = f"kop van kolom {number} is {kind} of" if identifier_in_name(name) else f"kolom '{name}'"
            what = f"{sheet.label}: de {column} kondigt {kind} aan."
            do = "Laat de sleutelhouder het bestand opnieuw maken zonder die kolom, met een pseudoniem per cliënt."
            raise StudyError(f"{what} Dat mag niet binnenkomen. {do}")
    return names


def kinds_of(connection: duckdb.DuckDBPyConnection, sheets: Sequence[OneSheet]) -> tuple[list[Kind], list[Unread]]:
    """Sheets with the same columns together, each kind with a pattern that claims its files and no other."""
    groups: dict[tuple[str, ...], list[tuple[OneSheet, list[int], list[str]]]] = {}
    unread = []
    for sheet in sheets:
        rows = header_rows(top_of(connection, sheet))
        try:
            names = header_of(connection, sheet, rows)
        except NotAsAgreed as why:
            unread.append(Unread(sheet.label, why.what))
            continue
        key = (*map(folded, names), str(rows), str(sheet.several))
        groups.setdefault(key, []).append((sheet, rows, names))
    files = list(dict.fromkeys(sheet.file for sheet in sheets))
    kinds: list[Kind] = []
    for group in groups.values():
        for pattern, members in _patterns(group, files):
            first, rows, names = members[0]
            word = _word(first, kinds, several=first.several)
            kinds.append(Kind(word, pattern, [sheet for sheet, _, _ in members], rows, names))
    return kinds, unread


def _patterns(
    group: list[tuple[OneSheet, list[int], list[str]]], files: Sequence[str]
) -> list[tuple[str, list[tuple[OneSheet, list[int], list[str]]]]]:
    """One pattern for the whole group where it claims just its files, else one per file by its name."""
    own = list(dict.fromkeys(sheet.file for sheet, _, _ in group))
    loose = {loosened(name) for name in own}
    if len(loose) == 1 and [name for name in files if matches(name, next(iter(loose)))] == own:
        return [(next(iter(loose)), group)]
    alone = {name: loosened(name) for name in own}
    taken = {name: [one for one in files if matches(one, pattern)] == [name] for name, pattern in alone.items()}
    return [(alone[name] if taken[name] else name, [one for one in group if one[0].file == name]) for name in own]


def loosened(name: str) -> str:
    """The pattern of a file name: years and other numbers may change with the next delivery."""
    stem, dot, extension = name.rpartition(".")
    loose = re.sub(r"\d+([_-]\d+)*", "*", stem)
    return f"{loose}{dot}{extension}" if stem and loose != "*" else name


def _word(sheet: OneSheet, kinds: Sequence[Kind], *, several: bool) -> str:
    name = f"{sheet.file.rpartition('.')[0] or sheet.file} {sheet.sheet.name if several else ''}"
    word = re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "bestand"
    used = {kind.word for kind in kinds}
    return next(one for one in [word, *(f"{word}-{at}" for at in range(2, 999))] if one not in used)


def slug(name: str) -> str:
    """A name of a column as it stands in the name of a question."""
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-") or "kolom"
