"""Which words of the glossary a chapter uses, and the list of all of them for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reports.content.parts import Chapter, Figure, Heading, Numbers, Part, Points, Table, Text, Told
from reports.language.glossary import Word, words_in

TITLE = "Wat de woorden betekenen"


def words_of(chapter: Chapter) -> tuple[Word, ...]:
    """The words of the glossary in a chapter, its tables included; none where the whole list stands in it."""
    if any(isinstance(part, Table) and part.caption == TITLE for part in chapter.parts):
        return ()
    return words_in(" ".join([chapter.title, *_said(chapter.parts)]))


def with_word_list(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters, of which the last ends with every word of the glossary that they use."""
    said = (text for chapter in chapters for text in (chapter.title, *_said(chapter.parts)))
    rows = tuple((one.word, one.means) for one in words_in(" ".join(said)))
    last = chapters[-1]
    listed = (Heading(TITLE), Table(TITLE, ("Woord", "Betekenis"), rows, frozenset({1})))
    return [*chapters[:-1], replace(last, parts=(*last.parts, *listed))] if rows else chapters


def _said(parts: Iterable[Part]) -> Iterator[str]:
    """Everything that a reader meets in words."""
    for part in parts:
        match part:
            case Text(words) | Heading(words):
                yield words
            case Points(items):
                yield from items
            case Told():
                yield f"{part.about} {part.words}"
            case Numbers(items):
                yield from (f"{one.label} {one.note}" for one in items)
            case Table():
                yield from _of_table(part)
            case Figure():
                yield f"{part.title} {part.reading}"
                yield from _of_table(part.table)


def _of_table(table: Table) -> Iterator[str]:
    yield from (table.caption, *table.columns)
    yield from (cell for row in table.rows for cell in row)
