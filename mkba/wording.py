"""Amounts and shares as a reader sees them in the engine's own sentences."""

from __future__ import annotations

import math

from data_contracts.vocabulary.mkba import STANDING_UNITS, UNIT_LABELS


def euros(amount: float, precision: float = 0.0) -> str:
    """An amount in Dutch, to three significant digits: 'een miljoen' reads better than a false cent.

    With a `precision` no digit is shown that lies below it.
    """
    rounded = significant(to_precision(amount, precision))
    sign, size = ("-" if rounded < 0 else ""), abs(rounded)
    if size >= 1_000_000:
        return f"{sign}€ {_dutch(size / 1_000_000)} miljoen"
    if size < 10 and size != round(size):
        return f"{sign}€ {size:.2f}".replace(".", ",")
    return f"{sign}€ {size:,.0f}".replace(",", ".")


def to_precision(amount: float, precision: float) -> float:
    """`amount` in whole steps of the largest power of ten that is not above `precision`; as it is without one."""
    if not math.isfinite(precision) or precision < 1 or not math.isfinite(amount):
        return amount
    step = 10.0 ** math.floor(math.log10(precision))
    return round(amount / step) * step


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{100 * share:.0f} %"


def chance(probability: float) -> str:
    """A chance as percent; draws never show that something is certain."""
    if probability > 0.99:
        return "meer dan 99 %"
    return "minder dan 1 %" if probability < 0.01 else percent(probability)


def of_hundred(share: float) -> str:
    """A share as a count of a hundred."""
    return f"{100 * share:.0f} van de 100"


def number(value: float) -> str:
    """A number to three significant digits, with a decimal comma."""
    return _dutch(significant(value))


def unit_label(unit: str) -> str:
    """One unit in a sentence: 'per uur'."""
    return UNIT_LABELS.get(unit, unit)


def unit_words(unit: str) -> str:
    """A unit that may hold 'per' and the year of its euros: eur/fte (2024) becomes euro per fte (2024)."""
    kind, _, year = unit.partition(" (")
    return " per ".join(map(unit_label, kind.split("/"))) + (f" ({year}" if year else "")


def as_read(value: float, unit: str) -> tuple[float, str]:
    """A number and its unit as a reader meets them everywhere: events per 100 people per year, and not 0.012 each.

    Where numbers are multiplied (explain, workbook) they stay per client-year.
    """
    return (100 * value, "keer per 100 mensen per jaar") if unit == "event/client_year" else (value, unit_words(unit))


def difference(value: float, unit: str) -> str:
    """A measured difference with its unit and its way: 180 euro per cliënt minder."""
    if value == 0:
        return "geen verschil"
    size, words = as_read(abs(value), unit)
    return f"{number(size)} {words} {'meer' if value > 0 else 'minder'}"


def per_unit(unit: str) -> str:
    """What one unit is when it is given a value."""
    if unit in STANDING_UNITS:
        return f"per cliënt die een jaar lang één {unit_label(unit)} hoger staat"
    return f"per {unit_label(unit)}"


def significant(value: float, digits: int = 3) -> float:
    """`value` to so many significant digits; zero stays zero."""
    if value == 0 or not math.isfinite(value):
        return value
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def _dutch(value: float) -> str:
    return f"{value:g}".replace(".", ",") if abs(value) < 1e6 else f"{value:,.0f}".replace(",", ".")
