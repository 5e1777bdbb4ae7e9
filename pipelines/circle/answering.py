"""`wijkbaat circle answer`: policy answers between two meetings what came up from practice."""

from __future__ import annotations

import datetime as dt
import uuid

from data_contracts.errors import StudyError
from data_contracts.vocabulary.circle import ExchangeKind
from pipelines.storage.circle_journal import CircleJournal


def answer(journal: CircleJournal, number: str, text: str, owner: str, on: dt.date) -> str:
    """Keep the answer to the point with this number; gives the words that it answers."""
    up = [one for one in journal.memory().exchanges.values() if one.what.goes_up]
    found = [one for one in up if number and one.item.startswith(number)]
    if len(found) != 1:
        raise StudyError(f"Er is geen punt dat met '{number}' begint, of meer dan een. Zie wijkbaat circle list.")
    day = on.isoformat()
    record = {
        "kind": "exchange",
        "id": uuid.uuid4().hex,
        "item": uuid.uuid4().hex,
        "session": day,
        "on": day,
        "what": ExchangeKind.ANSWER.value,
        "text": text,
        "owner": owner,
        "answers": found[0].item,
        "status": "done",
    }
    journal.add(record)
    return found[0].text
