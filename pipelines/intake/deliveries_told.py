"""A delivery as it is told to the researcher: how it stands, what came, what it changed, what is out of the ordinary.

Exact counts and names from outside: for the terminal of who works in the closed zone.
"""

from __future__ import annotations

from typing import Any

from data_contracts.vocabulary.field import Labelled
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.tables import TableStore


class Standing(Labelled):
    """How a delivery stands."""

    NEW = "new", "nog niet gelezen"
    COUNTS = "counts", "telt mee"
    REPLACED = "replaced", "vervangen door een levering met dezelfde naam"
    WAITS = "waits", "valt op en wacht op een besluit"
    REFUSED = "refused", "geweigerd"
    WITHDRAWN = "withdrawn", "ingetrokken"
    ENDED = "ended", "gewist na de bewaartermijn"


def standing_of(receipts: Receipts, receipt: Receipt) -> Standing:
    """How a delivery stands now."""
    if receipt.key in receipts.withdrawn():
        return Standing.WITHDRAWN
    if receipt.status == "accepted":
        counts = receipt.key in [one.key for one in receipts.accepted()]
        return Standing.COUNTS if counts else Standing.REPLACED
    if receipt.waits_for_a_person:
        return Standing.NEW if receipts.is_taken(receipt.key) else Standing.WAITS
    others = {"refused": Standing.REFUSED, "ended": Standing.ENDED}
    return others.get(receipt.status, Standing.NEW)


def told_of(receipts: Receipts, receipt: Receipt) -> dict[str, Any]:
    """One line of a list of deliveries, as data."""
    dates = {"received_on": receipt.received_on, "as_at": receipt.as_at or None}
    return {"key": receipt.key, "number": receipt.order, **dates, "standing": standing_of(receipts, receipt).value}


def delivery_told(home: Home, receipt: Receipt) -> dict[str, Any]:
    """All of it, as data: files, changes per table and half-year, reasons, and what people decided."""
    receipts, store = Receipts(home.receipts), TableStore(home.tables)
    kept = {
        "files": store.stored("core_intake__accounting", [receipt.key]),
        "changes": store.stored("core_intake__changes", [receipt.key]),
    }
    rows = {
        what: stored.frame().drop(columns="delivery").to_dict("records") if stored.paths else []
        for what, stored in kept.items()
    }
    acts = [
        {"act": act.what, "by": act.by, "on": act.on, "why": act.why}
        for act in receipts.acts.all()
        if act.delivery == receipt.key
    ]
    because = receipt.refused_because.splitlines() if receipt.status == "refused" else []
    return {**told_of(receipts, receipt), **rows, "because": because, "acts": acts}
