"""Every statistic of the counterfactual designs equals R; reference.R made the values from make_data.py's data."""

import csv
import json
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from indicators.comparison import figures as comparison
from indicators.comparison.estimates import comparison_estimates
from indicators.effects import missing
from indicators.effects.before_after_estimates import mean_weights
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import Weights, calibration, left_out_weights, team_inference
from indicators.effects.logistic import fitted_probability
from indicators.effects.team_cells import TeamCells, team_cells
from indicators.lasting import panel_markov, relapse
from indicators.series import autoregressive
from indicators.series import interrupted as interrupted_series
from indicators.series.synthetic_control import imitation
from indicators.staggered.group_times import event_weights, overall_weights
from indicators.staggered.imputed import imputed_weights
from indicators.staggered.two_way import two_way_weights
from indicators.staggered.wild_bootstrap import wild_p_value

HERE = Path(__file__).parent
with (HERE / "reference.csv").open() as file:
    R = {row["name"]: float(row["value"]) for row in csv.DictReader(file)}
EXACT = {"rel": 1e-8}
# R stops its search earlier than ours; the deviance agrees to eight digits.
SEARCHED = {"rel": 2e-4}


def cells() -> TeamCells:
    data = pd.read_csv(HERE / "staggered.csv")
    score = data[["score"]].to_numpy()
    codes = (data[name].to_numpy() for name in ("team", "period"))
    return team_cells(*codes, data["exposed"].to_numpy(np.int8), score, np.ones_like(score))


def jackknife(weights: Weights) -> tuple[float, float, float]:
    """Estimate, CR3 error as it is before calibration, degrees of freedom."""
    found = cells().outcome(0)
    point, left_out = left_out_weights(weights, found)
    error = np.sqrt(((left_out @ found.mean.ravel()) ** 2).sum())
    return point @ found.mean.ravel(), error, calibration(point, left_out, found.weight.ravel())[1]


@pytest.mark.parametrize(("name", "weights"), [("imputed", imputed_weights), ("group_time", overall_weights)])
def test_the_staggered_effect_and_its_team_jackknife(name: str, weights) -> None:
    estimate, error, _ = jackknife(weights)
    assert (estimate, error) == pytest.approx((R[name], R[f"{name}_se"]), **EXACT)


@pytest.mark.parametrize("time", [-2, 0, 1])
def test_the_effect_by_time_since_the_start(time: int) -> None:
    found = team_inference(partial(event_weights, event_time=time), cells())
    assert found.estimate[0] == pytest.approx(R[f"event_{time}"], **EXACT)


@pytest.mark.parametrize(
    ("name", "weights"), [("two_way", two_way_weights), ("mean", mean_weights)], ids=["two-way", "mean"]
)
def test_the_jackknife_is_cr3_with_bell_and_mccaffreys_degrees_of_freedom(name: str, weights) -> None:
    _, error, freedom = jackknife(weights)
    assert error == pytest.approx(R[f"{name}_cr3_se"], **EXACT)
    assert freedom == pytest.approx(R[f"{name}_df"], **EXACT)


def test_the_two_way_coefficient() -> None:
    assert team_inference(two_way_weights, cells()).estimate[0] == pytest.approx(R["two_way"], **EXACT)


def pairs() -> comparison.Pairs:
    data = pd.read_csv(HERE / "pairs.csv")
    score = {name: data[name].to_numpy(float) for name in ("before", "after")}
    return comparison.Pairs(**score, treated=data["treated"].eq(1).to_numpy(), covariates=data[["age"]].to_numpy(float))


def test_the_four_figures_of_a_comparison() -> None:
    propensity = fitted_probability(pairs().background, pairs().treated)
    assert comparison.difference_in_differences(pairs()) == pytest.approx(R["did"], **EXACT)
    assert comparison.ancova(pairs()) == pytest.approx((R["ancova"], R["ancova_slope"]), **EXACT)
    assert comparison.weighted(pairs(), propensity) == pytest.approx(R["weighted"], **EXACT)
    assert comparison.doubly_robust(pairs(), propensity) == pytest.approx(R["doubly_robust"], **EXACT)


def test_balance_before_and_after_weighting() -> None:
    odds = comparison.odds_weights(pairs().treated, fitted_probability(pairs().background, pairs().treated))
    assert comparison.standardised_differences(pairs())[0] == pytest.approx(R["smd_before"], **EXACT)
    assert comparison.standardised_differences(pairs(), odds)[0] == pytest.approx(R["smd_before_weighted"], **EXACT)


def test_the_jackknife_of_a_comparison_is_cr3_too() -> None:
    data = pd.read_csv(HERE / "pairs.csv").rename(columns={"treated": "exposed", "team": "team_no"})
    # In tenths they are no whole scores, so that the difference in change is that in points alone.
    data[["before", "after"]] /= 10
    found = comparison_estimates(
        data.assign(client_no=data.index), [Outcome("after", "zrm", "points", "finances")], ["before"]
    ).estimates.set_index("measure")
    # One calibration serves all four figures, so that it drops out of their ratio.
    errors = found["se"]
    assert errors["effect_ancova"] / errors["effect"] == pytest.approx(R["ancova_cr3_se"] / R["did_cr3_se"], **EXACT)


def compared_use(start: str | None) -> pd.DataFrame:
    known = ["level", "finances", "half_year"]
    data = pd.read_csv(HERE / "use.csv").rename(columns={"treated": "exposed", "team": "team_no"})
    data = data.assign(client_no=data.index, nothing=0.0)
    events = Outcome("events", "events", "event")
    found = comparison_estimates(
        data, [events], [start], known if start else (), headline="effect_ancova", known_at_start=known
    )
    return found.estimates.set_index("measure")


def test_use_at_an_equal_start_weighted_and_doubly_robust() -> None:
    found = compared_use(None)
    assert (found["n_clients"] == R["use_n"]).all()
    assert found.loc["effect_ancova", "estimate"] == pytest.approx(R["use_equal"], **EXACT)
    assert found.loc["effect_weighted", "estimate"] == pytest.approx(R["use_weighted"], **EXACT)
    assert found.loc["effect_doubly_robust", "estimate"] == pytest.approx(R["use_doubly_robust"], **EXACT)


def test_the_jackknife_of_use_is_cr3_with_the_degrees_of_freedom_of_the_plain_difference() -> None:
    # A start of nothing for everybody makes difference-in-differences the plain difference, calibrated alike.
    found, plain = compared_use(None).loc["effect_ancova"], compared_use("nothing").loc["effect"]
    assert plain["estimate"] == pytest.approx(R["use_plain"], **EXACT)
    assert found["se"] / plain["se"] == pytest.approx(R["use_equal_cr3_se"] / R["use_plain_cr3_se"], **EXACT)
    freedom = json.loads(found["assumptions"])["teams"]["degrees_of_freedom"]
    assert freedom == pytest.approx(R["use_plain_df"], abs=1e-4)


def series() -> tuple[np.ndarray, np.ndarray]:
    data = pd.read_csv(HERE / "series.csv")
    return data["value"].to_numpy(), interrupted_series.segmented_design(60, 36, data["season"].to_numpy())


def test_the_step_in_a_series_with_newey_west_errors() -> None:
    found = interrupted_series.step_newey_west(*series(), lags=3)
    assert (found.step, found.step_se, found.bend_se) == pytest.approx((R["step"], R["step_se"], R["bend_se"]), **EXACT)


@pytest.mark.parametrize("lags", [3, 11, 14])
def test_newey_west_errors_do_not_reach_across_months_left_out(lags: int) -> None:
    """A month without value is a row of zeros to statsmodels: no error in it, and as far away as it is."""
    month = np.r_[0:24, 36:60]
    values = pd.read_csv(HERE / "series.csv")["value"].to_numpy()[month]
    design = interrupted_series.segmented_design(48, 24, left_out=12)
    every_month, every_value = np.zeros((60, design.shape[1])), np.zeros(60)
    every_month[month], every_value[month] = design, values
    fit = sm.OLS(every_value, every_month).fit(cov_type="HAC", cov_kwds={"maxlags": lags})
    found = interrupted_series.step_newey_west(values, design, lags)
    assert (found.step, found.step_se) == pytest.approx((fit.params[2], fit.bse[2]), rel=1e-8)
    as_neighbours = sm.OLS(values, design).fit(cov_type="HAC", cov_kwds={"maxlags": lags})
    assert found.step_se != pytest.approx(as_neighbours.bse[2], rel=1e-3)


def test_the_step_in_a_series_with_autoregressive_errors() -> None:
    found, correlation = autoregressive.step_autoregressive(*series())
    assert (found.step, found.step_se, correlation) == pytest.approx(
        (R["step_ar"], R["step_ar_se"], R["autocorrelation"]), **SEARCHED
    )


def test_the_step_across_months_left_out_and_the_degrees_of_freedom_that_a_fitted_correlation_leaves() -> None:
    expected = pd.read_csv(HERE / "series_gap.csv").set_index("name")["value"]
    month = np.r_[0:24, 36:60]
    values = pd.read_csv(HERE / "series.csv")["value"].to_numpy()[month]
    design = interrupted_series.segmented_design(48, 24, left_out=12)
    found, correlation = autoregressive.step_autoregressive(values, design)
    assert (found.step, found.step_se, correlation) == pytest.approx(
        tuple(expected[["step", "step_se", "autocorrelation"]]), **SEARCHED
    )
    assert found.degrees_of_freedom == pytest.approx(expected["degrees_of_freedom"], rel=1e-3)


def spells() -> relapse.Spells:
    data = pd.read_csv(HERE / "levels.csv")
    return relapse.spells(data["client"].to_numpy(), data["month"].to_numpy(float), data["level"].to_numpy(float))


def test_relapse_by_kaplan_meier_at_either_end_of_what_the_measurements_allow() -> None:
    found = spells()
    late = relapse.kaplan_meier(np.where(found.relapsed, found.first_bad, found.last_good), found.relapsed)
    early = relapse.kaplan_meier(found.last_good, found.relapsed)
    assert (found.relapsed.size, found.relapsed.sum()) == (R["n_spells"], R["n_relapsed"])
    assert late.at(6)[0] == pytest.approx(R["lasting_6"], **EXACT)
    assert late.at(12) == pytest.approx((R["lasting_12"], R["lasting_12_low"], R["lasting_12_high"]), **EXACT)
    assert early.at(12)[0] == pytest.approx(R["lasting_12_early"], **EXACT)


def test_moves_between_levels_seen_only_at_measurements() -> None:
    data = pd.read_csv(HERE / "levels.csv")
    same = data["client"].to_numpy()[1:] == data["client"].to_numpy()[:-1]
    level, month = data["level"].to_numpy() - 1, data["month"].to_numpy(float)
    found = panel_markov.level_model(level[:-1][same], level[1:][same], np.diff(month)[same], 5)
    assert found.deviance == pytest.approx(R["deviance"], **EXACT)
    for one, other in np.argwhere(found.moves):
        assert found.rates[one, other] == pytest.approx(R[f"rate_{one + 1}{other + 1}"], **SEARCHED)
    low = np.exp(np.log(found.rates[0, 1]) - 1.959964 * np.sqrt(found.covariance[0, 0]))
    assert low == pytest.approx(R["rate_12_low"], rel=1e-3)
    assert found.stay[3] == pytest.approx(R["stay_4"], **SEARCHED)
    spent = found.expected_time(np.eye(5)[3], np.arange(5) >= 3, 12)
    assert spent == pytest.approx(R["months_4_or_5_of_12"], **SEARCHED)


def test_a_municipality_imitated_by_a_mix_of_others() -> None:
    found = imitation(pd.read_csv(HERE / "municipalities.csv").to_numpy(float), 16)
    assert found.weights == pytest.approx([R[f"weight_{one}"] for one in range(1, 13)], abs=1e-8)
    # pysyncon 1.7.0, by reference_pysyncon.py.
    assert found.weights[[0, 6, 10]] == pytest.approx([0.241653, 0.293513, 0.464834], abs=1e-6)
    assert found.error_before[0] == pytest.approx(R["imitated_error_before"], **EXACT)
    assert (found.effect, found.lowest, found.highest) == pytest.approx(
        (R["imitated_effect"], R["imitated_lowest"], R["imitated_highest"]), **EXACT
    )
    assert (found.n_placebos, found.p_value) == pytest.approx((11, R["imitated_p"]))  # one had no past to go by


def test_pooling_of_imputations_by_rubins_rules() -> None:
    found = missing.pooled(np.array([0.50, 0.55, 0.48, 0.60, 0.52]), np.array([10, 12, 9, 11, 10]) / 1000, 199)
    assert (found.estimate, found.variance) == pytest.approx((R["rubin_qbar"], R["rubin_t"]), **EXACT)
    assert (found.degrees_of_freedom, found.missing_information) == pytest.approx(
        (R["rubin_df"], R["rubin_fmi"]), **EXACT
    )


def test_the_e_value_of_the_published_example() -> None:
    # VanderWeele and Ding (2017): risk ratio 3.9 with lower end 1.8 gives 7.26 and 3.0.
    effect, limit = np.log([3.9, 1.8]) / 0.91
    assert comparison.e_value(effect, limit, 1.0) == pytest.approx((7.26, 3.0), abs=0.01)


def published_groups() -> pd.DataFrame:
    """Mean log teen employment per group of counties and year, computed from the data that R's did ships (mpdta)."""
    return pd.read_csv(HERE / "mpdta_group_means.csv")


def county_cells(groups: pd.DataFrame) -> TeamCells:
    """Each group as two equal teams, since a comparison asks for two; effects depend on group means only."""
    twice = pd.concat([groups.assign(half=half) for half in (0, 1)])
    started = twice["first_started"].to_numpy()
    exposed = ((started > 0) & (twice["year"].to_numpy() >= started)).astype(np.int8)
    value, weight = (twice[[name]].to_numpy(float) for name in ("mean_log_employment", "n_counties"))
    return team_cells(started * 2 + twice["half"].to_numpy(), twice["year"].to_numpy(), exposed, value, weight / 2)


# R did 2.5.1, never-treated comparison: ATT(group, year) from the start of each group on.
PUBLISHED = {
    2004: [-0.0105032, -0.0704232, -0.1372587, -0.1008114],
    2006: [-0.0045946, -0.0412245],
    2007: [-0.0260544],
}


@pytest.mark.parametrize("group", PUBLISHED)
def test_published_effects_per_group_and_year(group: int) -> None:
    groups = published_groups()
    found = county_cells(groups[groups["first_started"].isin([0, group])])
    effects = [
        team_inference(partial(event_weights, event_time=time), found).estimate[0]
        for time in range(len(PUBLISHED[group]))
    ]
    assert effects == pytest.approx(PUBLISHED[group], abs=5e-8)


def test_published_two_way_figure_and_the_effect_against_all_that_had_not_started() -> None:
    found = county_cells(published_groups())
    assert team_inference(two_way_weights, found).estimate[0] == pytest.approx(-0.036548937, abs=5e-9)
    # diff-diff 3.13.0, not-yet-treated comparison, simple aggregation, on the counties themselves.
    assert team_inference(overall_weights, found).estimate[0] == pytest.approx(-0.0397636256, abs=5e-9)


@pytest.mark.parametrize("name", ["all", "early"])
def test_the_wild_bootstrap_by_team_equals_every_draw_estimated_anew(name: str) -> None:
    data = pd.read_csv(HERE / "staggered.csv")
    data = data if name == "all" else data[data["period"] < 5]
    score = data[["score"]].to_numpy()
    codes = (data[column].to_numpy() for column in ("team", "period"))
    found = team_cells(*codes, data["exposed"].to_numpy(np.int8), score, np.ones_like(score)).outcome(0)
    by_r = pd.read_csv(HERE / "wild.csv").set_index("name")["p_value"]
    assert wild_p_value(two_way_weights, found) == pytest.approx(by_r[name], **EXACT)
