"""Two releases side by side: what made the balance of the MKBA change, as text."""

from __future__ import annotations

from typing import Any

import pandas as pd

from data_contracts.errors import StudyError
from mkba.compare import GROUPS, Difference, Run, difference, run_of
from reports.explain import Ledger
from reports.language import dutch

LABELS = {
    "price": "prijzen",
    "index": "prijspeil en btw",
    "rate": "discontovoet",
    "volume": "aantallen en kosten",
    "effect": "gemeten effecten",
    "method": "regels en methode (mkba.yaml)",
}
LINES_SHOWN = 3


def compared(before: Ledger, after: Ledger) -> Difference:
    """The difference between two releases under one alternative; StudyError where one of them has no balance."""
    runs: list[Run] = []
    for book in (before, after):
        if pd.isna(book.headline["npv_at_mean_eur"]):
            raise StudyError(
                f"Publicatie '{book.release}' heeft geen saldo om te vergelijken. {book.headline['sentence']}"
            )
        runs.append(_run(book))
    try:
        return difference(*runs)
    except ValueError:
        pass
    raise StudyError("De regels van een van deze publicaties tellen niet op tot haar saldo. Maak haar opnieuw.")


def _run(book: Ledger) -> Run:
    outcome = float(book.headline["npv_at_mean_eur"])
    return run_of(outcome, book.lines.values(), book.rows("out_mkba__line_years"))


def difference_told(before: Ledger, after: Ledger) -> str:
    """The waterfall: the balance before, what each cause adds with the lines that matter most, the balance after."""
    found = compared(before, after)
    text = [
        f"Het saldo van '{after.headline['label']}' in twee publicaties.",
        "",
        _bar(f"{before.release}", found.before),
        *(line for group in GROUPS for line in _group(found, group)),
        _bar(f"{after.release}", found.after),
        "",
    ]
    if before.years != after.years:
        text.append(f"Let op: de eerste is in {before.years}; de tweede in {after.years}.")
    text.append("Elke oorzaak krijgt het gemiddelde van wat zij toevoegt, over alle volgordes (Shapley).")
    return "\n".join(text)


def _group(found: Difference, group: str) -> list[str]:
    """One cause, and under it the lines in which it matters most, so that they add up to it."""
    text = [_bar(LABELS[group], found.parts[group], is_change=True)]
    lines = sorted(((parts[group], label) for label, parts in found.by_line.items()), key=lambda pair: -abs(pair[0]))
    moved = [(amount, label) for amount, label in lines if abs(amount) >= 0.005]
    largest = moved if len(moved) <= LINES_SHOWN + 1 else moved[:LINES_SHOWN]
    rest = round(found.parts[group] - sum(round(amount, 2) for amount, _ in largest), 2)
    if largest and rest:
        others = len(moved) - len(largest)
        largest.append((rest, f"{others} andere regels samen" if others else "afronding van de regels"))
    return text + [f"      {label[:50]:<50} {_signed(amount):>20}" for amount, label in largest]


def _bar(label: str, amount: float, is_change: bool = False) -> str:
    shown = _signed(amount) if is_change else dutch.cents(amount)
    return f"  {'  ' if is_change else ''}{label:<{62 if is_change else 64}} {shown:>20}"


def _signed(amount: float) -> str:
    return ("+" if round(amount, 2) > 0 else "") + dutch.cents(amount)


def as_data(before: Ledger, after: Ledger) -> dict[str, Any]:
    """The same as one object."""
    found = compared(before, after)
    return {
        "alternative": after.headline["alternative"],
        "before": {"release": before.release, "npv_at_mean_eur": found.before},
        "after": {"release": after.release, "npv_at_mean_eur": found.after},
        "parts_eur": found.parts,
        "by_line_eur": found.by_line,
    }
