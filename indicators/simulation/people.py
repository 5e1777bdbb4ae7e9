"""Who comes in: when, at which team, how they stand in general and how low they are at that moment."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.simulation.mechanisms import Clients, Team
from indicators.simulation.settings import SimulationSettings

NEVER = np.iinfo(np.int32).max
_BASE32 = np.array(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"))
_LOW_POINT_SHAPE = 2.0  # of the gamma distribution: most are somewhat low, some very


def stream(seed: int, mechanism: str) -> np.random.Generator:
    """The random numbers of one mechanism.

    Each mechanism has its own, so that two municipalities which differ in one setting share all other chance.
    """
    return np.random.default_rng([seed, zlib.crc32(mechanism.encode())])


def pseudonyms(rng: np.random.Generator, prefix: str, count: int, length: int = 20) -> np.ndarray:
    """`count` invented keys: the prefix and `length` random characters of base32."""
    letters = _BASE32[rng.integers(0, 32, (count, length))]
    return np.char.add(prefix, np.ascontiguousarray(letters).view(f"<U{length}").ravel()).astype(object)


def day_number(day: object) -> int:
    """A date as days since 1970."""
    return int(np.datetime64(str(day), "D").astype(np.int64))


@dataclass(frozen=True, slots=True)
class People:
    """The clients, one entry per client in every array. Days count from 1970, points are of the ZRM."""

    client_key: np.ndarray
    team_no: np.ndarray
    started_day: np.ndarray
    approach_day: np.ndarray  # NEVER where the team does not start
    household: np.ndarray
    overall: np.ndarray  # points above the usual level, in all life domains
    low_point: np.ndarray  # points below their own level at intake

    @property
    def count(self) -> int:
        """The number of clients."""
        return len(self.client_key)

    @property
    def exposed_day(self) -> np.ndarray:
        """The first day under the new approach, NEVER for the others."""
        return np.maximum(self.started_day, self.approach_day)

    @property
    def is_exposed(self) -> np.ndarray:
        """Came in under the new approach."""
        return self.started_day >= self.approach_day


def people_coming_in(settings: SimulationSettings, attributes: pd.DataFrame, seed: int) -> People:
    """The clients of the period; `attributes` is their frame from `client_attributes`."""
    course, count = settings.course, settings.n_clients
    rng = stream(seed, "people")
    sizes = np.array([team.size for team in settings.teams])
    team_no = rng.choice(len(sizes), count, p=sizes / sizes.sum()).astype(np.int32)
    starts = [
        NEVER if team.approach_started_on is None else day_number(team.approach_started_on) for team in settings.teams
    ]
    type_levels = np.array([course.team_type_levels[team.team_type] for team in settings.teams])
    team_levels = type_levels + course.team_sd * rng.standard_normal(len(sizes))
    scale = course.low_point / _LOW_POINT_SHAPE
    return People(
        client_key=attributes["client_key"].to_numpy(dtype=object),
        team_no=team_no,
        started_day=rng.integers(day_number(settings.first_day), day_number(settings.last_day) + 1, count).astype(
            np.int32
        ),
        approach_day=np.array(starts, dtype=np.int32)[team_no],
        household=attributes["household"].to_numpy(dtype=object),
        overall=team_levels[team_no] + course.between_clients_sd * rng.standard_normal(count),
        low_point=scale * rng.standard_gamma(_LOW_POINT_SHAPE, count),
    )


def client_attributes(settings: SimulationSettings, seed: int) -> pd.DataFrame:
    """client_key, age_band, household, target_group, referred_by: one row per client."""
    rng = stream(seed, "attributes")
    keys = pseudonyms(rng, settings.pseudonym_prefix, settings.n_clients)
    shares = {name: getattr(settings.clients, name) for name in Clients.model_fields}
    drawn = {name: _drawn(rng, options, settings.n_clients) for name, options in shares.items()}
    return pd.DataFrame({"client_key": keys} | drawn, dtype="str")


def team_register(teams: list[Team]) -> pd.DataFrame:
    """team, team_type, approach_started_on: one row per team."""
    return pd.DataFrame(
        {
            "team": pd.Series([team.team for team in teams], dtype="str"),
            "team_type": pd.Series([team.team_type.value for team in teams], dtype="str"),
            "approach_started_on": pd.Series([team.approach_started_on for team in teams], dtype="datetime64[us]"),
        }
    )


def _drawn(rng: np.random.Generator, options: dict[str, float], count: int) -> np.ndarray:
    labels = np.array([str(label) for label in options], dtype=object)
    return labels[rng.choice(len(labels), count, p=list(options.values()))]
