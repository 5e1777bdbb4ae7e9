"""The form of the pseudonyms of a delivery: what all of them have in common, or why they are none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from data_contracts.errors import StudyError
from data_contracts.vocabulary.identifiers import identifier_in_values
from pipelines.storage.house import HOUSE

_PREFIXED = re.compile(r"([A-Za-z][A-Za-z0-9]{0,7}[-_:])(.+)")
_OWN_TOOL = (
    f"Vraag de sleutelhouder om pseudoniemen te maken ({HOUSE / 'tools' / 'pseudonymise.py'}, zie "
    f"{HOUSE / 'docs' / 'sleutelhouder.md'}). Is er geen sleutelhouder, laat dan iemand die de cliëntnummers al mag "
    "zien dat programma draaien en de uitkomst leveren."
)
_MOST = 0.9


def pseudonym_pattern(keys: Sequence[str], scored: Sequence[str]) -> str:
    """A regular expression that the pseudonyms fit; raises StudyError for citizen numbers and plain numbers.

    `scored`: those of the measurements; the other tables are held against them when they are read.
    """
    every = sorted({key for key in keys if key})
    _refuse_people(every)
    _refuse_near_misses(sorted({key for key in scored if key}))
    prefixed = [part for key in every if (part := _PREFIXED.fullmatch(key))]
    if prefixed and len(prefixed) >= _MOST * len(every):
        prefixes = Counter(part[1] for part in prefixed)
        start = "|".join(re.escape(prefix) for prefix in sorted(prefixes)).replace("\\-", "-")
        rest = [part[2] for part in prefixed]
        return (f"({start})" if len(prefixes) > 1 else start) + _letters(rest) + _count(rest)
    braced = [key[1:-1] for key in every if re.fullmatch(r"\{[^{}]+\}", key)]
    if braced and len(braced) >= _MOST * len(every):
        return rf"\{{{pseudonym_pattern(braced, [key.strip('{}') for key in scored])}\}}"
    hashed = [key for key in every if len(key) >= 10 and re.fullmatch(r"[A-Za-z0-9_=+/-]+", key)]
    if hashed and len(hashed) >= _MOST * len(every) and _are_no_numbers(hashed):
        return _letters(hashed) + _count(hashed)
    numbers = sum(key.isdigit() for key in every)
    kind = "gewone nummers" if numbers > len(every) / 2 else "geen pseudoniemen met een vaste vorm"
    raise StudyError(
        f"De cliëntnummers in deze levering zijn {kind}: daarmee kan iemand teruggevonden worden. {_OWN_TOOL}"
    )


def _refuse_people(keys: Sequence[str]) -> None:
    bare = [part[2] for key in keys if (part := _PREFIXED.fullmatch(key))]
    kind = identifier_in_values(list(keys)) or (identifier_in_values(bare) if bare else None)
    if kind:
        raise StudyError(
            f"De kolom met cliëntnummers bevat {kind} (ook met iets ervoor of erachter mag dat niet). {_OWN_TOOL}"
        )


def _refuse_near_misses(keys: Sequence[str]) -> None:
    """The same pseudonym in capitals and in small letters, or with and without dashes, would make two people of one."""
    written = {"hoofdletters": str.casefold, "streepjes of accolades": lambda key: re.sub(r"[-{}]", "", key.casefold())}
    for words, form in written.items():
        twice = len(keys) - len({form(key) for key in keys})
        if twice > (1 - _NEARLY) * len(keys):
            what = f"{twice} pseudoniemen komen twee keer voor, één keer met {words} en één keer zonder."
            raise StudyError(f"{what} Laat de sleutelhouder ze in alle bestanden op dezelfde manier schrijven.")


def _are_no_numbers(keys: Sequence[str]) -> bool:
    """Nearly every key has a letter in it, as a hash has."""
    return sum(bool(re.search(r"[A-Za-z]", key)) for key in keys) >= 0.98 * len(keys)


# Sets of characters from narrow to wide: the first that holds nearly all keys, so that a stray one stands out.
_SETS = (
    "A-Z2-7",
    "a-f0-9",
    "A-F0-9",
    "A-Z0-9",
    "a-z0-9",
    "A-Za-z0-9",
    r"a-f0-9\-",
    r"A-F0-9\-",
    r"A-Za-z0-9\-",
    r"A-Za-z0-9_=+/\-",
)
_NEARLY = 0.95


def _letters(texts: Sequence[str]) -> str:
    """The smallest usual set of characters that holds nearly all of them."""
    for letters in _SETS:
        if sum(bool(re.fullmatch(f"[{letters}]+", text)) for text in texts) >= _NEARLY * len(texts):
            return f"[{letters}]"
    return "[A-Za-z0-9.:_=+/-]"


def _count(texts: Sequence[str]) -> str:
    """How long nearly all of them are."""
    counts = Counter(len(text) for text in texts)
    usual = [length for length, n in counts.items() if n > (1 - _NEARLY) * len(texts)] or list(counts)
    low, high = min(usual), max(usual)
    return f"{{{low}}}" if low == high else f"{{{low},{high}}}"
