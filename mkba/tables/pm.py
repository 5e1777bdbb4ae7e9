"""Rows of what has no price or was not released: as prominent as what is in the total."""

from __future__ import annotations

import numpy as np

from mkba.appraisal import Appraisal, Result
from mkba.arrays import Rows
from mkba.balance.amounts import amounts
from mkba.balance.frontier import frontier
from mkba.binding.line_table import LineRow
from mkba.uncertainty.rounding import rounding_error
from mkba.wording import euros, per_unit, to_precision

NO_PRICE = "niet in het saldo, want er is geen prijs met een bron"
_TOO_NEAR = "Het saldo ligt, door het afronden van cijfers, te dicht bij nul om te zeggen wanneer het omslaat."


def pm_rows(appraisal: Appraisal) -> Rows:
    """What is not in the total, as prominent as what is: with the value at which it would turn the sign."""
    rows: Rows = []
    for result in appraisal.results:
        precision = rounding_error(appraisal.table, result.balance.alternative, result.overlap)
        rows += [
            _pm_row(appraisal, result, at, row, precision)
            for at, row in enumerate(appraisal.table.rows)
            if not row.is_priced and row.line.is_part_of(result.balance.alternative.id)
        ]
    return rows


def _pm_row(appraisal: Appraisal, result: Result, at: int, row: LineRow, precision: float) -> dict[str, object]:
    """`precision` is that of the balance: what would turn it is told no finer than it is."""
    line = row.line
    receiver = line.receiver or line.payer
    known: dict[str, object] = {
        "alternative": result.balance.alternative.id,
        "line": line.id,
        "label": line.label,
        "reason": "no_price" if row.missing is None else "not_released",
        "unit": line.quantity.counted_unit,
        "receiver": receiver.label if receiver is not None else None,
        "pm_text": line.pm_text or row.missing or "",
        "sentence": f"{line.label}: niet in het saldo, want {row.missing}.",
    }
    total = float(result.at_mean.npv[0])
    if row.missing is not None:
        return known | {"sentence": f"{known['sentence']}{_as_a_whole(appraisal, total, precision)}"}
    units = float(result.at_mean.line_pv[0, at])
    known |= {"units_discounted": units, "units_per_year": _per_year(appraisal, result, at)}
    if not appraisal.shows_balance or not np.isfinite(units):
        return known | {"sentence": f"{line.label}: {NO_PRICE}."}
    if units == 0:
        return known | {"sentence": f"{line.label}: {NO_PRICE}. {_no_units(result)}"}
    worth = -total / (units * row.welfare_sign) if row.welfare_sign else None
    known |= {
        "switching_eur_per_unit": worth,
        "sentence": _pm_sentence(
            line.label, per_unit(line.quantity.counted_unit), worth, total, precision / abs(units)
        ),
    }
    return known


def _pm_sentence(label: str, unit: str, worth: float | None, total: float, precision: float = 0.0) -> str:
    """What the value of one unit would have to be; units went the wrong way where worth and total share a sign."""
    if worth is None:
        return f"{label}: {NO_PRICE}."
    if to_precision(worth, precision) == 0:
        return f"{label}: {NO_PRICE}. {_TOO_NEAR}"
    start, amount = f"{label}: telt niet mee in het saldo.", euros(abs(worth), precision)
    if total <= 0 < worth:
        return f"{start} Is dit {amount} {unit} waard, dan komt het saldo op nul."
    if total > 0 > worth:
        return f"{start} Het saldo is pas nul als dit {amount} {unit} zou kosten in plaats van opleveren."
    if total > 0:
        wrong_way = f"Het gemeten verschil wijst de verkeerde kant op: bij {amount} schade {unit}"
        return f"{start} {wrong_way} blijft van het saldo niets over."
    return f"{start} Het gemeten verschil wijst de verkeerde kant op en maakt het saldo dus niet beter."


def _as_a_whole(appraisal: Appraisal, total: float, precision: float) -> str:
    """The switching value of a line whose quantity is not known: what all of it together would have to be worth."""
    if not appraisal.shows_balance or total == 0:
        return ""
    if to_precision(total, precision) == 0:
        return f" {_TOO_NEAR}"
    needed = "zou kosten" if total > 0 else "waard is"
    return f" Alles samen: het saldo is pas nul als dit {euros(abs(total), precision)} {needed}."


def _no_units(result: Result) -> str:
    if result.balance.alternative.years == 0:
        return "Bij deze keuze is er geen verschil met het nulalternatief."
    return "Er is geen verschil gemeten, dus een prijs zou het saldo niet veranderen."


def _per_year(appraisal: Appraisal, result: Result, at: int) -> float:
    """Units in a full year of the alternative; none where it has no year that differs from the null alternative."""
    if result.balance.alternative.years == 0:
        return 0.0
    return float(amounts(appraisal.table, appraisal.table.inputs.means)[0, at])


def efficiency_rows(appraisal: Appraisal) -> Rows:
    """What one unit without a price costs in each alternative, and which alternatives are worth choosing for it.

    Costs are what society pays on balance; doing nothing is the alternative without costs and effect.
    """
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    for at, row in enumerate(appraisal.table.rows):
        if row.missing is not None or not row.line.is_pm:
            continue
        units = [0.0, *(float(result.at_mean.line_pv[0, at]) * row.welfare_sign for result in appraisal.results)]
        costs = [0.0, *(-float(result.at_mean.npv[0]) for result in appraisal.results)]
        places = frontier(costs, units)
        for place, cost, unit, result in zip(places[1:], costs[1:], units[1:], appraisal.results, strict=True):
            rows.append(
                {
                    "alternative": result.balance.alternative.id,
                    "line": row.line.id,
                    "label": row.line.label,
                    "unit": row.line.quantity.counted_unit,
                    "net_costs_eur": cost,
                    "units_discounted": unit,
                    "status": place.status,
                    "extra_costs_per_unit_eur": place.ratio,
                }
            )
    return rows
