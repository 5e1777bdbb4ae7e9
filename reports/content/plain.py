"""Chapters as plain values, for the faces that are not HTML: each part a dict with its kind."""

from __future__ import annotations

from typing import Any

from reports.charts.still import svg
from reports.content.parts import Chapter, Drawing, Figure, Heading, Numbers, Part, Points, Table, Text, Told

Plain = dict[str, Any]


def plain_chapter(chapter: Chapter, width: int) -> Plain:
    """One chapter; its charts drawn so many pixels wide."""
    parts = [found for part in chapter.parts if (found := plain_part(part, width)) is not None]
    if chapter.missing:
        parts.insert(0, {"kind": "missing", "words": f"Nog niet ingevuld. {chapter.missing}"})
    return {"title": chapter.title, "parts": parts}


def plain_part(part: Part, width: int) -> Plain | None:
    """One part; a drawing has a face of its own on screen only."""
    match part:
        case Text(words):
            return {"kind": "text", "words": words}
        case Heading(words):
            return {"kind": "heading", "words": words, "level": 2}
        case Points(items):
            return {"kind": "points", "items": list(items)}
        case Told():
            return {"kind": "told", "about": part.about, "words": part.words, "id": part.id}
        case Numbers(items):
            return {
                "kind": "numbers",
                "items": [{"value": n.value, "label": n.label, "note": n.note, "id": n.id} for n in items],
            }
        case Table():
            return _table(part)
        case Figure():
            return {
                "kind": "figure",
                "id": part.id or f"F{part.number}",
                "title": part.title,
                "alt": part.alt,
                "svg": svg(part.chart, width),
                "reading": part.reading,
                "table": _table(part.table),
            }
        case Drawing():
            return None


def _table(table: Table) -> Plain:
    rows = [list(row) for row in table.rows]
    return {
        "kind": "table",
        "id": table.id,
        "caption": table.caption,
        "columns": list(table.columns),
        "rows": rows,
        "texts": sorted(table.texts),
    }
