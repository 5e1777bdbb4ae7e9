"""Odd input leaves every statistic standing: nobody, one client, everybody at the top, the longest scale."""

from collections.abc import Callable

import pandas as pd
import pytest

from indicators.change.companions import companions
from indicators.change.domains import change_by_domain
from indicators.change.regression_to_mean import regression_to_mean
from indicators.change.reliable_change import reliable_change
from indicators.change.shares import with_shares
from indicators.change.teams import pooled_teams
from indicators.counts.pair_counts import PAIR


def counted(*cells: tuple[int, int, int], **key: str) -> pd.DataFrame:
    names = dict(zip(PAIR, ("zrm", "finances", "team", "north", "first", "last"), strict=True)) | key
    return pd.DataFrame(cells, columns=["score_from", "score_to", "n_clients"]).assign(**names)


ODD = {
    "nobody": counted((2, 3, 1)).iloc[:0],
    "one client": counted((2, 3, 1)),
    "all at the ceiling": counted((5, 5, 40)),
    "from end to end of the longest scale": counted((1, 10, 30), (10, 1, 30), subject="experienced"),
    "one, many and the ceiling together": pd.concat(
        [
            counted((2, 3, 1)),
            counted((5, 5, 40), slice_value="west"),
            counted((1, 5, 30), (5, 1, 30), slice_value="east"),
        ]
    ),
}
STATISTICS: list[Callable[[pd.DataFrame], pd.DataFrame]] = [
    lambda counts: with_shares(change_by_domain(counts)),
    regression_to_mean,
    reliable_change,
    companions,
    pooled_teams,
]


@pytest.mark.parametrize("name", ODD)
def test_every_statistic_has_a_row_per_table_and_no_complaint(name: str) -> None:
    for statistic in STATISTICS:
        found = statistic(ODD[name])
        assert set(found["slice_value"]) == set(ODD[name]["slice_value"])
