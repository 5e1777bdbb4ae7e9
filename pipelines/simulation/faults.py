"""Faults as real deliveries have them, planted in a text file of assessments, with the accounting that must follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from data_contracts.errors import StudyError
from indicators.simulation.mechanisms import Faults

FAULT_NAMES = {
    "score_out_of_range": "score 9",
    "score_not_whole": "score 2,5",
    "date_in_future": "date in the future",
    "impossible_date": "impossible date",
    "client_missing": "client number missing",
    "unknown_team": "unknown team",
}
_WRITTEN = {"score_out_of_range": "9", "client_missing": "", "unknown_team": "Wijkteam Onbekend"}
_COLUMNS = {
    "date_in_future": "Datum afname",
    "impossible_date": "Datum afname",
    "client_missing": "Cliëntnummer",
    "unknown_team": "Wijkteam",
}
NOT_APPLICABLE = "cells 'n.v.t.' (missing, not a fault)"


def accounting(file: str, rows: int, faults: Faults) -> dict[str, Any]:
    """What must become of each row of `file`; `rows` counts the rows with the faults in it."""
    per_fault = {name: getattr(faults, field) for field, name in FAULT_NAMES.items() if getattr(faults, field)}
    faulty = sum(per_fault.values())
    return {
        "file": file,
        "rows": rows,
        "exact_duplicates": faults.exact_duplicates,
        "faulty_rows_not_duplicates": faulty,
        "good_rows": rows - faults.exact_duplicates - faulty,
        "rows_per_fault_not_duplicates": per_fault,
        NOT_APPLICABLE: faults.not_applicable,
    }


def with_faults(
    text: pd.DataFrame, faults: Faults, scores: list[str], written: dict[str, str], seed: int
) -> pd.DataFrame:
    """`text` with the faults, each in a row of its own; duplicates are copies of other, good rows.

    scores: the score columns. written: what a fault writes where that differs between dialects.
    Raises StudyError when the faults do not fit in the rows.
    """
    rng = np.random.default_rng([seed, 1])
    wanted = [*(getattr(faults, field) for field in FAULT_NAMES), faults.exact_duplicates]
    *faulty, copied, untouched = np.split(rng.permutation(len(text)), np.cumsum(wanted))
    has_gap = (text[scores].to_numpy()[untouched] == "").any(axis=1)
    not_applicable = untouched[has_gap][: faults.not_applicable]
    if len(text) < sum(wanted) or len(not_applicable) < faults.not_applicable:
        raise StudyError(f"De fouten in simulation.yaml passen niet in {len(text)} metingen. Verlaag faults.")
    spoiled = text.copy()
    for field, rows in zip(FAULT_NAMES, faulty, strict=True):
        value = (_WRITTEN | written)[field]
        if field in _COLUMNS:
            spoiled.loc[rows, _COLUMNS[field]] = value
        else:
            _set_one_of(spoiled, rows, scores, value, rng, filled=True)
    _set_one_of(spoiled, not_applicable, scores, "n.v.t.", rng, filled=False)
    # A copy lands anywhere in the file, not next to its original.
    place = np.concatenate([np.arange(len(spoiled)), rng.uniform(0, len(spoiled), len(copied))])
    every = np.concatenate([np.arange(len(spoiled)), copied])
    return spoiled.iloc[every[np.argsort(place, kind="stable")]].reset_index(drop=True)


def _set_one_of(
    text: pd.DataFrame, rows: np.ndarray, scores: list[str], value: str, rng: np.random.Generator, *, filled: bool
) -> None:
    """Put `value` in one score of each of `rows`, in a filled or an empty cell."""
    fits = (text.loc[rows, scores] != "").to_numpy() == filled
    chosen = (rng.random(fits.shape) + fits).argmax(axis=1)
    for row, place in zip(rows, chosen, strict=True):
        text.loc[row, scores[place]] = value
