"""Cards of the trade: exercises and scans that a facilitator picks for a session, as data in notebooks/cards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from data_contracts.errors import StudyError
from data_contracts.study import Part
from data_contracts.yaml_file import read_model

Line = Annotated[str, Field(min_length=3, max_length=300)]


class TradeCard(Part):
    """One exercise: why, how long, what is needed, the steps, what to ask afterwards, and where it comes from.

    A `scan` gets a mark per item at two moments beside each other; on a `scale` each item is a place between two ends.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)+$", max_length=40)]
    title: Line
    form: Literal["steps", "scan", "scale"] = "steps"
    aim: Line
    minutes: int = Field(ge=5, le=90)
    needs: tuple[str, ...]
    steps: tuple[Line, ...] = Field(min_length=2)
    items: tuple[Line, ...] = ()
    ask_afterwards: tuple[Line, ...] = Field(min_length=1)
    source: Line


class _File(Part):
    cards: tuple[TradeCard, ...] = Field(min_length=1)


def trade_cards(folder: Path) -> Mapping[str, TradeCard]:
    """Id -> card, of every file in a folder; StudyError with file and line for a wrong one, and for an id twice."""
    found: dict[str, TradeCard] = {}
    for path in sorted(folder.glob("*.yaml")):
        for card in read_model(path, _File).cards:
            if card.id in found:
                raise StudyError(f"{path.name}: kaart '{card.id}' staat er twee keer in. Kies een andere id.")
            found[card.id] = card
    return found
