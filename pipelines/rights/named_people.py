"""The list of pseudonyms that a key holder hands over: one per line, or the first column of a CSV with a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError

MAX_BYTES = 50 * 1024**2
_SHOWN_LINES = 10


@dataclass(frozen=True, slots=True)
class Named:
    """Pseudonyms with the line on which each stands first."""

    line_of: dict[str, int]

    @property
    def pseudonyms(self) -> list[str]:
        """Every pseudonym once, in the order of the file."""
        return list(self.line_of)

    def lines(self, pseudonyms: set[str]) -> str:
        """'regel 3, 7 en verder': where these stand, which is all that may be said of them."""
        numbers = sorted(number for pseudonym, number in self.line_of.items() if pseudonym in pseudonyms)
        shown = ", ".join(str(number) for number in numbers[:_SHOWN_LINES])
        return f"regel {shown}" + (" en verder" if len(numbers) > _SHOWN_LINES else "")


def named_in(file: Path, pattern: str) -> Named:
    """Read a list; StudyError when it is none, or a line is no pseudonym of the study's pattern."""
    if not file.is_file():
        raise StudyError(f"Het bestand '{file}' is er niet. Geef een lijst met op elke regel één pseudoniem.")
    if file.stat().st_size > MAX_BYTES:
        raise StudyError(f"'{file}' is groter dan 50 MB; dat is geen lijst van pseudoniemen.")
    found: dict[str, int] = {}
    odd: dict[str, int] = {}
    for number, line in enumerate(_text(file).splitlines(), start=1):
        text = re.split(r"[;,\t]", line, maxsplit=1)[0].strip().strip("\"'").strip()
        if not text:
            continue
        if re.fullmatch(pattern, text):
            found.setdefault(text, number)
        elif number > 1:  # the first line may be a header
            odd.setdefault(text, number)
    if odd:
        where = Named(odd).lines(set(odd))
        raise StudyError(
            f"'{file}', {where}: dit is geen pseudoniem van deze studie (pseudonym_pattern in study.yaml). Zet op elke "
            "regel één pseudoniem, zoals de sleutelhouder het levert. Er is niets veranderd."
        )
    if not found:
        raise StudyError(f"In '{file}' staat geen enkel pseudoniem. Zet op elke regel één pseudoniem.")
    return Named(found)


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
