"""Which design do the data support, and is that the one that the study declared?

The study declares its design beforehand (study.yaml); it is never chosen by outcome. What is read here are dates,
teams and counts of measurements only. When the data cannot carry the declared design, the study falls back to change
before and after, and says so; when they could carry a stronger one, the report names it as a wish for the next study.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.effects.team_cells import EXPOSED, UNEXPOSED

MIN_TEAMS = 2
TWELVE_MONTHS = (
    "Cliënten die minder dan twaalf maanden vóór de start van hun team kwamen, tellen niet mee: een deel van hun "
    "eerste jaar viel onder de nieuwe werkwijze. Met hen erbij zouden het er genoeg zijn."
)
YEAR_NOT_OVER = "Van niemand is het eerste jaar na de instroom al voorbij; pas dan telt een uitkomst mee."
_LABELS = {
    "before_after": "alleen voor en na",
    "comparison": "een vergelijking met andere teams",
    "staggered": "een gespreide start van teams",
}


@dataclass(frozen=True, slots=True)
class DesignVerdict:
    """The design to use, and what a reader must know about the choice (Dutch sentences, possibly none).

    `because` is the reason alone why the declared design is not used.
    """

    declared: str
    used: str
    remarks: tuple[str, ...]
    because: str | None = None


def supported_designs(clients: pd.DataFrame) -> dict[str, str | None]:
    """Design -> None when the data carry it, else why not (Dutch).

    `clients` has one row per person: `team_no`, `intake_period`, `exposed` (1, 0, missing for partly),
    `is_measured_twice` and `first_year_complete`.
    """
    measured = clients[clients["is_measured_twice"]]
    if measured.empty:
        is_early = len(clients) > 0 and not clients["first_year_complete"].any()
        once = "Cliënten zijn maar één keer gemeten; er is geen verandering te zien."
        return dict.fromkeys(_LABELS, YEAR_NOT_OVER if is_early else once)
    measured = measured[measured["team_no"].notna()]
    return {
        "before_after": None,
        "comparison": _with_the_rule(_against_comparison, measured),
        "staggered": _with_the_rule(_against_staggered, measured),
    }


def design_verdict(declared: str, clients: pd.DataFrame) -> DesignVerdict:
    """The declared design when the data carry it, else before-after; a series stands on its own table and is kept."""
    supported = supported_designs(clients)
    remarks = []
    used = declared
    against = supported.get(declared)
    if against is not None:
        used = "before_after"
        remarks.append(f"De studie kondigde {_LABELS[declared]} aan, maar dat kan niet: {against}")
    stronger = [one for one in ("staggered", "comparison") if supported[one] is None and one != declared]
    if used == "before_after" and stronger:
        can_too = f"De gegevens laten ook {_LABELS[stronger[0]]} toe."
        remarks.append(f"{can_too} Leg dat voor een volgende meting vooraf vast in study.yaml.")
    return DesignVerdict(declared, used, tuple(remarks), against)


def _with_the_rule(against: Callable[[pd.DataFrame], str | None], measured: pd.DataFrame) -> str | None:
    """Why the data cannot carry a design; where the rule of twelve months is what leaves too few, that rule too."""
    because = against(measured)
    if because is None or against(measured.assign(exposed=measured["exposed"].fillna(UNEXPOSED))) is not None:
        return because
    return f"{because} {TWELVE_MONTHS}"


def _against_comparison(measured: pd.DataFrame) -> str | None:
    """Both groups need teams that took in clients over the same periods."""
    periods = [set(measured.loc[measured["exposed"].eq(side), "intake_period"]) for side in (UNEXPOSED, EXPOSED)]
    at_once = measured[measured["intake_period"].isin(periods[0] & periods[1])]
    n_teams = [at_once.loc[at_once["exposed"].eq(side), "team_no"].nunique() for side in (UNEXPOSED, EXPOSED)]
    if min(n_teams) >= MIN_TEAMS:
        return None
    return (
        f"In dezelfde perioden zijn er {n_teams[1]} teams met en {n_teams[0]} zonder de nieuwe werkwijze; "
        f"van elk zijn er minstens {MIN_TEAMS} nodig."
    )


def _against_staggered(measured: pd.DataFrame) -> str | None:
    """Two teams that are seen before and after their start, and two that had not started when they had."""
    seen = measured.groupby("team_no")["exposed"].agg(
        before=lambda exposed: exposed.eq(UNEXPOSED).any(), after=lambda exposed: exposed.eq(EXPOSED).any()
    )
    started = seen.index[seen["before"].to_numpy(bool) & seen["after"].to_numpy(bool)]
    if len(started) < MIN_TEAMS:
        return (
            f"Van {len(started)} teams zijn er cliënten van vóór en van na de start; minstens {MIN_TEAMS} zijn nodig."
        )
    not_started = measured[measured["exposed"].eq(UNEXPOSED)].groupby("intake_period")["team_no"].nunique()
    after = measured[measured["exposed"].eq(EXPOSED) & measured["team_no"].isin(started)]["intake_period"].unique()
    if not (np.asarray(not_started.reindex(after).fillna(0)) >= MIN_TEAMS).any():
        return "Toen de eerste teams begonnen, waren er geen twee teams meer over die nog niet waren begonnen."
    return None
