"""How the rows of a sheet became one record each: a set of columns per moment, keys that stand once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from pipelines.init.domains_found import domain_of
from pipelines.init.grid import Grid

_WORDS = (
    "begin|start|intake|instroom|aanvang|voormeting|nulmeting|eerste|tussentijds|tussenmeting|eind|einde|eindmeting|"
    "uitstroom|nameting|laatste|evaluatie|nazorg|monitoring|voor|na|vervolg"
)
_NUMBERED = r"\(?[TM]?\d{1,2}\)?|\(?\d(?:e|de|ste)? ?meting\)?|\(?meting ?\d\)?|20\d\d"
_SUFFIX = re.compile(rf"^(?P<base>.*?)(?P<mark>[\s_.-]*(?:{_NUMBERED})|[\s_.-]+\(?(?:{_WORDS})\)?)$", re.I)
_PREFIX = re.compile(rf"^(?P<mark>(?:[TM]\d{{1,2}}|{_WORDS})[\s_.:-]+)(?P<base>.+)$", re.I)


def moments(names: Sequence[str]) -> dict[str, str]:
    """What stands behind (or '…*' before) the names of a set of columns per moment -> the moment; empty without sets.

    A set holds at least three life domains. The plain names are a set when another stands beside them.
    """
    sets: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for parts, form in ((_SUFFIX.match(name), "{}"), (_PREFIX.match(name), "{}*")):
            if parts and domain_of(name) is None and domain_of(parts["base"]):
                sets[form.format(parts["mark"])].add(domain_of(parts["base"]).value)  # type: ignore[union-attr]
    found = {mark: domains for mark, domains in sets.items() if len(domains) >= 3}
    plain = {domain.value for name in names if (domain := domain_of(name))}
    beside = [domains for domains in found.values() if len(domains & plain) >= 3]
    marks = ([""] if beside else []) + sorted(found)
    if len(marks) < 2:
        return {}
    return {mark: _moment(mark, at) for at, mark in enumerate(marks, 1)}


def _moment(mark: str, at: int) -> str:
    return re.sub(r"^[\s_.(-]+|[\s_.:)*-]+$", "", mark) or str(at)


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
