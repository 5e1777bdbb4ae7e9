"""Faults as real deliveries have them, planted in a text file of assessments, with the accounting that must follow."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from indicators.simulation.mechanisms import Faults

FAULT_NAMES = {
    "score_out_of_range": "score 9",
    "score_not_whole": "score 2,5",
    "date_in_future": "date in the future",
    "impossible_date": "impossible date",
    "client_missing": "client number missing",
    "unknown_team": "unknown team",
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
    text: pd.DataFrame, faults: Faults, scores: list[str], *, decimal: str, dates: dict[str, str], seed: int
) -> pd.DataFrame:
    """`text` with the faults, each in a row of its own; duplicates are copies of other, good rows.

    scores: the score columns. dates: how this file writes a `future` date and an `impossible` one.
    Raises ValueError when there are fewer rows than faults.
    """
    rng = np.random.default_rng([seed, 1])
    wanted = [getattr(faults, field) for field in FAULT_NAMES]
    needed = sum(wanted) + faults.exact_duplicates + faults.not_applicable
    if needed > len(text):
        raise ValueError(f"{needed} fouten passen niet in {len(text)} rijen")
    rows = np.split(rng.permutation(len(text))[:needed], np.cumsum([*wanted, faults.exact_duplicates]))
    spoiled = text.copy()
    for field, at in zip(FAULT_NAMES, rows, strict=False):
        match field:
            case "score_out_of_range":
                _set_one_of(spoiled, at, scores, "9", rng, filled=True)
            case "score_not_whole":
                _set_one_of(spoiled, at, scores, f"2{decimal}5", rng, filled=True)
            case "date_in_future":
                spoiled.loc[at, "Datum afname"] = dates["future"]
            case "impossible_date":
                spoiled.loc[at, "Datum afname"] = dates["impossible"]
            case "client_missing":
                spoiled.loc[at, "Cliëntnummer"] = ""
            case "unknown_team":
                spoiled.loc[at, "Wijkteam"] = "Wijkteam Onbekend"
    copied, not_applicable = rows[-2], rows[-1]
    _set_one_of(spoiled, not_applicable, scores, "n.v.t.", rng, filled=False)
    # A copy lands anywhere in the file, not next to its original.
    place = np.concatenate([np.arange(len(spoiled)), rng.uniform(0, len(spoiled), len(copied))])
    every = np.concatenate([np.arange(len(spoiled)), copied])
    return spoiled.iloc[every[np.argsort(place, kind="stable")]].reset_index(drop=True)


def _set_one_of(
    text: pd.DataFrame, at: np.ndarray, scores: list[str], value: str, rng: np.random.Generator, *, filled: bool
) -> None:
    """Put `value` in one score of each row in `at`, in a filled or an empty cell; any cell when there is none."""
    fits = (text.loc[at, scores] != "").to_numpy() == filled
    chosen = (rng.random(fits.shape) + fits).argmax(axis=1)
    for row, place in zip(at, chosen, strict=True):
        text.loc[row, scores[place]] = value
