"""What a study may accept as the form of a pseudonym: never one that a citizen number has too.

The pattern is a regular expression of RE2, the engine that reads the rows: it takes no more than a moment whatever the
pattern, and knows no look-arounds.
"""

from __future__ import annotations

import re

import duckdb

from data_contracts.errors import Broken
from pipelines.storage.platform import connect

_PLAIN = [
    *("123456782", "12345678", "1234567", "1234.56.782", "123-456-782", "123 456 782", "123456782.0", "1.23456782E8"),
    *("0123456782", "jan@example.org", "0612345678", "Jan de Vries"),
]
# One place that any digit fills and nothing else, and how often. A dash, dot or space between two is no end.
_DIGIT = re.compile(
    r"(?:\\d|\[(?:\d-\d|\\d|\d)+\]|\[\[:digit:\]\]|\\p\{Nd\})"
    r"(?:\{(?P<least>\d+)(?:(?P<range>,)(?P<most>\d*))?\}|(?P<many>[+*])|(?P<maybe>\?))?"
)
_BETWEEN = re.compile(r"(?:\\?[-. ]|\[[-. \\]+\])[?*]?")
_CITIZEN = (8, 9)
# A group without groups inside, that stands there a fixed number of times.
_REPEATED = re.compile(r"\((?:\?:)?([^()]*)\)\{(\d{1,2})\}")


def pattern_problem(pattern: str) -> Broken | None:
    """Why a pattern cannot be used, and what to do; None when it can."""
    at = ("pseudonym_pattern",)
    try:
        with connect() as connection:
            admits = connection.execute(
                "SELECT bool_or(regexp_full_match(text, $pattern)) FROM (SELECT unnest($texts) AS text)",
                {"texts": _PLAIN, "pattern": pattern},
            ).fetchall()[0][0]
    except duckdb.Error:
        return Broken(at, "dit is geen geldig patroon (RE2).", "Voorbeeld: 'ZR1-[A-Z2-7]{20}'.")
    if admits:
        what = "dit patroon laat ook kale nummers of adressen door, zoals een BSN."
        return Broken(at, what, "Laat de sleutelhouder pseudoniemen met een voorvoegsel maken.")
    if any(least <= length <= most for least, most in _digit_runs(pattern) for length in _CITIZEN):
        what = "dit patroon laat acht of negen cijfers achter elkaar door, zoals een BSN met iets ervoor."
        return Broken(at, what, "Laat pseudoniemen van letters en cijfers maken, zoals 'ZR1-[A-Z2-7]{20}'.")
    return None


def _digit_runs(pattern: str) -> list[tuple[int, int]]:
    """For each stretch of places that only digits fill: how many digits it holds at least and at most."""
    written_out = _REPEATED.sub(lambda group: group[1] * int(group[2]), pattern)
    plain = re.sub(r"\(\?:|[()^$]|\\[bAz]", "", written_out)
    runs, at, least, most = [(0, 0)], 0, 0, 0
    while at < len(plain):
        digit = _DIGIT.match(plain, at)
        between = _BETWEEN.match(plain, at) if most else None
        if digit:
            fewest, often = _repeats(digit)
            least, most = least + fewest, most + often
            at = digit.end()
        elif between:
            at = between.end()
        else:
            at += 2 if plain[at] == "\\" else 1
            least = most = 0
        runs.append((least, most))
    return runs


def _repeats(digit: re.Match[str]) -> tuple[int, int]:
    if digit["many"]:
        return (1 if digit["many"] == "+" else 0), 99
    if digit["maybe"]:
        return 0, 1
    least = int(digit["least"] or 1)
    return least, (int(digit["most"] or 99) if digit["range"] else least)
