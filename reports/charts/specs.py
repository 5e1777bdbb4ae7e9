"""One small spec per kind of chart: only aggregated numbers, already released, with the way in which they are shown.

A spec knows no drawing library. Values are floats; a missing one is NaN and is not drawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.language.dutch import Show

Values = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar per row; with a negative value it goes to the left."""

    rows: tuple[str, ...]
    values: Values
    axis: str
    show: Show


@dataclass(frozen=True, slots=True)
class Shares:
    """Parts of a whole per row, as shares from 0 to 1; `parts` is (name, values) in drawing order."""

    rows: tuple[str, ...]
    parts: tuple[tuple[str, Values], ...]
    axis: str
    show: Show


@dataclass(frozen=True, slots=True)
class Series:
    """Dots with their interval, one per row."""

    name: str
    values: Values
    lows: Values
    highs: Values


@dataclass(frozen=True, slots=True)
class Intervals:
    """Estimates with intervals around zero; `reach` is how far the axis goes at least, to both sides.

    `breaks` are rows that hold no estimate: what stands above and below them is not the same thing.
    """

    rows: tuple[str, ...]
    series: tuple[Series, ...]
    axis: str
    reach: float
    show: Show
    breaks: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Course:
    """One line; `lows` and `highs`, where given, are its band."""

    name: str
    x: Values
    y: Values
    lows: Values = ()
    highs: Values = ()


@dataclass(frozen=True, slots=True)
class Courses:
    """Lines over time; a scale has a fixed axis (`y_range`), an amount has none.

    `behind` are lines to compare with, all drawn alike and named together; `start` is the moment that parts before and
    after. The axis reaches zero unless `has_zero` is false.
    """

    courses: tuple[Course, ...]
    x_axis: str
    y_axis: str
    show: Show
    y_range: tuple[float, float] | None = None
    x_step: float = 6.0
    behind: tuple[Course, ...] = ()
    behind_name: str = ""
    start: float | None = None
    has_zero: bool = True


@dataclass(frozen=True, slots=True)
class Swings:
    """A tornado: per row the outcome at a low and at a high value of one input, around `base`."""

    rows: tuple[str, ...]
    at_low: Values
    at_high: Values
    base: float
    axis: str
    show: Show


@dataclass(frozen=True, slots=True)
class YearBars:
    """Amounts per year above and below zero, one part per budget, with what they come to together as `net`."""

    years: tuple[str, ...]
    parts: tuple[tuple[str, Values], ...]
    net: Values
    net_name: str
    axis: str
    show: Show


Rings = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, slots=True)
class Areas:
    """A map: per area its polygons on a flat plane, and its value; NaN where that is not shown.

    An area that is unsure has a margin around nothing: it has its value and no shade, for a shade draws the eye.
    """

    names: tuple[str, ...]
    outlines: tuple[tuple[Rings, ...], ...]
    values: Values
    unsure: tuple[bool, ...]
    show: Show


Chart = Bars | Shares | Intervals | Courses | Swings | YearBars | Areas
