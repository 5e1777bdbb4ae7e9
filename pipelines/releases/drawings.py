"""Drawings of the last release, also as PNG, so that the same figure is not drawn twice: most of what a report costs.

closed/tables/.steps/drawings   the hash of the rest, the code that drew, and each drawing by what it shows

A drawing shows released figures only. What is not asked for any more is not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pipelines.releases.step_keys import code
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from reports.charts.still import drawn_before


@contextmanager
def drawings(home: Home) -> Iterator[None]:
    """Within this, what the same code drew before is not drawn again; after it, what was asked for is kept."""
    known = _kept(home)
    with drawn_before(known) as asked:
        yield
    if asked.keys() != known.keys():
        text = json.dumps([code(), asked], ensure_ascii=False)
        path = home.tables / ".steps" / "drawings"
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{_hash(text)}\n{text}".encode())


def _kept(home: Home) -> Mapping[str, str]:
    """What was kept by the same code; nothing where a bit of it changed."""
    path = home.tables / ".steps" / "drawings"
    sha256, _, text = (path.read_bytes() if path.exists() else b"").decode(errors="replace").partition("\n")
    if not text or sha256 != _hash(text):
        return {}
    drawn_by, kept = json.loads(text)
    return kept if drawn_by == code() else {}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
