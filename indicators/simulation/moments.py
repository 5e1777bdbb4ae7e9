"""When clients are seen: planned moments, who drops out before them, and which take place.

A client is seen at intake (some twice, by a colleague), at half a year, a year and one and a half years while the
trajectory runs, at closing, and by some half a year and a year after it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.simulation.mechanisms import DropOut
from indicators.simulation.people import NEVER, People, day_number, stream
from indicators.simulation.settings import SimulationSettings

INTAKE, AGAIN, EVALUATIONS, CLOSING, MONITORING = 0, 1, (2, 3, 4), 5, (6, 7)
LABELS = ("intake", "intake", "evaluatie 1", "evaluatie 2", "evaluatie 3", "afsluiting", "monitoring", "monitoring")
N_SLOTS = len(LABELS)
_HALF_YEAR = 6 * DAYS_PER_MONTH
_TRAJECTORY_SHAPE = 2.5  # of the gamma distribution of the length


@dataclass(frozen=True, slots=True)
class Plan:
    """Clients x slots: the day of each moment and whether it is planned at all; the planned end per client."""

    day: np.ndarray
    is_planned: np.ndarray
    end_day: np.ndarray


def planned_moments(people: People, settings: SimulationSettings, seed: int) -> Plan:
    """The moments as they would be if nobody dropped out; only the intake heeds the last day of the period."""
    rng, count = stream(seed, "moments"), people.count
    months = rng.gamma(_TRAJECTORY_SHAPE, settings.support.months / _TRAJECTORY_SHAPE, count)
    end = people.started_day + (np.maximum(months, 1.5) * DAYS_PER_MONTH).astype(np.int32)
    day = np.empty((count, N_SLOTS), dtype=np.int32)
    day[:, INTAKE] = np.minimum(people.started_day + rng.integers(0, 15, count), day_number(settings.last_day))
    day[:, AGAIN] = day[:, INTAKE] + rng.integers(5, 21, count)
    for half_years, slot in enumerate(EVALUATIONS, start=1):
        day[:, slot] = people.started_day + np.rint(half_years * _HALF_YEAR + 20 * rng.standard_normal(count))
    day[:, CLOSING] = end - rng.integers(0, 10, count)
    for half_years, slot in enumerate(MONITORING, start=1):
        day[:, slot] = end + np.rint(half_years * _HALF_YEAR + 20 * rng.standard_normal(count))
    is_planned = np.ones((count, N_SLOTS), dtype=bool)
    is_planned[:, AGAIN] = rng.random(count) < settings.ratings.double_rated
    # An evaluation just before the end is the closing.
    is_planned[:, EVALUATIONS] = day[:, EVALUATIONS] < (end - 45)[:, None]
    is_planned[:, MONITORING] = (rng.random(count) < settings.monitoring.monitored)[:, None]
    return Plan(day, is_planned, end)


def dropped_before(progress: np.ndarray, plan: Plan, drop_out: DropOut, seed: int) -> np.ndarray:
    """Per client the slot that was not reached; N_SLOTS for who did not drop out.

    progress: clients x slots, the true mean change since intake in points.
    """
    slots = [*EVALUATIONS, CLOSING]
    logit = np.log(drop_out.share / (1 - drop_out.share)) - drop_out.per_point_of_progress * progress[:, slots]
    chance = stream(seed, "drop-out").random(logit.shape)
    leaves = plan.is_planned[:, slots] & (chance < 1 / (1 + np.exp(-logit)))
    first = np.array(slots, dtype=np.int8)[leaves.argmax(axis=1)]
    return np.where(leaves.any(axis=1), first, N_SLOTS).astype(np.int8)


def end_of_support(plan: Plan, dropped: np.ndarray, seed: int) -> np.ndarray:
    """The last day of the trajectory.

    Who drops out ends up to three months before the moment that was not reached, but after the one before it.
    """
    clients = np.arange(len(dropped))
    missed = plan.day[clients, np.minimum(dropped, N_SLOTS - 1)]
    before = stream(seed, "end").integers(1, 90, len(dropped))
    is_reached = plan.is_planned & (np.arange(N_SLOTS) < dropped[:, None])
    reached = np.where(is_reached, plan.day, 0).max(axis=1)
    return np.where(dropped < N_SLOTS, np.maximum(missed - before, reached + 1), plan.end_day).astype(np.int32)


def relapse_day(end_day: np.ndarray, dropped: np.ndarray, relapse_share: float, seed: int) -> np.ndarray:
    """The day on which a client falls back after closing: a constant risk, `relapse_share` within a year.

    NEVER for who dropped out: nobody watches them.
    """
    if relapse_share == 0:
        return np.full(len(end_day), NEVER, dtype=np.int32)
    waiting = stream(seed, "relapse").exponential(365.25 / -np.log1p(-relapse_share), len(end_day))
    day = end_day + 1 + np.minimum(waiting, 100_000)
    return np.where(dropped == N_SLOTS, day, NEVER).astype(np.int32)


def takes_place(plan: Plan, dropped: np.ndarray, settings: SimulationSettings, seed: int) -> np.ndarray:
    """Clients x slots: the moment was planned, reached, within the period and not forgotten; an intake always is."""
    slots = np.arange(N_SLOTS)
    is_late = slots >= EVALUATIONS[0]
    is_kept = stream(seed, "kept").random(plan.day.shape) < settings.support.moment_kept
    is_reached = slots < dropped[:, None]
    return plan.is_planned & in_period(plan, settings) & (~is_late | (is_kept & is_reached))


def in_period(plan: Plan, settings: SimulationSettings) -> np.ndarray:
    """Clients x slots: not after the last day."""
    return plan.day <= day_number(settings.last_day)
