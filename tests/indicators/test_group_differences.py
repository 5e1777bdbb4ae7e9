"""Differences of effect between groups against a regression with interactions, by another hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from indicators.comparison.by_group import effects_by_group as compared_by_group
from indicators.effects.estimates import Outcome
from indicators.effects.group_differences import GroupEffect, compared, difference, with_adjusted_differences
from indicators.staggered.by_group import effects_by_group as staggered_by_group

CHANGE, AFTER = Outcome("change", "zrm", "point", "finances"), Outcome("after", "zrm", "point", "finances")


def town(seed: int, *, extra: float = 0.0, is_staggered: bool = True, n: int = 1500) -> pd.DataFrame:
    """Clients of twenty teams in ten half-years; those of group b gain `extra` more by the approach."""
    rng = np.random.default_rng(seed)
    team, period = rng.integers(0, 20, n), rng.integers(0, 10, n)
    starts = np.where(np.arange(20) < 14, 3 + np.arange(20) % 5, 99) if is_staggered else np.repeat([0, 99], 10)
    group = rng.choice(["a", "b"], n, p=[0.6, 0.4])
    exposed = (period >= starts[team]).astype(int)
    shared = rng.normal(0, 0.15, 20)[team] + rng.normal(0, 0.15, 10)[period]
    before = rng.integers(1, 5, n).astype(float)
    gain = 0.3 * (group == "b") + exposed * (0.3 + extra * (group == "b")) + shared + rng.normal(0, 0.8, n)
    return pd.DataFrame(
        {
            "client_no": np.arange(n),
            "team_no": team,
            "intake_period": period,
            "exposed": pd.array(exposed, dtype="Int8"),
            "group": group,
            "before": before,
            "after": before + gain,
            "change": gain,
        }
    )


def of_groups(clients: pd.DataFrame, how: str) -> list[GroupEffect]:
    groups = [clients["group"].eq(name).to_numpy() for name in ("a", "b")]
    if how == "staggered":
        return staggered_by_group(clients, CHANGE, groups)[0]
    return compared_by_group(clients, AFTER, "before", [], groups, how)[0]


@pytest.mark.parametrize(
    ("how", "formula"), [("effect", "change ~ x * b"), ("effect_ancova", "after ~ (x + before) * b")]
)
def test_a_difference_is_the_interaction_of_a_regression_with_teams_as_clusters(how: str, formula: str) -> None:
    clients = town(1, is_staggered=False)
    data = clients.assign(x=clients["exposed"].astype(int), b=clients["group"].eq("b").astype(int))
    fit = smf.ols(formula, data).fit(cov_type="cluster", cov_kwds={"groups": data["team_no"]})
    found = difference(of_groups(clients, how), at=1)
    assert found.estimate[0] == pytest.approx(fit.params["x:b"], abs=1e-10)
    # The jackknife of few clusters is a little wider than the sandwich; by how much depends on the town.
    assert found.standard_error[0] == pytest.approx(fit.bse["x:b"], rel=0.1)
    assert found.p_value[0] == pytest.approx(fit.pvalues["x:b"], abs=0.05)


def test_under_a_staggered_start_the_effect_of_a_group_is_what_its_own_regression_leaves() -> None:
    """Borusyak, Jaravel and Spiess by hand: team and period fitted on the group's unexposed clients alone."""
    clients = town(2)
    for name, found in zip(("a", "b"), of_groups(clients, "staggered"), strict=True):
        own = clients[clients["group"] == name].assign(exposed=lambda frame: frame["exposed"].astype(int))
        untouched = own[own["exposed"] == 0]
        n_teams = untouched.groupby("intake_period")["team_no"].nunique()
        compared_in = n_teams.index[n_teams >= 2]
        usable, untouched = (
            own["intake_period"].isin(compared_in),
            untouched[untouched["intake_period"].isin(compared_in)],
        )
        fit = smf.ols(
            "change ~ C(team_no) + C(intake_period)",
            untouched,
        ).fit()
        target = own[(own["exposed"] == 1) & usable & own["team_no"].isin(untouched["team_no"])]
        assert found.estimate == pytest.approx((target["change"] - fit.predict(target)).mean(), abs=1e-8)
        assert found.weight == len(target)


def test_leaving_a_team_out_of_both_groups_is_fitting_again_without_it() -> None:
    clients = town(3)
    whole, one = of_groups(clients, "staggered"), 4
    again = of_groups(clients[clients["team_no"] != one], "staggered")
    for found, without in zip(whole, again, strict=True):
        assert found.estimate + found.deviation[one] == pytest.approx(without.estimate, abs=0.02)


def test_groups_are_drawn_to_everybody_and_wholly_where_they_differ_no_more_than_by_chance() -> None:
    clients = town(4)
    everybody = staggered_by_group(clients, CHANGE, [np.ones(len(clients), bool)])[0][0]
    alike = compared(of_groups(clients, "staggered"), everybody)
    own = [one.estimate for one in of_groups(clients, "staggered")]
    assert np.abs(alike.effect - everybody.estimate).max() <= np.abs(np.array(own) - everybody.estimate).max()
    apart = town(4, extra=1.0)
    everybody = staggered_by_group(apart, CHANGE, [np.ones(len(apart), bool)])[0][0]
    found = compared(of_groups(apart, "staggered"), everybody)
    assert found.effect[1] - found.effect[0] > 0.6
    assert found.p_value[0] == found.p_value[1] < 0.001


def test_of_two_groups_there_is_one_difference_and_holm_counts_it_once() -> None:
    """One difference between two groups (0.01) and three between three (0.02, 0.2, 0.5): four were looked at."""
    rows = [
        *(("all", "all", None), ("sex", "m", 0.01), ("sex", "f", 0.01)),
        *(("area", "a", 0.02), ("area", "b", 0.2), ("area", "c", 0.5), ("area", "d", None)),
    ]
    frame = pd.DataFrame(rows, columns=["slice", "slice_value", "p_value"]).assign(
        subject="zrm", life_domain="housing", refused_because=None
    )
    frame["p_value"] = frame["p_value"].astype("float64")
    frame.loc[6, "refused_because"] = "te weinig mensen"
    found = with_adjusted_differences(frame)["p_adjusted"]
    assert found[[1, 2, 3, 4, 5]].tolist() == pytest.approx([0.04, 0.04, 0.06, 0.4, 0.5])
    assert found[[0, 6]].isna().all()
