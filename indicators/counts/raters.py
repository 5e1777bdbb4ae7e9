"""Change by whether the same professional scored both times: est_change__by_rater.

After a change of rater a change of score may be in the eye of the rater, so the two are shown apart.
"""

from __future__ import annotations

import pandas as pd

from data_contracts.tables import estimate_companions, estimates
from indicators.counts.pair_counts import as_table

KEY = list(estimate_companions.BY_RATER.unique)


def change_by_rater(split: pd.DataFrame) -> pd.DataFrame:
    """est_change__by_rater from `transitions_by_rater`: same, other or unknown rater, and all of them together."""
    rows = split.rename(columns={"slice_value": "rater"})
    rows = pd.concat([rows, rows.assign(rater=estimates.ALL)], ignore_index=True)
    step, n = rows["score_to"] - rows["score_from"], rows["n_clients"]
    rows = rows.assign(n_up=n * (step > 0), n_equal=n * (step == 0), n_down=n * (step < 0), points=n * step)
    table = rows.groupby(KEY, observed=True)[["n_clients", "n_up", "n_equal", "n_down", "points"]].sum().reset_index()
    return as_table(estimate_companions.BY_RATER, table.assign(mean_change=table["points"] / table["n_clients"]))
