"""The true effect on what clients use in their first year: euros of provisions, and events."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from indicators.simulation.events import yearly_rate
from indicators.simulation.mechanisms import Product
from indicators.simulation.people import People, day_number
from indicators.simulation.provisions import users_share, users_share_with_approach
from indicators.simulation.settings import SimulationSettings

FIRST_YEAR = "within_12_months"
_DAYS = 365


def effects_in_first_year(people: People, settings: SimulationSettings) -> Iterator[dict[str, object]]:
    """Rows of `KnownTruth.effects`: euros per client of each product and each law, events per client-year.

    About clients who came in under the new approach and whose first year is over. Every provision starts within two
    months, so its whole amount falls to the first year.
    """
    chosen = people.is_exposed & (people.started_day + _DAYS <= day_number(settings.last_day))
    if not chosen.any():
        return
    base = {"life_domain": "all", "moment_to": FIRST_YEAR, "n_clients": int(chosen.sum())}
    of_law: dict[str, np.ndarray] = {}
    for product in settings.provisions:
        amounts = np.array([part[chosen].mean() for part in _euros_without_and_added(product, people)])
        of_law[product.law.value] = of_law.get(product.law.value, np.zeros(2)) + amounts
        yield base | _euros(product.product, amounts)
    for law, amounts in of_law.items():
        yield base | _euros(law, amounts)
    for kind in settings.events:
        rate = float(yearly_rate(kind, people)[chosen].mean())
        about = {"subject": "events", "what": kind.event_kind, "per": "client_year", "unit": "event"}
        yield base | about | {"without_approach": rate, "effect": rate * (kind.ratio - 1)}


def _euros(what: str, amounts: np.ndarray) -> dict[str, object]:
    without, added = (float(amount) for amount in amounts)
    about = {"subject": "provisions", "what": what, "per": "client", "unit": "eur"}
    return about | {"without_approach": without, "effect": added}


def _euros_without_and_added(product: Product, people: People) -> tuple[np.ndarray, np.ndarray]:
    """Per client what the product costs on average without the approach, and what the approach adds to that."""
    without = users_share(product, people)
    added = users_share_with_approach(product, people, np.ones(people.count)) - without
    one_user = max(product.volume, 1.0) * product.price_eur
    return without * one_user, added * one_user
