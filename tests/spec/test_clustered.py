"""Change takes the team as its unit, by the same jackknife as the effects, from counts alone."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.regression.linear_model import OLS

from data_contracts.contract import broken_rules
from data_contracts.tables import estimates
from indicators.change.companions import companions
from indicators.change.domains import change_by_domain
from indicators.change.shares import with_shares
from indicators.counts.pair_counts import PAIR
from indicators.counts.panel import Panel
from indicators.counts.transitions import transitions, transitions_by_team
from indicators.effects.before_after_estimates import before_after_estimates
from indicators.effects.estimates import Outcome

PAIRS = [("first", "last")]
CHANGE = Outcome("change", "zrm", "point", "finances")


def people(between: float, sizes: tuple[int, ...] = (30, 12, 45, 20, 33, 26), seed: int = 1) -> pd.DataFrame:
    """Clients whose teams differ in how far they come: a score before and after."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(len(sizes)), sizes)
    start = rng.integers(1, 5, team.size)
    gain = rng.normal(0.4, 1.0, team.size) + between * rng.normal(size=len(sizes))[team]
    after = np.clip(np.round(start + gain), 1, 5).astype(int)
    table = {"client_no": np.arange(team.size), "team_no": team, "start": start, "after": after}
    return pd.DataFrame(table).assign(change=after - start)


def panel_of(clients: pd.DataFrame) -> Panel:
    n = len(clients)
    return Panel(
        subject="zrm",
        client_no=np.repeat(clients["client_no"].to_numpy(np.int64), 2),
        day=np.tile(np.array([0, 300], np.int32), n),
        edition=np.zeros(2 * n, np.int8),
        editions=("zrm_2017",),
        is_monitoring=np.zeros(2 * n, bool),
        scores={"finances": clients[["start", "after"]].to_numpy(np.int8).ravel()},
    )


def row_of(clients: pd.DataFrame) -> pd.Series:
    counted = panel_of(clients)
    by_team = transitions_by_team(counted, PAIRS, clients["team_no"].to_numpy(np.int64))
    assert broken_rules(estimates.TRANSITIONS_BY_TEAM, by_team) == {}
    table = change_by_domain(transitions(counted, PAIRS), by_team)
    assert broken_rules(estimates.CHANGE, table) == {}
    return table.iloc[0]


@pytest.mark.parametrize("between", [0.0, 0.6])
def test_the_interval_of_a_change_is_that_of_the_design_before_and_after(between: float) -> None:
    """Two intervals of one quantity in one report are one."""
    clients = people(between)
    row = row_of(clients)
    design = before_after_estimates(clients.astype({"change": float}), [CHANGE]).estimates.iloc[0]
    found = row[["mean_change", "mean_change_low", "mean_change_high"]].to_numpy(float)
    assert found == pytest.approx(design[["estimate", "ci_low", "ci_high"]].to_numpy(float), abs=1e-9)


def test_with_teams_of_one_size_the_error_is_that_of_statsmodels_by_team() -> None:
    """Equal teams: the jackknife is the clustered covariance of a mean times J / (J - 1), with J - 1 degrees."""
    clients = people(0.6, sizes=(20,) * 8)
    row = row_of(clients)
    outside = OLS(clients["change"].astype(float), np.ones(len(clients))).fit(
        cov_type="cluster", cov_kwds={"groups": clients["team_no"], "use_correction": False}
    )
    half_width = stats.t.ppf(0.975, 7) * outside.bse.iloc[0] * np.sqrt(8 / 7)
    assert row["mean_change_high"] - row["mean_change"] == pytest.approx(half_width, rel=1e-9)


def test_clients_alike_within_teams_give_a_wider_margin_to_shares_and_a_larger_p_value() -> None:
    clients = people(1.2)
    row, alone = row_of(clients), change_by_domain(transitions(panel_of(clients), PAIRS)).iloc[0]
    assert row["design_effect"] > 2 and row["method"] == "pratt_teams"
    assert row["p_value"] > 3 * alone["p_value"]
    width, narrow = (
        with_shares(pd.DataFrame([one])).eval("share_up_high - share_up_low").iloc[0] for one in (row, alone)
    )
    assert width == pytest.approx(narrow * np.sqrt(row["design_effect"]), rel=0.15)


def test_where_teams_differ_a_false_alarm_is_as_rare_as_promised() -> None:
    """No change on average, eight teams that differ, 400 times: by client one in three would be called a change."""
    rng = np.random.default_rng(4)
    team = np.tile(np.repeat(np.arange(8), 25), 400)
    world = np.repeat(np.arange(400), 200)
    course = rng.normal(0, 1, team.size) + rng.normal(0, 0.4, (400, 8))[world, team]
    score_to = np.clip(np.round(3 + course), 1, 5).astype(int)
    key = dict(zip(PAIR, ("zrm", "finances", "cohort", "all", "first", "last"), strict=True))
    rows = pd.DataFrame({"slice_value": world.astype(str), "team_no": team, "score_to": score_to, "score_from": 3})
    by_team = rows.value_counts().rename("n_clients").reset_index()
    by_team = by_team.assign(**{name: value for name, value in key.items() if name != "slice_value"})
    counts = by_team.groupby([*PAIR, "score_from", "score_to"], as_index=False)["n_clients"].sum()
    by_client, by_teams = (change_by_domain(counts, given)["p_value"].lt(0.05).mean() for given in (None, by_team))
    assert 0.02 < by_teams < 0.08
    assert by_client > 0.25


def test_of_one_team_the_client_is_the_unit() -> None:
    clients = people(0.5).assign(team_no=3)
    pd.testing.assert_series_equal(row_of(clients), change_by_domain(transitions(panel_of(clients), PAIRS)).iloc[0])


def other_tests(clients: pd.DataFrame, *, by_team: bool) -> pd.DataFrame:
    counted = panel_of(clients)
    teams = transitions_by_team(counted, PAIRS, clients["team_no"].to_numpy(np.int64)) if by_team else None
    return companions(transitions(counted, PAIRS), teams).set_index("test")


@pytest.mark.parametrize("test", ["sign", "mcnemar", "stuart_maxwell"])
def test_other_tests_take_the_team_as_their_unit_too(test: str) -> None:
    """With teams that differ much the same moves are far less certain; with one team clients are the unit."""
    sizes = (40, 40, 40, 40, 40, 40)
    clients = people(0.9, sizes)
    apart, by_team = other_tests(clients, by_team=False), other_tests(clients, by_team=True)
    assert by_team.loc[test, "p_value"] > 10 * apart.loc[test, "p_value"]
    one_team = clients.assign(team_no=0)
    assert other_tests(one_team, by_team=True).loc[test, "p_value"] == pytest.approx(apart.loc[test, "p_value"])


def test_the_sign_test_by_team_is_a_t_test_with_the_clustered_error_of_statsmodels() -> None:
    clients = people(0.6, sizes=(20,) * 8)
    sign = np.sign(clients["change"]).astype(float)
    outside = OLS(sign, np.ones(len(clients))).fit(
        cov_type="cluster", cov_kwds={"groups": clients["team_no"], "use_correction": False}
    )
    statistic = outside.params.iloc[0] / (outside.bse.iloc[0] * np.sqrt(8 / 7))
    found = other_tests(clients, by_team=True).loc["sign"]
    assert found["statistic"] == pytest.approx(statistic, rel=1e-9)
    assert found["p_value"] == pytest.approx(2 * stats.t.sf(abs(statistic), 7), rel=1e-9)


def test_without_differences_between_teams_the_sign_test_is_right_one_time_in_twenty() -> None:
    found = [other_tests(nobody_gained(seed), by_team=True).loc["sign", "p_value"] < 0.05 for seed in range(100)]
    assert stats.binomtest(sum(found), len(found), 0.05).pvalue > 0.01


def nobody_gained(seed: int) -> pd.DataFrame:
    """Moves up and down as often, in teams that differ by chance about nothing."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(10), 25)
    start = np.full(team.size, 3)
    lean = rng.normal(0, 0.4, 10)[team]
    after = start + np.sign(rng.normal(lean, 1.0)).astype(int)
    table = {"client_no": np.arange(team.size), "team_no": team, "start": start, "after": after}
    return pd.DataFrame(table).assign(change=after - start)
