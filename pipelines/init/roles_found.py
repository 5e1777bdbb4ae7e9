"""Columns that nobody asked for and that tell rows apart all the same: by what their words say, or by equal keys."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data_contracts.vocabulary.field import Edition
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.row_words import has_credits, of_several_places, says_of_rows
from pipelines.init.domains_found import says_goal
from pipelines.init.grid import Grid
from pipelines.intake.reading.telling import FEW

_NAMES = ("versie", "editie", "instrument", "vragenlijst", "lijst", "soort score", "type score", "scoresoort",
          "scoretype", "ingevuld door", "gescoord door", "perspectief", "respondent", "type beoordelaar", "status",
          "soort lijst", "soort zrm", "zrm versie", "type zrm", "informant", "invuller",
          "rol invuller", "scoorder")  # fmt: skip
_WHO = ("client", "clienten", "zelf", "inwoner", "zelfscore", "professional", "hulpverlener", "medewerker",
        "mantelzorger", "partner", "ouder", "ouders", "begeleider", "naaste", "consulent", "wijkteammedewerker",
        "jongere")  # fmt: skip
_STATUS = ("concept", "vervallen", "verwijderd", "geannuleerd", "ingetrokken", "test", "ongeldig", "definitief",
           "gecorrigeerd", "correctie", "voorlopig", "afgebroken", "incompleet")  # fmt: skip
_INSTRUMENT = re.compile(r"\b(?:zrm|jongeren|jeugd|huishoudens?|mijn zrm|2010|2013|2017|ouderschap|sup|supplement)\b")
# What a value may say of its row, beside editions and leaving it out.
SAYS_NOTHING = "zegt niets"
_ASSESSMENT = {
    "meting": "een score van hoe het is",
    "doel": "een score van hoe het zou moeten; telt niet mee",
    "professional": "gescoord door de professional",
    "cliënt": "gescoord door de cliënt zelf",
    "moment": "alleen het moment van de meting",
}
_EDITIONS = Edition.labels()
_LEAVE = {"weglaten": "de regel telt niet mee", SAYS_NOTHING: "de kolom zegt niets dat ertoe doet"}


@dataclass(frozen=True, slots=True)
class Telling:
    """A column with what it holds, and why it must be explained."""

    column: str
    values: tuple[str, ...]
    because: str


def telling_columns(
    grid: Grid, leftovers: Sequence[str], key: Sequence[str], *, scored: bool, has_amounts: bool, share: float
) -> list[Telling]:
    """The leftover columns that may not be passed over in silence."""
    found = []
    for name in leftovers:
        values = sorted(set(grid.columns[name]))
        because = of_several_places(name, values)
        if because is None and 1 <= len(values) <= FEW and values != [""]:
            if has_amounts and has_credits(values):
                because = "de woorden zeggen dat sommige bedragen eraf gaan"
            elif scored and _says_something(name, [value for value in values if value]):
                because = "de woorden zeggen dat de regels niet hetzelfde zijn"
            else:
                because = says_of_rows(name, values)
            if because is None and len(values) > 1 and _separates(grid, name, key, share):
                because = "verder gelijke regels verschillen hierin"
        if because:
            found.append(Telling(name, tuple(values), because))
    return found


def _says_something(column: str, values: list[str]) -> bool:
    words = [folded(value) for value in values]
    if any(says_goal(value) for value in values):
        return True
    named = folded(column.replace("_", " ")) in _NAMES
    several = len(words) > 1
    tells = any(_INSTRUMENT.search(word) or word in _WHO or word in _STATUS for word in words)
    alone = (
        not several and words and words[0] not in ("zrm", "definitief", "professional", "hulpverlener", "medewerker")
    )
    return (several and (tells or named)) or (bool(alone) and tells and (named or not words[0].isdigit()))


def _separates(grid: Grid, name: str, key: Sequence[str], share: float) -> bool:
    """Whether at least `share` of the rows stand beside one of equal key with another value."""
    if not key:
        return False
    groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
    keys = zip(*(grid.columns[one] for one in key), strict=True)
    for one, value in zip(keys, grid.columns[name], strict=True):
        if one[0]:
            groups[one].append(value)
    apart = sum(len(values) for values in groups.values() if len(set(values)) > 1)
    return apart > share * sum(len(values) for values in groups.values())


def choices_for(*, scored: bool, has_amounts: bool) -> dict[str, str]:
    """What may be replied about a value."""
    credit = {"credit": "het bedrag van de regel gaat eraf"} if has_amounts else {}
    return {**_ASSESSMENT, **_EDITIONS, **_LEAVE} if scored else {"telt mee": "een gewone regel", **credit, **_LEAVE}


def row_role(telling: Telling, replies: dict[str, str]) -> dict[str, Any]:
    """One entry under `rows` of the mapping."""
    meaningful = {value: reply for value, reply in replies.items() if reply != SAYS_NOTHING}
    if not meaningful:
        return {"column": telling.column, "same": True}
    said = {value: _meaning(value, reply) for value, reply in replies.items()}
    role: dict[str, Any] = {"column": telling.column, "values": {value: one for value, one in said.items() if value}}
    return role | ({"empty": said[""]} if "" in said else {})


def _meaning(value: str, reply: str) -> dict[str, str]:
    match reply:
        case "doel":
            return {"score_kind": "goal"}
        case "professional":
            return {"rater_type": "professional"}
        case "cliënt":
            return {"rater_type": "client"}
        case "moment":
            return {"moment": value or "zonder"}
        case "credit":
            return {"amount": "minus"}
        case "weglaten":
            word = folded(value)[:40]
            return {"leave_out": word if len(word) > 1 else "weggelaten"}
    return {"edition": reply} if reply in _EDITIONS else {"score_kind": "measured"}


EMPTY_WORD = "(leeg)"
