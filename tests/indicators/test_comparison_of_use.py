"""Design B on what clients used: invented municipalities with a known truth, and groups unequal at the start."""

import json

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES, JOINT
from indicators.comparison.estimates import comparison_estimates
from indicators.comparison.figures import Pairs, difference_in_differences
from indicators.comparison.known_at_start import known_at_start
from indicators.effects.estimates import Estimated, Outcome

FINANCES = Outcome("finances_after", "zrm", "point", "finances")
EVICTIONS = Outcome("evictions", "events", "event", what="huisuitzetting", years="first_year")
HOURS = Outcome("hours", "hours", "hour", what="support")
AVOIDED = -0.15


def municipality(
    seed: int = 5, teams: int = 24, per_team: int = 80, avoided: float = AVOIDED, apart: float = 0.3
) -> pd.DataFrame:
    """Half of the teams start the approach: their clients stand lower, most of all on finances, and come in later.

    Who stands lower is evicted more often and takes more hours, and so does who comes in later. The approach takes
    `avoided` off the evictions per client-year and adds nothing to the hours.
    """
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(teams), per_team)
    exposed = (team < teams // 2).astype(int)
    later = rng.random(team.size) < 0.35 + 0.3 * exposed
    level = 3 - apart * exposed + rng.normal(0, 0.5, team.size)
    finances, housing = (level + rng.normal(0, 0.5, team.size) - lower * exposed for lower in (apart, 0.0))
    need = 0.25 * (3 - finances) + 0.1 * (3 - housing) + 0.1 * later + rng.normal(0, 0.03, teams)[team]
    return pd.DataFrame(
        {
            "client_no": np.arange(team.size),
            "team_no": team,
            "exposed": exposed,
            "intake_period": 4040 + later,
            "is_age_old": (rng.random(team.size) < 0.3).astype(float),
            "finances": finances,
            "housing": housing,
            "finances_after": finances + rng.normal(0.2, 0.5, team.size),
            "evictions": rng.poisson(np.clip(0.6 + need + avoided * exposed, 0, None)).astype(float),
            "hours": 30 + 20 * need + rng.normal(0, 6, team.size),
            "first_year": 1.0,
        }
    )


def compared(clients: pd.DataFrame, headline: str = "effect_ancova") -> Estimated:
    known = known_at_start(clients, ["finances", "housing"], ["finances"], [], ["is_age_old"])
    return comparison_estimates(
        clients.join(known),
        [FINANCES, EVICTIONS, HOURS],
        ["finances", None, None],
        ["is_age_old"],
        headline=headline,
        known_at_start=list(known),
    )


def of(found: Estimated, subject: str, measure: str = "effect_ancova") -> pd.Series:
    rows = found.estimates
    return rows[(rows["subject"] == subject) & (rows["measure"] == measure)].iloc[0]


def unadjusted(clients: pd.DataFrame, column: str) -> float:
    after = clients[column].to_numpy(float)
    nothing = np.zeros((len(clients), 0))
    return difference_in_differences(Pairs(0 * after, after, clients["exposed"].eq(1).to_numpy(), nothing))


@pytest.fixture(scope="module")
def clients() -> pd.DataFrame:
    return municipality()


@pytest.fixture(scope="module")
def found(clients: pd.DataFrame) -> Estimated:
    return compared(clients)


@pytest.mark.parametrize("measure", ["effect_ancova", "effect_weighted", "effect_doubly_robust"])
def test_avoided_evictions_are_found_where_the_plain_difference_sees_none(
    clients: pd.DataFrame, found: Estimated, measure: str
) -> None:
    row = of(found, "events", measure)
    assert unadjusted(clients, "evictions") > AVOIDED / 2
    assert row["estimate"] == pytest.approx(AVOIDED, abs=0.05)
    assert row["ci_low"] < AVOIDED < row["ci_high"] < 0
    assert (row["unit"], row["per"]) == ("event", "client_year")


@pytest.mark.parametrize("measure", ["effect_ancova", "effect_weighted", "effect_doubly_robust"])
def test_no_hours_are_found_where_there_are_none_and_the_plain_difference_sees_many(
    clients: pd.DataFrame, found: Estimated, measure: str
) -> None:
    row = of(found, "hours", measure)
    assert unadjusted(clients, "hours") > 3
    assert row["ci_low"] < 0 < row["ci_high"]
    assert row["estimate"] == pytest.approx(0, abs=1)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    rows = [compared(municipality(seed, teams=12, per_team=30)) for seed in range(100, 140)]
    evictions, hours = ([of(one, subject) for one in rows] for subject in ("events", "hours"))
    held = [
        *(row["ci_low"] < AVOIDED < row["ci_high"] for row in evictions),
        *(row["ci_low"] < 0 < row["ci_high"] for row in hours),
    ]
    assert np.mean(held) > 0.88


def test_a_difference_in_change_is_refused_for_use_and_kept_for_scores(found: Estimated) -> None:
    assert "is niet volledig bekend" in of(found, "events", "effect")["refused_because"]
    assert np.isnan(of(found, "hours", "effect")["estimate"])
    assert np.isfinite(of(found, "zrm", "effect")["estimate"])


@pytest.mark.parametrize("headline", ["effect", "effect_ancova"])
def test_scores_and_use_stand_in_one_joint_table_each_by_its_own_headline(headline: str) -> None:
    found = compared(municipality(apart=0.0), headline)
    assert broken_rules(ESTIMATES, found.estimates) == {}
    assert broken_rules(JOINT, found.joint) == {}
    leading = [of(found, "zrm", headline), of(found, "events"), of(found, "hours")]
    assert found.joint["estimate_id"].unique().tolist() == [row["estimate_id"] for row in leading]
    assert found.joint["vector"].unique().tolist() == [f"comparison/{headline}/all/all"]
    own = found.joint[found.joint["estimate_id"] == found.joint["with_estimate_id"]]
    half_widths = [(row["ci_high"] - row["ci_low"]) / 2 for row in leading]
    assert np.sqrt(own["covariance"]).to_list() == pytest.approx([one / 1.959964 for one in half_widths], rel=1e-5)
    between = found.joint.set_index(["estimate_id", "with_estimate_id"])["covariance"]
    assert between[leading[1]["estimate_id"], leading[2]["estimate_id"]] != 0


def test_use_is_not_compared_between_groups_that_differ_by_nature() -> None:
    """Who stands lower uses more for good; scores of one day tell a part of that, and the rest looks like an effect."""
    apart, alike = (compared(municipality(apart=one), "effect") for one in (0.3, 0.0))
    assert "van aard" in of(apart, "events")["refused_because"]
    assert np.isfinite(of(apart, "zrm", "effect")["estimate"])
    assert apart.joint["estimate_id"].unique().tolist() == [of(apart, "zrm", "effect")["estimate_id"]]
    assert np.isfinite(of(alike, "events")["estimate"])


def test_use_claims_no_more_than_scores(clients: pd.DataFrame) -> None:
    assert of(compared(clients), "events")["stamp"] == "comparison"
    # Nobody alike on the score itself, so that no score can be compared; the level of all domains would still do.
    apart = clients.assign(finances=clients["finances"] + 20 * clients["exposed"], housing=clients["housing"] - 20)
    alike = known_at_start(clients, ["finances", "housing"], ["finances"], [], ["is_age_old"])
    use = comparison_estimates(
        apart.join(alike),
        [FINANCES, EVICTIONS],
        ["finances", None],
        headline="effect_ancova",
        known_at_start=list(alike),
    )
    row = of(use, "events")
    assert row["stamp"] == "indication"
    assert json.loads(row["assumptions"])["scores"]["holds"] is False


def test_groups_that_came_in_at_other_times_are_not_compared_on_use(clients: pd.DataFrame) -> None:
    found = compared(clients.assign(intake_period=4040 + clients["exposed"]))
    assert "die in dezelfde halfjaren binnenkwamen" in of(found, "events")["refused_because"]
    assert np.isfinite(of(found, "zrm")["estimate"])


def test_rare_use_is_kept_and_use_that_nobody_has_is_refused(clients: pd.DataFrame) -> None:
    rare = compared(clients.assign(evictions=(clients.index % 400 == 0).astype(float), hours=0.0))
    assert np.isfinite(of(rare, "events")["se"])
    assert "hebben dezelfde uitkomst" in of(rare, "hours")["refused_because"]
