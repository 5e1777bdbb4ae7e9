"""Provisions that clients use beside the team: product, law, dates, volume and amount."""

from __future__ import annotations

import numpy as np
import pandas as pd

from indicators.simulation.mechanisms import Product
from indicators.simulation.people import People, day_number, stream
from indicators.simulation.settings import SimulationSettings
from indicators.simulation.support import dates

_VOLUME_SPREAD = 0.5  # standard deviation of the logarithm
_MOST = 0.95  # no product is used by everybody


def users_share(product: Product, people: People) -> np.ndarray:
    """Per client the chance to use the product without the new approach: more when the client stands lower."""
    worse = product.more_per_point_worse * -people.overall
    relative = np.exp(worse) / np.exp(worse).mean()
    may_use = np.isin(people.household, product.households) if product.households else np.ones(people.count, dtype=bool)
    return np.minimum(product.users * relative, _MOST) * may_use


def users_share_with_approach(product: Product, people: People, share_under_approach: np.ndarray) -> np.ndarray:
    """The chance when a part of the trajectory fell under the new approach."""
    return np.minimum(users_share(product, people) * (1 + share_under_approach * (product.ratio - 1)), _MOST)


def provisions(
    people: People, end_day: np.ndarray, under_approach: np.ndarray, settings: SimulationSettings, seed: int
) -> pd.DataFrame:
    """client_key, product, law, started_on, ended_on (empty while it runs), volume, unit, amount_eur."""
    last_day = day_number(settings.last_day)
    used = [
        _use(product, people, end_day, under_approach, last_day, stream(seed, f"provision {product.product}"))
        for product in settings.provisions
    ]
    frame = pd.concat(used, ignore_index=True) if used else _use_of_nothing()
    return frame.sort_values(["started_on", "client_key", "product"], ignore_index=True)


def _use(
    product: Product,
    people: People,
    end_day: np.ndarray,
    under_approach: np.ndarray,
    last_day: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    chance = users_share_with_approach(product, people, under_approach)
    start = people.started_day + rng.integers(7, 60, people.count)
    volume = product.volume * np.exp(_VOLUME_SPREAD * rng.standard_normal(people.count) - _VOLUME_SPREAD**2 / 2)
    volume = np.maximum(np.rint(volume), 1) if product.volume > 1 else np.ones(people.count)
    price = product.price_eur * (1 + 0.03 * rng.standard_normal(people.count))
    end = np.maximum(end_day, start) + rng.integers(14, 120, people.count)
    uses = (rng.random(people.count) < chance) & (start <= last_day)
    return pd.DataFrame(
        {
            "client_key": pd.Series(people.client_key[uses], dtype="str"),
            "product": pd.Series(product.product, index=range(uses.sum()), dtype="str"),
            "law": pd.Series(product.law.value, index=range(uses.sum()), dtype="str"),
            "started_on": dates(start[uses]),
            "ended_on": dates(end[uses]).where(end[uses] <= last_day),
            "volume": volume[uses].astype(np.int32),
            "unit": pd.Series(product.unit, index=range(uses.sum()), dtype="str"),
            "amount_eur": np.round(volume * price, 2)[uses],
        }
    )


def _use_of_nothing() -> pd.DataFrame:
    text = ["client_key", "product", "law", "unit"]
    columns = ["client_key", "product", "law", "started_on", "ended_on", "volume", "unit", "amount_eur"]
    return pd.DataFrame({name: pd.Series(dtype="str" if name in text else "float64") for name in columns})
