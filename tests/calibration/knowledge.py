"""What municipalities elsewhere found, and the chance of a municipality in its light.

Those with an odd seed are elsewhere: the product's own synthesis of their released figures, never of their truth, gives
mean and spread. Those with an even seed are judged. A municipality keeps its draws in bins of the outcome that is known
about, so that what is known may be worked out when all are done (docs/decisions/0123).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.design import Design
from indicators.synthesis.outcomes import told_by
from indicators.synthesis.random_effects import Synthesis, synthesis
from mkba.appraisal import Appraisal
from mkba.appraisal import Settings as Product
from mkba.binding.beforehand import parts_of, place_of
from mkba.binding.effects import Released
from mkba.inputs.beforehand import Beforehand
from mkba.uncertainty.beforehand import LEAST_CARRIED, Carried, carried, weights
from mkba.uncertainty.doubt import doubted

Array = npt.NDArray[np.float64]
BINS = 128
# The first question about money; mean and spread are worked out afterwards.
ABOUT = Beforehand(
    subject="provisions", what="all", unit="eur", price_year=2023, mean=0, spread=1, source="andere gemeenten"
)
_DRAWS = Product(seed=1).n_draws


def told_to_others(tables: Mapping[str, pd.DataFrame], design: Design) -> tuple[float, float] | None:
    """Estimate and standard error of all provisions together, as the synthesis of a region reads them."""
    rows = told_by(0, tables["out_effects__estimates"], design.kind, design.headline_measure)
    rows = rows[(rows["subject"] == ABOUT.subject) & (rows["what"] == ABOUT.what) & (rows["unit"] == ABOUT.unit)]
    rows = rows[rows["is_usable"] & (rows["kind"] != "change")]
    return None if rows.empty else (float(rows["estimate"].iloc[0]), float(rows["se"].iloc[0]))


def kept_draws(appraisal: Appraisal, released: Released, truth: float) -> dict[str, Any] | None:
    """Bins of equal size of the draws, by the outcome: its mean, how many gain, how many lie below the truth."""
    place, table, settings = place_of(ABOUT, released.effects), appraisal.table, appraisal.settings
    if isinstance(place, str):
        return None
    parts, result = parts_of(place, released.effects), appraisal.results[0]
    in_doubt = doubted(table, appraisal.inputs, settings.seed, settings.n_randomisations)
    both = {"plain": (appraisal.inputs, result.balance.npv), "doubt": (in_doubt, result.npv_in_doubt)}
    found: dict[str, Any] = {}
    for name, (inputs, npv) in both.items():
        outcome = carried(table.inputs, inputs, parts)
        if outcome.share < LEAST_CARRIED:
            return None
        order = np.argsort(outcome.drawn).reshape(BINS, -1)
        found[name] = {
            "left": round(outcome.left, 3),
            "drawn": [round(float(one), 2) for one in outcome.drawn[order].mean(axis=1)],
            "gain": [int(one) for one in (npv[order] > 0).sum(axis=1)],
            "below": [int(one) for one in (npv[order] < truth).sum(axis=1)],
            "of": order.shape[1],
        }
    return found


def known_from(frame: pd.DataFrame) -> Synthesis | None:
    """What the municipalities of `frame` with an odd seed found together; None of too few."""
    told = frame.loc[frame["seed"] % 2 == 1, "found"].dropna()
    return synthesis(told.str[0].to_numpy(float), told.str[1].to_numpy(float) ** 2)


def judged(frame: pd.DataFrame, known: Synthesis) -> pd.DataFrame:
    """Those with an even seed and a balance, with their chance and the quantile of the truth in the light of `known`.

    `known` and `quantile_known`, and with doubt about the design; missing where the product would refuse.
    """
    own = frame[(frame["seed"] % 2 == 0) & frame["chance"].notna()]
    found = [_in_the_light(one, known.mean, known.expected_spread) for one in own["draws"]]
    return own.assign(**pd.DataFrame(found, index=own.index, columns=list(_NOTHING)))


_NOTHING = {name: np.nan for name in ("known", "quantile_known", "known_doubt", "quantile_known_doubt")}


def _in_the_light(draws: object, mean: float, spread: float) -> dict[str, float]:
    if not isinstance(draws, dict):
        return _NOTHING
    found = {}
    for name, end in (("plain", ""), ("doubt", "_doubt")):
        bins = {key: np.array(value, dtype=float) for key, value in draws[name].items()}
        weighed = weights(Carried(bins["drawn"], float(bins["left"]), 1.0), mean, spread)
        # The bench draws less often than the product does; a bin is worth what the product would draw in it.
        if weighed.refusal(_DRAWS / BINS) is not None:
            return _NOTHING
        found[f"known{end}"] = float(weighed.shares @ (bins["gain"] / bins["of"]))
        found[f"quantile_known{end}"] = float(weighed.shares @ (bins["below"] / bins["of"]))
    return found
