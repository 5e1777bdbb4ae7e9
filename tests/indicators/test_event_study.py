"""Effects by time since the start, placebo effects before it, and what drift would undo the result."""

import numpy as np
import pytest

from indicators.effects.few_teams import inference_of
from indicators.effects.team_cells import TeamCells, team_cells
from indicators.staggered.estimates import event_study_estimates
from indicators.staggered.event_study import (
    breakdown_value,
    event_study,
    event_times,
    interval_under_drift,
    pre_trend_p_value,
)
from indicators.staggered.group_times import overall_weights
from tests.indicators.test_staggered_estimates import FINANCES, municipality


def cells(drift: float = 0.0, **options: float) -> TeamCells:
    clients = municipality(**options)
    score = clients["finances"] + drift * clients["intake_period"] * (clients["team_no"] < 8)
    codes = (clients[name].to_numpy(np.int64) for name in ("team_no", "intake_period"))
    values = score.to_numpy()[:, None]
    return team_cells(*codes, clients["exposed"].to_numpy(np.int8), values, np.ones_like(values)).outcome(0)


def test_without_noise_every_time_shows_the_effect_and_every_placebo_shows_nothing() -> None:
    times = event_times(cells())
    study = event_study(cells(), times)
    assert study.estimate == pytest.approx(np.where(times >= 0, 0.5, 0.0), abs=1e-9)
    assert times.tolist() == [-6, -5, -4, -3, -2, 0, 1, 2, 3, 4]


def test_the_base_itself_is_no_placebo_effect() -> None:
    assert -1 not in event_times(cells())


def test_placebo_effects_together_tell_drift_from_none() -> None:
    assert pre_trend_p_value(*before(cells(noise=1.0))) > 0.05
    assert pre_trend_p_value(*before(cells(noise=0.3, drift=0.2))) < 0.05


def before(found: TeamCells):
    times = event_times(found)[-7:-5]
    return event_study(found, times), times


def test_more_placebo_effects_than_teams_can_carry_are_not_tested() -> None:
    few = municipality(noise=1.0)
    few = few[few["team_no"].isin([0, 1, 8, 9])]
    codes = (few[name].to_numpy(np.int64) for name in ("team_no", "intake_period"))
    values = few[["finances"]].to_numpy()
    found = team_cells(*codes, few["exposed"].to_numpy(np.int8), values, np.ones_like(values)).outcome(0)
    times = event_times(found)
    assert pre_trend_p_value(event_study(found, times), times) is None


def test_without_drift_allowed_the_bounds_are_the_ordinary_interval() -> None:
    found = cells(noise=1.0)
    estimate, deviation, _ = inference_of(overall_weights, found)
    (low, high), (lower, higher) = interval_under_drift(found, np.array([0.0, 1.0]))
    assert (low + high) / 2 == pytest.approx(estimate)
    assert low > estimate - 4 * np.sqrt((deviation**2).sum())
    assert lower < low < high < higher


def test_a_large_effect_survives_more_drift_than_a_small_one() -> None:
    large, small = (breakdown_value(cells(noise=0.2, effect=effect)) for effect in (2.0, 0.3))
    assert large > small > 0
    assert breakdown_value(cells(noise=1.0, effect=0.0)) == 0


def test_the_rows_for_the_picture_name_placebos_as_such() -> None:
    rows = event_study_estimates(municipality(noise=1), [FINANCES])
    assert rows["measure"].tolist()[:2] == ["placebo_at_-6", "placebo_at_-5"]
    assert rows.loc[rows["measure"] == "effect_at_+0", "n_clients"].tolist() == [160]
    assert rows["estimate_id"].is_unique
