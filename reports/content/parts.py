"""What a chapter is made of: text, points, tables, figures and drawings. Everything in it is ready to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from reports.charts.alt_text import alt_text
from reports.charts.specs import Chart


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    words: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter; in an annex the sections of a chapter stand one level lower."""

    words: str
    level: int = 2
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]
    kind: str = "points"


@dataclass(frozen=True, slots=True)
class Table:
    """Words and numbers, shown already; the first column names the row. `texts` are the other columns with words."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    texts: frozenset[int] = frozenset()
    id: str = ""
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a figure came about: 'leg dit getal uit'."""

    formula: str
    n: str
    filters: str
    assumptions: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with the numbers behind it and how they were made; `number` is its place in the report."""

    title: str
    chart: Chart
    table: Table
    explained: Explanation
    reading: str = ""
    number: int = 0
    id: str = ""
    kind: str = "figure"

    @property
    def alt(self) -> str:
        """The chart in words."""
        return alt_text(self.chart, self.title)


@dataclass(frozen=True, slots=True)
class Drawing:
    """The tree of the results logic: SVG, the same as a list, and its legend."""

    svg: str
    outline: str
    legend: tuple[tuple[str, str], ...]
    kind: str = "drawing"


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what it is about, and of which released tables it speaks; `id` is how it is asked for."""

    about: str
    words: str
    tables: tuple[str, ...]
    id: str = ""
    kind: str = "told"


@dataclass(frozen=True, slots=True)
class Number:
    """One figure that stands out: its value, what it counts, and what belongs beside it."""

    value: str
    label: str
    note: str
    tables: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A few figures side by side."""

    items: tuple[Number, ...]
    kind: str = "numbers"


Part = Text | Heading | Points | Table | Figure | Drawing | Told | Numbers


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; `missing` says what it needs when there is nothing to show yet."""

    id: str
    title: str
    parts: tuple[Part, ...] = ()
    missing: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in this chapter."""
        return tuple(part for part in self.parts if isinstance(part, Figure))


def numbered(chapters: list[Chapter]) -> list[Chapter]:
    """The chapters with their figures numbered through, from 1."""
    places = iter(range(1, 1000))
    return [replace(chapter, parts=tuple(_numbered(chapter.parts, places))) for chapter in chapters]


def _numbered(parts: tuple[Part, ...], places: Iterator[int]) -> Iterator[Part]:
    for part in parts:
        yield replace(part, number=next(places)) if isinstance(part, Figure) else part
