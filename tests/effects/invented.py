"""Invented records of a municipality whose teams start a new approach, some of them, at different moments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables import core
from data_contracts.vocabulary.field import SolutionKind

FIRST_INTAKE = pd.Timestamp("2019-01-01")
DAYS_OF_INTAKE = 1825
GAIN = 1.0
AVOIDED, FEWER_HOURS = 0.3, 5.0


def people(
    starts: dict[int, str | None], per_team: int = 120, seed: int = 3, need: tuple[float, ...] = (0.25, 0.3, 0.25, 0.2)
) -> pd.DataFrame:
    """One row per client: team, start of the team, intake, exposure and scores; `need` are shares of levels 1 to 4."""
    rng = np.random.default_rng(seed)
    team = np.repeat(list(starts), per_team)
    intake = FIRST_INTAKE + pd.to_timedelta(rng.integers(0, DAYS_OF_INTAKE, team.size), unit="D")
    start = pd.to_datetime(pd.Series(team).map(starts))
    exposed = pd.Series(intake >= start)
    found = pd.DataFrame({"client_no": np.arange(team.size) + 1, "team_no": team, "intake": intake, "exposed": exposed})
    for domain in ("finances", "housing"):
        before = rng.choice([1, 2, 3, 4], team.size, p=need)
        step = rng.choice([-1, 0, 1], team.size, p=[0.15, 0.5, 0.35]) + (rng.random(team.size) < GAIN * exposed * 0.8)
        found[f"{domain}_before"], found[f"{domain}_after"] = before, np.clip(before + step, 1, 5)
    return found


def records(who: pd.DataFrame, starts: dict[int, str | None]) -> dict[str, pd.DataFrame]:
    """Core tables of these clients: two assessments each (a missing later score gives one), and the register."""
    first = _assessments(who, "before", 0)
    later = _assessments(who[who["finances_after"].notna() | who["housing_after"].notna()], "after", 300)
    both = pd.concat([first, later]).sort_values(["client_no", "assessed_on"], ignore_index=True)
    register = pd.DataFrame({"team_no": list(starts), "approach_started_on": pd.to_datetime(list(starts.values()))})
    register = register.assign(team="Team " + register["team_no"].astype(str), counted_as=register["team_no"])
    return {
        "assessments": like(core.ASSESSMENTS_CURRENT, both),
        "teams": like(core.TEAMS_CURRENT, register),
    }


def use_of(who: pd.DataFrame, seed: int = 4) -> dict[str, pd.DataFrame]:
    """Core tables of the first year: without the approach 60 evictions per 100 clients, with it `AVOIDED` fewer.

    The approach costs `FEWER_HOURS` hours less per client, and saves nothing on guidance of 100 euros an hour. Who
    starts low on finances is evicted more often.
    """
    rng = np.random.default_rng(seed)
    exposed, low = who["exposed"].to_numpy(int), (2 - who["finances_before"].to_numpy(float)) / 10
    times = rng.poisson(np.clip(0.6 + low - AVOIDED * exposed, 0, None))
    evicted = who.loc[who.index.repeat(times)]
    later = pd.to_timedelta(rng.integers(1, 360, len(evicted)), unit="D")
    events = pd.DataFrame({"client_no": evicted["client_no"], "occurred_on": evicted["intake"] + later})
    hours = (25 - FEWER_HOURS * exposed + rng.normal(0, 4, len(who))).round(1)
    individual = rng.random(len(who)) < 0.5 - 0.2 * exposed
    kinds = np.where(individual, SolutionKind.INDIVIDUAL, SolutionKind.OWN_STRENGTH)
    cases = who[["client_no", "team_no"]].assign(started_on=who["intake"], hours=hours, solution_kind=kinds)
    volume = rng.integers(5, 40, len(who)).astype(float)
    guided = who[["client_no"]].assign(started_on=who["intake"] + pd.Timedelta(days=30), volume=volume, unit="uur")
    guided = guided.assign(product="begeleiding", law="wmo", amount_eur=100 * volume)[rng.random(len(who)) < 0.4]
    return {
        "events": like(core.EVENTS_CURRENT, events.assign(event_kind="huisuitzetting")),
        "trajectories": like(core.TRAJECTORIES_CURRENT, cases),
        "provisions": like(core.PROVISIONS_CURRENT, guided),
    }


def _assessments(who: pd.DataFrame, moment: str, days: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_no": who["client_no"],
            "assessed_on": who["intake"] + pd.Timedelta(days=days),
            "team_no": who["team_no"],
            "finances": who[f"finances_{moment}"],
            "housing": who[f"housing_{moment}"],
            "date_kind": "assessed",
            "delivery": "levering",
            "edition": "zrm_2013",
            "rater_type": "professional",
            "episode_id": 1,
        }
    )


def like(schema, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the columns and types of a contract."""
    empty = empty_frame(schema)
    return frame.reindex(columns=empty.columns).astype(empty.dtypes.to_dict())
