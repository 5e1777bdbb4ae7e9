"""A delivery under its partition key, with the rules that its rows are judged by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from data_contracts.errors import DeliveryRefused
from pipelines.intake.door import Delivery, open_delivery
from pipelines.intake.extract_date import extract_date
from pipelines.intake.reading.texts import Rules
from pipelines.storage.acts import Act
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import Workplace


def receipts(place: Workplace) -> Receipts:
    """The receipts of this home."""
    return Receipts(place.home.receipts)


def delivery_of(place: Workplace, key: str) -> Delivery:
    """The delivery with this key; raises DeliveryRefused when its files are gone or have changed since."""
    receipt = receipts(place).of(key)
    if receipt is None or not Path(receipt.directory).is_dir():
        raise DeliveryRefused(key, "de map van deze levering is er niet meer.", "Zet de levering terug in de inbox.")
    date_receipt(place, receipt)
    is_first = all(one.key == key for one in receipts(place).accepted())
    delivery = open_delivery(Path(receipt.directory), place.files.mapping, is_first=is_first)
    set_aside(place, key, delivery.aside)
    if delivery.key != key:
        what = "de bestanden zijn veranderd sinds de levering binnenkwam."
        raise DeliveryRefused(receipt.name, what, "Start de run opnieuw; dan is het een nieuwe levering.")
    return delivery


def rules_of(place: Workplace, key: str, team_numbers: dict[str, int] | None) -> Rules:
    """How rows are judged; a date is in the future when it lies after the receipt."""
    receipt = receipts(place).of(key)
    received_on = receipt.received_on if receipt else "2100-01-01"
    suppressed = Suppressed(place.home.rights)
    return Rules(place.files.study, place.files.mapping.every_file, received_on, team_numbers, suppressed)


def beside(place: Workplace, key: str) -> tuple[str, list[str]]:
    """The name of a delivery, and the keys of the other ones that count once it does: it replaces one of its name."""
    receipt = receipts(place).of(key)
    name = receipt.name if receipt else key
    return name, [other.key for other in receipts(place).accepted() if other.name != name]


def accept(place: Workplace, key: str) -> Receipt:
    """The delivery counts from now on, as read under the study of today."""
    receipt = receipts(place).of(key)
    if receipt is None:
        raise DeliveryRefused(key, "van deze levering is geen ontvangst bekend.", "Start de run opnieuw.")
    accepted = replace(
        receipt, status="accepted", fingerprint=place.files.intake_fingerprint, refused_because="", refused_kind=""
    )
    receipts(place).put(accepted)
    return accepted


def date_receipt(place: Workplace, receipt: Receipt) -> Receipt:
    """The receipt with the extract date of the delivery; raises DeliveryRefused when the mapping looks in vain."""
    found = extract_date(place.files.mapping.deliveries, Path(receipt.directory))
    dated = replace(receipt, as_at=found.isoformat() if found else "")
    if dated != receipt:
        receipts(place).put(dated)
    return dated


def set_aside(place: Workplace, key: str, names: tuple[str, ...]) -> None:
    """Write down which files of a delivery no line of the mapping knows."""
    receipt = receipts(place).of(key)
    if receipt is not None and receipt.aside != names:
        receipts(place).put(replace(receipt, aside=names))


def aside_words(receipt: Receipt) -> list[str]:
    """One sentence per file of an accepted delivery that was not read, with what to do."""
    do = "Voeg het toe aan mapping.yaml, of zet de naam onder ignore_files."
    return [f"het bestand '{name}' is niet herkend en niet gelezen; de rest telt mee. {do}" for name in receipt.aside]


def withdrawn_words(key: str, act: Act) -> str:
    """What to say of a delivery that lies there although it was withdrawn."""
    return (
        f"Levering '{key}' is {act.sentence}. Zij wordt niet gelezen. Telt zij toch mee, geef dan: "
        f"wijkbaat deliveries take STUDIE {key} --by NAAM --why REDEN."
    )


def refuse(place: Workplace, key: str, refused: DeliveryRefused) -> None:
    """The delivery does not count; the reason holds no value of a person."""
    receipt = receipts(place).of(key)
    if receipt is not None:
        fingerprint = place.files.intake_fingerprint
        done = replace(receipt, status="refused", fingerprint=fingerprint)
        receipts(place).put(replace(done, refused_because=str(refused), refused_kind=refused.kind.value))
