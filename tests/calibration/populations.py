"""Populations of municipalities: from which effects, teams and errors are drawn, one draw per municipality.

Effects, teams and errors were written down before the first run, and no estimator, spread or word was changed to fit
them. What the approach costs was rescaled once after that run, so that benefits exceed costs about as often as not:
every chance is then given often enough to be judged.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from data_contracts.vocabulary.field import TeamType
from data_contracts.yaml_file import read_model
from indicators.simulation.mechanisms import Team
from indicators.simulation.settings import SimulationSettings

STUDY = Path(__file__).parents[2] / "studies" / "voorbeeldstad"
DOMAINS = ("finances", "housing")
_COST_PER_CLIENT_EUR, _COST_SD = 130.0, 0.5  # the median, and the spread of the logarithm
_YEARS = 4  # in which people come in
FIRST_START, LAST_START = dt.date(2022, 10, 1), dt.date(2024, 10, 1)


@dataclass(frozen=True, slots=True)
class Population:
    """A kind of municipality. Every `_sd` is of what is drawn anew per municipality.

    `less`: the share by which the approach lowers use and events, in common; `own_sd` around it per product and kind
    of event. `points`: full effect on each life domain. `drift_sd`: per half-year, how much further (in the logarithm)
    the use in starting teams moves away from that in the others by itself. `lost`: at most this share of what people
    under the approach use is no longer registered. `absent`: at most this part of the effect does not occur in later
    years; `volume_sd` and `price_sd`: of the logarithm of people in later years, and of a price without a margin.
    `few_teams`: six to eight teams, of which three start.
    """

    name: str
    about: str
    less: float = 0.0
    less_sd: float = 0.0
    own_sd: float = 0.0
    points: float = 0.0
    points_sd: float = 0.0
    drift_sd: float = 0.0
    lost: float = 0.0
    absent: float = 0.0
    volume_sd: float = 0.0
    price_sd: float = 0.0
    few_teams: bool = False
    holds: bool = True


_MIXED = {"less": 0.05, "less_sd": 0.10, "own_sd": 0.15, "points": 0.1, "points_sd": 0.3}
POPULATIONS = (
    Population("null", "the approach does nothing, and costs what it costs"),
    Population("weak", "5 % less use, give or take 5 %", 0.05, 0.05, 0.05, 0.1, 0.1),
    Population("mixed", "5 % less use, give or take 10 %; products differ by 15 %", **_MIXED),
    Population("strong", "20 % less use, give or take 10 %", 0.20, 0.10, 0.10, 0.5, 0.2),
    Population("few teams", "as mixed, with six to eight teams of which three start", **_MIXED, few_teams=True),
    Population(
        "drift",
        "as mixed; use in starting teams moves away from the others by itself, 1 % a half-year either way",
        **_MIXED,
        drift_sd=0.01,
        holds=False,
    ),
    Population("strong drift", "as mixed; the same, 3 % a half-year either way", **_MIXED, drift_sd=0.03, holds=False),
    Population(
        "selective drop-out",
        "as mixed; 0 to 10 % of what people under the approach use is no longer registered",
        **_MIXED,
        lost=0.10,
        holds=False,
    ),
    Population(
        "later years differ",
        "as mixed; later the effect is 0 to 30 % less, numbers of people and prices differ by 20 %",
        **_MIXED,
        absent=0.3,
        volume_sd=0.2,
        price_sd=0.2,
        holds=False,
    ),
    Population(
        "all of it",
        "as mixed; drift of 1 %, drop-out and other later years together",
        **_MIXED,
        drift_sd=0.01,
        lost=0.10,
        absent=0.3,
        volume_sd=0.2,
        price_sd=0.2,
        holds=False,
    ),
)
BY_NAME = {one.name: one for one in POPULATIONS}


@cache
def _base() -> SimulationSettings:
    return read_model(STUDY / "simulation.yaml", SimulationSettings)


def drawn(population: Population, rng: np.random.Generator) -> SimulationSettings:
    """The settings of one municipality of a population: voorbeeldstad with everything above drawn."""
    base = _base()
    common = rng.normal(population.less, population.less_sd)

    def ratio() -> float:
        return float(np.clip(1 - common - rng.normal(0, population.own_sd), 0.3, 1.7))

    # A line of the MKBA rests on each of these; reintegration has none.
    products = [one for one in base.provisions if one.law != "participatiewet"]
    domains = {
        name: one.model_copy(update={"effect": float(rng.normal(population.points, population.points_sd))})
        for name, one in base.life_domains.items()
        if name.value in DOMAINS
    }
    n_clients, teams = int(np.exp(rng.uniform(np.log(1000), np.log(4000)))), _teams(population, rng)
    extra = _COST_PER_CLIENT_EUR * np.exp(rng.normal(0, _COST_SD)) * n_clients / _YEARS / len(teams)
    return base.model_copy(
        update={
            "n_clients": n_clients,
            "teams": teams,
            "life_domains": domains,
            "provisions": [one.model_copy(update={"ratio": ratio()}) for one in products],
            "events": [one.model_copy(update={"ratio": ratio()}) for one in base.events],
            "costs": base.costs.model_copy(update={"extra_work_eur_per_year": float(extra)}),
        }
    )


def _teams(population: Population, rng: np.random.Generator) -> list[Team]:
    n_teams = int(rng.integers(6, 9) if population.few_teams else rng.integers(10, 25))
    n_started = 3 if population.few_teams else round(n_teams * rng.uniform(0.5, 0.75))
    days = (LAST_START - FIRST_START).days
    kinds = [TeamType.ACCESS, TeamType.TEAM, TeamType.NETWORK]
    return [
        Team(
            team=f"Wijkteam {number + 1}",
            team_type=kinds[int(rng.integers(len(kinds)))],
            size=float(rng.uniform(0.6, 1.4)),
            approach_started_on=(
                FIRST_START + dt.timedelta(days=int(rng.integers(days))) if number < n_started else None
            ),
        )
        for number in range(n_teams)
    ]
