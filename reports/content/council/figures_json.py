"""Every printed figure by its id: what is said, where, of which tables, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reports.content.parts import Chapter, Figure, Numbers, Part, Table, Told

Known = dict[str, Any]
COUNCIL, REPORT, QUESTIONS = "raad", "rapport", "vragen"
PICTURES = "figuren"


def picture_names(id: str) -> tuple[str, str]:
    """Where the chart of a figure lies as a file of its own: to paste, and to print."""
    return f"{PICTURES}/{id}.png", f"{PICTURES}/{id}.svg"


def identified_figures(council: list[Chapter], report: list[Chapter], asked: list[Chapter]) -> list[Known]:
    """R1, R2, ... of the council's pages, then F1, F2, ... of the report, then V1, V2, ... of its questions."""
    pages = [
        {"id": known.pop("id"), "document": COUNCIL, "chapter": page.title, **known}
        for page in council
        for part in page.parts
        for known in _of_page(part)
    ]
    figures = [
        {
            "id": f"F{figure.number}",
            "document": REPORT,
            "chapter": chapter.title,
            **_figure(figure, f"F{figure.number}"),
        }
        for chapter in report
        for figure in chapter.figures
    ]
    questions = [
        {"id": known.pop("id"), "document": QUESTIONS, "chapter": f"Vraag {page.id}", **known, **_answer(page, part)}
        for page in asked
        for part in page.parts
        for known in _of_page(part)
    ]
    return [*pages, *figures, *questions]


def _answer(page: Chapter, part: Part) -> Known:
    """Beside the figure of a question its answer in words, which is the title of its page."""
    return {"words": f"{page.title} {part.items[0].note}"} if isinstance(part, Numbers) else {}


def _of_page(part: Part) -> Iterator[Known]:
    match part:
        case Numbers(items):
            for one in items:
                yield {"id": one.id, "about": one.label, "words": f"{one.value} {one.note}", "tables": list(one.tables)}
        case Told():
            yield {"id": part.id, "about": part.about, "words": part.words, "tables": list(part.tables)}
        case Table():
            yield {"id": part.id, "about": part.caption, **_table(part)}
        case Figure():
            yield {"id": part.id, **_figure(part, part.id)}


def _figure(figure: Figure, id: str) -> Known:
    made = figure.explained
    return {
        "about": figure.title,
        "words": figure.alt,
        **_table(figure.table),
        "formula": made.formula,
        "n": made.n,
        "filters": made.filters,
        "assumptions": made.assumptions,
        "files": list(picture_names(id)),
    }


def _table(table: Table) -> Known:
    return {"columns": list(table.columns), "rows": [list(row) for row in table.rows]}
