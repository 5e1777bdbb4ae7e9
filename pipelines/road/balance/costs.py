"""What the approach costs: from the delivery where it says so, else an amount with a source."""

from __future__ import annotations

from typing import Any

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import Evidence
from mkba.binding.effects import Total
from mkba.inputs.quantities import EURO
from mkba.wording import euros
from pipelines.init.questions import Talk
from pipelines.init.writing import slug
from pipelines.road.balance.frame import SCALE_UP_PRICE
from pipelines.road.balance.known import Known
from pipelines.road.balance.priced import identifier, own_price
from pipelines.road.kinds import Asked, guide, one_of, some_of, sourced, whole, words

_OWN_RECORDS = "kosten in uw levering"
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


def extra_people(talk: Talk, fte: int | None, signed: str | None) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The line with the costs of scaling up, and its price."""
    price = own_price(talk, "uitbreiden.loonkosten", SCALE_UP_PRICE, "loonkosten van een extra teamlid", "fte", signed)
    line = {
        "id": "extra_fte",
        "label": f"{fte} fte erbij",
        **_PAYER,
        "evidence": Evidence.EXPERT.value,
        "alternatives": ["scale_up"],
        "price": SCALE_UP_PRICE,
        "quantity": {
            "kind": "declared",
            "value": fte,
            "unit": "fte",
            "status": "verified",
            "source": "Omschrijving van het alternatief",
        },
    }
    return line, price


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
