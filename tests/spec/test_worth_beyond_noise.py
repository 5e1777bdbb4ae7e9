"""What knowing more is worth, told no finer than the draws can tell."""

from __future__ import annotations

from mkba.tables.choice import _beyond_noise
from mkba.uncertainty.value_of_information import Worth


def test_knowledge_worth_less_than_its_error_is_worth_nothing() -> None:
    assert _beyond_noise(Worth(283.0, 200.0, 0.1, 50.0)).value == 0
    assert _beyond_noise(Worth(283.0, 20.0, 0.1, 50.0)).value == 283
    assert _beyond_noise(Worth(283.0, float("nan"), 0.1, 50.0)).value == 283
