"""Scores: as reliable as declared, only where they matter."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from indicators.simulation.municipality import simulate
from indicators.simulation.ratings import as_score, expected_score
from tests.simulation.simulated import changed


def correlation_of_scores(reliability: float, mean: float, sd: float) -> float:
    """The correlation of two 1-5 scores cut from a bivariate normal with correlation `reliability`."""
    cuts = (np.array([1.5, 2.5, 3.5, 4.5]) - mean) / sd
    above = norm.sf(cuts)
    # E[score] = 1 + sum P(above cut); E[score x score] follows from the joint chances to be above two cuts.
    pair = multivariate_normal(cov=[[1, reliability], [reliability, 1]])
    joint = sum(pair.cdf([-a, -b]) for a in cuts for b in cuts)
    own = np.minimum.outer(above, above).sum()  # above both cuts with one and the same score
    return (joint - above.sum() ** 2) / (own - above.sum() ** 2)


@pytest.mark.parametrize("reliability", [0.6, 0.9])
def test_two_workers_agree_as_much_as_the_reliability_says(settings, reliability):
    same_levels = dict.fromkeys(settings.course.team_type_levels, 0)
    normal = changed(
        settings,
        n_clients=15_000,
        course={"low_point": 0, "fluctuation_sd": 0, "team_sd": 0, "team_type_levels": same_levels},
        ratings={"reliability": reliability, "double_rated": 1, "rater_share": 0.1, "raters_per_team": 200},
        relevance={"per_point_better": 0},
    )
    intake = simulate(normal, seed=1).assessments.query("moment_label == 'intake'").dropna(subset=["finances"])
    both = intake[intake.duplicated("client_key", keep=False)].astype({"finances": "float"})
    pairs = both.groupby("client_key").agg(first=("finances", "first"), second=("finances", "last"))
    variance = settings.course.between_clients_sd**2 + settings.course.between_domains_sd**2
    level = settings.life_domains["finances"].level
    expected = correlation_of_scores(reliability, level, np.sqrt(variance / reliability))
    assert (both.groupby("client_key")["rater_key"].nunique() == 2).all()
    assert pairs["first"].corr(pairs["second"]) == pytest.approx(expected, abs=0.02)  # about 3 standard errors


def test_the_expected_score_is_the_mean_of_many_scores():
    noise = np.random.default_rng(1).standard_normal(400_000)
    for state in (0.8, 2.3, 3.5, 4.9):
        assert expected_score(np.array([state]), 0.7)[0] == pytest.approx(
            as_score(state + 0.7 * noise).mean(), abs=0.006
        )


def test_a_life_domain_in_which_clients_do_well_is_scored_less_often(settings):
    missing = simulate(changed(settings, n_clients=10_000), seed=1).assessments.drop(columns="client_key").isna().mean()
    assert missing["basic_adl"] > missing["finances"] + 0.02


def test_no_assessment_is_without_any_score(settings):
    rare = changed(settings, relevance={"scored_at_3": 0.1})
    assessments = simulate(rare, seed=1).assessments
    domains = [domain.value for domain in settings.life_domains]
    assert assessments[domains].notna().any(axis=1).all()
    assert assessments[domains].isna().mean().mean() > 0.7
