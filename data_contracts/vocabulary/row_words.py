"""What the words of a column say of their rows where nothing is scored: undone, planned, of elsewhere, or a credit."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.vocabulary.names import folded

_UNDONE = ("afgewezen", "afgekeurd", "geweigerd", "ingetrokken", "geannuleerd", "annulering", "vervallen", "verwijderd",
           "concept", "ongeldig", "gestorneerd", "storno", "teruggedraaid", "niet toegekend", "niet doorgegaan",
           "niet gestart", "niet geleverd", "buiten behandeling", "in behandeling", "aangevraagd", "afwijzing",
           "aanvraag", "offerte", "begroting", "begroot", "raming", "geraamd", "prognose", "wachtlijst",
           "correctie")  # fmt: skip
_FLAGS = ("verwijderd", "vervallen", "geannuleerd", "ingetrokken", "afgewezen", "gewist", "ongeldig", "geldig",
          "test", "testclient", "heeft plaatsgevonden", "plaatsgevonden", "toegekend", "goedgekeurd", "akkoord",
          "doorgegaan", "actueel", "definitief", "betrouwbaar", "bruikbaar", "telt mee", "meetellen")  # fmt: skip
_YES_NO = {"ja", "nee", "j", "n", "0", "1", "true", "false", "waar", "onwaar", "x", "yes", "no", "y"}
_PLACES = ("gemeente", "gemeentenaam", "naam gemeente", "gemeentecode")
_CREDITS = {"c", "cr", "ct", "credit", "creditregel", "creditnota", "creditfactuur"}
_DEBITS = {"d", "db", "dt", "debet", "debit", "debetregel", "debetnota", "factuur", "+", ""}


def says_of_rows(column: str, values: Sequence[str]) -> str | None:
    """Why every value of a column must be explained, by what its words say; None when they say nothing."""
    words = {folded(value) for value in values}
    if any(word == one or word.startswith(f"{one} ") for word in words for one in _UNDONE):
        return "de woorden zeggen dat niet elke regel meetelt"
    if folded(column.replace("_", " ")) in _FLAGS and len(words) > 1 and words <= {*_YES_NO, ""}:
        return "de naam van de kolom zegt dat niet elke regel meetelt"
    return None


def of_several_places(column: str, values: Sequence[str]) -> str | None:
    """Why the rows of several municipalities are told apart; None when there is one."""
    is_place = folded(column.replace("_", " ")) in _PLACES
    return "er staat meer dan één gemeente in" if is_place and len({folded(one) for one in values if one}) > 1 else None


def has_credits(values: Sequence[str]) -> bool:
    """Whether a column says which lines are credit: their amounts are taken off."""
    words = {folded(value) for value in values}
    return len(words) > 1 and bool(words & _CREDITS) and words <= _CREDITS | _DEBITS
