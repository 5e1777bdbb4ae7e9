"""The words of a report that not everybody knows, each with its meaning: glossary.yaml, the one place."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

from ruamel.yaml import YAML


@dataclass(frozen=True, slots=True)
class Word:
    """A word as the list has it, and what it means."""

    word: str
    means: str


def words_in(text: str) -> tuple[Word, ...]:
    """Which words of the list stand in a text, in the order of the alphabet."""
    return tuple(word for word, forms in _known() if forms.search(text))


@functools.cache
def _known() -> tuple[tuple[Word, re.Pattern[str]], ...]:
    text = (resources.files("reports.language") / "glossary.yaml").read_text("utf-8")
    return tuple(
        (Word(one["word"], one["means"]), _pattern([one["word"], *one.get("also", [])]))
        for one in YAML(typ="safe").load(text)
    )


def _pattern(forms: list[str]) -> re.Pattern[str]:
    """Whole words; of a word in capitals only that, of another also at the start of a sentence."""
    alike = [
        re.escape(one) if one.isupper() else f"[{one[0].lower()}{one[0].upper()}]{re.escape(one[1:])}" for one in forms
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(alike)})(?!\w)")
