"""Cards and tables as a circle sees them in its app; words of people are escaped."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from reports.circle.events import Card
from reports.circle.memory import Session
from reports.circle.naming import group_name, topic_name
from reports.content.parts import Chapter, Heading, Points, Table, Text
from reports.html.kept_together import with_its_sign


def walls_html(session: Session) -> list[str]:
    """The cards of a session, a wall per topic and round, each card with its group."""
    walls: dict[tuple[str, str], list[Card]] = {}
    for card in session.cards.values():
        walls.setdefault((topic_name(card.topic), card.round.label), []).append(card)
    title = Markup("<h3>{}: {}</h3>")
    return [str(title.format(*where) + _wall(laid)) for where, laid in walls.items()] or [
        "<p>Er liggen nog geen kaarten.</p>"
    ]


def _wall(cards: Iterable[Card]) -> Markup:
    """In an order that does not tell who wrote first."""
    lines = sorted((group_name(one.group), one.text) for one in cards)
    item = Markup('<li><span class="van">{}</span>{}</li>')
    return Markup('<ul class="wb-kaarten">{}</ul>').format(Markup("").join(item.format(*line) for line in lines))


def status_html(words: str, looks: str = "") -> str:
    """What became of a press, for whoever sees or hears the page; it may hold words that somebody typed."""
    return str(Markup('<p role="status" aria-live="polite" class="{}"><strong>{}</strong></p>').format(looks, words))


def sentences_html(sentences: Iterable[str]) -> str:
    """Sentences under each other, as points; the sign of an amount stays on the line of the amount."""
    lines = Markup("").join(Markup("<li>{}</li>").format(with_its_sign(one)) for one in sentences)
    return str(Markup("<ul>{}</ul>").format(lines))


def picture_html(words: str, svg: str) -> str:
    """A drawing of ours with what it shows in words, which may hold labels of a study."""
    return str(Markup('<div role="img" aria-label="{}">{}</div>').format(words, Markup(svg)))  # noqa: S704  our own SVG


def chapter_html(chapter: Chapter) -> str:
    """A chapter of text, points and tables, without its title."""
    shown = []
    for part in chapter.parts:
        match part:
            case Text(words):
                shown.append(Markup("<p>{}</p>").format(words))
            case Heading(words):
                shown.append(Markup("<h4>{}</h4>").format(words))
            case Points(items):
                lines = Markup("").join(Markup("<li>{}</li>").format(one) for one in items)
                shown.append(Markup("<ol>{}</ol>").format(lines))
            case Table():
                shown.append(Markup(table_html(part)))  # noqa: S704  escaped there
    return str(Markup("").join(shown))


def table_html(table: Table, empty: str = "") -> str:
    """A table of the report's content; `empty` where it has no rows."""
    if not table.rows:
        return str(Markup("<p>{}</p>").format(empty))
    head = Markup("").join(Markup('<th scope="col">{}</th>').format(name) for name in table.columns)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(Markup("").join(Markup("<td>{}</td>").format(with_its_sign(cell)) for cell in row))
        for row in table.rows
    )
    shape = Markup('<table class="wb-tabel"><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
    return str(shape.format(table.caption, head, body))  # plain text: marimo sends nothing else
