"""How clients do: recovery by itself, better and worse months, relapse, and the effect of the new approach."""

from __future__ import annotations

import numpy as np

from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.simulation.mechanisms import Course
from indicators.simulation.moments import AGAIN, INTAKE, N_SLOTS
from indicators.simulation.people import People, stream


def course_by_itself(people: People, day: np.ndarray, course: Course, seed: int) -> np.ndarray:
    """Clients x slots: points above the client's own level without the new approach; mostly below it at intake."""
    months = (day - people.started_day[:, None]) / DAYS_PER_MONTH
    left = 1 - course.passes_by_itself * -np.expm1(-months / course.recovery_months)
    rng = stream(seed, "months")
    fluctuation = course.fluctuation_sd * rng.standard_normal((people.count, N_SLOTS))
    if course.lowest_of > 1:
        others = course.fluctuation_sd * rng.standard_normal((people.count, course.lowest_of - 1))
        fluctuation[:, INTAKE] = np.minimum(fluctuation[:, INTAKE], others.min(axis=1))
    fluctuation[:, AGAIN] = fluctuation[:, INTAKE]  # the colleague sees the same weeks
    left[:, AGAIN] = left[:, INTAKE]
    return fluctuation - people.low_point[:, None] * left


def dose_of_approach(people: People, day: np.ndarray, effect_months: float) -> np.ndarray:
    """Clients x slots: the part of the full effect that has been reached, 0 to 1, growing evenly in `effect_months`.

    It grows from the start of the approach or, for who comes in after it, from the first measurement.
    """
    since = np.maximum(people.approach_day, day[:, INTAKE])
    dose = np.clip((day.astype(np.int64) - since[:, None]) / DAYS_PER_MONTH / effect_months, 0, 1)
    dose[:, AGAIN] = dose[:, INTAKE]
    return dose
