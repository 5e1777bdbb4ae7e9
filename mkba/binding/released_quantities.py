"""From out_ tables to what the engine may know: the estimates that the study speaks through, and released totals."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.design import Design
from data_contracts.headline import is_headline
from data_contracts.part_years import years_in_part
from mkba.binding.effects import HELD, Released, Total, effects_from
from mkba.binding.totals import cost_totals, use_totals

READS = ["out_effects__estimates", "out_effects__joint", "out_costs__by_year", "out_reach__by_year", "out_care__use"]


def volumes(reach: pd.DataFrame) -> dict[str, Total]:
    """Clients who came in under the new approach in the last whole year, and their client-years.

    Outcomes are counted over the first year after intake, so a client is a client-year.
    """
    new = reach[(reach["way"] == "new") & reach["is_whole_year"]].sort_values("year").tail(1)
    known = new[new["n_clients"].notna()]
    year = int(known["year"].iloc[0]) if len(known) else None
    value = float(known["n_clients"].iloc[0]) if len(known) else None
    vintage = next((str(row["held_from"]) for _, row in known.iterrows() if row["status"] == HELD), None)
    refused = (
        None if value is not None else "niet vrijgegeven: geen heel jaar met genoeg cliënten onder de nieuwe aanpak"
    )
    return {
        name: Total(name, unit, value, year, refused, "out_reach__by_year", vintage)
        for name, unit in (("clients_per_year", "client"), ("client_years_per_year", "client_year"))
    }


def headline_estimates(estimates: pd.DataFrame, design: Design) -> pd.DataFrame:
    """The estimates that the study's declared design speaks through; the others are companions of these."""
    return estimates[is_headline(estimates, design.kind, design.headline_measure)]


def released_quantities(design: Design, tables: Mapping[str, pd.DataFrame]) -> Released:
    """What the engine may know of a study with this design: released effects and released totals."""
    estimates, joint, costs, reach, use = (tables[name] for name in READS)
    estimates = headline_estimates(estimates, design)
    joint = joint[joint["estimate_id"].isin(estimates["estimate_id"])]
    return Released(
        effects_from(estimates, joint), cost_totals(costs, years_in_part(reach)) | volumes(reach) | use_totals(use)
    )
