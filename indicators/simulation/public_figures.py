"""Public figures of a synthetic municipality and of others, in which the new approach moves its own by a known step.

All municipalities share a few courses in time, each in its own measure, so that a mix of others can follow one of them
before the start; nothing else tells them apart.
"""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from indicators.simulation.mechanisms import PublicFigures
from indicators.simulation.people import stream


def public_figures(rules: PublicFigures, own: str, started_on: dt.date, seed: int) -> pd.DataFrame:
    """Columns gemeente, periode, indicator, waarde: every half-year of the own municipality and of the others."""
    rng = stream(seed, "public figures")
    halves = [(year, half) for year in range(rules.first_year, rules.last_year + 1) for half in (1, 2)]
    names = [own, *(f"Verzonnen gemeente {number + 1}" for number in range(rules.others))]
    courses = np.cumsum(rng.normal(0, rules.course_sd, (len(halves), 2)), axis=0)
    level, share = rng.normal(rules.level, rules.between_sd, len(names)), rng.normal(1, 0.4, (2, len(names)))
    values = level + courses @ share + rng.normal(0, rules.noise_sd, (len(halves), len(names)))
    begins = np.array([np.datetime64(f"{year}-{6 * half - 5:02d}-01") for year, half in halves])
    values[begins >= np.datetime64(started_on), 0] += rules.effect
    return pd.DataFrame(
        {
            "gemeente": np.repeat(names, len(halves)),
            "periode": np.tile([f"{year}-H{half}" for year, half in halves], len(names)),
            "indicator": rules.indicator,
            "waarde": values.T.ravel(),
        }
    )
