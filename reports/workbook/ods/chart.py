"""The chart of a sheet as a document inside the .ods, drawn by the program from the cells."""

from __future__ import annotations

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.workbook.model import Chart, Sheet
from reports.workbook.ods.numbers import number_styles
from reports.workbook.ods.xml import VERSION, element, escaped, paragraphs, part

OBJECT = "Grafiek 1"
_WIDTH, _HEIGHT = "15.2cm", "9.1cm"


def frame(chart: Chart) -> str:
    """Where the chart stands on its sheet, with its words for who does not see it."""
    size = {"svg:width": _WIDTH, "svg:height": _HEIGHT, "svg:x": "0cm", "svg:y": "0cm"}
    link = {"xlink:href": f"./{OBJECT}", "xlink:type": "simple", "xlink:show": "embed", "xlink:actuate": "onLoad"}
    words = element("svg:title", None, escaped(chart.title)), element("svg:desc", None, escaped(chart.words))
    return element("draw:frame", {"draw:name": OBJECT, **size}, element("draw:object", link), *words)


def chart_content(sheet: Sheet, chart: Chart) -> bytes:
    """content.xml of the chart."""
    looks = [_style("as-x", {"chart:axis-label-position": "outside-start", "chart:display-label": "true"})]
    looks += [_style("as-y", {"chart:display-label": "true"}, data="getal-y"), _style("lijnen", {}, "#b3b3b3")]
    looks.append(_style("vlak", {"chart:treat-empty-cells": "leave-gap"}))
    series = []
    for place, one in enumerate(chart.series):
        symbol = {"chart:symbol-type": "named-symbol", "chart:symbol-name": "diamond"} if one.is_line else {}
        looks.append(_style(f"reeks-{place}", symbol, one.color, fill="" if one.is_line else one.color))
        series.append(
            element(
                "chart:series",
                {
                    "chart:style-name": f"reeks-{place}",
                    "chart:class": "chart:line" if one.is_line else "chart:bar",
                    "chart:values-cell-range-address": _cells(sheet, one.column, chart.first, chart.last),
                    "chart:label-cell-address": _cells(sheet, one.column, chart.first - 1, chart.first - 1),
                },
                element("chart:data-point", {"chart:repeated": str(chart.last - chart.first + 1)}),
            )
        )
    below = {"table:cell-range-address": _cells(sheet, chart.categories, chart.first, chart.last)}
    x = element("chart:axis", _axis("x"), element("chart:categories", below))
    grid = element("chart:grid", {"chart:class": "major", "chart:style-name": "lijnen"})
    y = element("chart:axis", _axis("y"), element("chart:title", None, paragraphs(chart.y_title)), grid)
    drawn = element(
        "chart:chart",
        {"chart:class": "chart:bar", "svg:width": _WIDTH, "svg:height": _HEIGHT},
        element("chart:title", None, paragraphs(chart.title)),
        element("chart:legend", {"chart:legend-position": "bottom"}),
        element("chart:plot-area", {"chart:style-name": "vlak"}, x, y, *series),
    )
    styles = element("office:automatic-styles", None, number_styles("getal-y", chart.y_number), *looks)
    return part(
        "office:document-content", VERSION, styles, element("office:body", None, element("office:chart", None, drawn))
    )


def _axis(which: str) -> dict[str, str]:
    return {"chart:dimension": which, "chart:name": f"primary-{which}", "chart:style-name": f"as-{which}"}


def _style(name: str, said: dict[str, str], line: str = "", *, fill: str = "", data: str = "") -> str:
    family = {"style:name": name, "style:family": "chart"} | ({"style:data-style-name": data} if data else {})
    drawn = {"svg:stroke-color": line, "draw:fill-color": fill or line} if line else {}
    drawn |= {"draw:stroke": "none"} if fill else {"svg:stroke-width": "0.06cm"} if said and line else {}
    return element(
        "style:style",
        family,
        element("style:chart-properties", said) if said else "",
        element("style:graphic-properties", drawn) if drawn else "",
    )


def _cells(sheet: Sheet, column: int, first: int, last: int) -> str:
    ends = (xl_rowcol_to_cell(row, column) for row in (first, last))
    return ":".join(f"{sheet.name}.{cell}" for cell in ends)
