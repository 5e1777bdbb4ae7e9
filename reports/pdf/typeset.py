"""Content on A4 by typst: a PDF that a screen reader can read (PDF/UA-1), the same bytes each time."""

from __future__ import annotations

import datetime as dt
import functools
import json
from importlib import resources
from typing import Any

import typst

from data_contracts.house_style import HouseStyle
from reports.charts.still import FONTS
from reports.language import dutch
from reports.released.facts import Facts

Content = dict[str, Any]
NO_VERDICT = "om van te leren, geen afrekening"
_KEPT_DOCUMENTS = 10  # of typst-py: comemo::evict(10)


def looks(house: HouseStyle) -> Content:
    """The colour and the logo of a municipality as a page takes them."""
    logo = house.logo
    shown = {"bytes": list(logo.content), "format": logo.kind, "says": logo.says} if logo else None
    return {"colour": house.colour, "logo": shown}


def content_of(facts: Facts, name: str, chapters: list[Content], sizes: tuple[float, float], *, loud: bool) -> Content:
    """What stands on every document about a release, its `chapters`, and the `sizes` of running text and of tables."""
    town = f"Gemeente {facts.municipality}"
    return {
        "title": f"{name}. {facts.title} – {facts.municipality}",
        "author": town,
        **looks(facts.house_style),
        "above": f"{town} · {facts.title}",
        "footer": f"{name} · peildatum {dutch.day(facts.as_of)} · {NO_VERDICT}",
        "loud": loud,
        "size": sizes[0],
        "small": sizes[1],
        "chapters": chapters,
    }


def pdf(content: Content, as_of: dt.date) -> bytes:
    """A PDF of this content, dated `as_of`: the clock has no say in it."""
    noon = dt.datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=dt.UTC)
    dated = content | {"day": [as_of.year, as_of.month, as_of.day]}
    made = _compiler().compile(
        _template(), format="pdf", sys_inputs=_inputs(dated), pdf_standards="ua-1", timestamp=noon
    )
    return bytes(made)  # type: ignore[arg-type]


def let_go() -> None:
    """Give back what typst keeps of earlier documents: some 60 MB per report, and of a question for ever.

    It drops what its last ten documents did not need, only when it makes one; ten empty ones take 0.05 s.
    """
    for _ in range(_KEPT_DOCUMENTS):
        _compiler().compile(b"", format="pdf")


def pages_of(content: Content) -> int:
    """How many pages this content takes."""
    inputs = _inputs(content | {"day": [2000, 1, 1]})
    asked = typst.query(_template(), "<pages>", field="value", one=True, font_paths=_fonts(), sys_inputs=inputs)
    return int(json.loads(asked))


def _inputs(content: Content) -> dict[str, str]:
    return {"content": json.dumps(content, ensure_ascii=False)}


@functools.cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=_fonts())


@functools.cache
def _fonts() -> typst.Fonts:
    """Our typeface and what typst brings; none of the system's, so that every machine gives the same page."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


@functools.cache
def _template() -> bytes:
    return (resources.files("reports.pdf") / "page.typ").read_bytes()
