"""Recovery by itself, regression to the mean, the effect of the approach: each is found back, and only where it is."""

import numpy as np
import pandas as pd
import pytest

from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.simulation.course import course_by_itself, dose_of_approach
from indicators.simulation.moments import INTAKE
from indicators.simulation.municipality import Municipality, simulate
from indicators.simulation.people import NEVER, People
from tests.simulation.simulated import changed, without_effect

LOWEST_OF_5 = -1.16296  # mean of the lowest of five standard normal draws (Harter 1961, order statistics)


def people(count: int, low_point: float = 1.0, approach_day: int = NEVER) -> People:
    whole = np.zeros(count, dtype=np.int32)
    low = np.full(count, low_point)
    return People(whole, whole, whole, np.full(count, approach_day, np.int32), whole, low * 0, low)


def days(count: int, months: float) -> np.ndarray:
    """Intake on day 0, everything else after `months`."""
    day = np.full((count, 8), round(months * DAYS_PER_MONTH), dtype=np.int32)
    day[:, :2] = 0
    return day


def change_from_intake(municipality: Municipality, life_domain: str, label: str) -> pd.DataFrame:
    """One row per client with both moments scored: team, started_on and change."""
    scored = municipality.assessments.dropna(subset=[life_domain]).astype({life_domain: "float"})
    first = scored[scored["moment_label"] == "intake"].drop_duplicates("client_key")
    later = scored[scored["moment_label"] == label]
    pairs = first.merge(later, on="client_key", validate="one_to_one", suffixes=("_before", "_after"))
    pairs = pairs.merge(municipality.trajectories[["client_key", "team", "started_on"]], on="client_key")
    return pairs.assign(change=pairs[f"{life_domain}_after"] - pairs[f"{life_domain}_before"])


def staggered_contrast(municipality: Municipality, life_domain: str) -> tuple[float, float]:
    """Estimate and standard error: change to half a year, under the approach against not yet, team and quarter fixed.

    Clients who came in within nine months before the start are left out, by date of intake and not by outcome.
    """
    pairs = change_from_intake(municipality, life_domain, "evaluatie 1").merge(municipality.teams, on="team")
    exposed = pairs["started_on"] >= pairs["approach_started_on"]
    nearly = ~exposed & (pairs["started_on"] > pairs["approach_started_on"] - pd.Timedelta(days=275))
    pairs, exposed = pairs[~nearly], exposed[~nearly]
    quarter = pairs["started_on"].dt.year * 4 + pairs["started_on"].dt.quarter
    fixed = pd.get_dummies(pd.DataFrame({"team": pairs["team"], "quarter": quarter.astype(str)}), drop_first=True)
    design = np.column_stack([np.ones(len(pairs)), exposed, fixed.to_numpy(float)])
    outcome = pairs["change"].to_numpy()
    coefficients = np.linalg.lstsq(design, outcome)[0]
    residual = outcome - design @ coefficients
    variance = residual @ residual / (len(outcome) - design.shape[1])
    return coefficients[1], np.sqrt(variance * np.linalg.inv(design.T @ design)[1, 1])


def true_value(municipality: Municipality, life_domain: str, moment: str, column: str) -> float:
    effects = municipality.truth.effects
    row = (effects["subject"] == "zrm") & (effects["life_domain"] == life_domain) & (effects["moment_to"] == moment)
    return effects.loc[row, column].item()


def test_what_passes_by_itself_is_left_for_one_e_th_after_the_recovery_months(settings):
    course = changed(settings, course={"fluctuation_sd": 0, "passes_by_itself": 0.6, "recovery_months": 5}).course
    states = course_by_itself(people(3), days(3, 5), course, seed=1)
    assert states[:, INTAKE] == pytest.approx(-1)
    assert states[:, -1] == pytest.approx(-(0.4 + 0.6 / np.e), abs=1e-3)  # whole days


def test_coming_in_at_the_lowest_month_makes_everybody_rise(settings):
    course = changed(settings, course={"fluctuation_sd": 0.5, "lowest_of": 5}).course
    states = course_by_itself(people(200_000, low_point=0), days(200_000, 6), course, seed=1)
    assert states[:, INTAKE].mean() == pytest.approx(0.5 * LOWEST_OF_5, abs=0.005)  # 6 standard errors
    assert states[:, -1].mean() == pytest.approx(0, abs=0.007)


def test_the_approach_works_from_its_start_and_grows_to_its_full_effect(settings):
    dose = dose_of_approach(people(1, approach_day=0), days(1, 2), effect_months=4)[0]
    assert dose[INTAKE] == 0
    assert dose[-1] == pytest.approx(0.5, abs=0.01)  # whole days
    assert dose_of_approach(people(1, approach_day=NEVER), days(1, 24), effect_months=4).max() == 0


@pytest.fixture(scope="module")
def no_effect(settings) -> Municipality:
    return simulate(without_effect(settings, n_clients=60_000), seed=2)


def test_clients_rise_without_any_approach_by_as_much_as_the_truth_says(no_effect):
    pairs = change_from_intake(no_effect, "housing", "evaluatie 1")
    expected = true_value(no_effect, "housing", "m6", "without_approach")
    assert expected > 0.3
    # Who does badly drops out, so those measured did a little better than everybody.
    assert expected - 0.02 < pairs["change"].mean() < expected + 0.08


def test_without_low_point_or_lowest_month_nobody_rises(settings):
    flat = without_effect(settings, n_clients=30_000, course={"low_point": 0, "lowest_of": 1})
    municipality = simulate(changed(flat, drop_out={"per_point_of_progress": 0}), seed=2)
    pairs = change_from_intake(municipality, "housing", "evaluatie 1")
    assert pairs["change"].mean() == pytest.approx(0, abs=4 * pairs["change"].sem())


def test_without_effect_the_staggered_contrast_is_zero(no_effect):
    contrasts = [staggered_contrast(no_effect, name) for name in ("finances", "housing", "social_network", "basic_adl")]
    assert (no_effect.truth.effects.query("subject == 'zrm'")["effect"] == 0).all()
    assert all(abs(estimate) < 3.5 * error for estimate, error in contrasts)


def test_the_staggered_contrast_finds_the_effect_while_before_after_finds_much_more(settings):
    municipality = simulate(changed(settings, n_clients=80_000), seed=2)
    estimate, error = staggered_contrast(municipality, "social_network")
    truth = true_value(municipality, "social_network", "m6", "effect")
    # Drop-out is informative and differs by approach, so a contrast of those measured is a little low.
    assert truth - 0.03 - 3 * error < estimate < truth + 3 * error
    assert change_from_intake(municipality, "social_network", "evaluatie 1")["change"].mean() > 1.5 * truth


def test_the_effect_on_scores_stays_near_the_effect_on_the_state_behind_them(settings):
    truth = simulate(changed(settings, n_clients=20_000), seed=1).truth.effects
    scores = truth[(truth["subject"] == "zrm") & (truth["moment_to"] == "m12")].set_index("life_domain")["effect"]
    states = truth[(truth["subject"] == "zrm") & (truth["moment_to"] == "full")].set_index("life_domain")["effect"]
    assert ((scores >= 0.85 * states) & (scores <= states)).all()
