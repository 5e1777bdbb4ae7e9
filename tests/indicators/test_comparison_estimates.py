"""Design B: the figures beside one another, why they differ, and when two groups cannot be compared."""

import json

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES, JOINT
from indicators.comparison.estimates import comparison_estimates
from indicators.effects.estimates import Outcome

FINANCES = Outcome("finances_after", "zrm", "points", "finances")


def two_groups(*, effect: float = 0.3, start: float = -0.5, n: int = 1200, seed: int = 3) -> pd.DataFrame:
    """20 teams, ten in the approach, whose clients start lower by `start`; who starts low improves by himself."""
    rng = np.random.default_rng(seed)
    team = np.arange(n) % 20
    exposed = (team < 10).astype(int)
    before = 3 + start * exposed + rng.normal(0, 1, n)
    after = 1.5 + 0.5 * before + effect * exposed + rng.normal(0, 0.5, n)
    table = {"client_no": np.arange(n), "team_no": team, "exposed": exposed, "age": rng.normal(45, 10, n)}
    return pd.DataFrame({**table, "finances": before, "finances_after": after})


def estimated(clients: pd.DataFrame) -> pd.DataFrame:
    return comparison_estimates(clients, [FINANCES], ["finances"], ["age"]).estimates.set_index("measure")


def test_the_contracts_hold() -> None:
    found = comparison_estimates(two_groups(), [FINANCES], ["finances"], ["age"])
    assert broken_rules(ESTIMATES, found.estimates) == {}
    assert broken_rules(JOINT, found.joint) == {}


def test_the_stamp_rests_on_the_groups_as_each_figure_compares_them() -> None:
    """Half a standard deviation apart at the start: what weighs or corrects for it compares people who are alike."""
    apart, near = (estimated(two_groups(start=start)) for start in (-0.5, -0.1))
    assert json.loads(apart.loc["effect", "assumptions"])["balance_of_figure"]["largest"] > 0.4
    assert apart["stamp"].to_dict() == {
        "effect": "indication",
        "effect_ancova": "comparison",
        "effect_weighted": "comparison",
        "effect_doubly_robust": "comparison",
    }
    assert set(near["stamp"]) == {"comparison"}


def test_ancova_leaves_unequal_what_it_does_not_correct_for() -> None:
    older = two_groups(start=0.0).assign(age=lambda clients: clients["age"] + 6 * clients["exposed"])
    assert estimated(older).loc["effect_ancova", "stamp"] == "indication"


def test_every_figure_is_demonstrable_by_its_own_p_value() -> None:
    clients = pd.concat([two_groups(effect=0.05, start=-0.3, seed=8)])
    for _, row in estimated(clients).iterrows():
        checks = json.loads(row["assumptions"])
        t_value, freedom = abs(row["estimate"] / row["se"]), checks["teams"]["degrees_of_freedom"]
        assert checks["demonstrable"]["p_value"] == pytest.approx(2 * stats.t.sf(t_value, freedom), abs=1e-4)
        assert checks["demonstrable"]["holds"] == (row["ci_low"] > 0 or row["ci_high"] < 0)
        assert checks["unseen_cause"]["e_value_interval"] > 1 or not checks["demonstrable"]["holds"]


def test_when_low_scores_rise_by_themselves_ancova_is_right_and_difference_in_differences_is_not() -> None:
    found = estimated(two_groups())["estimate"]
    assert found["effect_ancova"] == pytest.approx(0.3, abs=0.08)
    assert found[["effect_weighted", "effect_doubly_robust"]].tolist() == pytest.approx([0.3, 0.3], abs=0.1)
    assert found["effect"] == pytest.approx(0.55, abs=0.08)


def test_the_two_differ_by_the_start_times_what_the_slope_lacks() -> None:
    found = estimated(two_groups())
    reason = json.loads(found["assumptions"].iloc[0])["difference_or_ancova"]
    gap = (reason["slope"] - 1) * reason["difference_at_start"]
    assert found.loc["effect", "estimate"] - found.loc["effect_ancova", "estimate"] == pytest.approx(gap, abs=1e-4)


def test_balance_is_shown_before_and_after_weighting() -> None:
    checks = json.loads(estimated(two_groups())["assumptions"].iloc[0])
    assert checks["balance_at_start"]["holds"] is False
    assert checks["balance_weighted"]["holds"] is True


def test_an_effect_that_is_none_needs_no_unseen_cause() -> None:
    checks = json.loads(estimated(two_groups(effect=0.0, start=0.0))["assumptions"].iloc[0])
    assert checks["unseen_cause"]["e_value_interval"] == 1.0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda c: c[c["exposed"] == 1], "maar één groep"),
        (lambda c: c[c["team_no"].isin([0, 10, 11])], "Te weinig teams"),
        (lambda c: c.assign(finances=c["finances"] + 20 * c["exposed"]), "Er blijft geen vergelijking over"),
        (lambda c: c.assign(finances_after=np.nan), "maar één groep"),
        (lambda c: c.assign(finances_after=c["finances"]), "evenveel"),
    ],
    ids=["one group", "one team", "nobody alike", "one moment only", "no change at all"],
)
def test_groups_that_cannot_be_compared_are_refused_in_dutch(change, reason: str) -> None:
    found = comparison_estimates(change(two_groups()), [FINANCES], ["finances"], ["age"])
    assert found.estimates["refused_because"].str.contains(reason).all()
    assert found.joint.empty
    assert broken_rules(ESTIMATES, found.estimates) == {}
