"""Tripwires for what must never enter: BSN, e-mail, phone, postcode, IBAN, names, free text.

The guarantee comes from the allow-list of columns; these only catch what slipped into an allowed one.
A result names the kind that was found, never the value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from stdnum import iban
from stdnum.nl import bsn, postcode

from data_contracts.vocabulary.names import folded

_HEADERS = {
    "een BSN": ("bsn", "burgerservicenummer", "burger service nummer", "sofi", "sofinummer"),
    "een naam": ("naam", "voornaam", "achternaam", "voornamen", "roepnaam", "geslachtsnaam", "voorletters"),
    "een geboortedatum": ("geboortedatum", "geb datum", "gebdatum", "geboren"),
    "een adres": ("adres", "straat", "straatnaam", "huisnummer", "woonadres"),
    "een postcode": ("postcode", "pc6"),
    "een e-mailadres": ("email", "e mail", "mailadres", "e mailadres", "emailadres"),
    "een telefoonnummer": ("telefoon", "telefoonnummer", "mobiel", "tel"),
    "een rekeningnummer": ("iban", "rekeningnummer"),
}
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"(?:\+31|0031|\b0)[\s-]?(?:6|[1-57]\d)(?:[\s-]?\d){6,8}\b")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z0-9]{4}(?: ?[A-Z0-9]{2,4}){2,7}\b")
_POSTCODE = re.compile(r"^[1-9]\d{3} ?[A-Za-z]{2}$", re.MULTILINE)
_NUMBER = re.compile(r"(?<![\dA-Za-z-])\d[\d. ]{6,10}\d(?![\dA-Za-z-])")
# One in eleven random numbers passes the elfproef, so a few hits among many numbers prove nothing.
_SHARE_OF_BSN = 0.2
_ENOUGH_NUMBERS = 30
_LONGEST_LABEL = 60
_MOST_LABELS = 500


def identifier_in_header(header: str) -> str | None:
    """The kind of personal data that a column name announces, or None."""
    words = folded(header)
    for kind, names in _HEADERS.items():
        if words in names or any(re.search(rf"\b{name}\b", words) for name in names if kind == "een BSN"):
            return kind
    return None


def identifier_in_values(values: Sequence[str]) -> str | None:
    """The kind of personal data in a column's distinct values, or None. Give text columns, not dates or amounts."""
    # One search over all values together: a column may hold a million pseudonyms.
    text = "\n|\n".join(values)
    if _EMAIL.search(text):
        return "een e-mailadres"
    if any(iban.is_valid(found) for found in _IBAN.findall(text)):
        return "een rekeningnummer (IBAN)"
    if _PHONE.search(text):
        return "een telefoonnummer"
    if any(postcode.is_valid(found) for found in _POSTCODE.findall(text)):
        return "een postcode met letters"
    return "een BSN" if _holds_bsn(text) else None


def is_free_text(values: Sequence[str]) -> bool:
    """More, or longer, distinct values than a list of kinds or names of teams has."""
    return len(values) > _MOST_LABELS or any(len(text) > _LONGEST_LABEL for text in values)


def _holds_bsn(text: str) -> bool:
    numbers = {re.sub(r"[. ]", "", match) for match in _NUMBER.findall(text)}
    numbers = {number for number in numbers if len(number) in (8, 9)}
    valid = sum(bsn.is_valid(number) for number in numbers)
    if len(numbers) >= _ENOUGH_NUMBERS:
        return valid >= _SHARE_OF_BSN * len(numbers)
    # Among few numbers, each valid nine-digit one is too likely to be a person.
    return any(len(number) == 9 and bsn.is_valid(number) for number in numbers)
