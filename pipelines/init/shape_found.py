"""How the rows of a sheet became one record each: a set of columns per moment, keys that stand once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipelines.init.domains_found import domain_of
from pipelines.init.grid import Grid
from pipelines.init.names import FIELD_NAMES
from pipelines.init.tables_found import rank

_WORDS = (
    "begin|start|intake|instroom|aanvang|voormeting|nulmeting|eerste|tussentijds|tussenmeting|eind|einde|eindmeting|"
    "uitstroom|nameting|laatste|evaluatie|nazorg|monitoring|voor|na|vervolg"
)
_NUMBERED = r"[(\[]?[TM]?\d{1,2}[)\]]?|\(?\d(?:e|de|ste)?[ -]?meting\)?|\(?meting ?\d\)?|20\d\d"
_SUFFIX = re.compile(rf"^(?P<base>.*?)(?P<mark>[\s_.-]*(?:{_NUMBERED})|[\s_.-]+\(?(?:{_WORDS})\)?)$", re.I)
_PREFIX = re.compile(
    rf"^(?P<mark>(?:[TM]\d{{1,2}}|meting ?\d|\d(?:e|de|ste)? ?meting|{_WORDS})[\s_.:-]+)(?P<base>.+)$", re.I
)
_SCORE = "score"


def moments(names: Sequence[str]) -> dict[str, str]:
    """What stands behind (or '…*' before) the names of a set of columns per moment -> the moment; empty without sets.

    A set holds at least three life domains, or the score where a column says of which life domain it is. The plain
    names are a set when another stands beside them.
    """
    is_long = any(rank(name, FIELD_NAMES["assessments"]["life_domain"]) is not None for name in names)

    def subject(name: str) -> str | None:
        if domain := domain_of(name):
            return domain.value
        return _SCORE if is_long and rank(name, FIELD_NAMES["assessments"]["score"]) is not None else None

    sets: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for parts, form in ((_SUFFIX.match(name), "{}"), (_PREFIX.match(name), "{}*")):
            if parts and subject(name) is None and (base := subject(parts["base"])):
                sets[form.format(parts["mark"])].add(base)
    found = {mark: subjects for mark, subjects in sets.items() if _is_set(subjects)}
    plain = {one for name in names if (one := subject(name))}
    beside = [subjects for subjects in found.values() if _is_set(subjects & plain)]
    marks = ([""] if beside else []) + sorted(found)
    if len(marks) < 2:
        return {}
    return {mark: _moment(mark, at) for at, mark in enumerate(marks, 1)}


def _is_set(subjects: set[str]) -> bool:
    return len(subjects) >= 3 or _SCORE in subjects


def _moment(mark: str, at: int) -> str:
    return re.sub(r"^[\s_.(\[-]+|[\s_.:)\]*-]+$", "", mark) or str(at)


def stands_once(grid: Grid, key: str, beside: Sequence[str], domain: str) -> list[str] | None:
    """The columns that hold something on the first row of a record only; [] when every row has its key.

    None when it cannot be told where a record ends: the first row has no key, or a life domain comes back under it.
    """
    keys = grid.columns[key]
    if all(keys):
        return []
    if not keys[0]:
        return None
    seen: set[str] = set()
    for has_key, name in zip(keys, grid.columns[domain], strict=True):
        seen = set() if has_key else seen
        if name in seen:
            return None
        seen.add(name)
    return [key, *(one for one in beside if _goes_with(grid, keys, one))]


def _goes_with(grid: Grid, keys: list[str], name: str) -> bool:
    """Whether a column is empty wherever the key is, and filled somewhere."""
    cells = grid.columns[name]
    return any(cells) and not any(cell for cell, key in zip(cells, keys, strict=True) if not key)
