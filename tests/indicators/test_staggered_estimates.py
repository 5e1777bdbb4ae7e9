"""Design C from client rows to the two tables: what it finds, what it refuses, and what it promises."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.power import TTestPower

from data_contracts.contract import broken_rules
from data_contracts.errors import ContractBroken
from data_contracts.tables.estimates import ESTIMATES, JOINT
from indicators.effects.estimates import Outcome
from indicators.effects.team_cells import exposure_of, half_year_of
from indicators.staggered.drift import power_of_t
from indicators.staggered.estimates import staggered_estimates, takes_part, takes_part_at

FINANCES = Outcome("finances", "zrm", "points", "finances")
EVICTIONS = Outcome("evictions", "events", "event", what="eviction", years="years")


def municipality(*, effect: float = 0.5, noise: float = 0.0, n_per_cell: int = 20, seed: int = 1) -> pd.DataFrame:
    """12 teams x 8 periods with team and period effects; teams 0 to 7 start in period 3 to 6, the others never."""
    rng = np.random.default_rng(seed)
    team, period = np.divmod(np.repeat(np.arange(96), n_per_cell), 8)
    start = np.where(np.arange(12) < 8, 3 + np.arange(12) // 2, 99)[team]
    exposed = (period >= start).astype(int)
    return pd.DataFrame(
        {
            "client_no": np.arange(team.size),
            "team_no": team,
            "intake_period": period,
            "exposed": pd.array(exposed, dtype="Int8"),
            "rater_no": team * 10 + period,
            "finances": 0.1 * team - 0.05 * period + effect * exposed + noise * rng.normal(size=team.size),
            "evictions": rng.poisson(0.5, team.size),
            "years": 1.0,
        }
    )


def test_a_planted_effect_is_found_to_the_last_digit_when_there_is_no_noise() -> None:
    found = staggered_estimates(municipality(), [FINANCES]).estimates
    assert found["estimate"].to_numpy() == pytest.approx([0.5, 0.5])
    assert found["measure"].tolist() == ["effect", "effect_group_time"]


def test_both_tables_keep_their_contracts() -> None:
    found = staggered_estimates(municipality(noise=1), [FINANCES, EVICTIONS])
    assert broken_rules(ESTIMATES, found.estimates) == {}
    assert broken_rules(JOINT, found.joint) == {}
    assert found.joint["n_clients"].tolist() == [1920] * 4


def test_the_careful_figure_is_demonstrable_by_its_own_p_value_and_minds_its_own_teams() -> None:
    """A small effect: the headline tells it from nothing, the careful figure with its wider margin does not."""
    found = staggered_estimates(municipality(effect=0.18, noise=1), [FINANCES]).estimates
    checks = [json.loads(text) for text in found["assumptions"]]
    for (_, row), one in zip(found.iterrows(), checks, strict=True):
        p_value = 2 * stats.t.sf(abs(row["estimate"] / row["se"]), one["teams"]["degrees_of_freedom"])
        assert one["demonstrable"]["p_value"] == pytest.approx(p_value, abs=1e-4)
    assert [one["demonstrable"]["holds"] for one in checks] == [True, False]
    assert checks[0]["wild_bootstrap"]["p_value"] != checks[1]["wild_bootstrap"]["p_value"]


def test_drawing_from_the_joint_table_gives_the_interval_of_the_estimate() -> None:
    found = staggered_estimates(municipality(noise=1), [FINANCES, EVICTIONS])
    headline = found.estimates[found.estimates["measure"] == "effect"].set_index("estimate_id")
    own = found.joint[found.joint["estimate_id"] == found.joint["with_estimate_id"]].set_index("estimate_id")
    assert 1.959964 * np.sqrt(own["covariance"].to_numpy()) == pytest.approx(
        (headline["ci_high"] - headline["estimate"]).to_numpy()
    )
    assert own["mean"].tolist() == headline["estimate"].tolist()


def test_outcomes_that_move_together_have_a_covariance() -> None:
    clients = municipality(noise=1).assign(housing=lambda frame: frame["finances"] * 2)
    found = staggered_estimates(clients, [FINANCES, Outcome("housing", "zrm", "points", "housing")]).joint
    covariance = found.pivot_table(index="estimate_id", columns="with_estimate_id", values="covariance").to_numpy()
    assert covariance == pytest.approx(covariance[0, 0] * np.array([[1, 2], [2, 4]]))


def test_a_rate_is_events_per_client_year() -> None:
    clients = municipality(noise=1).assign(years=0.5)
    whole = staggered_estimates(municipality(noise=1), [EVICTIONS]).estimates
    half = staggered_estimates(clients, [EVICTIONS]).estimates
    assert half["estimate"].to_numpy() == pytest.approx(2 * whole["estimate"].to_numpy())
    assert set(half["per"]) == {"client_year"}


def test_a_client_who_met_the_approach_halfway_counts_nowhere() -> None:
    clients = municipality()
    halfway = (clients["team_no"] < 8) & (clients["intake_period"] == 2)
    clients.loc[halfway, "finances"] = 99.0
    clients.loc[halfway, "exposed"] = pd.NA
    found = staggered_estimates(clients, [FINANCES]).estimates
    assert found["estimate"].to_numpy() == pytest.approx([0.5, 0.5])
    assert found["n_clients"].tolist() == [len(clients) - halfway.sum()] * 2


def test_exposure_reads_dates_only() -> None:
    days = pd.to_datetime(pd.Series(["2021-01-01", "2022-06-30", "2023-01-01", "2024-01-01"]))
    started = pd.to_datetime(pd.Series(["2023-01-01", "2023-01-01", "2023-01-01", None]))
    assert exposure_of(days, started, outcome_months=12).tolist() == [0, pd.NA, 1, 0]
    assert half_year_of(days).diff().tolist()[1:] == [2, 2, 2]


def test_a_drift_before_the_start_is_reported() -> None:
    clients = municipality(noise=0.1)
    clients["finances"] += 0.1 * clients["intake_period"] * (clients["team_no"] < 8)
    checks = json.loads(staggered_estimates(clients, [FINANCES]).estimates["assumptions"][0])
    assert checks["pre_trend"]["holds"] is False
    assert 0.03 < checks["pre_trend"]["slope_per_period"] < 0.1  # later starters drift too, and are comparison
    assert checks["teams"] == {"holds": False, "started": 8, "total": 12, "degrees_of_freedom": pytest.approx(8, abs=3)}


def test_no_drift_is_seen_where_there_is_none() -> None:
    checks = json.loads(staggered_estimates(municipality(noise=1), [FINANCES]).estimates["assumptions"][0])
    assert checks["pre_trend"]["holds"] is True


def test_the_check_before_the_start_is_not_adjusted_for_the_number_of_outcomes() -> None:
    """Drift in one outcome is as visible beside nine others as alone: a check that cannot fail is no check."""
    clients = municipality(noise=1)
    clients["finances"] += 0.09 * clients["intake_period"] * (clients["team_no"] < 8)
    rng = np.random.default_rng(4)
    others = [replace(FINANCES, column=f"other_{at}", life_domain=f"other_{at}") for at in range(9)]
    clients = clients.assign(**{one.column: rng.normal(size=len(clients)) for one in others})
    alone, beside = (staggered_estimates(clients, [FINANCES, *more]).estimates for more in ([], others))
    checks = [json.loads(found["assumptions"][0])["pre_trend"] for found in (alone, beside)]
    assert checks[0] == checks[1]
    assert 0.005 < checks[1]["p_value"] < 0.05 and checks[1]["holds"] is False
    assert beside["stamp"][0] == "indication"


def test_all_periods_together_can_fail_where_the_line_does_not() -> None:
    """Up and down again before the start: no slope, and yet no equal course."""
    clients = pd.concat(
        [
            municipality(noise=0.3, seed=at, n_per_cell=5).assign(
                team_no=lambda one, at=at: one["team_no"] + 12 * at, client_no=lambda one, at=at: one.index + 2000 * at
            )
            for at in range(5)
        ]
    )
    bump = clients["intake_period"].eq(3) & clients["exposed"].eq(0) & (clients["team_no"] % 12 < 8)
    found = staggered_estimates(clients.assign(finances=clients["finances"] + 1.5 * bump), [FINANCES]).estimates
    checks = json.loads(found["assumptions"][0])["pre_trend"]
    assert checks["p_value"] > 0.05 > checks["p_value_all_periods"] and checks["holds"] is False


def test_where_drift_alone_makes_the_figure_the_slope_that_explains_it_is_the_one_that_was_seen() -> None:
    clients = municipality(effect=0.0, noise=1e-6)
    clients["finances"] += 0.1 * clients["intake_period"] * (clients["team_no"] < 8)
    for _, row in staggered_estimates(clients, [FINANCES]).estimates.iterrows():
        checks = json.loads(row["assumptions"])
        assert checks["pre_trend"]["slope_explaining"] == pytest.approx(
            checks["pre_trend"]["slope_per_period"], abs=1e-3
        )
        assert checks["pre_trend"]["power"] == pytest.approx(1)
        furthest = checks["drift_not_excluded"]["per_period"] / checks["pre_trend"]["slope_explaining"]
        assert furthest > 1
        assert checks["drift_not_excluded"]["estimate"] == pytest.approx(row["estimate"] * (1 - furthest), abs=1e-3)
        assert checks["drift_not_excluded"]["holds"] is False


def test_the_power_of_a_t_test_is_that_of_statsmodels() -> None:
    """An effect of half a standard deviation in 12 observations: 11 degrees of freedom, distance 0.5 x sqrt(12)."""
    for effect in (0.0, 0.5, 1.2):
        outside = TTestPower().power(effect, 12, 0.05)
        assert power_of_t(effect * np.sqrt(12), 11) == pytest.approx(outside, abs=1e-6)


@pytest.mark.parametrize(
    ("keep", "reason"),
    [
        (lambda c: c["team_no"] >= 8, "geen enkel team"),
        (lambda c: c["team_no"].isin([0, 8, 9, 10]), "Te weinig teams"),
        (lambda c: c["team_no"] == 0, "Er blijft geen vergelijking over"),
        (lambda c: c["exposed"] == 1, "Er blijft geen vergelijking over"),
        (lambda c: c["team_no"] > 99, "geen cliënten"),
    ],
)
def test_what_the_design_cannot_carry_is_refused_in_dutch(keep, reason: str) -> None:
    clients = municipality(noise=1)
    found = staggered_estimates(clients[keep(clients)], [FINANCES])
    assert found.estimates["refused_because"].str.contains(reason).all()
    assert found.estimates[["estimate", "se", "ci_low", "ci_high"]].isna().all(axis=None)
    assert found.joint.empty
    assert broken_rules(ESTIMATES, found.estimates) == {}


def test_a_refused_outcome_leaves_the_others_standing() -> None:
    clients = municipality(noise=1).assign(ceiling=0.0)
    found = staggered_estimates(clients, [FINANCES, Outcome("ceiling", "zrm", "points", "housing")])
    assert found.estimates.groupby("life_domain")["refused_because"].count().to_dict() == {"finances": 0, "housing": 2}
    assert len(found.joint) == 1


def test_a_client_in_two_rows_is_our_own_bug() -> None:
    clients = municipality()
    with pytest.raises(ContractBroken, match="1 rows repeat a client"):
        staggered_estimates(pd.concat([clients, clients.head(1)]), [FINANCES])


def test_among_many_outcomes_without_effect_chance_alone_demonstrates_nothing() -> None:
    rng = np.random.default_rng(2)
    clients = municipality(noise=0.3)
    names = [f"domain_{at}" for at in range(10)]
    clients[names] = rng.normal(size=(len(clients), 10))
    found = staggered_estimates(
        clients, [FINANCES, *(Outcome(name, "zrm", "points", name) for name in names)]
    ).estimates
    checks = [json.loads(text)["demonstrable"] for text in found["assumptions"][:11]]
    assert [check["holds"] for check in checks] == [True, *[False] * 10]
    assert checks[0]["p_value_adjusted"] >= checks[0]["p_value"]


def test_an_outcome_declared_beforehand_does_not_pay_for_the_others() -> None:
    clients = municipality(noise=2.0).assign(other=lambda frame: frame["finances"] * 0 + frame["client_no"] % 7)
    others = [Outcome("other", "zrm", "points", f"domain_{at}", is_headline=False) for at in range(6)]
    apart, together = (
        json.loads(staggered_estimates(clients, [FINANCES, *more]).estimates["assumptions"][0])["demonstrable"]
        for more in (others, [replace(one, is_headline=True) for one in others])
    )
    assert apart["p_value_adjusted"] == apart["p_value"]
    assert together["p_value_adjusted"] == pytest.approx(7 * together["p_value"], rel=0.01)


def test_domains_that_a_team_never_scored_do_not_hide_the_rest() -> None:
    clients = municipality(noise=1)
    clients.loc[clients["team_no"].isin([1, 9]), "finances"] = np.nan
    found = staggered_estimates(clients, [FINANCES]).estimates
    assert found["refused_because"].isna().all()
    assert json.loads(found["assumptions"][0])["teams"]["total"] == 10


ODD = [27, 64, 73, 82]


def some_placed() -> pd.DataFrame:
    """One client per team and period; one was not scored, two met the approach halfway, one has no team."""
    clients = municipality(n_per_cell=1).astype({"team_no": "Int64"})
    clients.loc[27, "finances"] = np.nan
    clients.loc[[64, 73], "exposed"] = pd.NA
    clients.loc[82, "team_no"] = pd.NA
    return clients


def test_an_effect_rests_on_who_works_the_new_way_and_on_whom_they_stand_beside() -> None:
    found = takes_part(some_placed(), FINANCES)
    assert np.flatnonzero(~found).tolist() == ODD


@pytest.mark.parametrize(("time", "n_then"), [(0, 8), (1, 8), (2, 6), (4, 2), (5, 0)])
def test_an_effect_so_long_after_the_start_rests_on_who_came_in_then_and_on_the_others(time: int, n_then: int) -> None:
    """Teams start in period 3, 4, 5 and 6, two each; who came in before stands beside them."""
    clients = some_placed()
    team, period = np.divmod(np.arange(96), 8)
    start = np.where(team < 8, 3 + team // 2, 99)
    expected = ((period < start) | (period - start == time)) & ~np.isin(np.arange(96), ODD)
    assert takes_part_at(clients, FINANCES, time).tolist() == expected.tolist()
    assert (period - start == time).sum() == n_then


def test_who_has_no_first_day_has_no_part() -> None:
    clients = some_placed()
    without = clients.assign(intake_period=clients["intake_period"].astype("Int64").mask(clients["client_no"] >= 80))
    for found in (takes_part(without, FINANCES), takes_part_at(without, FINANCES, 0)):
        assert len(found) == 96 and not found[80:].any() and found[:27].any()
    assert np.flatnonzero(~takes_part(without, FINANCES)[:80]).tolist() == ODD[:3]
