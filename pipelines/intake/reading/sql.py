"""Small pieces of SQL that several steps write."""

from __future__ import annotations

import re

from pipelines.storage.sql import listed


def pattern_regex(pattern: str) -> str:
    """A pattern of the mapping as the engine's regular expression: * is anything, ? one character, the rest text."""
    parts = {"*": ".*", "?": "."}
    return "".join(parts.get(one) or (one if one.isalnum() else re.escape(one)) for one in pattern.strip())


def looked_up(values: dict[str, str], column: str) -> str:
    """SQL that turns the text in `column` into its value; NULL for any other text."""
    if not values:
        return "NULL"
    keys, found = (listed(texts) for texts in (values, values.values()))
    return f"map([{keys}], [{found}])[{column}]"
