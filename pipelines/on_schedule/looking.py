"""Is a delivery in the inbox whole? When all its files were the same on two looks in a row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.intake.door import delivery_directories
from pipelines.storage.receipts import Receipts

Seen = dict[str, list[list[object]]]


@dataclass(frozen=True, slots=True)
class InboxLook:
    """What lies in the inbox: `seen` for the next look, the directories that stood still, and those that did not."""

    seen: Seen
    still: tuple[Path, ...]
    moving: tuple[Path, ...]


def look_in(inbox: Path, before: Seen) -> InboxLook:
    """A look, beside the one before it."""
    found = delivery_directories(inbox)
    now = {path.name: _sizes_and_times(path) for path in found}
    still = [path for path in found if before.get(path.name) == now[path.name]]
    return InboxLook(now, tuple(still), tuple(path for path in found if path not in still))


def is_waiting(receipts: Receipts, key: str) -> bool:
    """Whether a delivery must still be read: never seen, never read, or stopped and then taken by a person."""
    known = receipts.of(key)
    return known is None or known.status == "new" or key in [one.key for one in receipts.taken_and_waiting()]


def waits_words(path: Path) -> str:
    """Why a delivery is not read yet."""
    return f"{path.name}: wacht tot de bestanden niet meer veranderen"


def _sizes_and_times(path: Path) -> list[list[object]]:
    files = sorted(path.iterdir())
    return [[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in files if file.is_file()]
