"""The effect of a staggered start, recomputed by least squares on dummies, with teams left out one at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from tests.reference.recomputed.records import Client, Municipality, months_later

Value = Callable[[Client], float | None]
Cell = tuple[str, int, bool]


@dataclass
class Found:
    """An estimate with its standard error, its degrees of freedom, and how many clients it rests on."""

    estimate: float
    se: float
    freedom: float
    n_clients: int

    @property
    def interval(self) -> tuple[float, float]:
        """95 %."""
        half = float(stats.t.ppf(0.975, self.freedom)) * self.se
        return self.estimate - half, self.estimate + half


def exposure(client: Client, start: dt.date | None) -> bool | None:
    """Under the new approach from intake on, in no day of the first year, or in between."""
    if start is None or months_later(client.intake_on, 12) <= start:
        return False
    return True if client.intake_on >= start else None


def effect(town: Municipality, value: Value) -> Found:
    """The mean effect per client who came in under the new approach, imputed from the others."""
    cells = _cells(town, value)
    teams = sorted({team for team, _, _ in cells})
    everybody = _weights(cells, set(teams))
    changed = {left: _weights(cells, set(teams) - {left}) for left in teams}
    order = sorted(cells)
    of_cell = np.array([np.mean(cells[cell]) for cell in order])
    count = np.array([len(cells[cell]) for cell in order], dtype=float)
    own = np.array([everybody.get(cell, 0.0) for cell in order])
    moved = np.array([[changed[left].get(cell, 0.0) for cell in order] for left in teams]) - own
    n_clients = sum(len(cells[cell]) for cell in order if not cell[2]) + sum(
        len(cells[cell]) for cell in _imputable(cells)
    )
    return with_margin(of_cell, count, own, moved, n_clients)


def mean(town: Municipality, value: Value) -> Found:
    """The mean over all clients, with the margin of teams."""
    of_team = defaultdict(list)
    for client in town.clients.values():
        found = value(client)
        if found is not None:
            of_team[client.team].append(float(found))
    own_mean = np.array([np.mean(one) for one in of_team.values()])
    count = np.array([len(one) for one in of_team.values()], dtype=float)
    own = count / count.sum()
    left = (1 - np.eye(len(count))) * count
    return with_margin(own_mean, count, own, left / left.sum(axis=1, keepdims=True) - own, int(count.sum()))


def with_margin(mean: np.ndarray, count: np.ndarray, own: np.ndarray, moved: np.ndarray, n_clients: int) -> Found:
    """The jackknife, scaled to be right when every client has the same independent noise; Satterthwaite's freedom."""
    scaled = moved / np.sqrt(count)
    between = scaled @ scaled.T
    scale = float((own**2 / count).sum() / np.trace(between))
    variance = scale * float(((moved @ mean) ** 2).sum())
    freedom = float(np.trace(between) ** 2 / (between**2).sum())
    return Found(float(own @ mean), variance**0.5, freedom, n_clients)


def _cells(town: Municipality, value: Value) -> dict[Cell, list[float]]:
    """(team, half-year of intake, under the approach) -> outcomes of clients whose first year is over."""
    cells, seen = defaultdict(list), town.seen_until
    for client in town.clients.values():
        under = exposure(client, town.starts.get(client.team))
        found = value(client) if months_later(client.intake_on, 12) <= seen and client.team else None
        if under is not None and found is not None:
            day = client.intake_on
            cells[client.team, day.year * 2 + (day.month > 6), under].append(float(found))
    return dict(cells)


def _compared(cells: dict[Cell, list[float]]) -> set[int]:
    """Half-years in which at least two teams had not started."""
    teams = defaultdict(set)
    for team, period, under in cells:
        if not under:
            teams[period].add(team)
    return {period for period, own in teams.items() if len(own) >= 2}


def _imputable(cells: dict[Cell, list[float]]) -> list[Cell]:
    compared = _compared(cells)
    seen_before = {team for team, period, under in cells if not under and period in compared}
    return [
        (team, period, True) for team, period, under in cells if under and period in compared and team in seen_before
    ]


def _weights(cells: dict[Cell, list[float]], teams: set[str]) -> dict[Cell, float]:
    """The weight of each cell's mean in the estimate, when only these teams exist."""
    compared = _compared(cells)
    fit = [cell for cell in sorted(cells) if not cell[2] and cell[1] in compared and cell[0] in teams]
    target = [cell for cell in sorted(_imputable(cells)) if cell[0] in teams]
    total = sum(len(cells[cell]) for cell in target)
    names, periods = sorted({cell[0] for cell in fit}), sorted({cell[1] for cell in fit})

    def dummies(of: list[Cell]) -> np.ndarray:
        rows = [[cell[0] == name for name in names] + [cell[1] == period for period in periods] for cell in of]
        return np.array(rows, dtype=float)

    weight = np.sqrt([len(cells[cell]) for cell in fit])
    share = np.array([len(cells[cell]) / total for cell in target])
    solved = np.linalg.pinv(dummies(fit) * weight[:, None], rcond=1e-12)
    of_fit = -(share @ dummies(target)) @ solved * weight
    return dict(zip(target, share, strict=True)) | dict(zip(fit, of_fit, strict=True))
