"""What the approach costs: from the delivery where it says so, else an amount with a source."""

from __future__ import annotations

from typing import Any

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import Evidence, LineType
from mkba.binding.effects import Total
from mkba.inputs.quantities import EURO
from mkba.wording import euros
from pipelines.init.questions import Talk
from pipelines.init.writing import slug
from pipelines.road.balance.frame import SCALE_UP_PRICE, reason
from pipelines.road.balance.known import Known
from pipelines.road.balance.priced import OWN, PM, identifier, own_price
from pipelines.road.kinds import Asked, guide, one_of, some_of, sourced, whole, words

_OWN_RECORDS = "kosten in uw levering"
_NOT_MEASURED = (
    "De meting vergelijkt de nieuwe met de gewone werkwijze; wat hulp oplevert tegen geen hulp vonden wij nergens "
    "gemeten."
)
_EXTRA_CLIENTS = {"kind": "extra_clients"}
NEW_WAY_PRICE, HELPED_PRICE = "new_way_per_client", "extra_client_helped"
_PAYER = {"type": "resource", "role": "outlay", "payer": Stakeholder.MUNICIPALITY.value}


def outlays(talk: Talk, known: Known, signed: str | None) -> list[dict[str, Any]]:
    """The lines with the costs of the approach."""
    kinds = known.new_costs
    if not kinds:
        return [_declared(talk, signed)]
    labels = {slug(kind): f"{kind}: {_amounts(totals)}" for kind, totals in kinds.items()}
    text = "Welke kosten van de aanpak tellen mee? Alleen wat er extra is; wat al betaald is en niet terugkomt niet."
    help_text = guide("de extra inzet, en niet de eenmalige training van toen.", _OWN_RECORDS)
    chosen = some_of(talk, "kosten", text, labels, help_text) or []
    return [_released(talk, known, kind, totals) for kind, totals in kinds.items() if slug(kind) in chosen]


def extra_people(talk: Talk, fte: int | None, signed: str | None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The lines of scaling up with their prices: the extra staff, what the approach costs for whom they help, and what
    it is worth to help people who would have had nothing, which no comparison of two ways of working measures.
    """
    staff = own_price(talk, "uitbreiden.loonkosten", SCALE_UP_PRICE, "loonkosten van een extra teamlid", "fte", signed)
    label = "kosten van de nieuwe werkwijze voor een extra cliënt"
    approach = own_price(talk, "uitbreiden.werkwijze", NEW_WAY_PRICE, label, "client", signed)
    helped, worth = _helped(talk, signed)
    described = {"status": "verified", "source": "Omschrijving van het alternatief"}
    lines = [
        {
            **_extra("extra_fte", f"{fte} fte erbij", {"kind": "declared", "value": fte, "unit": "fte", **described}),
            **_PAYER,
            "price": SCALE_UP_PRICE,
        },
        {
            **_extra("extra_clients_costs", "De nieuwe werkwijze voor extra cliënten", _EXTRA_CLIENTS),
            **_PAYER,
            "price": NEW_WAY_PRICE,
        },
        {**_extra("extra_clients_helped", "Mensen geholpen die anders geen hulp kregen", _EXTRA_CLIENTS), **helped},
    ]
    return lines, [price for price in (staff, approach, worth) if price]


def _helped(talk: Talk, signed: str | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """What an extra client yields: a price of the municipality's own with its source, or why there is none."""
    line = {"type": LineType.WELLBEING.value, "receiver": Stakeholder.CLIENT.value}
    text = "Wat is het waard om iemand te helpen die anders geen hulp kreeg? De meting van nu gaat daar niet over."
    choices = {PM: "geen prijs: een PM-post", OWN: "een eigen bedrag met een bron"}
    name = "uitbreiden.opbrengst"
    choice = one_of(talk, name, text, choices, guide("pm. De meting vergelijkt nieuwe met gewone hulp."), PM)
    if choice == OWN:
        price = own_price(talk, f"{name}.bedrag", HELPED_PRICE, "opbrengst van een extra cliënt", "client", signed)
        return line | {"price": HELPED_PRICE}, price
    example = "wat hulp oplevert tegen geen hulp vonden wij nergens gemeten."
    return line | {
        "pm_text": reason(talk, f"{name}.waarom-pm", "Waarom geen prijs? (PM-post)", example, _NOT_MEASURED)
    }, None


def _extra(identity: str, label: str, quantity: dict[str, Any]) -> dict[str, Any]:
    """A line of who scales up."""
    evidence = Evidence.EXPERT.value
    return {"id": identity, "label": label, "evidence": evidence, "alternatives": ["scale_up"], "quantity": quantity}


def _released(talk: Talk, known: Known, kind: str, totals: list[Total]) -> dict[str, Any]:
    """Costs of one kind, of the year of which the people are counted too."""
    name = f"kosten.{slug(kind)}"
    years = {str(total.year): euros(total.value or 0.0) for total in totals}
    certain = str(known.volume_year) if str(known.volume_year) in years else None
    help_year = guide("het jaar waarvan ook de cliënten zijn geteld.", _OWN_RECORDS)
    year = one_of(talk, f"{name}.jaar", f"{kind}: van welk jaar?", years, help_year, certain)
    runs = {"every_year": "elk jaar opnieuw", "once": "eenmalig, aan het begin"}
    text = f"{kind}: elk jaar of eenmalig?"
    how_often = one_of(talk, f"{name}.loopt", text, runs, guide("every_year.", _OWN_RECORDS))
    label = words(talk, f"{name}.naam", f"Hoe heet '{kind}' in de balans?", guide(kind), 3, kind.capitalize())
    return {
        "id": identifier(f"costs-{kind}"),
        "label": label,
        **_PAYER,
        **({"runs": "once"} if how_often == "once" else {}),
        "evidence": Evidence.REGISTERED.value,
        "quantity": {"kind": "released", "id": f"costs/new/{kind}/{year}", "unit": EURO},
    }


def _declared(talk: Talk, signed: str | None) -> dict[str, Any]:
    text = "Wat kost de aanpak per jaar extra, in euro's? De levering zegt dat niet."
    amount = sourced(talk, Asked("kosten-per-jaar", text, "150000, uit de begroting.", 1), signed)
    year = whole(talk, "kosten-per-jaar.jaar", "Van welk jaar is dat bedrag?", guide("2024."), 2000, 2100)
    return {
        "id": "costs_of_the_approach",
        "label": "Kosten van de aanpak",
        **_PAYER,
        "evidence": Evidence.EXPERT.value,
        "quantity": {"kind": "declared", "unit": EURO, "price_year": year, **(amount or {})},
    }


def _amounts(totals: list[Total]) -> str:
    return ", ".join(f"{euros(total.value or 0.0)} in {total.year}" for total in totals)
