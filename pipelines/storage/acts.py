"""What people decided about deliveries: one line per act, never changed; the last act on a delivery counts.

closed/deliveries/acts.jsonl lies in the closed zone: it names deliveries as they were called outside.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.storage.platform import write_whole

ACTS = "acts.jsonl"
WITHDRAW, TAKE = "withdraw", "take"


@dataclass(frozen=True, slots=True)
class Act:
    """One decision: `what` about which delivery (its key), by whom, why, and on which day."""

    what: str
    delivery: str
    by: str
    why: str
    on: str

    @property
    def sentence(self) -> str:
        """Who decided it, when and why, in Dutch."""
        words = {WITHDRAW: "ingetrokken", TAKE: "meegenomen"}[self.what]
        return f"{words} door {self.by} op {self.on}: {self.why}"


class Acts:
    """The acts of one home, in `directory` (that of the receipts)."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / ACTS

    def all(self) -> list[Act]:
        """Every act, oldest first."""
        if not self.path.exists():
            return []
        return [_read(self.path, number, line) for number, line in enumerate(self.path.read_bytes().splitlines(), 1)]

    def last(self) -> dict[str, Act]:
        """Per delivery the act that counts."""
        return {act.delivery: act for act in self.all()}

    def add(self, what: str, delivery: str, by: str, why: str, on: dt.date) -> Act:
        """Write an act behind the others: the file is written whole, so an act is there or it is not."""
        act = Act(what, delivery, by, why, on.isoformat())
        before = self.path.read_bytes() if self.path.exists() else b""
        line = json.dumps(asdict(act), ensure_ascii=False, sort_keys=True)
        write_whole(self.path, before + f"{line}\n".encode())
        return act


def _read(path: Path, number: int, line: bytes) -> Act:
    try:
        return Act(**json.loads(line))
    except (ValueError, TypeError):
        pass
    raise StudyError(
        f"Regel {number} van {path} is niet te lezen, dus niet te zeggen is welke leveringen meetellen. Zet het "
        "bestand terug uit een reservekopie, of haal die regel weg en neem dat besluit opnieuw met wijkbaat deliveries."
    )
