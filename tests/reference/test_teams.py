"""Partial pooling equals R metafor (DerSimonian-Laird, best linear unbiased prediction). Values made by teams.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.change.teams import pooled_teams
from indicators.counts.pair_counts import PAIR
from indicators.pooling import pooled

EXPECTED = pd.read_csv(Path(__file__).with_name("teams.csv"))
GIVEN = {
    "schools": ([28, 8, -3, 7, -1, 1, 18, 12], np.array([15, 10, 16, 11, 9, 11, 10, 18]) ** 2),
    "spread": ([0.9, 0.1, -0.2, 0.6, 0.35, 1.1], [0.02, 0.03, 0.05, 0.01, 0.2, 0.08]),
}


@pytest.mark.parametrize("name", GIVEN)
def test_pooled_estimates_equal_metafor(name: str) -> None:
    expected = EXPECTED[EXPECTED["name"] == name]
    estimate, variance = (np.array(values, dtype=float) for values in GIVEN[name])
    found = pooled(estimate, variance)
    assert (found.mean, found.between_variance) == pytest.approx(
        (expected["centre"].iloc[0], expected["between"].iloc[0])
    )
    assert found.trust == pytest.approx(expected["weight"].to_numpy())
    assert found.estimates == pytest.approx(expected["pooled"].to_numpy())
    assert np.sqrt(found.variances) == pytest.approx(expected["error"].to_numpy(), rel=1e-8)


def teams(**tables: list[tuple[int, int, int]]) -> pd.DataFrame:
    key = dict(zip(PAIR, ("zrm", "finances", "team", "", "first", "last"), strict=True))
    rows = [(team, *cell) for team, cells in tables.items() for cell in cells]
    return pd.DataFrame(rows, columns=["slice_value", "score_from", "score_to", "n_clients"]).assign(
        **{name: value for name, value in key.items() if name != "slice_value"}
    )


def test_a_small_team_is_drawn_further_to_the_others_than_a_large_one() -> None:
    large = [(2, 2, 70), (2, 3, 90), (2, 4, 40)]
    table = pooled_teams(
        teams(west=large, south=[(2, 2, 90), (2, 3, 10)], north=[(2, 2, 2), (2, 4, 6)], east=[(2, 2, 80), (2, 3, 60)])
    ).set_index("slice_value")
    assert broken_rules(estimate_companions.TEAMS, table.reset_index()[list(estimate_companions.TEAMS.columns)]) == {}
    assert table.loc["north", "weight_of_own_data"] < table.loc["west", "weight_of_own_data"] < 1
    assert table.loc["north", "mean_change_pooled"] < table.loc["north", "mean_change"] == 1.5
    assert list(table.index) == ["east", "north", "south", "west"]


def test_two_teams_or_no_spread_are_refused() -> None:
    two = pooled_teams(teams(west=[(2, 3, 9), (2, 2, 9)], north=[(2, 3, 9), (2, 2, 3)]))
    assert two["refused_because"].eq("Te weinig teams om met elkaar te kunnen vergelijken.").all()
    still = pooled_teams(teams(west=[(2, 2, 9)], north=[(2, 2, 9)], east=[(3, 3, 9)]))
    assert (
        still["refused_because"].str.startswith("Te weinig mensen").all() and still["mean_change_pooled"].isna().all()
    )
