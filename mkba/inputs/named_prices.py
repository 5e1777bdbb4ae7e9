"""The price that a line names: where it stands, and what is wrong with the name."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from data_contracts.yaml_file import Location
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.prices import Price

Fault = tuple[Location, str, str]


def price_of(price_id: str, model: Mkba, packs: Packs) -> Price | None:
    """A price by id: the study's own first, then the price lists that it uses."""
    listed = [one for name in model.price_lists if name in packs.price_lists for one in packs.price_lists[name].prices]
    return model.price(price_id) or next((one for one in listed if one.id == price_id), None)


def price_faults(model: Mkba, packs: Packs) -> Iterator[Fault]:
    """Prices that are not there, or are per another unit than their line."""
    for at, line in enumerate(model.lines):
        if line.price is None:
            continue
        price = price_of(line.price, model, packs)
        if price is None:
            what = f"de prijs '{line.price}' staat niet in deze studie en niet in de gekozen prijslijsten."
            yield ("lines", at, "price"), what, _price_hint(line.price, model, packs)
        elif price.unit != line.priced_unit:
            what = f"de prijs is per '{price.unit}', de hoeveelheid per '{line.priced_unit}'."
            yield ("lines", at, "price"), what, "Neem een andere prijs, of reken om met factors."


def _price_hint(wanted: str, model: Mkba, packs: Packs) -> str:
    """Where a price that is not there can be found: in a list that was not chosen, or under a name much like it."""
    elsewhere = [name for name, one in packs.price_lists.items() if any(price.id == wanted for price in one.prices)]
    if elsewhere:
        return f"Hij staat in {' en '.join(sorted(elsewhere))}: zet die lijst onder price_lists."
    chosen = [packs.price_lists[name] for name in model.price_lists if name in packs.price_lists]
    known = [*(one.id for one in model.prices), *(price.id for one in chosen for price in one.prices)]
    near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.8)
    if near:
        return f"Bedoelde u '{near[0]}'?"
    return "Voeg hem toe onder prices met een bron, of maak er een PM-post van."
