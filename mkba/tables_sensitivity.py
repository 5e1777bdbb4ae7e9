"""Rows of the tornado, the switching values and the PM items."""

from __future__ import annotations

import numpy as np

from mkba.appraisal import Appraisal, Result
from mkba.discounting import yearly_factors
from mkba.lines import LineRow, amounts
from mkba.sensitivity import line_multipliers, switching_values, tornado
from mkba.wording import euros, number, unit_label

Rows = list[dict[str, object]]


def tornado_rows(appraisal: Appraisal) -> Rows:
    """Every uncertain input, the widest swing first."""
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    for result in appraisal.results:
        for rank, swing in enumerate(tornado(appraisal.table, result.balance.alternative, result.overlap), start=1):
            one = appraisal.table.inputs.inputs[swing.index]
            rows.append(
                {
                    "alternative": result.balance.alternative.id,
                    "rank": rank,
                    "input": one.id,
                    "label": one.label,
                    "unit": one.unit,
                    "status": one.status,
                    "value_p10": swing.low,
                    "value_p90": swing.high,
                    "npv_at_p10_eur": swing.npv_at_low,
                    "npv_at_p90_eur": swing.npv_at_high,
                    "changes_sign": swing.changes_sign,
                }
            )
    return rows


def switching_rows(appraisal: Appraisal) -> Rows:
    """Where the balance turns: per line its multiplier, per input its value."""
    if appraisal.leading == "none":
        return []
    return [
        row
        for result in appraisal.results
        if result.balance.npv.any()
        for row in (*_line_switches(appraisal, result), *_input_switches(appraisal, result))
    ]


def _line_switches(appraisal: Appraisal, result: Result) -> Rows:
    found = line_multipliers(appraisal.table, result.balance.alternative, result.overlap)
    rows: Rows = []
    for row, multiplier in zip(appraisal.table.rows, found, strict=True):
        if multiplier is None:
            continue
        text = (
            f"het saldo is nul als '{row.line.label}' {number(multiplier)} keer zo groot is."
            if multiplier > 0
            else f"'{row.line.label}' alleen kan het saldo niet laten omslaan."
        )
        rows.append(
            {
                "alternative": result.balance.alternative.id,
                "kind": "line",
                "name": row.line.id,
                "label": row.line.label,
                "multiplier": multiplier,
                "n_roots": int(multiplier > 0),
                "sentence": text,
            }
        )
    return rows


def _input_switches(appraisal: Appraisal, result: Result) -> Rows:
    model = appraisal.table.inputs
    rows: Rows = []
    for at, one in enumerate(model.inputs):
        roots = switching_values(appraisal.table, result.balance.alternative, result.overlap, at)
        if roots is None:
            continue
        now = float(model.means[0, at])
        nearest = min(roots, key=lambda root: abs(root - now)) if roots else None
        text = (
            f"'{one.label}' kan het saldo niet laten omslaan."
            if nearest is None
            else f"het saldo is nul bij {number(nearest)} in plaats van {number(now)}."
        )
        rows.append(
            {
                "alternative": result.balance.alternative.id,
                "kind": "input",
                "name": one.id,
                "label": one.label,
                "unit": one.unit,
                "value_now": now,
                "multiplier": nearest / now if nearest is not None and now else None,
                "switching_value": nearest,
                "n_roots": len(roots),
                "sentence": text,
            }
        )
    return rows


def pm_rows(appraisal: Appraisal) -> Rows:
    """What is not in the total, as prominent as what is: with the value at which it would turn the sign."""
    return [
        _pm_row(appraisal, result, at, row)
        for result in appraisal.results
        for at, row in enumerate(appraisal.table.rows)
        if not row.is_priced
    ]


def _pm_row(appraisal: Appraisal, result: Result, at: int, row: LineRow) -> dict[str, object]:
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
    if row.missing is not None:
        return known
    units = float(result.at_mean.line_pv[0, at])
    total = float(result.at_mean.npv[0])
    known |= {"units_discounted": units, "units_per_year": _per_year(appraisal, result, at)}
    if not appraisal.shows_balance or units == 0 or not np.isfinite(units):
        return known | {"sentence": f"{line.label}: niet in het saldo, want er is geen prijs met een bron."}
    worth = -total / (units * row.welfare_sign) if row.welfare_sign else None
    clients = _client_years(appraisal, result)
    known |= {
        "switching_eur_per_unit": worth,
        "switching_eur_per_client_year": worth * units / clients if worth is not None and clients else None,
        "sentence": _pm_sentence(line.label, unit_label(line.quantity.counted_unit), worth, total),
    }
    return known


def _pm_sentence(label: str, unit: str, worth: float | None, total: float) -> str:
    if worth is None:
        return f"{label}: niet in het saldo, want er is geen prijs met een bron."
    if total < 0 < worth:
        return f"{label}: niet in het saldo. Is dit {euros(worth)} per {unit} waard, dan komt het saldo op nul."
    if total > 0 > worth:
        return (
            f"{label}: niet in het saldo. Pas als dit {euros(-worth)} per {unit} zou kosten in plaats van opleveren, "
            "komt het saldo op nul."
        )
    return f"{label}: niet in het saldo. Het werkt dezelfde kant op als het saldo en verandert het teken niet."


def _per_year(appraisal: Appraisal, result: Result, at: int) -> float:
    return float(amounts(appraisal.table, appraisal.table.inputs.means, result.balance.alternative)[0, at])


def _client_years(appraisal: Appraisal, result: Result) -> float | None:
    """Discounted client-years of the approach, at the means."""
    names = [one.id for one in appraisal.table.inputs.inputs]
    found = [at for at, name in enumerate(names) if "client_years_per_year" in name]
    if not found:
        return None
    model = appraisal.model
    rate = appraisal.table.packs.discount[model.discount].classes["standard"]
    years = min(result.balance.alternative.years, model.horizon_years)
    factors = yearly_factors(years, rate, model.timing) if years else np.zeros(0)
    return float(appraisal.table.inputs.means[0, found[0]] * factors.sum()) or None
