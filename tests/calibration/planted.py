"""What happens in a municipality beside the approach: half-years of teams that differ, drift, and what is not seen.

Provisions and events of the simulation are thinned: each is kept with a chance. That makes clients of one team in one
half-year alike, which the simulation by itself does not, and it is the way in which drift and drop-out come in.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from indicators.simulation.events import yearly_rate
from indicators.simulation.municipality import Municipality
from indicators.simulation.people import NEVER, People, day_number, people_coming_in
from indicators.simulation.provisions import users_share, users_share_with_approach
from tests.calibration.populations import Population

_USUAL, _SHOCK_SD = 0.3, 0.08  # in the logarithm: how much is thinned, and how half-years of teams differ in it
_HALF_YEAR, _YEAR = 182.625, 365
About = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Planted:
    """A municipality as registered, and the true effects in the first year of clients under the approach."""

    municipality: Municipality
    truth: dict[About, float]


def planted(simulated: Municipality, population: Population, rng: np.random.Generator) -> Planted:
    """The municipality of `population`; use and events are thinned, everything else is as it was simulated."""
    settings = simulated.settings
    people = people_coming_in(settings, simulated.clients, simulated.seed)
    really = _kept(people, settings.first_day, len(settings.teams), rng.normal(0, population.drift_sd), rng)
    seen = really * np.where(people.is_exposed, 1 - rng.uniform(0, population.lost), 1.0)
    chance = pd.Series(seen, index=people.client_key)

    def thinned(rows: pd.DataFrame) -> pd.DataFrame:
        return rows[rng.random(len(rows)) < chance.reindex(rows["client_key"]).to_numpy()].reset_index(drop=True)

    registered = replace(simulated, provisions=thinned(simulated.provisions), events=thinned(simulated.events))
    return Planted(registered, _truth(simulated, people, really))


def _kept(people: People, first_day: object, n_teams: int, drift: float, rng: np.random.Generator) -> np.ndarray:
    """Per client the chance that a provision or event is there."""
    half_year = ((people.started_day - day_number(first_day)) / _HALF_YEAR).astype(int)
    shocks = rng.normal(_USUAL, _SHOCK_SD, (n_teams, half_year.max() + 1))[people.team_no, half_year]
    starting = people.approach_day < NEVER
    return np.exp(-np.maximum(shocks + drift * half_year * starting, 0.0))


def _truth(simulated: Municipality, people: People, kept: np.ndarray) -> dict[About, float]:
    """As `effects_in_first_year`, with what is kept of it; of scores what the simulation says."""
    settings = simulated.settings
    chosen = people.is_exposed & (people.started_day + _YEAR <= day_number(settings.last_day))
    found: dict[About, float] = {
        (row["subject"], row["life_domain"], row["what"] or "all", row["moment_to"]): float(row["effect"])
        for row in simulated.truth.effects.to_dict("records")
        if row["subject"] == "zrm" and row["moment_to"] == "within_12_months"
    }
    for product in settings.provisions:
        without = users_share(product, people)
        added = users_share_with_approach(product, people, np.ones(people.count)) - without
        euros = float((added * kept)[chosen].mean()) * max(product.volume, 1.0) * product.price_eur
        for what in (product.product, product.law.value):
            about = ("provisions", "all", what, "within_12_months")
            found[about] = found.get(about, 0.0) + euros
    for kind in settings.events:
        rate = float((yearly_rate(kind, people) * kept)[chosen].mean())
        found["events", "all", kind.event_kind, "within_12_months"] = rate * (kind.ratio - 1)
    return found
