"""Contracts of the figures per municipality: public before they came here, so that est_ and out_ hold the same.

Nothing in them comes from records of clients. `indicator` and `municipality` are names that the study's file gives.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import contract, flag, integer, number, share, text
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary import field as words

MOMENTS = ("before", "between", "after")
_COMPARED: dict[str, pa.Column] = {
    "indicator": text(),
    "unit": text(),
    "n_before": integer(0),
    "n_after": integer(0),
    "n_donors": integer(0),
    "n_placebos": integer(0),
    "n_as_large": integer(0),
    "estimate": number(nullable=True),
    "lowest": number(nullable=True),
    "highest": number(nullable=True),
    "error_before": number(0, nullable=True),
    "p_value": share(),
    "p_adjusted": share(),
    "p_smallest": share(),
    "method": text(),
    "stamp": text(*[stamp.value for stamp in words.Stamp]),
    "refused_because": text(nullable=True),
}
_LINES: dict[str, pa.Column] = {
    "indicator": text(),
    "municipality": text(),
    "is_own": flag(),
    "begins_at": number(1990, 2100),
    "period": text(),
    "moment": text(*MOMENTS),
    "value": number(nullable=True),
    "imitated": number(nullable=True),
    "weight": share(),
    "is_compared": flag(),
}
_KEYS = {"municipalities": ["indicator"], "municipal_lines": ["indicator", "municipality", "begins_at"]}
_STATUS = {"status": text(*Status)}

COMPARED = contract("est_effects__municipalities", _COMPARED, key=_KEYS["municipalities"])
LINES = contract("est_effects__municipal_lines", _LINES, key=_KEYS["municipal_lines"])
OUT_COMPARED = contract("out_effects__municipalities", {**_COMPARED, **_STATUS}, key=_KEYS["municipalities"])
OUT_LINES = contract("out_effects__municipal_lines", {**_LINES, **_STATUS}, key=_KEYS["municipal_lines"])
MUNICIPAL_TABLES = [COMPARED, LINES]
RELEASED_MUNICIPAL_TABLES = [OUT_COMPARED, OUT_LINES]
