"""Whom a funnel begins with."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipelines.records.panel import everybody_of, n_per_group

GROUPS = pd.DataFrame({"client_no": [1, 2, 3, 4, 5], "team": ["Noord", "Zuid", "Noord", None, "Zuid"]})
MEASURED = {"zrm": np.array([1, 1, 2]), "zrm_youth": np.array([2, 3])}


def test_everybody_in_view_is_in_it_but_who_was_only_asked_for_another_instrument() -> None:
    assert everybody_of("zrm", GROUPS, MEASURED)["client_no"].tolist() == [1, 2, 4, 5]
    assert everybody_of("ladder", GROUPS, MEASURED)["client_no"].tolist() == [1, 2, 3, 4, 5]
    assert everybody_of("zrm_youth", GROUPS, MEASURED)["client_no"].tolist() == [2, 3]


def test_they_are_counted_per_group_also_where_nobody_was_measured() -> None:
    counts = n_per_group(everybody_of("zrm", GROUPS, MEASURED), GROUPS, ["all", "team"])
    assert {name: found.tolist() for name, found in counts.items()} == {"all": [4], "team": [1, 2]}
