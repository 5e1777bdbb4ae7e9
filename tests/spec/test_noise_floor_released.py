"""The noise floor that a report shows is made of released figures alone, and lies close to the exact one."""

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables import released_companions
from indicators.change.domains import change_by_domain
from indicators.change.noise_floor import least_assuming_shares, noise_floor_of_released
from indicators.change.own_reliability import own_bands
from indicators.counts.pair_counts import PAIR
from tools.noise_of_start import noise_floor

BAND = (0.70, 0.80, 0.89)
STARTS = {
    "few problems": (0.05, 0.12, 0.23, 0.30, 0.30),
    "middling": (0.10, 0.25, 0.35, 0.20, 0.10),
    "many problems": (0.25, 0.35, 0.25, 0.12, 0.03),
    "hardly any": (0.02, 0.05, 0.08, 0.15, 0.70),
}


def counts(start: tuple[float, ...], n: int = 1_000) -> pd.DataFrame:
    """Transition counts of everybody with this start; nobody moved."""
    key = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))
    rows = [{**key, "score_from": at, "score_to": at, "n_clients": round(n * part)} for at, part in enumerate(start, 1)]
    return pd.DataFrame(rows)


def as_released(change: pd.DataFrame) -> pd.DataFrame:
    """The figures of a change as the gate rounds them."""
    rounded = change.assign(mean_before=change["mean_before"].round(1), status="released")
    return rounded.assign(**{name: 5 * (change[name] / 5).round() for name in ("n_clients", "n_sufficient_before")})


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_it_lies_within_two_and_a_half_percentage_points_of_the_floor_of_the_start_scores(
    start: tuple[float, ...],
) -> None:
    exact = noise_floor(counts(start), BAND)
    shown = noise_floor_of_released(as_released(change_by_domain(counts(start))), BAND)
    assert broken_rules(released_companions.NOISE_FLOOR, shown) == {}
    for share in ("share_up_by_noise", "share_down_by_noise"):
        assert np.abs(shown[share].to_numpy() - exact[share].to_numpy()).max() < 0.025


def test_the_start_that_is_assumed_has_the_released_mean_and_share() -> None:
    mean, sufficient = np.array([2.3, 3.6, 4.4]), np.array([0.13, 0.6, 0.85])
    shares = least_assuming_shares(mean, sufficient, 4, 5)
    assert np.allclose(shares.sum(axis=1), 1)
    assert np.allclose(shares @ np.arange(1, 6), mean, atol=1e-6)
    assert np.allclose(shares[:, 3:].sum(axis=1), sufficient)


def test_what_is_hidden_has_no_floor_and_without_a_declared_reliability_nothing_has() -> None:
    released = as_released(change_by_domain(counts(STARTS["middling"])))
    assert noise_floor_of_released(released.assign(mean_before=np.nan), BAND).empty
    assert noise_floor_of_released(released, ()).empty


def test_own_double_ratings_go_before_what_was_declared_per_life_domain() -> None:
    rated = [("finances", 0.55, 0.4, 0.75), ("housing", np.nan, np.nan, np.nan)]
    columns = ["life_domain", "estimate", "ci_low", "ci_high"]
    agreement = pd.DataFrame(rated, columns=columns).assign(subject="zrm", measure="icc_agreement")
    released = as_released(change_by_domain(counts(STARTS["middling"])))
    both = pd.concat([released, released.assign(life_domain="housing")], ignore_index=True)
    shown = noise_floor_of_released(both, BAND, own_bands(agreement))
    assert shown.groupby("life_domain")["reliability"].apply(list).to_dict() == {
        "finances": [0.4, 0.55, 0.75],
        "housing": list(BAND),
    }
    up = shown.groupby("life_domain")["share_up_by_noise"].max()
    assert up["finances"] > up["housing"] + 0.03


def test_it_is_that_of_everybody_and_of_one_instrument() -> None:
    change = as_released(change_by_domain(counts(STARTS["middling"])))
    other = change.assign(subject="mijn_zrm", mean_before=4.0)
    part = change.assign(slice="team", slice_value="Noord", mean_before=2.0)
    alone = noise_floor_of_released(change, BAND)
    pd.testing.assert_frame_equal(noise_floor_of_released(pd.concat([change, other, part]), BAND), alone)
