"""Bytes and a name in, sheets out: which reader a file goes to, by what it is and not by what it is called."""

from __future__ import annotations

from pipelines.intake.reading.sheets import Declared, Opened
from pipelines.intake.reading.text_files import open_text


def opened(content: bytes, name: str, declared: Declared | None = None) -> Opened:
    """The sheets of a file; raises Unreadable."""
    return open_text(content, name, declared or Declared())
