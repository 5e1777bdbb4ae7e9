"""Numbers, amounts and dates as a Dutch reader writes them. What is not shown is a point, as in tables of CBS."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

import pandas as pd
from babel.dates import format_date
from babel.numbers import format_decimal

from mkba import wording as money

NOT_SHOWN = "."
WIDTH = 100  # of a line of plain text
MINUS = "\u2212"  # a hyphen breaks at the end of a line and is not read as minus
Show = Callable[[float], str]


def count(value: float | None) -> str:
    """A number of people or rows: 2.590."""
    return _or_point(value, lambda known: format_decimal(round(known), locale="nl"))


def decimal(value: float | None, digits: int = 2) -> str:
    """A number with a decimal comma and at most `digits` decimals: 2,3."""
    shape = "#,##0" + ("." + "#" * digits if digits else "")
    return _or_point(value, lambda known: tidy(format_decimal(round(known, digits) + 0.0, shape, "nl")))


def score(value: float | None) -> str:
    """A mean on a scale: 2,35."""
    return decimal(value, 2)


def signed(value: float | None) -> str:
    """A difference on a scale, with its sign: +0,23."""
    return _or_point(value, lambda known: _plus(round(known, 2)) + decimal(known))


def percent(value: float | None) -> str:
    """A share as whole percent: 32%."""
    return _or_point(value, lambda known: f"{count(100 * known)}%")


def chance(value: float | None) -> str:
    """A chance as percent, never as certain: meer dan 99%."""
    return _or_point(value, lambda known: tidy(money.chance(known)))


def points(value: float | None) -> str:
    """A difference between shares in percentage points, with its sign: −17."""
    return _or_point(value, lambda known: tidy(_plus(round(100 * known)) + count(100 * known)))


def euros(value: float | None) -> str:
    """An amount to three significant digits: € 1,42 miljoen."""
    return _or_point(value, lambda known: tidy(money.euros(known)))


def signed_euros(value: float | None) -> str:
    """A difference in euros, with its sign."""
    return _or_point(value, lambda known: _plus(known) + euros(known))


def exact_euros(value: float | None) -> str:
    """An amount that was rounded before it came here, in whole euros: € 152.700."""
    return _or_point(value, lambda known: f"€\u00a0{format_decimal(round(known), locale='nl')}")


def cents(value: float | None) -> str:
    """An amount to the cent: € 1.661.978,49."""

    def show(known: float) -> str:
        text = format_decimal(abs(round(known, 2)), "#,##0.00", "nl")
        return f"{MINUS if round(known, 2) < 0 else ''}€\u00a0{text}"

    return _or_point(value, show)


def plain(value: float | None) -> str:
    """A number in three digits, more when it is large: 152.700, 79,6 and 0,0124."""

    def show(known: float) -> str:
        size = abs(known)
        if size >= 1:
            return decimal(known, 0 if size >= 100 else 1 if size >= 10 else 2)
        return tidy(money.number(known))

    return _or_point(value, show)


def day(date: dt.date) -> str:
    """A date in words: 1 juli 2025."""
    return format_date(date, "d MMMM y", locale="nl")


def between(low: float | None, high: float | None, show: Show) -> str:
    """An interval: 0,2 tot 0,3."""
    if pd.isna(low) or pd.isna(high):
        return NOT_SHOWN
    return f"{show(float(low))} tot {show(float(high))}"


def with_margin(value: float | None, low: float | None, high: float | None, show: Show) -> str:
    """A figure and its interval: +0,23 (+0,1 tot +0,36)."""
    return _or_point(value, lambda known: f"{show(known)} ({between(low, high, show)})")


def listed(words: Iterable[str]) -> str:
    """Words as one phrase: a, b en c."""
    found = list(words)
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} en {found[-1]}" if found else ""


def tidy(text: str) -> str:
    """Text in this report's spelling: € stays with its amount, % with its number, a minus is no hyphen."""
    text = re.sub(r"(\d) %", r"\1%", text).replace("€ ", "€\u00a0")
    return re.sub(r"(?<!\w)-(?=[€\d])", MINUS, text)


def sentence(text: str) -> str:
    """`text` with a capital first."""
    return text[:1].upper() + text[1:]


def _plus(value: float) -> str:
    return "+" if value > 0 else ""


def _or_point(value: float | None, show: Show) -> str:
    return NOT_SHOWN if value is None or pd.isna(value) else show(float(value))
