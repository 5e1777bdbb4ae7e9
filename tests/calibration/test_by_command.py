"""The bench of the balance through the command line sees a cent, and a municipality is equal both ways."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.calibration.by_command import Beside, asked, beside, differences
from tests.calibration.by_command_page import page
from tests.calibration.populations import POPULATIONS

HEADLINE = pd.DataFrame({"npv_p05_eur": [-1200.50, 0.0], "prob_npv_positive": [0.4, None], "sentence": ["a", "b"]})


def test_the_same_is_the_same() -> None:
    assert differences(HEADLINE, HEADLINE.copy()) == (0.0, ())


@pytest.mark.parametrize(
    ("change", "largest", "others"),
    [
        ({"npv_p05_eur": [-1200.49, 0.0]}, 0.01, ()),
        ({"npv_p05_eur": [None, 0.0]}, 0.0, ("npv_p05_eur",)),
        ({"prob_npv_positive": [0.4001, None]}, 0.0, ("prob_npv_positive",)),
        ({"sentence": ["a", "c"]}, 0.0, ("sentence",)),
    ],
    ids=["a cent", "an amount that is not there", "a chance", "a sentence"],
)
def test_a_difference_is_seen(change: dict[str, list[object]], largest: float, others: tuple[str, ...]) -> None:
    found = differences(HEADLINE, HEADLINE.assign(**change))
    assert found == (pytest.approx(largest), others)


def test_a_cent_counts_and_a_tenth_of_it_does_not() -> None:
    one = Beside("mixed", 1, -10.0, 0.4, 0.001, (), 12, 30.0)
    other = Beside("null", 1, None, None, 0.01, (), 12, 30.0)
    assert [one.is_equal, other.is_equal] == [True, False]
    assert "**1 of 2 are equal to the cent**" in page([one, other])


def test_every_population_is_asked() -> None:
    assert {name for name, _ in asked(len(POPULATIONS))} == {one.name for one in POPULATIONS}
    assert list(asked(30)) == [(one.name, seed) for seed in (1, 2, 3) for one in POPULATIONS]


@pytest.mark.slow
def test_a_municipality_through_the_command_line_is_equal_to_the_cent() -> None:
    found = beside("mixed", 1)
    assert found.is_equal, found
