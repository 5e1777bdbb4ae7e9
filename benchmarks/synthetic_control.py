"""Must a mix of municipalities match the own line's level, or only its course? python -m benchmarks.synthetic_control

Invented municipalities share two courses, with levels near one another or far apart; in a last world the course follows
the level. Per world: how often a comparison is given, how often it claims something where nothing happened, how often
it finds a step of 1.0, and the error of its figure. Takes a minute or two; prints markdown.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indicators.series.synthetic_control import Imitation, imitation

N_DONORS, N_BEFORE, N_AFTER, WORLDS, STEP, RARE = 20, 16, 6, 4000, 1.0, 0.1
Figures = np.ndarray


def noise(rng: np.random.Generator, shape: tuple[int, int]) -> Figures:
    """Errors that carry over by half from one period to the next, with a standard deviation of 0.3."""
    found = rng.normal(0, 0.3, shape)
    for period in range(1, shape[0]):
        found[period] = 0.5 * found[period - 1] + np.sqrt(0.75) * found[period]
    return found


def world(rng: np.random.Generator, levels: float) -> Figures:
    """(T, J + 1) figures with levels so far apart; below zero the level is what the course grows by."""
    shape = (N_BEFORE + N_AFTER, N_DONORS + 1)
    if levels < 0:
        growth = 10 * np.exp(np.cumsum(rng.normal(0, 0.05, shape[0])))
        return np.outer(growth, np.exp(rng.normal(0, -levels, shape[1]))) + noise(rng, shape)
    courses = np.cumsum(rng.normal(0, 0.3, (shape[0], 2)), axis=0)
    return rng.normal(0, levels, shape[1]) + courses @ rng.normal(1, 0.5, (2, shape[1])) + noise(rng, shape)


def by_course(figures: Figures) -> Imitation:
    """As the engine does it."""
    return imitation(figures, N_BEFORE)


def by_level(figures: Figures) -> Imitation:
    """Levels must match too: a row of zeros as long as the past, and the past mirrored, leave no mean to take off."""
    mirrored = np.vstack([-figures[:N_BEFORE], figures])
    return imitation(mirrored, 2 * N_BEFORE)


def line(name: str, levels: float, of: Callable[[Figures], Imitation]) -> str:
    rng = np.random.default_rng(20261123)
    figures = [world(rng, levels) for _ in range(WORLDS)]
    step = np.zeros_like(figures[0])
    step[N_BEFORE:, 0] = STEP
    quiet, moved = [of(one) for one in figures], [of(one + step) for one in figures]
    given = [one for one in quiet if one.refused_because is None]
    found = np.mean([one.p_value <= RARE for one in moved if one.refused_because is None])
    claims = np.mean([one.p_value <= RARE for one in given])
    error = np.sqrt(np.mean([one.effect**2 for one in given]))
    all_error = np.sqrt(np.mean([one.effect**2 for one in quiet]))
    return f"| {name} | {len(given) / WORLDS:.0%} | {claims:.1%} | {found:.0%} | {error:.2f} | {all_error:.2f} |"


if __name__ == "__main__":
    print("| world | must match | given | claims where nothing happened | steps found | error | error, refused too |")
    print("|---|---|---|---|---|---|---|")
    for name, levels in (("levels near", 0.2), ("levels apart", 1.0), ("levels far", 3.0), ("course by level", -0.15)):
        print(line(f"{name} | course (ours)", levels, by_course))
        print(line(f"{name} | course and level", levels, by_level))
