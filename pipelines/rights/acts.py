"""What was done about people, as proof: who asked, why, when, and how many; counts and hashes, never a pseudonym.

closed/rights/acts.jsonl   one act per line; each carries the hash of the line before it
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from data_contracts.gate.admission import objection
from pipelines.releases.ledger_links import LINKS
from pipelines.storage.home import Home
from pipelines.storage.platform import sha256_of
from pipelines.storage.staged import Staged

ACTS = "acts.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for an act, why, and the day of it."""

    by: str
    why: str
    on: dt.date

    def require_told(self, never: set[str]) -> None:
        """StudyError unless a name and a reason are given, without a pseudonym or anything that looks like a person."""
        if len(self.by.strip()) < 2 or len(self.why.strip()) < 5:
            raise StudyError("Een besluit heeft een naam (--by) en een reden (--why) nodig.")
        for option, text in (("--by", self.by), ("--why", self.why)):
            problem = objection(text, released_by=self.by)
            if problem is None and any(one.casefold() in text.casefold() for one in never):
                problem = "bevat een pseudoniem uit de lijst"
            if problem is not None:
                raise StudyError(f"De tekst achter {option} {problem}. Zij wordt bewaard als bewijs; pas haar aan.")


def stage_act(home: Home, staged: Staged, act: str, asked: Asked, counts: Mapping[str, Any]) -> dict[str, Any]:
    """Stage the proof of an act, after everything else of it was staged."""
    file = home.rights / ACTS
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    last = before.splitlines()[-1] if before else ""
    proof = {
        "act": act,
        "by": asked.by.strip(),
        "why": asked.why.strip(),
        "on": asked.on.isoformat(),
        **counts,
        "ledger_sha256": _hash_of(staged.latest(home.closed / "ledger" / LINKS)),
        "erased_sha256": _hash_of(staged.latest(home.rights / "erased")),
        "before_sha256": hashlib.sha256(last.encode("utf-8")).hexdigest(),
    }
    line = json.dumps(proof, ensure_ascii=False, sort_keys=True)
    staged.write(file, f"{before}{line}\n".encode())
    return proof


def _hash_of(path: Path) -> str:
    return sha256_of(path) if path.exists() else ""
