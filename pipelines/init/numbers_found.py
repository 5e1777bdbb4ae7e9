"""How the numbers of a column are written, from every row: the styles in which all of them can be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from data_contracts.mapping.steps import NumberStyle
from pipelines.init.grid import kind_of
from pipelines.intake.reading.numbers import CLOCK, HOURS, MINUS, number_form
from pipelines.intake.reading.sheets import NUMBER

STYLES = (
    NumberStyle(),
    NumberStyle(decimal=".", thousands=","),
    NumberStyle(decimal=",", thousands=" "),
    NumberStyle(decimal=".", thousands=" "),
    NumberStyle(decimal=".", thousands="'"),
    NumberStyle(decimal=",", thousands="'"),
)
_HARD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007", " "))


def bare_number(text: str) -> str:
    """The digits of an amount: without currency and decoration, its minus in front, as the engine takes them."""
    bare = re.sub(r"€|EUR|euro", "", text.translate(_HARD_SPACES).replace(MINUS, "-"), flags=re.IGNORECASE).strip()
    whole = re.sub(r"[,.](-{1,2}|\u2013|\u2014)$", "", bare)
    signed = re.sub(r"^\((.*)\)$", r"-\1", re.sub(r"^(.*\d) ?-$", r"-\1", whole))
    return re.sub(r"^([-+]) +", r"\1", signed)


def _value(text: str, style: NumberStyle) -> Decimal | None:
    bare = bare_number(text)
    if not re.fullmatch(number_form(style).replace("''", "'"), bare):
        return None
    return Decimal(bare.replace(style.thousands, "").replace(style.decimal, "."))


def number_styles(cells: Iterable[str]) -> list[NumberStyle]:
    """The styles that read every text of a column, and differ in what they read; the Dutch one first.

    Empty when no style reads nine of ten; texts that none reads (a word, a stray mark) then do not count.
    """
    texts = _texts(cells)
    # In '412.500,-' the mark before the dash is that of the decimals.
    decimals = {mark[1] for text in texts if (mark := re.search(r"([,.])(?:-{1,2}|\u2013|\u2014)$", text))}
    read = {at: [_value(text, style) for text in texts] for at, style in enumerate(STYLES)}
    known = [any(values[one] is not None for values in read.values()) for one in range(len(texts))]
    if sum(known) < 0.9 * len(texts):
        return []
    kept: list[tuple[NumberStyle, list[Decimal | None]]] = []
    for at, style in enumerate(STYLES):
        if decimals and style.decimal not in decimals:
            continue
        values = [value for value, counts in zip(read[at], known, strict=True) if counts]
        if all(value is not None for value in values) and not any(values == other for _, other in kept):
            kept.append((style, values))
    return [style for style, _ in kept]


def is_clock(cells: Iterable[str]) -> bool:
    """Whether a column holds hours with minutes, as '1:30', or with the word behind them, and hardly anything else."""
    texts = [text.lower().translate(_HARD_SPACES) for text in _texts(cells)]
    read = [text for text in texts if re.fullmatch(CLOCK, text) or re.fullmatch(HOURS, text)]
    return len(read) >= 0.9 * len(texts) and any(re.search(r"[:a-z]", text) for text in read)


def three_beside_two(cells: Iterable[str], style: NumberStyle) -> int:
    """How many texts have just three decimals where others have one or two: the mark may divide thousands in those."""
    ends = [re.search(rf"{re.escape(style.decimal)}(\d+)$", bare_number(text)) for text in _texts(cells)]
    lengths = [len(end[1]) for end in ends if end]
    return lengths.count(3) if {1, 2} & set(lengths) and max(lengths) == 3 else 0


def _texts(cells: Iterable[str]) -> list[str]:
    return sorted({cell.strip() for cell in cells if cell and kind_of(cell) != NUMBER})


def plain_number(cell: str) -> Decimal | None:
    """The number in a cell in the first style that reads it: good enough to see which rows add up to others."""
    if kind_of(cell) == NUMBER:
        return Decimal(cell)
    return next((value for style in STYLES if (value := _value(cell, style)) is not None), None)
