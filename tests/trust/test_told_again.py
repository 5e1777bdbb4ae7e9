"""What a release said of the same people is said again: hiding it protects nothing, whatever the audit cannot prove."""

from __future__ import annotations

from unittest import mock

import linked_releases
import numpy as np
import pandas as pd

from data_contracts.gate.disclosure import release_tables
from data_contracts.gate.ledger import Before
from data_contracts.gate.specs import SPECS
from data_contracts.protection import Thresholds
from pipelines.asking.taken_away import lost_figures

CHANGE = SPECS["out_change__by_domain"]


def test_a_table_that_says_nothing_new_stays_where_all_tables_together_are_not_proven() -> None:
    """As when a bound that was told is sharper than the audit of all tables takes for granted."""
    exact, types = linked_releases.a_town(2)
    start = Before(counted=linked_releases._counted(exact))
    first = release_tables(exact, Thresholds(), linked_releases.SLICES, start, team_types=types)
    known = linked_releases._after(first, exact)

    def all_is_told(found, left, base):
        yield from ((at, []) for at in np.flatnonzero(found.system.hidden).tolist())

    with mock.patch("data_contracts.gate.hiding_together._told", all_is_told):
        again = release_tables(exact, Thresholds(), linked_releases.SLICES, known, team_types=types)
        new = release_tables(exact, Thresholds(), linked_releases.SLICES, start, team_types=types)
    for name, one in first.items():
        assert lost_figures(SPECS[name], one.frame, again[name].frame) == 0, name
    assert sum(lost_figures(SPECS[name], one.frame, new[name].frame) for name, one in first.items()) > 0


def test_what_a_question_takes_away_is_counted_by_figure_also_within_a_row() -> None:
    exact, types = linked_releases.a_town(2)
    now = linked_releases.together(exact, types)["out_change__by_domain"]
    shown = now.index[now["status"] == "released"][0]
    assert lost_figures(CHANGE, now, now) == 0
    for column, value in (("n_up", pd.NA), ("mean_change", 9.9), ("n_down_status", "hidden")):
        then = now.assign(**{column: now[column].mask(now.index == shown, value)})
        assert lost_figures(CHANGE, now, then) == 1, column
        assert lost_figures(CHANGE, then, now) <= 1
    assert lost_figures(CHANGE, now, now.drop(index=shown)) > 10
    assert lost_figures(CHANGE, now.assign(p_adjusted=0.5), now) == 0
