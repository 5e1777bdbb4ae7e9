"""A value with its range: which three numbers go together, and with which distribution."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from data_contracts.errors import RulesBroken
from mkba.inputs.spread import SourcedShare, Spread
from tests.mkba_case import SOURCE


@pytest.mark.parametrize(
    ("value", "low", "high", "is_share"),
    [
        (0.05, 0, 0.7, True),
        (0.05, 0, 0.75, False),
        (0.95, 0.3, 1, True),
        (0.95, 0.25, 1, False),
        (0.5, 0, 1, True),
        (0.5, -0.01, 1, False),
        (0.5, 0, 1.01, False),
        (0, 0, 0.1, False),
    ],
)
def test_a_share_spreads_no_further_than_a_beta_can(value: float, low: float, high: float, is_share: bool) -> None:
    """The variance of a beta lies below p (1 - p); a range of 90 % is 3.29 standard deviations."""
    numbers = {"value": value, "low": low, "high": high, "distribution": "beta"}
    assert (_refusal(numbers) is None) == is_share


@pytest.mark.parametrize("distribution", ["gamma", "lognormal"])
@pytest.mark.parametrize(("value", "low", "fits"), [(1, 0, True), (1, -0.1, False), (0, 0, False), (0.1, 0.1, True)])
def test_what_is_never_negative_has_no_range_below_zero(
    distribution: str, value: float, low: float, fits: bool
) -> None:
    numbers = {"value": value, "low": low, "high": 2, "distribution": distribution}
    assert (_refusal(numbers) is None) == fits
    assert _refusal(numbers | {"distribution": "normal"}) is None


@pytest.mark.parametrize(
    ("value", "low", "high", "fits"),
    [(1, 1, 2, True), (2, 1, 2, True), (0.9, 1, 2, False), (2.1, 1, 2, False), (1, 1, 1, False)],
)
def test_a_value_may_lie_at_an_end_of_its_range_and_a_range_has_two_ends(
    value: float, low: float, high: float, fits: bool
) -> None:
    assert (_refusal({"value": value, "low": low, "high": high, "distribution": "normal"}) is None) == fits


def test_a_range_and_a_distribution_go_together() -> None:
    assert _refusal({"value": 1, "low": 0.5}) == "low en high horen bij elkaar."
    assert _refusal({"value": 1, "high": 2}) == "low en high horen bij elkaar."
    assert _refusal({"value": 1, "distribution": "normal"}) == "bij deze verdeling horen low en high."
    assert _refusal({"value": 1, "low": 0.5, "high": 2}) == "low en high hebben pas zin met een verdeling."
    assert _refusal({"value": 1}) is None


@pytest.mark.parametrize(
    ("share", "meant"), [(1, None), (1.5, "0.015"), (25, "0.25"), (100, "1"), (101, ""), (-0.1, "")]
)
def test_a_share_above_one_is_asked_whether_it_is_a_percentage(share: float, meant: str | None) -> None:
    """From a hundred on it cannot be one, and the plain rule speaks."""
    told = _refusal({"value": share, "source": SOURCE, "status": "second_hand"}, SourcedShare)
    if meant is None:
        assert told is None
    else:
        assert told is not None and ("ligt tussen 0 en 1" in told) == bool(meant)


def _refusal(numbers: dict[str, Any], kind: type[Spread] = Spread) -> str | None:
    """What is said of these numbers; None where they are taken."""
    try:
        kind.model_validate(numbers)
    except ValidationError as error:
        (one,) = error.errors()
        cause = one.get("ctx", {}).get("error")
        return cause.broken[0].what if isinstance(cause, RulesBroken) else str(one["msg"])
    return None
