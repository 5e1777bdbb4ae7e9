"""The data behind reference.R: invented panels, so that they may be committed. Run from the root of the repository."""

from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).parent


def staggered(rng: np.random.Generator) -> pd.DataFrame:
    """Clients of 9 unequal teams x 6 periods; five teams start, two of them together; effects grow with time."""
    start = np.array([2, 3, 3, 4, 5, 99, 99, 99, 99])
    size = rng.integers(3, 15, (9, 6))
    size[7, 2] = 0
    team, period = (np.repeat(index.ravel(), size.ravel()) for index in np.indices((9, 6)))
    exposed = (period >= start[team]).astype(int)
    effect = exposed * (0.3 + 0.1 * (period - start[team]))
    score = rng.normal(0, 0.3, 9)[team] + rng.normal(0, 0.2, 6)[period] + effect + rng.normal(0, 1, team.size)
    return pd.DataFrame({"team": team, "period": period, "exposed": exposed, "score": score.round(3)})


def pairs(rng: np.random.Generator) -> pd.DataFrame:
    """Clients measured twice in 10 teams, six of which work the new way with clients who start lower."""
    team = rng.integers(0, 10, 400)
    treated = (team < 6).astype(int)
    age = rng.normal(45, 12, 400).round()
    before = np.clip(np.round(3 - 0.4 * treated + 0.01 * (age - 45) + rng.normal(0, 1, 400)), 1, 5)
    after = np.clip(np.round(1.2 + 0.6 * before + 0.3 * treated + rng.normal(0, 0.8, 400)), 1, 5)
    return pd.DataFrame({"team": team, "treated": treated, "age": age, "before": before, "after": after})


def levels(rng: np.random.Generator) -> pd.DataFrame:
    """Levels 1 to 5 of 250 clients at irregular whole months, moves to neighbours only in continuous time."""
    up, down = [0.09, 0.08, 0.07, 0.04], [0.03, 0.04, 0.05, 0.06]
    rows = []
    for client in range(250):
        level, now, next_visit, seen = int(rng.integers(1, 4)), 0.0, 0, 0
        while seen < int(rng.integers(2, 7)):
            rates = [up[level - 1] if level < 5 else 0.0, down[level - 2] if level > 1 else 0.0]
            wait = rng.exponential(1 / sum(rates))
            while next_visit <= now + wait and seen < 6:
                rows.append((client, next_visit, level))
                seen, next_visit = seen + 1, next_visit + int(rng.integers(3, 10))
            now += wait
            level += 1 if rng.random() < rates[0] / sum(rates) else -1
    return pd.DataFrame(rows, columns=["client", "month", "level"])


def series(rng: np.random.Generator) -> pd.DataFrame:
    """Sixty months with a step of -4 after month 36 and errors that carry over."""
    error = np.zeros(60)
    for month in range(1, 60):
        error[month] = 0.5 * error[month - 1] + rng.normal()
    month = np.arange(60)
    value = 50 + 0.1 * month - 4 * (month >= 36) + 2 * np.sin(2 * np.pi * month / 12) + error
    return pd.DataFrame({"month": month + 1, "season": month % 12, "value": value.round(3)})


def use(rng: np.random.Generator) -> pd.DataFrame:
    """Events in the first year of clients in 10 teams, six of which work the new way with clients who start lower."""
    team = rng.integers(0, 10, 400)
    treated = (team < 6).astype(int)
    half_year = (rng.random(400) < 0.4 + 0.2 * treated).astype(int)
    level = (3 - 0.3 * treated + rng.normal(0, 0.6, 400)).round(2)
    finances = (rng.normal(0, 0.5, 400) - 0.2 * treated).round(2)
    rate = np.clip(1.4 - 0.3 * level - 0.2 * finances + 0.1 * half_year - 0.15 * treated, 0.02, None)
    events = rng.poisson(rate)
    columns = {"team": team, "treated": treated, "level": level, "finances": finances, "half_year": half_year}
    return pd.DataFrame({**columns, "events": events})


def municipalities(rng: np.random.Generator) -> pd.DataFrame:
    """Twenty-two half-years of 13 municipalities that share two courses; the first one moves by 2 after sixteen."""
    courses = np.cumsum(rng.normal(0, 0.6, (22, 2)), axis=0)
    value = 50 + rng.normal(0, 3, 13) + courses @ rng.normal(1, 0.5, (2, 13)) + rng.normal(0, 0.4, (22, 13))
    value[16:, 0] += 2
    return pd.DataFrame(value.round(2), columns=["own", *(f"donor_{one}" for one in range(1, 13))])


if __name__ == "__main__":
    rng = np.random.default_rng(20260201)
    for make in (staggered, pairs, levels, series, use, municipalities):
        make(rng).to_csv(HERE / f"{make.__name__}.csv", index=False)
