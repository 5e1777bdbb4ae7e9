"""When names in a column of teams are names of people: some systems put the worker where the team belongs.

One team may be named after somebody, so one name says nothing. Several of them, and a good part of all, do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_contracts.vocabulary.person_words import BETWEEN, INITIALS, NAME, person_in_label

FEWEST, SHARE = 3, 0.25
_INITIALS_AND_NAME = re.compile(rf"{INITIALS}\s*{BETWEEN}*{NAME}(?:\s+{NAME})?")


def names_of_people(names: Iterable[str]) -> int:
    """How many different names are those of people; 0 unless they are several and a good part of all."""
    different = {name.strip() for name in names if name.strip()}
    found = sum(map(_of_a_person, different))
    return found if found >= FEWEST and found >= SHARE * len(different) else 0


def _of_a_person(name: str) -> bool:
    written = name.title() if name.isupper() or name.islower() else name
    return person_in_label(written) == "een naam" or _INITIALS_AND_NAME.fullmatch(written) is not None
