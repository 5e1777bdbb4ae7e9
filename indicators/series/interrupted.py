"""Design D: one aggregate series before and after a start date, by segmented regression.

value = level + trend x t + step x after + bend x (t - start) x after + season. The step is the headline, the bend its
companion. Neighbouring periods resemble one another, so the errors are first-order autoregressive
(`autoregressive`); Newey and West's (1987) error stands beside it and is too small in series of a few years (the truth
bench shows by how much). Placebo starts tell how often a step this large comes out where nothing happened. One series
has no comparison: everything else that changed on that date is in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from indicators.arrays import Floats, Integers

MIN_PERIODS = 8
# The columns of a segmented design that others ask for.
TREND, STEP = 1, 2


@dataclass(frozen=True, slots=True)
class Step:
    """Step and bend (per period) at the start, each with a standard error, and degrees of freedom."""

    step: float
    step_se: float
    bend: float
    bend_se: float
    degrees_of_freedom: float

    def half_width(self, confidence: float = 0.95) -> float:
        """From the step to either end of its interval."""
        return float(scipy.stats.t.ppf((1 + confidence) / 2, self.degrees_of_freedom)) * self.step_se


def refusal(n_before: int, n_after: int) -> str | None:
    """Why a series cannot carry a step, in words for the report; None when it can."""
    if min(n_before, n_after) >= MIN_PERIODS:
        return None
    return (
        f"De reeks is te kort: {n_before} perioden vóór en {n_after} na de start; minstens {MIN_PERIODS} aan elke kant "
        "zijn nodig."
    )


def segmented_design(n_periods: int, start: int, season: Integers | None = None, left_out: int = 0) -> Floats:
    """(T, p): intercept, trend, step, bend, and one indicator per season but the first.

    `left_out` periods lie between the last one before and the first one after, for instance because clients of those
    months met both ways of working: the trend runs through them, the step is taken behind them.
    """
    place = np.arange(1, n_periods + 1, dtype=np.float64)
    after = place > start
    columns = [np.ones(n_periods), place + left_out * after, after, after * (place - start)]
    if season is not None:
        columns += [season == one for one in np.unique(season)[1:]]
    return np.column_stack(columns).astype(np.float64)


def step_newey_west(values: Floats, design: Floats, lags: int) -> Step:
    """Step with Newey-West errors over `lags` neighbouring periods; no small-sample factor in the covariance itself.

    Across periods that were left out neighbours are as far apart as their trend in `design` says, as if the errors
    between were zero: amplitude modulation (Parzen 1963, Sankhya A 25:383-392). Of scattered gaps Datta and Du (2012,
    International Finance Discussion Paper 1060) rather close up the series; here the gap is one year, and its two ends
    are no neighbours.
    """
    bread = np.linalg.inv(design.T @ design)
    scores = design * (values - design @ (bread @ design.T @ values))[:, None]
    place = periods_of(design)
    kernel = np.maximum(1 - np.abs(place[:, None] - place) / (lags + 1), 0.0)
    meat = scores.T @ kernel @ scores
    return step_of(bread @ design.T @ values, bread @ meat @ bread, values.size - design.shape[1])


def periods_of(design: Floats) -> Floats:
    """(T,) the period of each value, counted through what was left out."""
    return np.asarray(np.rint(design[:, TREND]))


def placebo_starts(values: Floats, start: int, season: Integers | None = None, left_out: int = 0) -> tuple[int, int]:
    """How many possible starts before the true one have a step at least as large in its own errors, and of how many.

    The true start is not among them. Only the periods before the start are used for a placebo, so that a true step does
    not leak into it.
    """
    lags = default_lags(values.size)
    true = step_newey_west(values, segmented_design(values.size, start, season, left_out), lags)
    early = values[:start]
    placebos = [
        step_newey_west(early, segmented_design(start, other, None if season is None else season[:start]), lags)
        for other in range(MIN_PERIODS // 2, start - MIN_PERIODS // 2)
    ]
    larger = sum(abs(one.step / one.step_se) >= abs(true.step / true.step_se) for one in placebos)
    return larger, len(placebos)


def default_lags(n_periods: int) -> int:
    """Newey and West's (1994) rule of thumb, 4 (T / 100)^(2/9) rounded down."""
    return int(4 * (n_periods / 100) ** (2 / 9))


def step_of(coefficient: Floats, covariance: Floats, freedom: float) -> Step:
    """Step and bend, taken from all coefficients of a segmented design and their covariance."""
    error = np.sqrt(np.diag(covariance))
    step, bend = STEP, STEP + 1
    return Step(float(coefficient[step]), float(error[step]), float(coefficient[bend]), float(error[bend]), freedom)
