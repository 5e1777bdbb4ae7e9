"""Elements of OpenDocument as text, and texts that stay what they are inside them."""

from __future__ import annotations

import re
from collections.abc import Mapping

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
VERSION = {"office:version": "1.3"}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    "office": f"{_OASIS}office:1.0",
    "table": f"{_OASIS}table:1.0",
    "text": f"{_OASIS}text:1.0",
    "style": f"{_OASIS}style:1.0",
    "number": f"{_OASIS}datastyle:1.0",
    "draw": f"{_OASIS}drawing:1.0",
    "chart": f"{_OASIS}chart:1.0",
    "config": f"{_OASIS}config:1.0",
    "meta": f"{_OASIS}meta:1.0",
    "manifest": f"{_OASIS}manifest:1.0",
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}svg-compatible:1.0",
    "of": f"{_OASIS}of:1.2",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
}
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
_MARK = re.compile("|".join(_MARKS))
# One space stands as it is; more of them, or one at an end, would be read as less.
_SPACES = re.compile(r"(?<= ) +|^ +| +$")


def element(name: str, said: Mapping[str, str] | None = None, *inside: str) -> str:
    """An element with its attributes around XML that is written already."""
    attributes = "".join(f' {key}="{escaped(value)}"' for key, value in (said or {}).items())
    content = "".join(inside)
    return f"<{name}{attributes}>{content}</{name}>" if content else f"<{name}{attributes}/>"


def part(name: str, said: Mapping[str, str], *inside: str) -> bytes:
    """A whole file of a document: its outermost element, which declares the prefixes."""
    prefixes = {f"xmlns:{prefix}": address for prefix, address in _NAMESPACES.items()}
    return (DECLARATION + element(name, {**prefixes, **said}, *inside)).encode("utf-8")


def escaped(text: str) -> str:
    """A text between quotes or tags, without what no XML may hold."""
    return _MARK.sub(lambda found: _MARKS[found[0]], _NOT_IN_XML.sub("", text))


def paragraphs(text: str) -> str:
    """A text of a cell, a paragraph per line, with every space that it has."""
    return "".join(element("text:p", None, _spaced(line)) for line in text.replace("\r\n", "\n").split("\n"))


def _spaced(line: str) -> str:
    done, said = 0, []
    for found in _SPACES.finditer(line):
        said += [escaped(line[done : found.start()]), element("text:s", {"text:c": str(len(found[0]))})]
        done = found.end()
    return "".join([*said, escaped(line[done:])])
