"""What a step hangs on, as one key: its input, our code, its part of the study, and what a run is told."""

from __future__ import annotations

import functools
import hashlib
import sys
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

from data_contracts.tables.contributions import CONTRIBUTIONS, LOGIC_CONTRIBUTIONS
from data_contracts.tables.core import is_delivered
from data_contracts.yaml_file import as_model
from mkba.inputs.model import Mkba
from pipelines.releases.circle import adopted_words
from pipelines.releases.ledger import CELLS, TEAM_ROWS
from pipelines.releases.people import PEOPLE
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE, ROOMS
from pipelines.storage.questions import hash_of_questions
from pipelines.storage.receipts import Receipts
from pipelines.storage.table_hash import content_hash
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.storage.whole import sha256_of_json
from pipelines.study.declared_costs import declared_costs
from pipelines.study.workplace import StudyFiles, Workplace

# What lies beside the tables of a step: made by the one, and read by the other.
MAKES_BESIDE = {
    "change": (CONTRIBUTIONS.name,),
    "team_years": (LOGIC_CONTRIBUTIONS.name,),
    "gate": (CELLS, TEAM_ROWS, PEOPLE.name),
}
READS_BESIDE = {
    "team_years": (CONTRIBUTIONS.name,),
    "gate": (CONTRIBUTIONS.name, LOGIC_CONTRIBUTIONS.name),
    "release": (CELLS, TEAM_ROWS, PEOPLE.name),
}


def step_key(place: Workplace, step: str, reads: Iterable[str]) -> str:
    """Equal where the step would make the same; the ledger is minded apart (steps_done.py)."""
    told = {one.name: getattr(place, one.name) for one in fields(place) if one.name not in ("files", "home")}
    inputs = {name: [content_hash(path) for path in table.paths] for name, table in read_tables(place, reads).items()}
    beside = {name: hashes_in(place.home, str(name)) for name in READS_BESIDE.get(step, ())}
    parts = [
        step,
        code(),
        _part_of(place.files, step),
        told,
        inputs,
        beside,
        _rights(place.home),
        _deliveries(place.home, step),
        hash_of_questions(place.home) if step in ("gate", "release") else "",
        # What the circle adopted stands beside its figure.
        repr(adopted_words(place.home)) if step == "release" else "",
    ]
    return sha256_of_json(parts)


def read_tables(place: Workplace, names: Iterable[str], key: str = "") -> dict[str, StoredTable]:
    """Tables as a step reads them: of the delivery `key`, or over all deliveries that count."""
    store = TableStore(place.home.tables)
    accepted = [receipt.key for receipt in Receipts(place.home.receipts).accepted()]
    return {name: store.stored(name, ([key] if key else accepted) if is_delivered(name) else None) for name in names}


def hashes_in(home: Home, name: str) -> dict[str, str]:
    """The hash of every file that was kept under this name beside the tables."""
    return {path.stem: content_hash(path) for path in sorted((home.tables / name).glob("*.parquet"))}


@functools.cache
def code() -> str:
    """A hash of all our code and of the versions of what it stands on."""
    hasher = hashlib.sha256(sys.version.encode())
    for room in ROOMS:
        for path in sorted((HOUSE / room).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                hasher.update(path.relative_to(HOUSE).as_posix().encode() + path.read_bytes())
    # A folder is named by package and version; to read what is in two hundred of them takes half a second.
    for one in sorted({path.name for place in sys.path for path in Path(place).glob("*.dist-info")}):
        hasher.update(one.encode())
    return hasher.hexdigest()


def _part_of(files: StudyFiles, step: str) -> list[str]:
    """As much of a study as a step reads: another price makes no estimate anew."""
    if step == "release":
        return [files.sha256]
    part = [files.study.model_dump_json(), files.mapping.model_dump_json()]
    part.append(files.teams.model_dump_json() if files.teams else "")
    part.append("" if files.municipal is None else files.municipal.to_json(date_format="iso"))
    tree, mkba = (path.read_text("utf-8") if path else "" for path in (files.results_logic, files.mkba))
    more = {
        "team_years": [tree],
        "gate": sorted(declared_costs(files)),
        "results_logic": [tree, *_nodes(mkba)],
        "mkba": [mkba],
    }
    return part + more.get(step, [])


def _nodes(mkba: str) -> list[str]:
    """Which line of an MKBA names which node of the tree: all that the results logic reads of it."""
    lines = as_model(mkba, Mkba, "mkba.yaml").lines if mkba else []
    return [f"{line.id} {line.node}" for line in lines]


def _rights(home: Home) -> dict[str, str]:
    """Who may never count again and who may not count now: of somebody without rows no table tells it."""
    paths = [path for path in sorted(home.rights.rglob("*")) if path.is_file() and not path.name.startswith(".")]
    return {path.relative_to(home.rights).as_posix(): _hash(path) for path in paths}


def _deliveries(home: Home, step: str) -> list[list[str]]:
    """The deliveries that count, in the order in which they decide; for a release also what was refused or left aside.

    So a refused delivery makes no estimate anew, and neither does one that counts and lies elsewhere by now.
    """
    receipts = Receipts(home.receipts)
    counts = receipts.accepted()
    if step != "release":
        return [[one.key for one in counts]]
    told = [[one.key, one.received_on, *one.aside] for one in counts]
    return [*told, *([one.key, one.refused_kind] for one in receipts.refused())]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
