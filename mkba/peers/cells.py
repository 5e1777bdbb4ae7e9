"""Numbers, shares and units as people type them in a workbook; a ValueError says in Dutch what is unclear."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from data_contracts.vocabulary.mkba import unit_named
from data_contracts.vocabulary.names import folded
from mkba.peers.words import UNITS

_GROUPED = {
    "nl": re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?"),
    "en": re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?"),
}
_PLAIN = re.compile(r"\d+([.,]\d+)?")
_MONEY = re.compile(r"eur|euro|€|[\s\u00a0]", re.IGNORECASE)


def shown(number: Decimal) -> str:
    """A number in Dutch, without zeros that say nothing."""
    return f"{number.normalize():f}".replace(".", ",")


def is_empty(raw: Any) -> bool:
    """Does nothing stand there?"""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def number_in(raw: Any) -> Decimal:
    """A number that is not negative, typed in Dutch or in English; what may be two numbers is asked."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise ValueError("hier hoort een getal te staan.")
    if isinstance(raw, str):
        return _typed(raw)
    if raw < 0:
        raise ValueError(f"{raw:g} is negatief; kosten en baten staan hier zonder minteken, een verlies als kosten.")
    return Decimal(repr(raw))


def _typed(raw: str) -> Decimal:
    text = _MONEY.sub("", raw)
    if text.startswith(("-", "−", "(")):
        raise ValueError(f"'{raw}' is negatief; kosten en baten staan hier zonder minteken, een verlies als kosten.")
    if any(sign in text for sign in "£$"):
        raise ValueError(f"'{raw}' is niet in euro's. Reken het om, en noem koers en jaar in de bron.")
    ways = {way for way, form in _GROUPED.items() if form.fullmatch(text)}
    one_mark = len(re.findall(r"[.,]", text)) == 1
    if one_mark and ways and not text.startswith("0"):
        raise ValueError(f"'{raw}' kan twee getallen zijn. Schrijf het zonder punt of komma voor duizendtallen.")
    if "nl" in ways and not one_mark:
        return Decimal(text.replace(".", "").replace(",", "."))
    if "en" in ways and not one_mark:
        return Decimal(text.replace(",", ""))
    if _PLAIN.fullmatch(text):
        return Decimal(text.replace(",", "."))
    raise ValueError(f"'{raw.strip()[:40]}' is geen getal.")


def share_in(raw: Any, *, is_percentage: bool, heading: str) -> Decimal:
    """A share from 0 to 1, from 25%, 0,25 or 25 below a heading with %; what may be two shares is asked.

    `is_percentage`: Excel shows the number itself as a percentage.
    """
    has_sign = isinstance(raw, str) and raw.strip().endswith("%")
    found = number_in(raw.strip()[:-1] if has_sign else raw)
    if has_sign or ("%" in heading and not is_percentage):
        if not has_sign and 0 < found <= 1:
            two = f"{shown(found)}% of {shown(100 * found)}%"
            raise ValueError(f"{shown(found)} onder een kop met %: is dat {two}? Schrijf het met %.")
        found /= 100
    if found > 1:
        raise ValueError(f"{shown(found)} is meer dan 1. Bedoelde u {shown(found)}%? Schrijf het met %.")
    return found


def unit_in(raw: Any) -> str:
    """The code of a unit; words that we do not know become a unit of their own."""
    words = folded(str(raw)).removeprefix("per ") if not is_empty(raw) else ""
    known = UNITS.get(folded(str(raw)), UNITS.get(words))
    return known or unit_named(re.sub(r"[^a-z0-9]+", "_", words).strip("_")[:40] or "event")
