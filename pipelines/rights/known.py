"""Who the people of a list are in this home: under which pseudonyms and numbers they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_contracts.errors import StudyError
from data_contracts.vocabulary.reasons import ACCEPTED
from pipelines.intake.erased import PSEUDONYMS
from pipelines.intake.raw_tables import RAW, WITH_CLIENTS
from pipelines.intake.reading.texts import CLIENT_NO
from pipelines.rights.named_people import Named
from pipelines.storage.home import Home
from pipelines.storage.sql import listed
from pipelines.storage.suppression import Suppressed
from pipelines.storage.table_hash import require_as_written

KEYS, BRIDGE = "core_clients__keys", "core_clients__bridge"


@dataclass(frozen=True, slots=True)
class People:
    """People who are in this home: all pseudonyms under which they stand, each with its number (`client_no`).

    Of those that were asked for, `unknown` stand nowhere and `erased` were erased before.
    """

    n_people: int
    pseudonyms: Mapping[str, int]
    unknown: frozenset[str]
    erased: frozenset[str]

    @property
    def client_nos(self) -> frozenset[int]:
        """Their numbers."""
        return frozenset(self.pseudonyms.values())


def people_named(connection: duckdb.DuckDBPyConnection, home: Home, asked: Iterable[str]) -> People:
    """The people of these pseudonyms, with the other pseudonyms that a bridge of the key holder gives them."""
    every, wanted = list(dict.fromkeys(asked)), set(asked)
    erased = Suppressed(home.rights).among(wanted)
    numbers = everybody(connection, home)
    found, n_people = set[int](), 0
    beside = _bridged(connection, home)
    for one in every:
        if one in numbers and numbers[one] not in found:
            n_people += 1
            found |= _reached(numbers[one], beside)
    pseudonyms = {text: number for text, number in sorted(numbers.items()) if number in found}
    unknown = wanted - numbers.keys() - erased
    return People(n_people, pseudonyms, frozenset(unknown), frozenset(erased - numbers.keys()))


def files_of(home: Home, table: str) -> list[Path]:
    """Every file of a delivered table, also of deliveries that were refused or replaced."""
    found = sorted((home.tables / table).glob("*.parquet"))
    for path in found:
        require_as_written(path)
    return found


def literal(paths: Iterable[Path]) -> str:
    """SQL to read these files."""
    return f"read_parquet([{listed(paths)}], union_by_name = true)"


def everybody(connection: duckdb.DuckDBPyConnection, home: Home) -> dict[str, int]:
    """Pseudonym, as it is written in some table -> number, of everybody in the home."""
    parts = [f"SELECT client_key FROM {literal(files)}" for files in [files_of(home, KEYS)] if files]
    for table in WITH_CLIENTS:
        files = files_of(home, RAW[table])
        columns = PSEUDONYMS if table == "bridge" else PSEUDONYMS[:1]
        parts += [f"SELECT {name} FROM {literal(files)}" for name in columns if files]
    if not parts:
        return {}
    texts = f"SELECT DISTINCT client_key FROM ({' UNION ALL '.join(parts)}) WHERE client_key IS NOT NULL"
    rows = connection.execute(f"SELECT client_key, {CLIENT_NO.format('client_key')} FROM ({texts})").fetchall()
    return dict(rows)


def _bridged(connection: duckdb.DuckDBPyConnection, home: Home) -> dict[int, set[int]]:
    """Number -> the numbers that a bridge says are the same person."""
    parts = [f"SELECT client_no, client_no_new FROM {literal(files)}" for files in [files_of(home, BRIDGE)] if files]
    raw = files_of(home, RAW["bridge"])
    if raw:
        old, new = (CLIENT_NO.format(name) for name in PSEUDONYMS)
        parts.append(f"SELECT {old}, {new} FROM {literal(raw)} WHERE verdict = '{ACCEPTED}'")
    beside: dict[int, set[int]] = {}
    for old_no, new_no in connection.execute(" UNION ".join(parts)).fetchall() if parts else []:
        beside.setdefault(old_no, set()).add(new_no)
        beside.setdefault(new_no, set()).add(old_no)
    return beside


def _reached(start: int, beside: dict[int, set[int]]) -> set[int]:
    reached, at_edge = {start}, [start]
    while at_edge:
        new = beside.get(at_edge.pop(), set()) - reached
        reached |= new
        at_edge += new
    return reached


def require_known(named: Named, people: People) -> None:
    """StudyError when a list names people who are not known here."""
    if people.unknown:
        n, every = len(people.unknown), len(named.pseudonyms)
        raise StudyError(
            f"{n} van de {every} pseudoniemen op de lijst {'is' if n == 1 else 'zijn'} hier niet bekend "
            f"({named.lines(set(people.unknown))}). Er is niets veranderd. Vraag de sleutelhouder of dit de "
            "pseudoniemen van deze studie zijn, of haal deze regels van de lijst."
        )
