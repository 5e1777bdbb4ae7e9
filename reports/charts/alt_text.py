"""What a chart shows, in words, made from the same numbers: for who cannot see it.

Only the extremes are named; every number in the text stands in the table of the figure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.charts.specs import Areas, Bars, Chart, Courses, Intervals, Shares, Swings, YearBars
from reports.language.dutch import Show


def alt_text(chart: Chart, title: str) -> str:
    """The kind of chart, its title, and its highest and lowest values."""
    kind, found = _described(chart)
    title = title if title.endswith("?") else f"{title}."
    return f"{kind}: {title} {found} Alle cijfers staan in de tabel bij deze figuur."


def _described(chart: Chart) -> tuple[str, str]:
    match chart:
        case Bars():
            return "Staafdiagram", _extremes(chart.rows, chart.values, chart.show)
        case Shares():
            return "Gestapelde staven", " ".join(
                f"{name}: {_extremes(chart.rows, values, chart.show)}" for name, values in chart.parts
            )
        case Intervals():
            told = [f"{one.name}: {_extremes(chart.rows, one.values, chart.show)}" for one in chart.series]
            parted = f"Een stippellijn breekt de reeks {len(chart.breaks)} keer."
            return "Punten met marges", " ".join([*told, *([parted] if chart.breaks else [])])
        case Courses():
            lines = [
                f"{one.name}: van {chart.show(one.y[0])} naar {chart.show(one.y[-1])}."
                for one in chart.courses
                if one.y
            ]
            return "Lijnen in de tijd", " ".join([*lines, *([f"In grijs: {chart.behind_name}."] * bool(chart.behind))])
        case Swings():
            widths = [abs(high - low) for low, high in zip(chart.at_low, chart.at_high, strict=True)]
            widest = widths.index(max(widths))
            ends = sorted((chart.at_low[widest], chart.at_high[widest]))
            return "Staven om het saldo", (
                f"De meeste invloed heeft {chart.rows[widest]}: het saldo loopt dan van {chart.show(ends[0])} "
                f"tot {chart.show(ends[1])}."
            )
        case Areas():
            return "Kaart", _map(chart)
        case YearBars():
            return "Staven per jaar", (f"{chart.net_name}: {_extremes(chart.years, chart.net, chart.show)}")


def _map(chart: Areas) -> str:
    """From what to what, and which areas are hatched; which has the most is for the table, by name."""
    known = [value for value in chart.values if not math.isnan(value)]
    hidden = [name for name, value in zip(chart.names, chart.values, strict=True) if math.isnan(value)]
    told = (
        f"{len(known)} wijken, van {chart.show(min(known))} tot {chart.show(max(known))}." if known else "geen cijfers."
    )
    return told + (f" Gearceerd, want niet getoond: {', '.join(hidden)}." if hidden else "")


def _extremes(rows: Sequence[str], values: Sequence[float], show: Show) -> str:
    known = [(value, row) for value, row in zip(values, rows, strict=True) if not math.isnan(value)]
    if not known:
        return "geen cijfers."
    low, high = min(known), max(known)
    if show(low[0]) == show(high[0]):
        return f"{'overal ' if len(known) > 1 else ''}{show(high[0])}."
    return f"het hoogst {high[1]} ({show(high[0])}), het laagst {low[1]} ({show(low[0])})."
