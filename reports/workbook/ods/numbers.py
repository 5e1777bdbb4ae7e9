"""How a number is shown: the code of Excel as a style of OpenDocument, and as the words for who does not compute."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.workbook.ods.xml import element, escaped

_SECTION = re.compile(r"(?P<before>[^#0]*)#,##0(?:\.(?P<always>0+)(?P<may>#*))?|(?P<share>0%)")


@dataclass(frozen=True, slots=True)
class _Section:
    """Text before the number, how many decimals it has at least and at most, and whether it counts hundredths."""

    before: str
    least: int
    most: int
    is_share: bool


def number_styles(name: str, code: str) -> str:
    """The style `name` for a code such as `#,##0.00####` or `€ #,##0.00;-€ #,##0.00`; ValueError for another."""
    first, *below_zero = _sections(code)
    if not below_zero:
        return _style(name, first)
    above = {"style:condition": "value()>=0", "style:apply-style-name": f"{name}-vanaf-nul"}
    return _style(f"{name}-vanaf-nul", first) + _style(name, below_zero[0], element("style:map", above))


def shown(value: float, code: str) -> str:
    """A number as a Dutch program shows it under a code; as it is without one."""
    if not code:
        return f"{value:g}"
    first, *below_zero = _sections(code)
    section = below_zero[0] if below_zero and value < 0 else first
    number = abs(value) if below_zero else value * (100 if section.is_share else 1)
    digits = f"{number:,.{section.most}f}"
    while section.most > section.least and digits.endswith("0") and len(digits.partition(".")[2]) > section.least:
        digits = digits[:-1]
    dutch = digits.translate(str.maketrans(",.", ".,"))
    return f"{section.before}{dutch}{'%' * section.is_share}"


def _sections(code: str) -> list[_Section]:
    found = [_SECTION.fullmatch(one) for one in code.split(";")]
    if not 1 <= len(found) <= 2:
        raise ValueError(f"no style is known for '{code}'")
    sections = []
    for one in found:
        if one is None:
            raise ValueError(f"no style is known for '{code}'")
        least = len(one["always"] or "")
        sections.append(_Section(one["before"] or "", least, least + len(one["may"] or ""), bool(one["share"])))
    return sections


def _style(name: str, section: _Section, *more: str) -> str:
    kind = "percentage" if section.is_share else "number"
    said = {
        "number:decimal-places": str(section.most),
        "number:min-decimal-places": str(section.least),
        "number:min-integer-digits": "1",
    }
    said |= {} if section.is_share else {"number:grouping": "true"}
    before = element("number:text", None, escaped(section.before)) if section.before else ""
    after = element("number:text", None, "%") if section.is_share else ""
    dutch = {"style:name": name, "number:language": "nl", "number:country": "NL"}
    return element(f"number:{kind}-style", dutch, before, element("number:number", said), after, *more)
