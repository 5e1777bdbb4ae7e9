"""raad.docx: the same two pages in Word, to paste from: real headings, real tables, charts with their words."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import vl_convert
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shape import InlineShape
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table as WordTable

from data_contracts.house_style import Logo
from reports.charts.still import png
from reports.content.parts import Chapter, Figure, Heading, Numbers, Part, Points, Table, Text, Told
from reports.released.facts import Facts

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip knows: the clock has no say in it


def council_docx(facts: Facts, pages: list[Chapter]) -> bytes:
    """The pages as a Word document; the same content gives the same bytes."""
    paper = _paper(facts)
    if facts.house_style.logo:
        _described(
            paper.add_picture(io.BytesIO(_png(facts.house_style.logo)), height=Cm(1.2)), facts.house_style.logo.says
        )
    for place, page in enumerate(pages):
        if place:
            paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        paper.add_heading(page.title, level=1)
        for part in page.parts:
            _add(paper, part)
    return _same_bytes(paper)


def _paper(facts: Facts) -> Document:
    paper = docx.Document()
    known, when = paper.core_properties, dt.datetime.combine(facts.as_of, dt.time(12))
    known.title, known.author, known.language = facts.title, f"Gemeente {facts.municipality}", "nl-NL"
    known.created = known.modified = when
    known.comments, known.last_modified_by = "", ""
    usual = paper.styles["Normal"]
    usual.font.name, usual.font.size = "Calibri", Pt(10.5)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "nl-NL")
    usual.element.get_or_add_rPr().append(language)
    for level in (1, 2, 3):
        paper.styles[f"Heading {level}"].font.color.rgb = RGBColor.from_string(facts.house_style.colour[1:])
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    return paper


def _add(paper: Document, part: Part) -> None:
    match part:
        case Text(words):
            paper.add_paragraph(words)
        case Heading(words):
            paper.add_heading(words, level=2)
        case Points(items):
            for item in items:
                paper.add_paragraph(item, style="List Bullet")
        case Told():
            paper.add_heading(f"{part.about} ({part.id})", level=3)
            paper.add_paragraph(part.words)
        case Numbers():
            _table(
                paper, ("Cijfer", "Wat", "Daarnaast"), [(f"{n.value} ({n.id})", n.label, n.note) for n in part.items]
            )
        case Table():
            _captioned(paper, f"{part.caption} ({part.id})", part)
        case Figure():
            _captioned(paper, f"{part.title} ({part.id})", part.table, _picture(part))
        case _:
            raise TypeError(f"Geen plaats in Word voor een onderdeel van soort {part.kind}.")


def _captioned(paper: Document, words: str, table: Table, before: Callable[[Document], None] | None = None) -> None:
    paper.add_heading(words, level=3)
    if before is not None:
        before(paper)
    _table(paper, table.columns, table.rows)


def _picture(figure: Figure) -> Callable[[Document], None]:
    """Adds the chart, with the words for who cannot see it."""

    def add(paper: Document) -> None:
        shape = paper.add_picture(io.BytesIO(png(figure.chart)), width=Cm(14))
        _described(shape, figure.alt, figure.title)

    return add


def _described(shape: InlineShape, words: str, title: str = "") -> None:
    """The words for who cannot see a picture."""
    described = shape._inline.docPr
    described.set("descr", words)
    described.set("title", title or words)


def _png(logo: Logo) -> bytes:
    """Word takes no SVG everywhere."""
    return logo.content if logo.kind == "png" else bytes(vl_convert.svg_to_png(logo.content.decode(), scale=3))


def _table(paper: Document, columns: tuple[str, ...], rows: object) -> None:
    lines = [columns, *rows]  # type: ignore[misc]
    made = paper.add_table(rows=len(lines), cols=len(columns), style="Light Grid Accent 1")
    for row, line in zip(made.rows, lines, strict=True):
        for cell, words in zip(row.cells, line, strict=True):
            cell.text = words
            cell.paragraphs[0].style.font.size = Pt(10.5)
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(9)
    _with_header(made)
    paper.add_paragraph()


def _with_header(made: WordTable) -> None:
    """The first row is a header for a screen reader too, and returns on the next page."""
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    made.rows[0]._tr.get_or_add_trPr().append(header)


def _same_bytes(paper: Document) -> bytes:
    """The document without the time at which it was zipped."""
    found, made = io.BytesIO(), io.BytesIO()
    paper.save(found)
    with zipfile.ZipFile(found) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            kept.writestr(zipfile.ZipInfo(name, _EPOCH), given.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()
