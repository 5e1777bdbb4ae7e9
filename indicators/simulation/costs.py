"""What the teams cost per year: wages from the hours given, other costs beside them, the new approach apart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.simulation.people import People, day_number, stream
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import Support

TRAINING, EXTRA_WORK = "nieuwe werkwijze: training", "nieuwe werkwijze: extra inzet"
WAGES = "loonkosten"


def yearly_costs(people: People, done: Support, settings: SimulationSettings, seed: int) -> pd.DataFrame:
    """team, year, cost_kind, is_new_approach, amount_eur: a row where there is a cost."""
    rules, years = settings.costs, list(range(settings.first_day.year, settings.last_day.year + 1))
    growth = (1 + rules.wage_growth) ** np.arange(len(years))
    wages = _hours_by_team_and_year(people, done, settings, years) * rules.hourly_cost_eur * growth
    since_start = _share_of_year_since_start(settings, years)
    starts_now = np.diff(since_start > 0, prepend=False, axis=1)
    kinds = {WAGES: wages}
    kinds |= {kind: wages * share for kind, share in rules.other_share_of_wages.items()}
    kinds |= {TRAINING: starts_now * rules.training_eur, EXTRA_WORK: since_start * rules.extra_work_eur_per_year}
    rng = stream(seed, "costs")
    teams, frames = [team.team for team in settings.teams], []
    for kind, amounts in kinds.items():
        noisy = np.round(amounts * (1 + rules.noise_share * rng.standard_normal(amounts.shape)), 2)
        rows = {"team": np.repeat(teams, len(years)), "year": np.tile(years, len(teams)), "amount_eur": noisy.ravel()}
        frames.append(pd.DataFrame(rows).assign(cost_kind=kind))
    costs = pd.concat(frames, ignore_index=True).query("amount_eur > 0")
    costs = costs.assign(is_new_approach=costs["cost_kind"].isin([TRAINING, EXTRA_WORK]))
    order = ["team", "year", "is_new_approach", "cost_kind"]
    return costs.sort_values(order, ignore_index=True)[["team", "year", "cost_kind", "is_new_approach", "amount_eur"]]


def _hours_by_team_and_year(
    people: People, done: Support, settings: SimulationSettings, years: list[int]
) -> np.ndarray:
    """Teams x years: the hours, spread evenly over each trajectory up to the last day."""
    end = np.minimum(done.end_day, day_number(settings.last_day))
    days = np.maximum(end - people.started_day, 1)
    hours = np.empty((len(settings.teams), len(years)))
    for column, year in enumerate(years):
        first, after = day_number(f"{year}-01-01"), day_number(f"{year + 1}-01-01")
        overlap = np.clip(np.minimum(people.started_day + days, after) - np.maximum(people.started_day, first), 0, None)
        hours[:, column] = np.bincount(people.team_no, done.hours * overlap / days, minlength=len(settings.teams))
    return hours


def _share_of_year_since_start(settings: SimulationSettings, years: list[int]) -> np.ndarray:
    """Teams x years: the part of the year in which the team worked in the new way."""
    share = np.zeros((len(settings.teams), len(years)))
    for row, team in enumerate(settings.teams):
        for column, year in enumerate(years if team.approach_started_on else []):
            first, after = day_number(f"{year}-01-01"), day_number(f"{year + 1}-01-01")
            worked = after - max(first, day_number(team.approach_started_on))
            share[row, column] = max(worked, 0) / (after - first)
    return share
