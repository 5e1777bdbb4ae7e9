"""One chart of the leading outcomes: the figure of the report itself, with only the leading rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from data_contracts.vocabulary.field import Stamp
from reports.charts.specs import Intervals, Series, Shares
from reports.content.cause.chapter import cause
from reports.content.change.chapter import change
from reports.content.parts import Figure, Table
from reports.language import terms
from reports.released.source import Source

MOST_COLUMNS = 6


def leading_outcomes(source: Source) -> Figure | None:
    """The comparison where there is one, else who rose and fell; None where nothing was measured."""
    chapter = change(source) if source.stamp is Stamp.CHANGE else cause(source)
    names = [terms.domain(code) for code in source.facts.headline_domains]
    for figure in chapter.figures:
        kept = only_rows(figure, names)
        if kept is not None:
            return kept
    return None


def only_rows(figure: Figure, names: Collection[str]) -> Figure | None:
    """The figure with the rows of these names, chart and table alike; None where it has none of them."""
    chart = figure.chart
    if not isinstance(chart, Shares | Intervals):
        return None
    kept = [place for place, row in enumerate(chart.rows) if row in names]
    if not kept:
        return None
    rows = tuple(chart.rows[place] for place in kept)

    def of(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(values[place] for place in kept)

    if isinstance(chart, Shares):
        chart = replace(chart, rows=rows, parts=tuple((name, of(values)) for name, values in chart.parts))
    else:
        series = tuple(Series(one.name, of(one.values), of(one.lows), of(one.highs)) for one in chart.series)
        chart = replace(chart, rows=rows, series=series)
    return replace(figure, chart=chart, table=_narrow(figure.table, kept))


def _narrow(table: Table, kept: list[int]) -> Table:
    """These rows, without the columns of margins that two pages have no room for; the report has them all."""
    columns = list(range(len(table.columns)))
    if len(columns) > MOST_COLUMNS:
        columns = [place for place in columns if not table.columns[place].startswith("Marge")]
    return replace(
        table,
        columns=tuple(table.columns[place] for place in columns),
        rows=tuple(tuple(table.rows[row][place] for place in columns) for row in kept),
        texts=frozenset(columns.index(place) for place in table.texts if place in columns),
    )
