"""The released tables that a tree may read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from data_contracts.part_years import years_in_part

GROUP = ["slice", "slice_value"]


@dataclass(frozen=True, slots=True)
class Released:
    """out_change__by_domain, out_change__funnel, out_care__use, out_effects__estimates and out_costs__by_year.

    The columns of the est_ table of that name plus `status`; a table that the study lacks is an empty frame.
    `in_part` holds the years of which the deliveries hold a part; no two periods are compared with one of them.
    `compared` holds, per outcome (subject, life_domain, what) that the design of the study compared, the word for the
    difference that it shows.
    Counts are rounded to `round_to`; the same tables before the gate (team_outcomes.before_the_gate) are not rounded.
    """

    change: pd.DataFrame = field(default_factory=pd.DataFrame)
    funnel: pd.DataFrame = field(default_factory=pd.DataFrame)
    use: pd.DataFrame = field(default_factory=pd.DataFrame)
    estimates: pd.DataFrame = field(default_factory=pd.DataFrame)
    costs: pd.DataFrame = field(default_factory=pd.DataFrame)
    round_to: int = 5
    compared: dict[tuple[str, str, str], str] = field(default_factory=dict)
    in_part: frozenset[str] = frozenset()

    def without_part_years(self, reach: pd.DataFrame) -> Released:
        """The same figures, told which years are delivered in part by est_reach__by_year or out_reach__by_year."""
        return replace(self, in_part=frozenset(map(str, years_in_part(reach))))

    @property
    def rounding_variance(self) -> float:
        """Variance of what rounding adds to a count."""
        return self.round_to**2 / 12
