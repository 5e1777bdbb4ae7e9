"""Chapters as plain values, for the faces that are not HTML: each part a dict with its kind."""

from __future__ import annotations

from typing import Any

from reports.charts.still import svg
from reports.content.parts import Chapter, Drawing, Figure, Heading, Numbers, Part, Points, Table, Text, Told

Plain = dict[str, Any]
DRAWING = "Tekening van de Resultatenlogica. Dezelfde stappen en pijlen staan als lijst in report.html."


def plain_chapter(chapter: Chapter, width: int) -> Plain:
    """One chapter; its charts drawn so many pixels wide."""
    parts = [plain_part(part, width) for part in chapter.parts]
    if chapter.missing:
        parts.insert(0, {"kind": "missing", "words": f"Nog niet ingevuld. {chapter.missing}"})
    return {"title": chapter.title, "parts": parts}


def plain_part(part: Part, width: int) -> Plain:
    """One part."""
    match part:
        case Text(words):
            return {"kind": "text", "words": words}
        case Heading(words, level):
            return {"kind": "heading", "words": words, "level": level}
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
            return {"kind": "drawing", "svg": part.svg, "alt": DRAWING}


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
