"""Kinds of questions on the road: words, whole numbers, amounts; each with an example and where it comes from."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from data_contracts.vocabulary.mkba import PriceStatus
from pipelines.init.questions import Question, Talk

Fits = Callable[[str], str | None]
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?")
_METHOD = "Algemene leidraad MKBA (CPB en PBL, 2013)"
SURE = {one.value: one.label for one in PriceStatus if one is not PriceStatus.VERIFIED} | {
    PriceStatus.VERIFIED.value: "nagekeken in de bron, vandaag"
}


def guide(example: str, source: str = _METHOD) -> str:
    """The help of a question: an example and where the question comes from."""
    return f"Bijvoorbeeld: {example} Bron: {source}."


def number(given: str) -> float:
    """A number as the Dutch write it, or as YAML does; ValueError when it is none, or can be read in two ways."""
    text = given.replace("€", "").replace(" ", "")
    if _THOUSANDS.fullmatch(text) and "," not in text and text.count(".") == 1:
        raise ValueError(f"'{given}' kan twee getallen zijn. Schrijf het zonder punt, of met een komma.")
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise ValueError(f"'{given}' is geen getal. Schrijf bijvoorbeeld 12 of 0,5.")
    return found


def between(low: float, high: float, *, whole: bool = False) -> Fits:
    """Why a reply is no number from `low` to `high`."""

    def problem(given: str) -> str | None:
        try:
            found = number(given)
        except ValueError as error:
            return str(error)
        if whole and not found.is_integer():
            return "Dit moet een heel getal zijn."
        if not low <= found <= high:
            return f"Dit ligt niet tussen {low:g} en {high:g}."
        return None

    return problem


def at_least(characters: int) -> Fits:
    """Why a text is too short to say something."""

    def problem(given: str) -> str | None:
        if len(given) < characters:
            return f"Dit is te kort: schrijf minstens {characters} tekens (nu {len(given)})."
        return None

    return problem


def words(talk: Talk, name: str, text: str, help_text: str, least: int = 3, default: str | None = None) -> str | None:
    """The reply in somebody's own words."""
    return talk.text(Question(name, text, fits=at_least(least), guide=help_text, default=default))


def whole(talk: Talk, name: str, text: str, help_text: str, low: int, high: int) -> int | None:
    """A whole number that somebody chose."""
    reply = talk.text(Question(name, text, fits=between(low, high, whole=True), guide=help_text))
    return None if reply is None else int(number(reply))


def one_of(
    talk: Talk, name: str, text: str, choices: Mapping[str, str], help_text: str, certain: str | None = None
) -> str | None:
    """One of several choices; `certain` is what the files themselves say, and a reply still wins."""
    return talk.text(Question(name, text, choices, guide=help_text, certain=certain))


def some_of(
    talk: Talk, name: str, text: str, choices: Mapping[str, str], help_text: str, none: str | None = None
) -> list[str] | None:
    """Any of the choices; with `none` there is a choice that stands for none of them, and stands alone."""
    given = talk.listed(
        Question(name, text, dict(choices) | ({none: "geen van deze"} if none else {}), (), True, guide=help_text)
    )
    if given is None or none not in given:
        return given if given is None else list(dict.fromkeys(given))
    if len(given) > 1:
        talk.wrong[name] = f"'{none}' staat alleen. Kies dat, of noem er een of meer."
        return None
    return []


@dataclass(frozen=True, slots=True)
class Asked:
    """A number to ask for: its name, what it is, the unit in words, its bounds and what an example looks like."""

    name: str
    text: str
    example: str
    low: float = 0.0
    high: float = 1e9
    distribution: str = "gamma"


def sourced(talk: Talk, asked: Asked, signed_by: str | None) -> dict[str, object] | None:
    """A number with its source and how sure it is; one that is not looked up has a low and a high.

    `signed_by` answers for an assumption. None while something about it is open.
    """
    name, help_text = asked.name, guide(asked.example)
    bounds = between(asked.low, asked.high)
    value = talk.text(Question(f"{name}.waarde", asked.text, fits=bounds, guide=help_text))
    source = words(talk, f"{name}.bron", f"Waar staat dat? ({asked.text})", guide("Jaarrekening 2024, blz. 12."), 8)
    sure = one_of(talk, f"{name}.zekerheid", f"Hoe zeker is dit getal? ({asked.text})", SURE, guide("aanname."))
    if sure is None:
        return None
    found: dict[str, object] = {"source": source, "status": sure}
    if sure != PriceStatus.VERIFIED:
        ends = {}
        for end, adjective, code in (("laag", "lage", "low"), ("hoog", "hoge", "high")):
            text = f"Wat is een {adjective} maar mogelijke waarde? ({asked.text})"
            ends[code] = talk.text(Question(f"{name}.{end}", text, fits=bounds, guide=_RANGE))
        if None in (value, *ends.values()):
            return None
        read = {code: number(str(text)) for code, text in (("value", value), *ends.items())}
        if not _in_order(talk, asked, read):
            return None
        found |= read | {"distribution": asked.distribution}
    if None in (value, source):
        return None
    if sure == PriceStatus.ASSUMPTION:
        found["signed_by"] = signed_by
    return {"value": number(str(value))} | found


_RANGE = guide("in 90 van de 100 gevallen ligt het hierbinnen.")


def _in_order(talk: Talk, asked: Asked, read: dict[str, float]) -> bool:
    value, low, high = read["value"], read["low"], read["high"]
    if not low <= value <= high or low == high:
        talk.wrong[f"{asked.name}.laag"] = (
            f"Laag ({low:g}), waarde ({value:g}) en hoog ({high:g}) staan niet op volgorde."
        )
        return False
    if asked.distribution == "gamma" and value <= 0:
        talk.wrong[f"{asked.name}.waarde"] = "Een onzeker getal ligt boven nul."
        return False
    if asked.distribution == "beta" and ((high - low) / 3.29) ** 2 >= value * (1 - value):
        talk.wrong[f"{asked.name}.hoog"] = "Dit bereik is te breed voor een aandeel. Maak het smaller."
        return False
    return True
