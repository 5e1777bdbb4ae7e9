"""What one unit of an effect is worth: prices from the packs that may fit, each with its trap; an own one; or PM."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from data_contracts.vocabulary.mkba import LineType
from data_contracts.vocabulary.names import folded
from mkba.inputs.line_model import UNPRICEABLE_UNITS
from mkba.inputs.packs import Packs
from mkba.inputs.prices import Price, PriceList
from mkba.wording import euros, unit_label
from pipelines.init.questions import Talk
from pipelines.init.writing import slug
from pipelines.road.balance.frame import reason
from pipelines.road.balance.known import Candidate
from pipelines.road.kinds import Asked, guide, one_of, sourced, whole
from pipelines.storage.clock import utc_day

PM, OWN = "pm", "eigen"
TRANSFER_WORD = "overdracht"
# Words of a delivery -> words in the labels of prices that may be about the same thing.
RELATED = {
    "opname": ("verpleegdag", "ziekenhuis"),
    "crisis": ("psychiatri", "spoedeisend"),
    "politie": ("politie", "wanordelijk", "delict"),
    "uitzet": ("uitzet", "opvang"),
    "detent": ("detentie",),
    "uitkering": ("bijstand",),
    "bijstand": ("bijstand",),
    "schuld": ("schuld",),
    "begeleid": ("begeleiding",),
    "dagbest": ("dagbesteding",),
    "huishoud": ("huishoudelijk",),
    "verpleg": ("verpleging",),
    "huisarts": ("huisarts",),
}
_MARGINAL = "let op: een gemiddelde prijs; bij iets minder gebruik blijven vaste kosten staan"
_IS_TRANSFER = "let op: een overdracht, geen echte kosten; wat de een bespaart mist de ander"
_NO_PRICE = {
    "zrm": "Een punt op de Zelfredzaamheid-Matrix heeft geen waarde in euro's.",
    "experienced": "Wat cliënten zelf zeggen dat de hulp bracht, heeft geen prijs.",
}


@dataclass(frozen=True, slots=True)
class Worth:
    """What a line gets from its price: keys of the line, an own price, and the price list that it is in."""

    line: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] | None = None
    price_list: str | None = None
    is_transfer: bool = False


def candidates(one: Candidate, packs: Packs) -> Iterator[tuple[PriceList, Price]]:
    """Prices that may be about this effect: in its own unit, or about something related in another unit."""
    about = folded(one.words)
    related = [words for stem, words in RELATED.items() if stem in about]
    for listed in packs.price_lists.values():
        for price in listed.prices:
            label = folded(price.label)
            if any(word in label for words in related for word in words):
                yield listed, price


def offered(price: Price) -> str:
    """A price as a choice: what it is, how much, of which year, how sure, from where, and its trap."""
    spread = (
        f" ({euros(price.low)} tot {euros(price.high)})" if price.low is not None and price.high is not None else ""
    )
    trap = _IS_TRANSFER if TRANSFER_WORD in price.note else price.note or _MARGINAL
    amount = f"{euros(price.value)}{spread} per {unit_label(price.unit)}, prijspeil {price.price_year}"
    return f"{price.label}: {amount}; {price.status.label}; {price.cited}; {trap}"


def worth(talk: Talk, one: Candidate, packs: Packs, signed: str | None) -> Worth:
    """The price of one unit of an effect, or why it has none."""
    if one.unit in UNPRICEABLE_UNITS:
        return Worth({"pm_text": _pm(talk, one)})
    found = {price.id: (listed, price) for listed, price in candidates(one, packs)}
    choices = {PM: "geen prijs: een PM-post", OWN: "een eigen bedrag met een bron"}
    choices |= {name: offered(price) for name, (_, price) in found.items()}
    text = f"{one.words}: wat is één {unit_label(one.unit)} waard?"
    help_text = guide("pm. Een prijs zonder bron bestaat hier niet; een PM-post telt niet mee, maar staat er wel.")
    choice = one_of(talk, f"{one.name}.prijs", text, choices, help_text)
    if choice is None:
        return Worth()
    if choice == PM:
        return Worth({"pm_text": _pm(talk, one)})
    if choice == OWN:
        own = own_price(talk, f"{one.name}.eigen-prijs", _code(one.name), one.words, one.unit, signed)
        return Worth({"price": _code(one.name)}, own)
    listed, price = found[choice]
    line: dict[str, Any] = {"price": price.id}
    if price.unit != one.unit:
        line["factors"] = [_factor(talk, one, price, signed)]
    return Worth(line, None, listed.id, TRANSFER_WORD in price.note)


def own_price(talk: Talk, name: str, code: str, label: str, unit: str, signed: str | None) -> dict[str, Any] | None:
    """A price that the municipality brings itself, with its source, its year and how sure it is."""
    text = f"Hoeveel euro is één {unit_label(unit)} ({label})?"
    amount = sourced(talk, Asked(name, text, "82000, uit de begroting."), signed)
    year = whole(talk, f"{name}.jaar", f"Van welk jaar is dat bedrag ({label})?", guide("2024."), 2000, 2100)
    if amount is None or year is None:
        return None
    checked = {"checked_on": utc_day()} if amount["status"] == "verified" else {}
    return {"id": code, "label": label, "unit": unit, "price_year": year, **amount, **checked}


def line_type(one: Candidate, priced: Worth) -> LineType:
    """What kind of value a line is: welfare of a client, a transfer, or real costs."""
    if priced.is_transfer:
        return LineType.TRANSFER
    return LineType.WELLBEING if one.subject in ("zrm", "ladder", "experienced") else LineType.RESOURCE


def _factor(talk: Talk, one: Candidate, price: Price, signed: str | None) -> dict[str, Any]:
    to, per = unit_label(price.unit), unit_label(one.unit)
    text = f"{one.words}: hoeveel {to} per {per}? De prijs is per {to}."
    number = sourced(talk, Asked(f"{one.name}.omrekening", text, "14 (laag 3, hoog 32)."), signed)
    label = f"{to} per {per}: {one.words}"
    found = identifier(f"{one.name}-{price.unit}")
    return {"id": found, "label": label, "from_unit": one.unit, "to_unit": price.unit, **(number or {})}


def _pm(talk: Talk, one: Candidate) -> str | None:
    text = f"{one.words}: waarom heeft dit geen prijs? (PM-post)"
    example = "voor een melding vonden wij geen openbaar kengetal met een bron."
    return reason(talk, f"{one.name}.waarom-pm", text, example, _NO_PRICE.get(one.subject))


def _code(name: str) -> str:
    return identifier(f"price_{name}")


def identifier(name: str) -> str:
    """A name as the id of a line or a price."""
    return slug(name).replace("-", "_")[:60]
