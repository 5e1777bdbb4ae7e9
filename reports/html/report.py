"""report.html: one file, Dutch, that asks nothing of a network."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Mapping
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from data_contracts.house_style import OURS, HouseStyle
from reports.charts.plotly_charts import as_json
from reports.charts.specs import Chart
from reports.charts.still import NARROW, WIDE, svg
from reports.content.account import account
from reports.content.annexes import divided
from reports.content.asked.chapter import asked
from reports.content.care import care
from reports.content.cause.chapter import cause
from reports.content.certainty import certainty
from reports.content.change.chapter import change
from reports.content.choices import ChoicesPage
from reports.content.circle.told import with_readings
from reports.content.course import course
from reports.content.criteria import criteria
from reports.content.learning import learning
from reports.content.logic import logic
from reports.content.money.chapter import money
from reports.content.participation import experienced, ladder
from reports.content.parts import Chapter, Figure, Numbers, numbered
from reports.content.people import people
from reports.content.since import since_last
from reports.content.summary import summary
from reports.content.word_list import with_word_list, words_of
from reports.html.kept_together import with_its_sign
from reports.html.looks import logo_address, own_colours
from reports.language import dutch
from reports.released.source import Source

CHAPTERS = (
    summary,
    certainty,
    people,
    change,
    course,
    ladder,
    experienced,
    cause,
    care,
    logic,
    money,
    criteria,
    learning,
    account,
)


def report_page(source: Source, chapters: list[Chapter], council: list[Chapter]) -> str:
    """The chapters as one page without any script: it opens with the answer and the figures of the council's pages."""
    facts, parted = source.facts, divided(chapters)
    return page_of(
        "report.html.j2",
        facts=facts,
        as_of=dutch.day(facts.as_of),
        period=period(source),
        answer=council[0].title,
        numbers=next(part for part in council[0].parts if isinstance(part, Numbers)),
        chapters=parted.main,
        annexes=parted.annexes,
        words={one.id: words_of(one) for one in (*parted.main, *parted.annexes)},
        pictures={one.number: pictures(one.chart) for chapter in chapters for one in chapter.figures},
        style=static("report.css"),
        house=facts.house_style,
    )


def pictures(chart: Chart) -> tuple[str, str]:
    """A chart as addresses that hold the whole picture: for a wide and for a narrow screen."""
    drawn = (base64.b64encode(svg(chart, width).encode()).decode() for width in (WIDE, NARROW))
    wide, narrow = (f"data:image/svg+xml;base64,{one}" for one in drawn)
    return wide, narrow


def figure_html(figure: Figure) -> str:
    """A page with one figure of an app; it has no number of its own, since a number is that of the report."""
    return _page("figure.html.j2", figure=figure, chart=as_json(figure.chart))


def choices_html(page: ChoicesPage) -> str:
    """The page with the choices behind a balance, to be signed."""
    return _page("choices.html.j2", page=page)


def _page(template: str, **content: object) -> str:
    """A template with the style, the chart library and our script, of which only the hashes may run."""
    scripts = {"library": static("plotly-cartesian.min.js"), "script": static("draw.js")}
    hashes = " ".join(map(_hash, scripts.values()))
    own = {name: Markup(text) for name, text in scripts.items()}  # noqa: S704
    return _filled(template, static("report.css"), OURS, {"script_hashes": hashes, **content, **own})


def page_of(template: str, *, style: str, house: HouseStyle = OURS, **content: object) -> str:
    """A template with our own style, or with the looks of a municipality, filled in."""
    return _filled(template, style, house, content)


def _filled(template: str, style: str, house: HouseStyle, content: Mapping[str, object]) -> str:
    logo = (logo_address(house), house.logo.says) if house.logo else None
    looks = Markup(style + own_colours(house))  # noqa: S704
    return _environment().get_template(template).render(style=looks, logo=logo, **content)


def chapters_of(source: Source) -> list[Chapter]:
    """All chapters in their order, figures numbered; every report after the first opens with what changed.

    Where the council asked, the answers stand before the account.
    """
    opening = (since_last,) if source.facts.since else ()
    of_council = (asked,) if source.facts.asked else ()
    chapters = (*opening, *CHAPTERS[:-1], *of_council, CHAPTERS[-1])
    return with_word_list(with_readings(numbered([chapter(source) for chapter in chapters]), source))


def period(source: Source) -> str:
    """The years in which people came in: 2021 tot en met 2024; empty when no table says so."""
    years = source.years
    return f"{years[0]} tot en met {years[-1]}" if years else ""


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=with_its_sign,
    )


@functools.cache
def static(name: str) -> str:
    """A file that every page takes in whole: a style or a script."""
    return (resources.files("reports.html") / "static" / name).read_text("utf-8")


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
