"""A person decides about a release: the one road to approval, for a run and for the answer to a question alike."""

from __future__ import annotations

import datetime as dt

from data_contracts.study import Study
from pipelines.releases.approving import needs_second_name
from pipelines.releases.ledger import join, was_read
from pipelines.releases.release import Release, decide
from pipelines.storage.home import Home
from pipelines.storage.journal import all_or_nothing
from pipelines.storage.stopping import say


def decided_about(home: Home, study: Study, release: str, decision: str, by: str, why: str, on: dt.date) -> Release:
    """Approve or withdraw, with the ledger told; the first of two names where the study asks two."""
    if decision == "approve" and study.approval == "two":
        decision = needs_second_name(home, release, by.strip())
    with home.lock(), all_or_nothing(home.root):
        if decision == "withdraw":
            was_read(home, release)
        else:
            join(home, release)
        decided = decide(home, release, decision, by.strip(), why.strip(), on)
        say(f"Afgebroken. Over publicatie {release} was toen al besloten; zie wijkbaat release list.")
    return decided
