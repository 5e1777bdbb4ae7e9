"""What a browser may not break over two lines."""

from __future__ import annotations

import re

from markupsafe import Markup


def with_its_sign(value: object) -> object:
    """A sign stays on the line of its amount: a minus left behind at the end of a line turns a loss into a gain."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return re.sub("([−+])(?=€)", "\\1\u2060", value)
