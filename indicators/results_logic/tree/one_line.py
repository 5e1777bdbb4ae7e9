"""Text of a tree: one line, so that a cell in Excel, a line of YAML and an item of a list all keep it as it is."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from data_contracts.errors import broken_rule

_STRANGE = frozenset({"Cc", "Cs", "Cn", "Co", "Zl", "Zp"})


def _on_one_line(text: str) -> str:
    if any(unicodedata.category(character) in _STRANGE for character in text):
        raise broken_rule("deze tekst staat niet op één regel of bevat vreemde tekens.", "Schrijf haar op één regel.")
    return text


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400), AfterValidator(_on_one_line)
]


def closed(text: str) -> str:
    """A sentence with its full stop, or with the question mark that it has."""
    return text if text.endswith(("?", "!")) else f"{text.rstrip('.')}."
