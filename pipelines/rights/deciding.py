"""Erase people: all of it or nothing, with a proof."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.releases.forgetting import stage_ledger
from pipelines.rights.acts import Asked, stage_act
from pipelines.rights.known import KEYS, People, everybody, files_of, literal, people_named, require_known
from pipelines.rights.named_people import Named
from pipelines.rights.tables import stage_without
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.restricted_people import as_lines, restricted_clients, restriction_file
from pipelines.storage.run_history import forget_runs, stage_forgetting
from pipelines.storage.staged import Staged, all_at_once
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Decided:
    """What an act did: its proof (empty where nothing was left to do), and directories whose files still hold them."""

    n_people: int
    n_before: int  # of those that were named: for whom this was done before
    proof: dict[str, Any] = field(default_factory=dict)
    still_in: tuple[str, ...] = ()


def erase(place: Workplace, named: Named, asked: Asked) -> Decided:
    """Erase the people of a list everywhere in the closed zone, and keep them out; StudyError when one is unknown."""
    asked.require_told(set(named.pseudonyms))
    with place.home.lock():
        connection = connect(place.home.work)
        people = people_named(connection, place.home, named.pseudonyms)
        require_known(named, people)
        if not people.client_nos:
            return Decided(0, len(people.erased))
        still_in = _still_in(connection, place.home, people)
        proof = erase_people(connection, place, people, asked)
        forget_runs(place.home)
        return Decided(people.n_people, len(people.erased), proof, still_in)


def erase_people(
    connection: duckdb.DuckDBPyConnection, place: Workplace, people: People, asked: Asked
) -> dict[str, Any]:
    """Erase these people, for who holds the lock of the home; gives the proof."""
    home = place.home
    suppressed = Suppressed(home.rights, is_kept=False)
    suppressed.add(people.pseudonyms)
    with all_at_once(home.root) as staged:
        lost = stage_without(connection, place, staged, suppressed, people.client_nos)
        lost["ledger"] = stage_ledger(connection, home, staged)
        drop_derived(home, staged)
        stage_forgetting(home, staged)
        kept = restricted_clients(home) - people.client_nos
        if restriction_file(home).exists():
            staged.write(restriction_file(home), as_lines(kept))
        staged.write(suppressed.file, suppressed.with_more(()))
        counts = {"people": people.n_people, "pseudonyms": len(people.pseudonyms), "rows": lost}
        proof = stage_act(home, staged, "erase", asked, counts)
    tidy_traces(home)
    return proof


def erase_returned(place: Workplace, today: dt.date) -> None:
    """Erase who stands here under another pseudonym of an erased person, as a bridge that came later says."""
    suppressed = Suppressed(place.home.rights)
    if suppressed.is_empty:
        return
    connection = connect(place.home.work)
    back = suppressed.among(everybody(connection, place.home))
    if back:
        why = "een brug noemt nieuwe pseudoniemen van mensen die gewist zijn"
        erase_people(connection, place, people_named(connection, place.home, back), Asked("wijkbaat", why, today))


def drop_derived(home: Home, staged: Staged) -> None:
    """Every trace lists all people of the files involved; a past state that was killed left its tables behind."""
    past = home.closed / "known_on"
    left = [path for path in past.rglob("*") if path.relative_to(past).parts[1:2] != ("released",)]
    for path in (*home.traces.rglob("*"), *left):
        if path.is_file():
            staged.drop(path)


def tidy_traces(home: Home) -> None:
    """Take away what is left empty."""
    for directory in home.traces.glob("*"):
        if not any(directory.iterdir()):
            shutil.rmtree(directory)


def _still_in(connection: duckdb.DuckDBPyConnection, home: Home, people: People) -> tuple[str, ...]:
    """Directories in which deliveries with these people lie to this day: only a person may change those."""
    directories = {receipt.key: receipt.directory for receipt in Receipts(home.receipts).all()}
    found = [path for path in files_of(home, KEYS) if Path(directories.get(path.stem, "")).is_dir()]
    return tuple(sorted({directories[path.stem] for path in found if _holds(connection, path, people.client_nos)}))


def _holds(connection: duckdb.DuckDBPyConnection, path: Path, client_nos: Iterable[int]) -> bool:
    query = f"SELECT count(*) FROM {literal([path])} WHERE list_contains($numbers::BIGINT[], client_no)"
    return connection.execute(query, {"numbers": list(client_nos)}).fetchall() != [(0,)]
