"""Cards of the trade as content: to read on screen, and to print."""

from __future__ import annotations

from reports.circle.trade import TradeCard
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text


def trade_chapter(card: TradeCard) -> Chapter:
    """One card as a chapter."""
    needs = f" Nodig: {', '.join(card.needs)}." if card.needs else ""
    parts: list[Part] = [
        Text(f"{card.aim} Duurt {card.minutes} minuten.{needs}"),
        Points(card.steps),
        *_items(card),
        Heading("Vraag daarna"),
        Points(card.ask_afterwards),
        Text(f"Bron: {card.source}."),
    ]
    return Chapter(card.id, card.title, tuple(parts))


def _items(card: TradeCard) -> list[Part]:
    """A scan has room for two moments beside each other; a scale for both places between its ends."""
    if not card.items:
        return []
    if card.form == "steps":
        return [Points(card.items)]
    columns = {
        "scan": ("Onderdeel", "Toen (1-5)", "Nu (1-5)", "Waaraan zien we dat", "Wat doen we"),
        "scale": ("Tussen", "Hier staan we", "Hierheen", "Waarom"),
    }[card.form]
    rows = tuple((item, *[""] * (len(columns) - 1)) for item in card.items)
    return [Table(card.title, columns, rows, frozenset(range(1, len(columns))))]
