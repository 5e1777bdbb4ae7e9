"""Which words a stamp does not allow: what the sentences of a report are held against."""

from __future__ import annotations

import re

from data_contracts.vocabulary.field import Stamp

_PROOF = ("bewezen", "bewijst", "aangetoond effect")
_CAUSE = ("effect", "dankzij", "door het wijkteam", "door de nieuwe werkwijze", "leidt tot", "werkt", "levert op")
NEVER: dict[Stamp, tuple[str, ...]] = {
    Stamp.CHANGE: (*_CAUSE, *_PROOF),
    Stamp.INDICATION: ("dankzij", "leidt tot", *_PROOF),
    Stamp.COMPARISON: _PROOF,
    Stamp.STRONG_COMPARISON: _PROOF,
}


def words_not_allowed(text: str, stamp: Stamp) -> list[str]:
    """The words in a text that its stamp does not allow."""
    plain = text.casefold()
    return [word for word in NEVER[stamp] if re.search(rf"\b{re.escape(word)}", plain)]
