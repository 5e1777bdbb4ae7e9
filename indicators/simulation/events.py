"""Events in the life of clients from intake to the last day: a constant risk, changed by the new approach."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.simulation.mechanisms import EventKind
from indicators.simulation.people import People, day_number, stream
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import dates

_DAYS_PER_YEAR = 365.25


def yearly_rate(kind: EventKind, people: People) -> np.ndarray:
    """Per client the events per year without the new approach: more when the client stands lower."""
    worse = np.exp(kind.more_per_point_worse * -people.overall)
    return kind.per_client_year * worse / worse.mean()


def days_without_and_with(people: People, last_day: int) -> tuple[np.ndarray, np.ndarray]:
    """Per client the days from intake to the last day before, and since, the new approach."""
    stop = last_day + 1
    turned = np.minimum(people.exposed_day, stop)
    return turned - people.started_day, stop - turned


def events(people: People, settings: SimulationSettings, seed: int) -> pd.DataFrame:
    """client_key, occurred_on, event_kind, in order of date."""
    last_day = day_number(settings.last_day)
    found = [_events_of(kind, people, last_day, stream(seed, f"event {kind.event_kind}")) for kind in settings.events]
    client = np.concatenate([np.empty(0, dtype=int), *(client for client, _ in found)])
    day = np.concatenate([np.empty(0, dtype=int), *(day for _, day in found)])
    names = np.array([kind.event_kind for kind in settings.events], dtype=object)
    kind_no = np.repeat(np.arange(len(found)), [len(client) for client, _ in found])
    order = np.lexsort((client, kind_no, day))
    return pd.DataFrame(
        {
            "client_key": people.client_key[client[order]],
            "occurred_on": dates(day[order]),
            "event_kind": names[kind_no[order]],
        }
    ).astype({"client_key": "str", "event_kind": "str"})


def _events_of(
    kind: EventKind, people: People, last_day: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The client and the day of each event of one kind."""
    before, since = days_without_and_with(people, last_day)
    rate, clients = yearly_rate(kind, people) / _DAYS_PER_YEAR, np.arange(people.count)
    client, day = [], []
    for days, first, ratio in ((before, people.started_day, 1.0), (since, last_day + 1 - since, kind.ratio)):
        happens = np.repeat(clients, rng.poisson(rate * ratio * days))
        client.append(happens)
        day.append(first[happens] + np.floor(rng.random(len(happens)) * days[happens]).astype(np.int64))
    return np.concatenate(client), np.concatenate(day)
