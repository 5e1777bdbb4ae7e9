"""Public figures per municipality as rows: what happened after the start, beside a mix of other municipalities.

The stamp is that of a series: everything else that changed in this municipality alone is in the figure too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, replace

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame
from data_contracts.tables.municipal import COMPARED, LINES
from data_contracts.vocabulary.certainty import smallest_p_value
from indicators.arrays import Floats, Integers
from indicators.effects.evidence import OF_DESIGN
from indicators.many_outcomes import adjusted
from indicators.series.synthetic_control import Imitation, imitation, refusal

METHOD = "synthetic control, each line from its own mean before the start, in-space placebos"
OWN_GAPS = "De reeks van deze gemeente heeft gaten."


@dataclass(frozen=True, slots=True)
class _Found:
    """What one indicator gives; figures are missing when it was refused."""

    n_before: int
    n_after: int
    n_donors: int
    refused_because: str | None
    n_placebos: int = 0
    n_as_large: int = 0
    estimate: float = np.nan
    lowest: float = np.nan
    highest: float = np.nan
    error_before: float = np.nan
    p_value: float = np.nan


def municipal_estimates(figures: pd.DataFrame, started_on: dt.date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """est_effects__municipalities and est_effects__municipal_lines.

    `figures` holds indicator, unit, municipality, is_own, begins_at (year and part of it), period, begins_on, ends_on
    and value, with every period of an indicator for every municipality; a value that was never published is missing.
    The period in which the start lies counts neither as before nor as after. A municipality with a missing value is
    no donor.
    """
    start = pd.Timestamp(started_on)
    moment = np.select([figures["ends_on"] < start, figures["begins_on"] >= start], ["before", "after"], "between")
    figures = figures.assign(moment=moment)
    found = [_one(rows) for _, rows in figures.groupby("indicator", sort=False)]
    if not found:
        return empty_frame(COMPARED), empty_frame(LINES)
    compared = pd.DataFrame([asdict(one) for one, _ in found]).assign(
        indicator=list(figures["indicator"].unique()),
        unit=figures.drop_duplicates("indicator")["unit"].to_numpy(),
        method=METHOD,
        stamp=OF_DESIGN["series"].value,
    )
    p_value = compared["p_value"].to_numpy(np.float64)
    compared["p_adjusted"] = adjusted(p_value, "holm")
    compared["p_smallest"] = _smallest(p_value, compared["n_placebos"].to_numpy(np.int64))
    lines = pd.concat([rows for _, rows in found], ignore_index=True)
    return _typed(compared, COMPARED), _typed(lines, LINES)


def _one(rows: pd.DataFrame) -> tuple[_Found, pd.DataFrame]:
    """One indicator: its figures, and its lines with what imitates them; periods by municipalities, own one first."""
    rows = rows.sort_values(["is_own", "municipality", "begins_at"], ascending=[False, True, True], kind="stable")
    values = rows["value"].to_numpy(np.float64).reshape(rows["municipality"].nunique(), -1).T
    moment = rows["moment"].to_numpy()[: len(values)]
    counts = moment != "between"
    whole = np.isfinite(values[counts]).all(axis=0)
    n_before, n_after, n_donors = int((moment == "before").sum()), int((moment == "after").sum()), int(whole[1:].sum())
    imitated, weights, is_compared = np.full(values.shape, np.nan), np.full(whole.size, np.nan), np.zeros_like(whole)
    because = refusal(n_donors, n_before, n_after) if whole[0] else OWN_GAPS
    one = _Found(n_before, n_after, n_donors, because)
    if because is None:
        found = imitation(values[np.ix_(counts, whole)], n_before)
        imitated[np.ix_(counts, whole)] = found.imitated
        weights[np.flatnonzero(whole)[1:]], is_compared[whole] = found.weights, found.is_compared
        one = _figures(one, found)
    lines = rows.assign(
        imitated=imitated.T.ravel(),
        weight=np.repeat(weights, len(values)),
        is_compared=np.repeat(is_compared, len(values)),
    )
    return one, lines


def _smallest(p_value: Floats, n_placebos: Integers) -> Floats:
    """(K,) the smallest adjusted p-value that each indicator could have had beside the others as they were found.

    With ten donors the smallest possible p-value is 1/11, so that many indicators ask for many donors: a test that
    could not have shown anything is not to be read as 'nothing happened'.
    """
    smallest = np.full(p_value.size, np.nan)
    for at in np.flatnonzero(np.isfinite(p_value)):
        at_best = p_value.copy()
        at_best[at] = smallest_p_value(int(n_placebos[at]))
        smallest[at] = adjusted(at_best, "holm")[at]
    return smallest


def _figures(one: _Found, found: Imitation) -> _Found:
    if found.refused_because is not None:
        return replace(one, refused_because=found.refused_because)
    return replace(
        one,
        n_placebos=found.n_placebos,
        n_as_large=found.n_as_large,
        estimate=found.effect,
        lowest=found.lowest,
        highest=found.highest,
        error_before=float(found.error_before[0]),
        p_value=found.p_value,
    )


def _typed(frame: pd.DataFrame, contract: pa.DataFrameSchema) -> pd.DataFrame:
    kinds = {name: str(column.dtype) for name, column in contract.columns.items()}
    return frame[list(kinds)].astype(kinds)
