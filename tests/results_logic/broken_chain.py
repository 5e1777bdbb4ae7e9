"""Simulated municipalities with a break planted in a Resultatenlogica, as released tables per team and year.

Three branches, each approach -> result -> effect; teams start the approaches in different years. Movement is counted
in differences that count. On top of what the chain does there are: a rise that everybody has (people come at a low
point), a level of its own for each team, a trend in the effects, a shock per team-year that moves result and effect of
a branch together (heavier or lighter intake), errors that two scores of one worker share, the noise of few people,
counts rounded to 5, and cells under 10 people withheld.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.field import TEAM_AND_COHORT
from indicators.results_logic.values.released import Released

Array = NDArray[np.float64]
PLACES = ("none", "execution", "approach", "policy_logic")
FIRST_YEAR, ROUND_TO, FEWEST = 2020, 5, 10
SHARE_STARTING, SCORE_SD, HALO = 0.7, 1.1, 0.3
SHARED_SHOCK, OWN_SHOCK, TEAM_SPREAD, TREND, LOW_POINT = 0.2, 0.3, 1.0, 0.3, 2.0


@dataclass(frozen=True, slots=True)
class Size:
    """How far the sound nodes move, in differences that count, and how much a municipality registers."""

    movement: float
    n_teams: int
    n_years: int
    people: int  # per team and year


SIZES = {
    "strong": Size(movement=5.0, n_teams=42, n_years=5, people=150),
    "moderate": Size(movement=3.0, n_teams=20, n_years=5, people=80),
    "weak": Size(movement=1.0, n_teams=8, n_years=3, people=20),
}


@dataclass(frozen=True, slots=True)
class Series:
    """How one node is registered: a share of people, an amount per person, or a score before and after."""

    kind: str
    subject: str
    what: str
    base: float
    one: float  # a difference that counts, signed by the expected direction


BRANCHES = (
    (
        Series("share", "cases", "with_plan", 0.3, 0.05),
        Series("score", "zrm", "finances", 0.0, 0.2),
        Series("share", "events", "politiemelding", 0.5, -0.05),
    ),
    (
        Series("amount", "hours", "all", 20.0, np.log(1.1)),
        Series("score", "zrm", "social_network", 0.0, 0.2),
        Series("score", "zrm", "community_participation", 0.0, 0.2),
    ),
    (
        Series("share", "cases", "evaluated", 0.3, 0.05),
        Series("share", "solutions", "own_strength", 0.25, 0.05),
        Series("amount", "provisions", "begeleiding individueel", 30.0, -np.log(1.1)),
    ),
)


def broken_chain(place: str, size: Size, branch: int, seed: int) -> Released:
    """Released tables of a municipality whose branch `branch` (0, 1 or 2) breaks at `place`, one of PLACES."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(size.n_teams), size.n_years)
    year = np.tile(np.arange(size.n_years), size.n_teams)
    people = rng.poisson(size.people * rng.uniform(0.6, 1.4, size.n_teams)[team]) + 1
    cells = pd.DataFrame({"team": team, "year": year, "people": people})
    use: list[pd.DataFrame] = []
    change: list[pd.DataFrame] = []
    for number, series in enumerate(BRANCHES):
        errors = rng.multivariate_normal([0, 0, 0], np.eye(3) + HALO * _same_hand(series), len(cells))
        moved = _movements(rng, cells, size, place if number == branch else "none")
        for node, one in enumerate(series):
            table = change if one.kind == "score" else use
            table.append(_registered(rng, cells, one, moved[node], errors[:, node]))
    return Released(change=_gate(pd.concat(change)), use=_gate(pd.concat(use)), round_to=ROUND_TO)


def _same_hand(series: tuple[Series, ...]) -> Array:
    scored = np.array([one.kind == "score" for one in series], dtype=float)
    return np.outer(scored, scored) - np.diag(scored)


def _movements(rng: np.random.Generator, cells: pd.DataFrame, size: Size, place: str) -> list[Array]:
    """True movement of approach, result and effect per team-year, in differences that count."""
    team, year = cells["team"].to_numpy(), cells["year"].to_numpy()
    starts = np.where(rng.random(size.n_teams) < SHARE_STARTING, rng.integers(1, size.n_years, size.n_teams), 99)
    strength = rng.uniform(0.7, 1.3, size.n_teams)
    approach = size.movement * strength[team] * (year >= starts[team])
    approach = np.zeros(len(cells)) if place == "execution" else approach
    result = np.zeros(len(cells)) if place == "approach" else approach
    effect = np.zeros(len(cells)) if place == "policy_logic" else result
    shock = SHARED_SHOCK * rng.normal(size=len(cells))
    levels = TEAM_SPREAD * rng.normal(size=(3, size.n_teams))[:, team]
    own = OWN_SHOCK * rng.normal(size=(3, len(cells)))
    return [
        approach + levels[0],
        result + levels[1] + shock + own[1],
        effect + levels[2] + shock + own[2] + TREND * year,
    ]


def _registered(
    rng: np.random.Generator, cells: pd.DataFrame, series: Series, moved: Array, error: Array
) -> pd.DataFrame:
    """Exact figures per team-year of one node, with those per year and for everybody below them."""
    people = cells["people"].to_numpy()
    found = cells[["team", "year"]].assign(n_clients_base=people, client_years=people.astype(float), unit="keer")
    if series.kind == "score":
        n = rng.binomial(people, 0.7)
        mean = series.one * (moved + LOW_POINT) + SCORE_SD * error / np.sqrt(np.maximum(n, 1))
        found = found.assign(n_clients=n, total=mean * n)
    elif series.kind == "share":
        n = rng.binomial(people, np.clip(series.base + series.one * moved, 0.02, 0.98))
        found = found.assign(n_clients=n, total=n.astype(float))
    else:
        n = rng.binomial(people, 0.8)
        spread = rng.gamma(np.maximum(n, 1)) / np.maximum(n, 1)
        found = found.assign(n_clients=n, total=people * series.base * np.exp(series.one * moved) * spread)
    labels = "Team " + found["team"].astype(str) + TEAM_AND_COHORT + (FIRST_YEAR + found["year"]).astype(str)
    sums = ["n_clients", "n_clients_base", "client_years", "total"]
    years = found.groupby("year", as_index=False)[sums].sum()
    everybody = found[sums].sum().to_frame().T
    rows = [
        found.assign(slice="team+cohort", slice_value=labels),
        years.assign(slice="cohort", slice_value=(FIRST_YEAR + years["year"]).astype(str)),
        everybody.assign(slice="all", slice_value="all"),
    ]
    where = "life_domain" if series.kind == "score" else "what"
    found = pd.concat(rows).drop(columns=["team", "year"]).assign(subject=series.subject, law=None, unit="keer")
    return found.assign(**{where: series.what}, moment_from="first", moment_to="last")


def _gate(exact: pd.DataFrame) -> pd.DataFrame:
    """What a gate leaves: rounded counts, and no figure about fewer than ten people."""
    few = exact["n_clients"] < FEWEST
    mean, half = exact["total"] / exact["n_clients"], Z_95 * SCORE_SD / np.sqrt(exact["n_clients"].astype(float))
    found = exact.assign(
        mean_change=mean.round(2), mean_change_low=(mean - half).round(2), mean_change_high=(mean + half).round(2)
    )
    for column in ("n_clients", "n_clients_base"):
        found[column] = (found[column] / ROUND_TO).round() * ROUND_TO
    found["status"] = np.where(few, "too_few", "released")
    figures = ["n_clients", "total", "mean_change", "mean_change_low", "mean_change_high"]
    found[figures] = found[figures].where(~few)
    return found.reset_index(drop=True)
