"""Deliveries taken in as a run does, by the parts of the intake alone: without Dagster's bookkeeping."""

from __future__ import annotations

from pipelines.assets.defs.intake import _CORE, _LAST, RAW, _raw
from pipelines.assets.table_asset import made_in_turn
from pipelines.run import Order, _receive, _take_in
from pipelines.storage.home import Home
from pipelines.study.workplace import Workplace, read_study


class Intake:
    """What reads a delivery in a run, without Dagster."""

    def __init__(self, place: Workplace) -> None:
        self.place = place

    def deliver(self, key: str) -> None:
        parts = [*(_raw(table) for table in RAW), *_CORE, _LAST]
        assert [one.table for one in made_in_turn(parts, self.place, key) if one.broken] == []


def take_in(order: Order) -> None:
    """What lies ready is received and read; nothing is computed from it."""
    place = Workplace(read_study(order.study), Home(order.home), order.as_of, order.seed)
    with place.home.lock():
        waiting = _receive(order, place.files, place.home)
        _take_in(Intake(place), waiting)  # type: ignore[arg-type]
