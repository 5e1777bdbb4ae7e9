"""The extract date (peildatum) of a delivery: the later one decides about a record."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.date_notation import days_in
from data_contracts.mapping.steps import Deliveries, FromName


def extract_date(declared: Deliveries, directory: Path) -> dt.date | None:
    """The one day in the name of the delivery, else in the names of its files; None where the receipt decides."""
    if not isinstance(declared.as_at, FromName):
        return None
    form, name = declared.as_at.from_name, directory.resolve().name
    in_files = (days_in(path.name, form) for path in directory.iterdir() if path.is_file())
    found = days_in(name, form) or set().union(*in_files)
    if len(found) == 1:
        return found.pop()
    what = (
        f"de peildatum staat {'meer dan één keer' if found else 'niet'} in de naam van de levering of haar bestanden."
    )
    do = f"Zet hem in de naam van de map, in de vorm {form}, of pas deliveries.as_at aan in mapping.yaml."
    raise DeliveryRefused(name, what, do)
