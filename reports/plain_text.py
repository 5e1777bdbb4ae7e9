"""A chapter as plain text: what whoever approves sees in the terminal, word for word as in the report."""

from __future__ import annotations

import textwrap

from reports.content.parts import Chapter, Figure, Heading, Part, Points, Table, Text
from reports.language.dutch import WIDTH


def as_text(chapter: Chapter) -> str:
    """The chapter, of each figure its table."""
    parts = [_part(part) for part in chapter.parts]
    return "\n\n".join([chapter.title, *(text for text in parts if text)]) + "\n"


def _part(part: Part) -> str:
    match part:
        case Text(words):
            return textwrap.fill(words, WIDTH)
        case Heading(words):
            return words.upper()
        case Points(items):
            return "\n".join(textwrap.fill(one, WIDTH, initial_indent="- ", subsequent_indent="  ") for one in items)
        case Table():
            return _table(part)
        case Figure():
            return _table(part.table)
    return ""


def _table(table: Table) -> str:
    lines = [table.columns, *table.rows]
    widths = [max(len(line[at]) for line in lines) for at in range(len(table.columns))]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    return "\n".join([table.caption, *(f"  {line}" for line in shown)])
