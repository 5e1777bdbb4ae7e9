"""One printed figure by its id, as text: what is said, in which document, of which tables, and how it was made."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data_contracts.errors import StudyError
from reports.language.dutch import WIDTH

_MADE = (
    ("formula", "Zo is het gerekend"),
    ("n", "Over hoeveel mensen"),
    ("filters", "Wie tellen mee"),
    ("assumptions", "Aannamen"),
)
Known = Mapping[str, Any]


def figure_named(figures: Sequence[Known], asked: str) -> Known:
    """The figure with this id; StudyError with the first and the last of each document when there is none."""
    found = next((one for one in figures if one["id"] == asked.upper()), None)
    if found is not None:
        return found
    ids = [str(one["id"]) for one in figures]
    spans = [
        f"{own[0]} tot en met {own[-1]}"
        for letter in ("R", "F", "V")
        if (own := [one for one in ids if one[0] == letter])
    ]
    raise StudyError(f"Cijfer '{asked}' staat niet in deze publicatie. Kies uit: {' of '.join(spans)}.")


def figure_told(release: str, figure: Known) -> str:
    """The figure in plain text."""
    return "\n".join(_lines(release, figure))


def _lines(release: str, figure: Known) -> Iterator[str]:
    yield f"{figure['id']}: {figure['about']}"
    yield from _wrapped(f"In {figure['document']}, onder '{figure['chapter']}', publicatie {release}.")
    if "words" in figure:
        yield from ("", *_wrapped(str(figure["words"])))
    if "rows" in figure:
        yield ""
        columns = [str(name) for name in figure["columns"]]
        for row in figure["rows"]:
            named = zip(columns[1:], row[1:], strict=True)
            yield from _wrapped(f"{row[0]}: " + "; ".join(f"{name} {value}" for name, value in named))
    for key, label in _MADE:
        if key in figure:
            yield from ("", *_wrapped(f"{label}: {figure[key]}"))
    if figure.get("tables"):
        yield from ("", *_wrapped(f"Uit: {', '.join(f'tables/{name}.csv' for name in figure['tables'])}."))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
