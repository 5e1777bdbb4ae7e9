"""Texts in a column of days that say that there is no such day (yet): 'heden', '-', 'n.v.t.', '01-01-1900'."""

from __future__ import annotations

import re

from data_contracts.mapping.fields import FIELDS, OPEN_ENDS
from data_contracts.vocabulary.names import folded
from pipelines.init.grid import kind_of
from pipelines.init.kinds import slug
from pipelines.init.one_kind import Reading
from pipelines.init.questions import Question

_NO_DAY = frozenset(
    (
        "heden", "nu", "lopend", "nog lopend", "loopt", "loopt nog", "doorlopend", "onbepaald", "onbepaalde tijd",
        "voor onbepaalde tijd", "open", "open einde", "nog niet", "nog niet bekend", "nog niet afgesloten", "nvt",
        "n v t", "niet van toepassing", "geen", "geen einddatum", "leeg", "null",
        "none", "nan", "nat", "na", "n a",
    )
)  # fmt: skip
_NO_DAYS = frozenset(
    ("1 1 1900", "1900 1 1", "31 12 1899", "1899 12 31", "30 12 1899", "1899 12 30", "1 1 1", "19000101")
)
# Of who ended on a day that nobody knows these are said too.
_UNKNOWN = frozenset(("onbekend", "niet bekend", "onb"))


def without_day(reading: Reading, ours: str, name: str) -> dict[str, list[str]]:
    """The step of the mapping for these texts, in a column whose day may be missing."""
    if FIELDS[reading.table][ours]:
        return {}
    every = sorted(text for text in reading.grid.counts(name) if not kind_of(text))
    texts = [text for text in every if says_no_day(text)]
    unknown = [text for text in every if folded(text) in _UNKNOWN]
    if unknown and (ours not in OPEN_ENDS or _goes_on(reading, name, unknown)):
        texts = sorted([*texts, *unknown])
    return {"open_end": texts} if texts else {}


def _goes_on(reading: Reading, name: str, unknown: list[str]) -> bool:
    shown = ", ".join(f"'{text}'" for text in unknown)
    question = Question(
        reading.name("einde", slug(name)),
        f"In kolom '{name}' van {reading.kind.label} staat soms {shown}. Loopt het dan nog?",
        {"ja": "er is nog geen einde", "nee": "het is geëindigd, niemand weet wanneer; die regels gaan apart"},
    )
    return reading.talk.text(question) == "ja"


def says_no_day(text: str) -> bool:
    """Whether a text in a column of days says that there is no such day (yet)."""
    word = folded(text)
    numbers = re.sub(r"\b0+(?=\d)", "", re.sub(r"( 0+)+$", "", word))
    return not word or word in _NO_DAY or numbers in _NO_DAYS or set(word) <= {"0", " "}
