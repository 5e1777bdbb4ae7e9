"""Invented records of a municipality whose teams start a new approach, some of them, at different moments."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts import core
from data_contracts.contract import empty_frame

FIRST_INTAKE = pd.Timestamp("2019-01-01")
DAYS_OF_INTAKE = 1825
GAIN = 1.0


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
