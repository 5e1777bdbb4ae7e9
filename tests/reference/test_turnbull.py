"""Turnbull's estimator equals what R interval publishes, and Kaplan and Meier where every moment is known.

The data are the 46 women with radiotherapy only of Finkelstein and Wolfe 1985 (Biometrics 41:933-945): months between
which the breast retracted. The masses are those that Fay and Shaw print for them (2010, Journal of Statistical Software
36(2), icfit of R interval), to four digits.
"""

import numpy as np
import pytest

from indicators.lasting.relapse import Spells, kaplan_meier
from indicators.lasting.turnbull import between_measurements, left_out, turnbull

NOT_SEEN = [15, 17, 18, 22, 24, 24, 32, 33, 34, 36, 36, 37, 37, 37, 38, 40, 45, *[46] * 8]
SEEN = [(0, 5), (0, 7), (0, 8), (4, 11), (5, 11), (5, 12), (6, 10), (7, 14), (7, 16), (11, 15), (11, 18)]
SEEN += [(17, 25), (17, 25), (19, 26), (19, 35), (25, 37), (26, 40), (27, 34), (36, 44), (36, 48), (37, 44)]
PUBLISHED = {
    (4, 5): 0.0463,
    (6, 7): 0.0334,
    (7, 8): 0.0887,
    (11, 12): 0.0708,
    (24, 25): 0.0926,
    (33, 34): 0.0818,
    (38, 40): 0.1209,
    (46, 48): 0.4656,
}


def women() -> np.ndarray:
    return np.array([*((one, np.inf) for one in NOT_SEEN), *SEEN]).T


def test_the_published_masses_come_out() -> None:
    found = turnbull(*women())
    places = list(zip(found.after, found.until, strict=True))
    mass = {place: one for place, one in zip(places, found.mass[0], strict=True) if one > 5e-5}
    assert mass.keys() == PUBLISHED.keys()
    assert list(mass.values()) == pytest.approx(list(PUBLISHED.values()), abs=5.1e-5)
    assert found.at(36)[0] == pytest.approx(0.1209 + 0.4656, abs=2e-4)
    assert [end[0] for end in found.bounds(39)] == pytest.approx([0.4656, 0.4656 + 0.1209], abs=2e-4)


def test_without_each_woman_it_is_the_estimate_of_the_others() -> None:
    after, until = women()
    together = turnbull(after, until, left_out(np.arange(after.size)))
    alone = [turnbull(np.delete(after, one), np.delete(until, one)).at(20)[0] for one in range(after.size)]
    assert together.at(20) == pytest.approx(np.array(alone), abs=1e-5)


def test_where_the_month_of_relapse_is_known_it_is_kaplan_and_meier() -> None:
    rng = np.random.default_rng(3)
    relapse, end = rng.integers(1, 40, 200).astype(float), rng.integers(1, 40, 200).astype(float)
    seen = relapse <= end
    found = Spells(np.arange(200), np.where(seen, relapse - 1, end), np.where(seen, relapse, np.nan))
    course, known = turnbull(*between_measurements(found)), kaplan_meier(np.fmin(relapse, end), seen)
    for months in (5, 12, 24):
        assert course.at(months)[0] == pytest.approx(known.at(months)[0], abs=1e-5)


def test_where_relapse_lies_between_measurements_the_truth_lies_within_the_bounds_and_the_estimate_is_near() -> None:
    """Relapse at a steady rate, seen every half year."""
    rng = np.random.default_rng(8)
    relapse, visits = rng.exponential(24, 4000), np.arange(6) * 6 + rng.integers(0, 6, 4000)[:, None]
    bad = (visits < relapse[:, None]).sum(axis=1)
    padded = np.column_stack([np.zeros(4000), visits, np.full(4000, np.nan)])
    found = Spells(np.arange(4000), padded[np.arange(4000), bad], padded[np.arange(4000), bad + 1])
    course = turnbull(*between_measurements(found))
    for months in (6, 12, 24):
        lowest, highest = course.bounds(months)
        assert lowest[0] <= np.exp(-months / 24) + 0.02 and np.exp(-months / 24) - 0.02 <= highest[0]
        assert course.at(months)[0] == pytest.approx(np.exp(-months / 24), abs=0.03)
