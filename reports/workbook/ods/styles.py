"""Styles of an .ods: every width, height and look in use, by name; and the A4 on which a sheet is printed."""

from __future__ import annotations

from reports.workbook.model import Book, Style
from reports.workbook.ods.numbers import number_styles
from reports.workbook.ods.xml import VERSION, element, part

_FONT = {"fo:font-family": "Calibri, Carlito, 'Liberation Sans', sans-serif"}
_DUTCH = {"fo:language": "nl", "fo:country": "NL"}


def column_style(width: float) -> str:
    """The name of the style of a column that is `width` characters wide."""
    return f"kolom-{width:g}"


def sheet_style(pages_wide: int) -> str:
    """The name of the style of a sheet that is printed on so many pages beside each other."""
    return f"blad-{pages_wide}"


def row_style(height: float) -> str:
    """The name of the style of a row that is `height` points high."""
    return f"rij-{height:g}"


def used_styles(book: Book, height: float) -> str:
    """What content.xml says of them; `height` is that of a row of which nothing is said."""
    widths = sorted({width for sheet in book.sheets for width in sheet.widths.values()})
    heights = sorted({height} | {one for sheet in book.sheets for one in sheet.heights.values()})
    cells = {cell.style.name: cell.style for sheet in book.sheets for cell in sheet.cells.values() if cell.style}
    made = [_made(column_style(one), "column", {"style:column-width": _inches(one)}) for one in widths]
    made += [_made(row_style(one), "row", {"style:row-height": f"{one:g}pt"}) for one in heights]
    for wide in _wide(book):
        page = {"style:name": sheet_style(wide), "style:family": "table", "style:master-page-name": f"A4-{wide}"}
        made.append(element("style:style", page, element("style:table-properties", {"table:display": "true"})))
    for name in sorted(cells):
        made.append(_cell(cells[name]))
    return element("office:automatic-styles", None, *made)


def document_styles(book: Book) -> bytes:
    """styles.xml: the font, the language, and landscape A4 on which a sheet is as wide as so many papers."""
    text = element("style:text-properties", {**_FONT, **_DUTCH, "fo:font-size": "11pt"})
    cell = {"style:family": "table-cell"}
    paper = {"fo:page-width": "297mm", "fo:page-height": "210mm", "fo:margin": "18mm"}
    paper |= {"style:print-orientation": "landscape", "style:scale-to-Y": "0"}
    layouts, masters = [], []
    for wide in _wide(book):
        on_paper = element("style:page-layout-properties", paper | {"style:scale-to-X": str(wide)})
        layouts.append(element("style:page-layout", {"style:name": f"liggend-{wide}"}, on_paper))
        named = {"style:name": f"A4-{wide}", "style:page-layout-name": f"liggend-{wide}"}
        masters.append(element("style:master-page", named))
    return part(
        "office:document-styles",
        VERSION,
        element(
            "office:styles",
            None,
            element("style:default-style", cell, text),
            element("style:style", {"style:name": "Default", **cell}),
        ),
        element("office:automatic-styles", None, *layouts),
        element("office:master-styles", None, *masters),
    )


def _wide(book: Book) -> list[int]:
    return sorted({sheet.pages_wide for sheet in book.sheets})


def _made(name: str, kind: str, said: dict[str, str]) -> str:
    family = {"style:name": name, "style:family": f"table-{kind}"}
    return element("style:style", family, element(f"style:table-{kind}-properties", said))


def _inches(characters: float) -> str:
    """As wide as Excel makes that many characters of its own font: seven pixels each, and five beside them."""
    return f"{(7 * characters + 5) / 96:.4f}in"


def _cell(style: Style) -> str:
    said = {"style:vertical-align": "top"} if style.is_on_top else {}
    said |= {"fo:wrap-option": "wrap"} if style.wraps else {}
    said |= {"fo:border-bottom": "1.5pt solid #000000"} if style.is_underlined else {}
    said |= {"fo:background-color": style.fill.lower()} if style.fill else {}
    said |= {"style:cell-protect": "none"} if style.is_open else {}
    family = {"style:name": style.name, "style:family": "table-cell", "style:parent-style-name": "Default"}
    number = f"getal-{style.name}" if style.number else ""
    family |= {"style:data-style-name": number} if number else {}
    words = {"fo:font-size": f"{style.size}pt"} | ({"fo:font-weight": "bold"} if style.is_bold else {})
    return (number_styles(number, style.number) if number else "") + element(
        "style:style",
        family,
        element("style:table-cell-properties", said),
        element("style:text-properties", words),
    )
