"""Rows of the tornado and of the switching values, one input at a time and in pairs."""

from __future__ import annotations

from mkba.appraisal import Appraisal, Result
from mkba.arrays import Rows
from mkba.binding.numbers import Input
from mkba.uncertainty.sensitivity import given, line_multipliers, switching_pair, switching_values, tornado
from mkba.wording import as_read, difference, number


def tornado_rows(appraisal: Appraisal) -> Rows:
    """Every uncertain input, the widest swing first."""
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    for result in appraisal.results:
        for rank, swing in enumerate(tornado(appraisal.table, result.balance.alternative, result.overlap), start=1):
            one = appraisal.table.inputs.inputs[swing.index]
            conditional = given(appraisal.inputs, result.balance.npv, swing)
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
                    "npv_given_p10_eur": conditional[0],
                    "npv_given_p90_eur": conditional[1],
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
                "status": row.price_status and row.price_status.value,
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
            else f"het saldo is nul bij {_of(one, nearest)} in plaats van {_of(one, now)}."
        )
        rows.append(
            {
                "alternative": result.balance.alternative.id,
                "kind": "input",
                "name": one.id,
                "label": one.label,
                "unit": one.unit,
                "status": one.status,
                "value_now": now,
                "multiplier": nearest / now if nearest is not None and now else None,
                "switching_value": nearest,
                "n_roots": len(roots),
                "sentence": text,
            }
        )
    return rows


def _of(one: Input, value: float) -> str:
    """A value with its unit; of a measured difference also which way it went, for its label may say the opposite."""
    if one.effect is None:
        shown, words = as_read(value, one.unit)
        return f"{number(shown)} {words}".rstrip()
    return difference(value, one.unit)


def pair_rows(appraisal: Appraisal) -> Rows:
    """The two inputs that move the outcome most: which pairs of values bring it to zero."""
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    for result in appraisal.results:
        alternative = result.balance.alternative
        swings = tornado(appraisal.table, alternative, result.overlap)[:2]
        if len(swings) < 2:
            continue
        first, second = (appraisal.table.inputs.inputs[swing.index] for swing in swings)
        pairs = switching_pair(appraisal.table, alternative, result.overlap, swings[0].index, swings[1].index)
        rows += [
            {
                "alternative": alternative.id,
                "input": first.id,
                "with_input": second.id,
                "label": first.label,
                "with_label": second.label,
                "value": value,
                "with_switching_value": other,
            }
            for value, other in pairs
        ]
    return rows
