"""The known truth: what the new approach did, and what would have happened without it, for the same clients."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.vocabulary.field import DAYS_PER_MONTH, SolutionKind
from indicators.simulation.events import days_without_and_with, yearly_rate
from indicators.simulation.moments import INTAKE, MONITORING
from indicators.simulation.people import People, day_number
from indicators.simulation.provisions import users_share, users_share_with_approach
from indicators.simulation.ratings import Moments, RatedDomain, expected_score
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import Support

WINDOWS = {"m6": 6, "m12": 12}
_WINDOW_MONTHS = 3
EFFECT_COLUMNS = [
    "subject",
    "life_domain",
    "what",
    "moment_to",
    "per",
    "unit",
    "without_approach",
    "effect",
    "n_clients",
]


@dataclass(frozen=True, slots=True)
class KnownTruth:
    """What a good measurement must find.

    effects: EFFECT_COLUMNS, about clients who came in under the new approach. `without_approach` is what they would
    have had or changed without it, `effect` what the approach added. For `m6` and `m12` everybody in the window
    counts, also who had dropped out; for `within_12_months` and `last` those whose last moment took place; of
    provisions and events `within_12_months` is the first year. Unit "points" is of scores as given, "state points" of
    the state behind them.
    realised: name -> share of clients or of closed clients.
    """

    effects: pd.DataFrame
    realised: dict[str, float]


def window_masks(people: People, moments: Moments) -> dict[str, np.ndarray]:
    """Moment -> which moments of clients under the new approach are meant by it."""
    months = (moments.day - people.started_day[moments.client]) / DAYS_PER_MONTH
    is_exposed = people.is_exposed[moments.client]
    later = is_exposed & (moments.slot >= 2) & ~np.isin(moments.slot, MONITORING)
    masks = {name: later & (np.abs(months - middle) <= _WINDOW_MONTHS) for name, middle in WINDOWS.items()}
    masks["within_12_months"] = _last_per_client(later & moments.takes_place & (months <= 12), moments.client)
    masks["last"] = _last_per_client(later & moments.takes_place, moments.client)
    return masks


def _last_per_client(mask: np.ndarray, client: np.ndarray) -> np.ndarray:
    """`mask` with only the last moment of each client; moments stand in order of client and day."""
    chosen = np.flatnonzero(mask)
    is_last = np.append(client[chosen][1:] != client[chosen][:-1], True)[: len(chosen)]
    last = np.zeros(len(mask), dtype=bool)
    last[chosen[is_last]] = True
    return last


def effects_on_scores(
    subject: str,
    life_domain: str,
    rated: RatedDomain,
    full_effect: float,
    moments: Moments,
    masks: dict[str, np.ndarray],
    highest: int = 5,
) -> list[dict[str, object]]:
    """The rows of `KnownTruth.effects` for one series of scores."""
    n_clients = int(moments.client[-1]) + 1
    at_intake = moments.slot == INTAKE
    intake = np.full(n_clients, np.nan)
    intake[moments.client[at_intake]] = np.where(
        rated.is_scored[at_intake], expected_score(rated.state[at_intake], rated.noise_sd, highest), np.nan
    )
    row = {"subject": subject, "life_domain": life_domain, "what": "", "per": "client"}
    rows: list[dict[str, object]] = [
        row | {"moment_to": "full", "unit": "state points", "effect": full_effect, "n_clients": n_clients}
    ]
    for name, mask in masks.items():
        chosen = np.flatnonzero(mask & rated.is_scored)
        without = expected_score(rated.state[chosen], rated.noise_sd, highest)
        with_approach = expected_score(
            rated.state[chosen] + full_effect * moments.dose[chosen], rated.noise_sd, highest
        )
        client = moments.client[chosen]
        rows.append(
            row
            | {
                "moment_to": name,
                "unit": "points",
                "without_approach": _mean(without - intake[client]),
                "effect": _mean(with_approach - without),
                "n_clients": len(np.unique(client)),
            }
        )
    return rows


def effects_on_support(people: People, done: Support, settings: SimulationSettings) -> list[dict[str, object]]:
    """Hours per client and the shift in kinds of solution."""
    exposed, rules = people.is_exposed, settings.support
    base = {"life_domain": "all", "moment_to": "", "per": "client", "n_clients": int(exposed.sum())}
    without = _mean(done.hours_without[exposed])
    effect = _mean((done.hours - done.hours_without)[exposed])
    hours = base | {"subject": "hours", "what": "uren", "unit": "hours", "without_approach": without, "effect": effect}
    rows: list[dict[str, object]] = [hours]
    for kind in SolutionKind:
        share = rules.solution_kinds.get(kind, 0.0)
        change = {"without_approach": share, "effect": rules.solution_kinds_approach.get(kind, 0.0) - share}
        rows.append(base | {"subject": "solutions", "what": kind.value, "unit": "share"} | change)
    return rows


def effects_on_provisions(people: People, done: Support, settings: SimulationSettings) -> list[dict[str, object]]:
    """The share of clients that uses each product."""
    exposed = people.is_exposed
    rows: list[dict[str, object]] = []
    for product in settings.provisions:
        without = users_share(product, people)
        change = users_share_with_approach(product, people, done.share_under_approach) - without
        rows.append(
            {
                "subject": "provisions",
                "life_domain": "all",
                "what": product.product,
                "moment_to": "",
                "per": "client",
                "unit": "share",
                "without_approach": _mean(without[exposed]),
                "effect": _mean(change[exposed]),
                "n_clients": int(exposed.sum()),
            }
        )
    return rows


def effects_on_events(people: People, settings: SimulationSettings) -> list[dict[str, object]]:
    """Events per client-year."""
    exposed = people.is_exposed
    years = days_without_and_with(people, day_number(settings.last_day))[1] / 365.25
    rows: list[dict[str, object]] = []
    for kind in settings.events:
        events = (yearly_rate(kind, people) * years)[exposed].sum()
        rate = float(events / years[exposed].sum()) if exposed.any() else np.nan
        rows.append(
            {
                "subject": "events",
                "life_domain": "all",
                "what": kind.event_kind,
                "moment_to": "",
                "per": "client_year",
                "unit": "events",
                "without_approach": rate,
                "effect": rate * (kind.ratio - 1),
                "n_clients": int(exposed.sum()),
            }
        )
    return rows


def _mean(values: np.ndarray) -> float:
    return float(np.nanmean(values)) if np.isfinite(values).any() else np.nan
