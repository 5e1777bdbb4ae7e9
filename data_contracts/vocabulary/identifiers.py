"""Tripwires for what must never enter: BSN, e-mail, phone, postcode, IBAN, names, free text.

The guarantee comes from the allow-list of columns; these only catch what slipped into an allowed one.
A result names the kind that was found, never the value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from stdnum import iban
from stdnum.nl import postcode

from data_contracts.vocabulary.citizen_numbers import place_of_citizen_number
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.person_words import person_in_label

_HEADERS = {
    "een BSN": (
        "bsn",
        "bsnn?r",
        "bsnnummer",
        "burgerservice ?(?:nummer|nr)",
        "burger service (?:nummer|nr)",
        "sofi",
        "sofi(?:nummer|nr)",
    ),
    "een naam": ("naam", "voornaam", "achternaam", "voornamen", "roepnaam", "geslachtsnaam", "voorletters"),
    "een geboortedatum": ("geboortedatum", "geb datum", "gebdatum", "geboren"),
    "een adres": ("adres", "straat", "straatnaam", "huisnummer", "woonadres"),
    "een postcode": ("postcode", "pc6"),
    "een e-mailadres": ("email", "e mail", "mailadres", "e mailadres", "emailadres"),
    "een telefoonnummer": ("telefoon", "telefoonnummer", "mobiel", "tel"),
    "een rekeningnummer": ("iban", "rekeningnummer"),
}
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(
    # With a country code, with separators, or bare where only a mobile number begins so.
    r"(?<![0-9A-Za-z-])(?:(?:\+|00)31[ .()/-]{0,3}0?[ .()/-]{0,2}[1-7](?:[ ./-]?\d){8}"
    r"|\(?0[1-57]\d{1,2}\)?[ ./-]{1,3}\d(?:[ .]?\d){5,6}|06[ ./-]{0,3}\d(?:[ ./-]?\d){7})(?![0-9A-Za-z])"
)
_TEN_DIGITS = re.compile(r"(?<![0-9A-Za-z-])0\d{9}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z0-9]{4}(?: ?[A-Z0-9]{2,4}){2,7}\b", re.IGNORECASE)
# As the whole value in any case, inside other text in capitals; 2024 AB inside text may well be a year.
_POSTCODE = re.compile(
    r"^[1-9]\d{3} ?[A-Za-z]{2}$|(?<![\w-])(?!(?:19|20)\d\d )[1-9]\d{3} ?[A-Z]{2}(?![\w-])", re.MULTILINE
)
# What a postcode has at the least: looking for this first finds the same ones in a third of the time.
_LIKE_POSTCODE = re.compile(r"[1-9]\d{3} ?[A-Za-z]{2}")
_SPACES, _DASHES, _UNSEEN = re.compile(r"[^\S\n]"), re.compile(r"[\u2010-\u2015\u2212]"), {"Cf", "Mn"}
_LONGEST_LABEL = 60
_MOST_LABELS = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What a column holds of a person, and the place of the first value that does; never the value itself."""

    kind: str
    at: int


def identifier_in_header(header: str) -> str | None:
    """The kind of personal data that a column name announces, or is itself, or None."""
    words = folded(header)
    for kind, names in _HEADERS.items():
        if words in names or any(re.search(rf"\b{name}\b", words) for name in names if kind == "een BSN"):
            return kind
    return identifier_in_name(header)


def identifier_in_name(name: str) -> str | None:
    """The kind of personal data in the name of a file, a sheet or a column, or in a comment, or None."""
    # As it stands, for an e-mail address ends like a file; and without what is glued to a word.
    found = find_identifier([name, re.sub(r"_|\.(?=[A-Za-z]{1,7}$)", " ", name)], are_labels=True)
    return found.kind if found else None


def identifier_in_values(values: Sequence[str]) -> str | None:
    """The kind of personal data in a column's distinct values, or None. Give text columns, not dates or amounts."""
    found = find_identifier(values)
    return found.kind if found else None


def find_identifier(values: Sequence[str], *, are_labels: bool = False) -> Found | None:
    """The personal data in a column's distinct values; with `are_labels` also names and birth dates.

    Written in any way: with hard spaces, dashes, dots, or characters that nobody sees.
    """
    plain = [value if value.isascii() else _plain(value) for value in values]
    # One search over all values together first: a column may hold a million pseudonyms.
    if are_labels or _kind_in("\n|\n".join(plain)):
        for at, value in enumerate(plain):
            kind = _kind_in(value) or (person_in_label(value) if are_labels else None)
            if kind:
                return Found(kind, at)
    phones = _bare_phones(plain)
    if phones is not None:
        return Found("een telefoonnummer", phones)
    at_number = place_of_citizen_number(plain)
    return None if at_number is None else Found("een BSN", at_number)


def _plain(value: str) -> str:
    """The text with one kind of space, dash and digit, and without what is not seen."""
    text = unicodedata.normalize("NFKC", value)
    text = "".join(
        str(unicodedata.decimal(one)) if one.isdecimal() else one
        for one in text
        if unicodedata.category(one) not in _UNSEEN
    )
    return _DASHES.sub("-", _SPACES.sub(" ", text))


def _kind_in(value: str) -> str | None:
    if "@" in value and _EMAIL.search(value):
        return "een e-mailadres"
    if not any(map(str.isdigit, value)):
        return None
    if any(iban.is_valid(found) for found in _IBAN.findall(value)):
        return "een rekeningnummer (IBAN)"
    if any(len(re.sub(r"\D", "", found)) >= 10 for found in _PHONE.findall(value)) and not _TEN_DIGITS.fullmatch(value):
        return "een telefoonnummer"
    like = (_POSTCODE.match(value, one.start()) for one in _LIKE_POSTCODE.finditer(value))
    return "een postcode met letters" if any(found and postcode.is_valid(found[0]) for found in like) else None


def _bare_phones(values: Sequence[str]) -> int | None:
    """Where numbers of ten digits begin with 06, unless they are the few of a column of numbers that begin with 0."""
    numbers = [at for at, value in enumerate(values) if value[:1] == "0" and _TEN_DIGITS.fullmatch(value)]
    mobile = [at for at in numbers if values[at].startswith("06")]
    return mobile[0] if mobile and len(mobile) * 2 >= len(numbers) else None


def is_free_text(values: Sequence[str]) -> bool:
    """More, or longer, distinct values than a list of kinds or names of teams has."""
    return len(values) > _MOST_LABELS or any(len(text) > _LONGEST_LABEL for text in values)
