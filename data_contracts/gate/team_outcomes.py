"""What team-years told of a tree leaves as an outcome per link and per indicator; a team-year never does."""

from __future__ import annotations

import pandas as pd

from data_contracts.contract import require
from data_contracts.gate.rounding import significant
from data_contracts.tables.team_years import GATED_LINK_TESTS, GATED_SPREAD, LINK_TESTS, SPREAD

DIGITS = 2


def release_link_tests(est_frame: pd.DataFrame) -> pd.DataFrame:
    """gated_logic__link_tests: numbers of teams and team-years and the verdict as they are, figures in two digits.

    A slope is about all clients of at least five teams together, from at least ten degrees of freedom.
    """
    require(LINK_TESTS, est_frame)
    figures = ["slope", "slope_low", "slope_high", "spread_from", "one_from", "one_to"]
    frame = _in_two_digits(est_frame, figures)
    require(GATED_LINK_TESTS, frame)
    return frame


def release_logic_spread(est_frame: pd.DataFrame) -> pd.DataFrame:
    """gated_logic__spread: where the middle half of at least five teams lies, in two digits."""
    require(SPREAD, est_frame)
    frame = _in_two_digits(est_frame, ["low", "middle", "high"])
    require(GATED_SPREAD, frame)
    return frame


def _in_two_digits(frame: pd.DataFrame, figures: list[str]) -> pd.DataFrame:
    return frame.assign(**{name: significant(frame[name], DIGITS) for name in figures})
