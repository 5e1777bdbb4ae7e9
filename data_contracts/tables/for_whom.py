"""Contracts of the effect per declared group: the exact table, and what of it leaves.

Each group is drawn to everybody, and its p-value is of the group beside all others; of two groups it is the same. What
is told is decided behind the gate, of the p-values that stand there.
"""

from __future__ import annotations

from data_contracts.contract import contract, integer, number, share, text
from data_contracts.tables.released_parts import GROUP, MOMENTS, SUBJECT, count, figure, status_columns

FOR_WHOM = contract(
    "est_effects__for_whom",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "n_clients": integer(0),
        "n_workers": integer(0, nullable=True),
        "effect": number(nullable=True),
        "effect_low": number(nullable=True),
        "effect_high": number(nullable=True),
        "p_value": share(),
        "method": text(),
        "refused_because": text(nullable=True),
    },
    key=[*SUBJECT, *GROUP],
)
OUT_FOR_WHOM = contract(
    "out_effects__for_whom",
    {
        **SUBJECT,
        **GROUP,
        **MOMENTS,
        "n_clients": count(),
        "effect": figure(),
        "effect_low": figure(),
        "effect_high": figure(),
        "p_value": share(),
        "p_adjusted": share(),
        "method": text(),
        "refused_because": text(nullable=True),
        **status_columns(),
    },
    key=[*SUBJECT, *GROUP],
)
