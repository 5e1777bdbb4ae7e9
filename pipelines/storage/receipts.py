"""What was received, when, and what became of it: one small file per delivery in the closed zone."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.gate.admission import delivery_label
from data_contracts.vocabulary.reasons import A_PERSON_DECIDES
from pipelines.storage.acts import TAKE, WITHDRAW, Act, Acts
from pipelines.storage.platform import write_whole


@dataclass(frozen=True, slots=True)
class Receipt:
    """A delivery that came to the door. `fingerprint` is that of the study it was last read under.

    `as_at` is its extract date where the mapping says how to find it, else empty.

    `name`, `directory`, `refused_because` and `aside` (files that no line of the mapping knew) hold names from outside
    and stay in the closed zone.
    """

    key: str
    name: str
    directory: str
    received_on: str
    order: int
    status: str
    fingerprint: str
    refused_because: str = ""
    refused_kind: str = ""
    aside: tuple[str, ...] = ()
    as_at: str = ""

    @property
    def decides_by(self) -> tuple[str, int]:
        """Of two deliveries the one with the later extract date decides, then the one received later."""
        return self.as_at or self.received_on, self.order

    @property
    def waits_for_a_person(self) -> bool:
        """It was stopped because it is out of the ordinary: a person takes or withdraws it."""
        return self.status == "refused" and self.refused_kind in A_PERSON_DECIDES


class Receipts:
    """The receipts of one home."""

    def __init__(self, directory: Path) -> None:
        self.directory, self.acts = directory, Acts(directory)

    def all(self) -> list[Receipt]:
        """Every receipt in the order of arrival."""
        found = [_read(path) for path in self.directory.glob("*.json")]
        return sorted(found, key=lambda receipt: receipt.order)

    def labels(self, municipality: str) -> dict[str, str]:
        """Key -> what each delivery is called outside the closed zone."""
        return {one.key: delivery_label(one.name, one.order, municipality) for one in self.all()}

    def of(self, key: str) -> Receipt | None:
        """The receipt of one delivery."""
        return next((receipt for receipt in self.all() if receipt.key == key), None)

    def receive(self, key: str, name: str, directory: Path, today: dt.date, *, again: bool = False) -> Receipt:
        """The receipt of a delivery; dated by the clock when it is seen for the first time.

        One that was refused and is offered `again` by name was received on the day of that offer: a wrong clock, or a
        receipt that an early document date once fixed, does not keep a good delivery out.
        """
        known = self.of(key)
        if known is not None:
            received_on = known.received_on
            if again and known.status == "refused":
                received_on = max(received_on, today.isoformat())
            receipt = replace(known, directory=str(directory.resolve()), received_on=received_on)
        else:
            order = max((receipt.order for receipt in self.all()), default=0) + 1
            receipt = Receipt(key, name, str(directory.resolve()), today.isoformat(), order, "new", "")
        if receipt != known:  # who only looks writes nothing: a run may be writing what became of it
            self.put(receipt)
        return receipt

    def put(self, receipt: Receipt) -> None:
        """Write a receipt whole."""
        write_whole(self.directory / f"{receipt.key}.json", receipt_bytes(receipt))

    def accepted(self) -> list[Receipt]:
        """The deliveries that count, in the order in which they decide; of one name only the last that was received.

        One that was withdrawn counts as if it had never come.
        """
        withdrawn = self.withdrawn()
        counts = [receipt for receipt in self.all() if receipt.status == "accepted" and receipt.key not in withdrawn]
        latest = {receipt.name: receipt for receipt in counts}
        return sorted(latest.values(), key=lambda receipt: receipt.decides_by)

    def refused(self) -> list[Receipt]:
        """Deliveries that were refused, not withdrawn, and not replaced by an accepted one of the same name."""
        accepted, withdrawn = {receipt.name for receipt in self.accepted()}, self.withdrawn()
        refused = [receipt for receipt in self.all() if receipt.status == "refused"]
        return [receipt for receipt in refused if receipt.name not in accepted and receipt.key not in withdrawn]

    def withdrawn(self) -> dict[str, Act]:
        """The withdrawn deliveries by key, with the act."""
        return {key: act for key, act in self.acts.last().items() if act.what == WITHDRAW}

    def is_taken(self, key: str) -> bool:
        """A person said that this delivery counts although it is out of the ordinary."""
        act = self.acts.last().get(key)
        return act is not None and act.what == TAKE

    def taken_and_waiting(self) -> list[Receipt]:
        """Deliveries that were stopped, and taken by a person since."""
        return [one for one in self.all() if one.waits_for_a_person and self.is_taken(one.key)]


def receipt_bytes(receipt: Receipt) -> bytes:
    """A receipt as it is kept."""
    return json.dumps(asdict(receipt), ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")


def _read(path: Path) -> Receipt:
    try:
        text = json.loads(path.read_bytes())
        return Receipt(**{**text, "aside": tuple(text.get("aside", ()))})
    except (ValueError, TypeError, AttributeError):
        pass
    raise StudyError(
        f"Het bewijs van ontvangst {path} is niet te lezen. Zet het terug uit een reservekopie, of gooi het weg en "
        "draai wijkbaat run opnieuw met die levering in de inbox: zij wordt dan opnieuw gelezen."
    )
