"""figuren/index.html: which pictures lie beside a release, each with its words and its files."""

from __future__ import annotations

from collections.abc import Mapping

from reports.charts.carried import Carried
from reports.html.report import page_of, static
from reports.language import dutch
from reports.released.facts import Facts


def pictures_html(facts: Facts, carried: Mapping[str, Carried]) -> str:
    """One file without any script, in the order of the figures."""
    return page_of(
        "pictures.html.j2",
        facts=facts,
        as_of=dutch.day(facts.as_of),
        carried=carried,
        style=static("report.css"),
        house=facts.house_style,
    )
