"""A person withdraws a delivery, or takes one that was stopped: the act is written down, the next run follows it."""

from __future__ import annotations

from dataclasses import replace

from data_contracts.errors import StudyError
from pipelines.storage.acts import TAKE, WITHDRAW
from pipelines.storage.clock import utc_day
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipt, Receipts

_NEXT = "Draai wijkbaat run voor de nieuwe stand; tot dan staat de vorige publicatie."


def decide_about(home: Home, receipt: Receipt, what: str, by: str, why: str) -> str:
    """Write the act down and say what follows; StudyError where it would change nothing."""
    receipts, today = Receipts(home.receipts), utc_day()
    is_withdrawn = receipt.key in receipts.withdrawn()
    if what == WITHDRAW and is_withdrawn:
        raise StudyError(f"Levering '{receipt.key}' is al {receipts.withdrawn()[receipt.key].sentence}.")
    if what == TAKE and not is_withdrawn:
        _require_waiting(receipts, receipt)
    receipts.acts.add(what, receipt.key, by, why, today)
    if what == WITHDRAW:
        return f"Levering '{receipt.key}' telt niet meer mee. {_NEXT}"
    # A day of receipt that lies ahead would decide about everything that comes until then.
    if receipt.received_on > today.isoformat():
        receipts.put(replace(receipt, received_on=today.isoformat()))
    return f"Levering '{receipt.key}' wordt meegenomen. {_NEXT}"


def _require_waiting(receipts: Receipts, receipt: Receipt) -> None:
    if receipts.is_taken(receipt.key):
        raise StudyError(f"Levering '{receipt.key}' is al {receipts.acts.last()[receipt.key].sentence}.")
    if receipt.status == "refused" and not receipt.waits_for_a_person:
        what = f"Levering '{receipt.key}' is geweigerd om wat er in haar bestanden staat; daar helpt geen besluit aan."
        raise StudyError(f"{what} Laat haar opnieuw maken en lever haar opnieuw. {receipt.refused_because}")
    if receipt.status != "refused":
        raise StudyError(f"Levering '{receipt.key}' wacht niet op een besluit. Zie wijkbaat deliveries list.")
