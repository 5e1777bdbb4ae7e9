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
from reports.released.leading_chance import leading_chance

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
    place = place_of(ABOUT, released.effects)
    if isinstance(place, str):
        return None
    npv = appraisal.results[0].balance.npv
    outcome = carried(appraisal.table.inputs, appraisal.inputs, parts_of(place, released.effects))
    if outcome.share < LEAST_CARRIED:
        return None
    order = np.argsort(outcome.drawn).reshape(BINS, -1)
    return {
        "left": round(outcome.left, 3),
        "drawn": [round(float(one), 2) for one in outcome.drawn[order].mean(axis=1)],
        "gain": [int(one) for one in (npv[order] > 0).sum(axis=1)],
        "below": [int(one) for one in (npv[order] < truth).sum(axis=1)],
        "of": order.shape[1],
    }


def known_from(frame: pd.DataFrame) -> Synthesis | None:
    """What the municipalities of `frame` with an odd seed found together; None of too few."""
    told = frame.loc[frame["seed"] % 2 == 1, "found"].dropna()
    return synthesis(told.str[0].to_numpy(float), told.str[1].to_numpy(float) ** 2)


def judged(frame: pd.DataFrame, known: Synthesis) -> pd.DataFrame:
    """Those with an even seed and a balance, with their chance and the quantile of the truth in the light of `known`.

    `known` and `quantile_known`, and `first_known`, the chance that a council then reads first; missing where the
    product would refuse. `first` is the one without that light.
    """
    own = frame[(frame["seed"] % 2 == 0) & frame["chance"].notna()]
    found = [_in_the_light(one, known.mean, known.expected_spread) for one in own["draws"]]
    told = own.assign(**pd.DataFrame(found, index=own.index, columns=["known", "quantile_known"]))
    without = [_first(row) for row in told.to_dict("records")]
    with_it = [_first(row, row["known"]) if pd.notna(row["known"]) else np.nan for row in told.to_dict("records")]
    return told.assign(first=without, first_known=with_it)


def _first(row: Mapping[Any, Any], known: float | None = None) -> float:
    """As the product chooses it; which balance is the mean does not matter here."""
    leads = leading_chance(
        pd.Series(
            {
                "npv_mean_eur": 0.0,
                "npv_known_mean_eur": 0.0,
                "prob_npv_positive": row["chance"],
                "prob_npv_positive_doubt": row["chance_doubt"],
                "prob_npv_positive_known": known,
            }
        )
    )
    assert leads is not None
    return leads.least


def _in_the_light(draws: object, mean: float, spread: float) -> tuple[float, float]:
    if not isinstance(draws, dict):
        return np.nan, np.nan
    bins = {key: np.array(value, dtype=float) for key, value in draws.items()}
    weighed = weights(Carried(bins["drawn"], float(bins["left"]), 1.0), mean, spread)
    # The bench draws less often than the product does; a bin is worth what the product would draw in it.
    if weighed.refusal(_DRAWS / BINS) is not None:
        return np.nan, np.nan
    return float(weighed.shares @ (bins["gain"] / bins["of"])), float(weighed.shares @ (bins["below"] / bins["of"]))
