"""Cards and tables as a circle sees them in its app; words of people are escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reports.circle.events import Card
from reports.circle.naming import group_name
from reports.content.parts import Table


def cards_html(cards: Iterable[Card]) -> str:
    """A list of cards, each with its group, in an order that does not tell who wrote first."""
    lines = sorted((group_name(one.group), one.text) for one in cards)
    if not lines:
        return "<p>Er liggen nog geen kaarten.</p>"
    item = Markup('<li><span class="van">{}</span>{}</li>')
    return Markup('<ul class="wb-kaarten">{}</ul>').format(Markup("").join(item.format(*line) for line in lines))


def table_html(table: Table, empty: str = "") -> str:
    """A table of the report's content; `empty` where it has no rows."""
    if not table.rows:
        return Markup("<p>{}</p>").format(empty)
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in table.columns)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in table.rows
    )
    shape = Markup('<table class="wb-tabel"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return shape.format(table.caption, head, body)
