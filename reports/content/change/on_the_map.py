"""Change per neighbourhood on the map that the study brings: the same numbers, on the outlines.

An outline without a figure is hatched and named: its name comes from the map, which is public, and not from anybody's
records. Nobody living there and too few people look the same.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from data_contracts.area_map import AreaMap
from data_contracts.vocabulary.names import folded
from reports.charts.specs import Areas
from reports.content.parts import Figure
from reports.language import dutch

HATCHED = "Gearceerd is niet getoond: er is niemand gemeten, of er zijn te weinig mensen."


def on_the_map(figure: Figure, rows: pd.DataFrame, drawn: AreaMap) -> Figure:
    """The figure of a life domain once more, as a map; `rows` are those of its table."""
    by_name = {folded(str(row["slice_value"])): row for _, row in rows.iterrows()}
    found = [by_name.get(folded(area.name)) for area in drawn.areas]
    values, unsure = tuple(map(_value, found)), tuple(map(_is_unsure, found))
    told = [*figure.table.rows, *_without_figure(figure, by_name, drawn)]
    domain = figure.title.partition(":")[0]
    return replace(
        figure,
        title=f"{domain}: verandering per wijk, op de kaart",
        chart=Areas(
            tuple(area.name for area in drawn.areas),
            tuple(area.polygons for area in drawn.areas),
            values,
            unsure,
            dutch.signed,
        ),
        table=replace(figure.table, caption=f"{domain} per wijk, naast de kaart", rows=tuple(told)),
        reading=_read(by_name, drawn),
    )


def _value(row: pd.Series | None) -> float:
    return float("nan") if row is None else float(row["mean_change"])


def _is_unsure(row: pd.Series | None) -> bool:
    """Whether the margin holds nothing, or is not known: then darker would say more than the figure does."""
    return row is not None and not (row["mean_change_low"] > 0 or row["mean_change_high"] < 0)


def _without_figure(figure: Figure, known: dict[str, pd.Series], drawn: AreaMap) -> list[tuple[str, ...]]:
    """A row of points for each outline that shows nothing, by name."""
    blank = (dutch.NOT_SHOWN,) * (len(figure.table.columns) - 1)
    return [(name, *blank) for name in sorted(one.name for one in drawn.areas if folded(one.name) not in known)]


def _read(known: dict[str, pd.Series], drawn: AreaMap) -> str:
    """How to read it, whose outlines these are, and which groups have no outline."""
    outlined = {folded(one.name) for one in drawn.areas}
    strange = [str(row["slice_value"]) for name, row in known.items() if name not in outlined]
    off = f" Niet op de kaart: {dutch.listed(strange)}." if strange else ""
    hatched = f" {HATCHED}" if outlined - set(known) else ""
    unsure = " Onzeker is: de marge loopt van achteruit tot vooruit." if any(map(_is_unsure, known.values())) else ""
    more = "Donkerder is een grotere verandering. Of wijken van elkaar verschillen, is niet getoetst."
    return f"{more}{unsure}{hatched}{off} Grenzen: {drawn.source}."
