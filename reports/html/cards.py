"""Cards as a circle sees them on the wall: by group, without an order that tells who wrote first."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reports.circle.events import Card
from reports.circle.naming import group_name


def cards_html(cards: Iterable[Card]) -> str:
    """A list of cards, each with its group; text of people is escaped."""
    lines = sorted((group_name(one.group), one.text) for one in cards)
    if not lines:
        return "<p>Er liggen nog geen kaarten.</p>"
    item = Markup('<li><span class="van">{}</span>{}</li>')
    return Markup('<ul class="wb-kaarten">{}</ul>').format(Markup("").join(item.format(*line) for line in lines))
