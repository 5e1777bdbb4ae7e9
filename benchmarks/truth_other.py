"""Worlds for the designs without teams that start: relapse seen at measurements, and one aggregate series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg

from indicators.arrays import Floats
from indicators.effects.estimates import Outcome
from indicators.lasting.estimates import relapse_estimates
from indicators.lasting.relapse import spells
from indicators.series.estimates import series_step, step_rows
from indicators.series.interrupted import default_lags, segmented_design, step_newey_west

# Estimator, truth, estimate, low, high.
Interval = tuple[str, float, float, float, float]
UP, DOWN = (0.09, 0.08, 0.07, 0.04), (0.03, 0.04, 0.05, 0.06)
GOOD = np.array([False, False, False, True, True])


@dataclass(frozen=True, slots=True)
class RelapseWorld:
    """Clients who move between levels at constant rates and are measured every three to nine months.

    `misread` is the share of scores that a rater puts one level off.
    """

    misread: float = 0.0
    n_teams: int = 40
    clients: tuple[int, int] = (400, 4000)


@dataclass(frozen=True, slots=True)
class SeriesWorld:
    """A monthly series with a step, whose errors carry over from month to month."""

    step: float = -1.0
    carry_over: float = 0.4
    n_months: int = 96
    start: int = 60


def relapse_municipality(world: RelapseWorld, rng: np.random.Generator) -> list[Interval]:
    """Months at level 4 or 5 in the year after reaching it, and the share that stays there for that year."""
    n = int(rng.integers(world.clients[0], world.clients[1] + 1))
    rates = np.diag(UP, 1) + np.diag(DOWN, -1)
    rates -= np.diag(rates.sum(axis=1))
    course = _courses(rates, rng.integers(0, 4, n), 36, rng)
    visits = np.cumsum(np.column_stack([np.zeros(n, int), rng.integers(3, 10, (n, 4))]), axis=1)
    client, visit = np.nonzero(visits < 36)
    months = visits[client, visit]
    score = course[client, months] + 1
    off = rng.random(score.size) < world.misread
    seen = np.clip(score + off * rng.choice([-1, 1], score.size), 1, 5).astype(float)
    team = rng.integers(0, world.n_teams, n)[client]
    frame = pd.DataFrame({"client_no": client, "team_no": team, "months": months.astype(float), "finances": seen})
    found = spells(client, months.astype(float), seen)
    origin = np.bincount(score[found.origin] - 1, minlength=5) / found.origin.size
    block = np.block([[rates, np.eye(5)], [np.zeros((5, 10))]])
    truth = float(origin @ linalg.expm(block * 12)[:5, 5:] @ GOOD)
    rows = relapse_estimates(frame, ["finances"]).set_index("measure")[["estimate", "ci_low", "ci_high"]]
    lasting = float(linalg.expm(rates[3:, 3:] * 12).sum(axis=1) @ origin[3:])
    return [
        ("months_sufficient", truth, *rows.loc["months_sufficient"]),
        ("lasting_12", lasting, *rows.loc["lasting_12"]),
        ("lasting_12_modelled", lasting, *rows.loc["lasting_12_modelled"]),
    ]


def series_municipality(world: SeriesWorld, rng: np.random.Generator) -> list[Interval]:
    """The step under each kind of errors."""
    error = np.zeros(world.n_months)
    error[0] = rng.normal() / np.sqrt(1 - world.carry_over**2)
    for month in range(1, world.n_months):
        error[month] = world.carry_over * error[month - 1] + rng.normal()
    month = np.arange(world.n_months)
    values = 50 + 0.05 * month + world.step * (month >= world.start) + error
    row = step_rows([Outcome("rate", "events", "event")], [series_step(values, world.start, 1000)]).iloc[0]
    plain = step_newey_west(values, segmented_design(values.size, world.start), default_lags(values.size))
    return [
        ("autoregressive", world.step, row["estimate"], row["ci_low"], row["ci_high"]),
        ("newey_west", world.step, plain.step, plain.step - plain.half_width(), plain.step + plain.half_width()),
    ]


def _courses(rates: Floats, level: np.ndarray, n_months: int, rng: np.random.Generator) -> np.ndarray:
    """(N, n_months) level at the start of each month; moves within a month follow the exponential of the rates."""
    reached = np.cumsum(linalg.expm(rates), axis=1)
    course = np.empty((level.size, n_months), int)
    for month in range(n_months):
        course[:, month] = level
        level = (rng.random(level.size)[:, None] > reached[level]).sum(axis=1).clip(0, 4)
    return course
