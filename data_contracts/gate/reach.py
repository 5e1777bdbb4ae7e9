"""How many clients came in per year and way of working: the volume of the MKBA."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.contract import require
from data_contracts.gate.ledger import Before
from data_contracts.gate.rounding import rounded_count
from data_contracts.gate.summary import Released
from data_contracts.gate.unaudited import PLAIN_SPECS, against_earlier
from data_contracts.protection import Thresholds
from data_contracts.tables.estimates import REACH
from data_contracts.tables.released import REACH as OUT_REACH
from data_contracts.tables.released import Status


def release_reach(est_frame: pd.DataFrame, thresholds: Thresholds, before: Before) -> Released:
    """out_reach__by_year: counts rounded; a year is hidden whole when one of its groups is too small.

    The ways of working of one year add up to its cohort, which is released elsewhere: one hidden way would follow. So
    a year is held whole too.
    """
    require(REACH, est_frame)
    few = est_frame.groupby("year")["n_clients"].transform("min") < thresholds.clients
    counts = pd.Series(rounded_count(est_frame["n_clients"], thresholds.round_to), est_frame.index)
    frame = pd.DataFrame(
        {
            "year": est_frame["year"],
            "way": est_frame["way"],
            "n_clients": counts.astype("Int32").mask(few),
            "is_whole_year": est_frame["is_whole_year"],
            "status": few.map({True: Status.TOO_FEW.value, False: Status.RELEASED.value}),
            "held_from": pd.Series(None, est_frame.index, dtype="str"),
        }
    )
    frame = frame.sort_values(["year", "way"])
    limit = np.full(len(frame), thresholds.clients, np.int64)
    exact = est_frame["n_clients"].reindex(frame.index).astype("int64")
    spec = PLAIN_SPECS[str(OUT_REACH.name)]
    return against_earlier(
        spec,
        frame.reset_index(drop=True),
        exact.reset_index(drop=True),
        limit,
        before,
        thresholds.round_to,
    )
