"""Work once: which steps need not be done again, because their key is the same and what they made still stands.

closed/tables/.steps/<step>.json   the key under which a step was done, what it read and what it made

The gate also hangs on the ledger, and a release on what was decided. Publishing a release adds itself to both and
changes nothing in what is shown: everybody in it is the same as now. So the gate stands under the ledger that it was
done under, and then under that with its own release behind it. Both are skipped only when the ledger's chain and the
manifest of the release verify.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from data_contracts.errors import MachineFault, StudyError
from pipelines.releases.ledger_links import whole_links
from pipelines.releases.release import DECISIONS, require_unchanged
from pipelines.releases.release import releases as every_release
from pipelines.releases.restricted import changed_teams
from pipelines.releases.step_keys import MAKES_BESIDE, hashes_in, step_key
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST
from pipelines.storage.platform import write_whole
from pipelines.storage.table_hash import content_hash
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace

STEPS = ("current_tables", "change", "team_years", "gate", "results_logic", "mkba", "release")
GATE, RELEASE = "gate", "release"


@dataclass(frozen=True, slots=True)
class Done:
    """One step as it was done: `rows` and `made` (the hash) per table, `beside` what was kept beside them.

    `ledger` are the links under which the gate stands; once they hold what it shows, `release` names the release. Of a
    release `decided` is a hash of what was decided by then.
    """

    key: str
    reads: tuple[str, ...]
    rows: Mapping[str, int] = field(default_factory=dict)
    made: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ledger: tuple[str, ...] = ()
    decided: str = ""
    release: str = ""


def done_before(place: Workplace, step: str) -> Done | None:
    """How a step was done, where doing it again would make the same and what it made still stands; else None."""
    found = _made_of_this(place, step)
    return found if step not in (GATE, RELEASE) or _is_published_whole(place.home) else None


def steps_to_do(place: Workplace) -> tuple[str, ...]:
    """The first step that would make something that does not stand already, and all behind it; empty without one."""
    for at, step in enumerate(STEPS):
        try:
            if done_before(place, step) is None:
                return STEPS[at:]
        except MachineFault:
            return STEPS[at:]
    return ()


def is_made_of_this(place: Workplace, release: str) -> bool:
    """Whether a release was made of what lies here now: the same deliveries, study, program and questions.

    What was decided about it since, and the ledger that it joined, do not matter.
    """
    done = {step: _made_of_this(place, step) for step in STEPS}
    last = done[RELEASE]
    return None not in done.values() and last is not None and last.release == release


def require_made_of_this(place: Workplace) -> None:
    """StudyError where what is about to be published was not computed from what lies here now.

    Dagster lets go of the home between two steps: a delivery can be withdrawn there, a person erased, a concept
    approved. The manifest would tell the new state beside the figures of the old one.
    """
    before = {step: _made_of_this(place, step) for step in STEPS if step != RELEASE}
    gate = before[GATE]
    if None in before.values() or gate is None or gate.ledger != _ledger(place.home):
        raise StudyError(
            "Terwijl er gerekend werd, veranderde er iets waar de cijfers van afhangen: een levering of een publicatie "
            "waarover iemand besloot, een persoon die eruit moest, de studie of het programma. Er is niets "
            "gepubliceerd. Draai wijkbaat run opnieuw."
        )


def keep_done(place: Workplace, step: str, reads: tuple[str, ...], key: str, rows: Mapping[str, int]) -> None:
    """Remember that a step was done under `key`."""
    store = TableStore(place.home.tables)
    made = {name: content_hash(store.path(name)) for name in rows}
    beside = {str(name): hashes_in(place.home, str(name)) for name in MAKES_BESIDE.get(step, ())}
    ledger = _ledger(place.home) if step == GATE else ()
    _write(place.home, step, Done(key, reads, dict(rows), made, beside, ledger))


def keep_release(place: Workplace, reads: tuple[str, ...], key: str, release: str) -> None:
    """Remember which release was made under `key`, after all that it changes itself."""
    _write(place.home, RELEASE, Done(key, reads, decided=_decided(place.home), release=release))
    gate, now = _read(place.home, GATE), _ledger(place.home)
    if gate is not None and any(link.startswith(f"{release} ") for link in now):
        _write(place.home, GATE, replace(gate, ledger=now, release=release))


def _made_of_this(place: Workplace, step: str) -> Done | None:
    """How a step was done, where doing it again would make the same and what it made lies there still; else None."""
    found = _read(place.home, step)
    if found is None or found.key != step_key(place, step, found.reads) or not _stands(place, found):
        return None
    return found


def _stands(place: Workplace, found: Done) -> bool:
    store = TableStore(place.home.tables)
    for name, sha256 in found.made.items():
        path = store.path(name)
        if not path.exists() or content_hash(path) != sha256:
            return False
    return all(hashes_in(place.home, name) == hashes for name, hashes in found.beside.items())


def _is_published_whole(home: Home) -> bool:
    """Whether the release that stands and the chain of the ledger verify, and nothing else was published or decided."""
    standing = _read(home, RELEASE)
    names = {one.name: one for one in every_release(home)}
    if standing is None or standing.release not in names or standing.decided != _decided(home):
        return False
    last = home.closed / LAST
    if not last.exists() or last.read_text(encoding="utf-8") != standing.release:
        return False
    try:
        require_unchanged(names[standing.release].directory)
    except StudyError:
        return False
    if changed_teams(home, standing.release, names[standing.release].directory):
        return False
    gate = _read(home, GATE)
    return gate is not None and gate.ledger == _ledger(home)


def is_in_ledger(home: Home) -> bool:
    """Whether what the gate shows now stands in the ledger already: it was published, and nothing after it."""
    gate = _read(home, GATE)
    return gate is not None and gate.release != "" and gate.ledger == _ledger(home)


def _ledger(home: Home) -> tuple[str, ...]:
    """Every link of the ledger in its order; raises GateRefused when the ledger is not whole."""
    return tuple(f"{link.release} {link.sha256} {link.people}" for link in whole_links(home))


def _decided(home: Home) -> str:
    log = home.released / DECISIONS
    return hashlib.sha256(log.read_bytes() if log.exists() else b"").hexdigest()


def _place(home: Home, step: str) -> Path:
    return home.tables / ".steps" / f"{step}.json"


def _read(home: Home, step: str) -> Done | None:
    """How a step was done; None where that is not known, or was written by another version."""
    path = _place(home, step)
    try:
        known = json.loads(path.read_bytes()) if path.exists() else None
        return Done(**{**known, "reads": tuple(known["reads"]), "ledger": tuple(known["ledger"])}) if known else None
    except (ValueError, TypeError, KeyError):
        return None


def _write(home: Home, step: str, done: Done) -> None:
    path = _place(home, step)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps(asdict(done)).encode())  # in the order in which tables were made
