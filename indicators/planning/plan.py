"""What a study could ever show: per outcome the smallest difference that its own estimator finds in 80 of 100 cases.

Read are dates, teams, who was scored, and outcomes of clients who had not met the new approach; never an outcome of a
client who had. The estimator is that of the declared design, with its team jackknife, its degrees of freedom and the
correction for the number of outcomes that the verdict uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data_contracts.demonstrable import LEVEL
from data_contracts.planned import CHOICES, Choice, Refused
from data_contracts.study import Study
from data_contracts.vocabulary.field import ALL
from indicators.designs.clients import ClientOutcomes, Scored, with_ages
from indicators.designs.effect_tables import compared_clients
from indicators.effects.estimates import Outcome
from indicators.effects.team_cells import EXPOSED
from indicators.planning.asked import COMPARES, Asked, asked_of
from indicators.planning.unequal_start import use_refused

# Less of one provision and more of another set off; one figure, so tested alone.
ALL_EUROS = Outcome("planned_eur", "provisions", "eur", what=ALL, moment_from="intake", moment_to="within_12_months")


@dataclass(frozen=True, slots=True)
class Planned:
    """One outcome: how many clients have it before and under the new approach, and per choice what shows."""

    outcome: Outcome
    n_clients: tuple[int, int]
    is_assumed: bool
    smallest: dict[Choice, float | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcomes, the euros of all provisions together, and the study in numbers.

    The share that was measured twice is missing while nobody's first year is over. `use_refused`: whether what people
    use may be compared; where not, it has no smallest difference but under a draw.
    """

    outcomes: tuple[Planned, ...]
    euros: Planned | None
    n_teams: int
    n_started: int
    n_clients: int
    share_measured_twice: float | None
    clients_per_year: float
    use_refused: Refused = "no"


def plan_of_study(found: ClientOutcomes, study: Study, seed: int) -> Plan:
    """The plan of a study, from one row per client with team, intake and exposure."""
    found = with_ages(found) if "age_band" in found.clients else found
    clients, compared = _placed(found.clients), _placed(compared_clients(found, study.design))
    refused = use_refused(compared, found, study.design)
    asked = asked_outcomes(found, study, seed)
    leading = {one.change.column for one in found.leading}
    seen = [one.everybody for one, _ in asked if one.outcome.column in leading and one.everybody.came_in.any()]
    exposed = clients["exposed"].eq(EXPOSED).fillna(value=False)
    years = clients["intake_period"].nunique() / 2
    return Plan(
        tuple(_planned(one, level, seed) for one, level in asked),
        _euros(study, clients, compared, _wholes(found), refused, seed),
        n_teams=int(clients["team_no"].nunique()),
        n_started=int(clients.loc[exposed, "team_no"].nunique()) if study.design.kind in COMPARES else 0,
        n_clients=len(clients),
        share_measured_twice=float(np.mean([one.kept for one in seen])) if seen else None,
        clients_per_year=len(clients) / years if years else 0.0,
        use_refused=refused,
    )


def asked_outcomes(found: ClientOutcomes, study: Study, seed: int) -> list[tuple[Asked, float]]:
    """Every outcome that is no part of another, with the level at which it is found when it alone differs.

    That is the first step of Holm and of Benjamini-Hochberg, over the outcomes of its family that can be estimated.
    """
    clients, compared = _placed(found.clients), _placed(compared_clients(found, study.design))
    every: list[tuple[Outcome, Scored | None]] = [(one.change, one) for one in found.scored]
    every += [(one, None) for one in _wholes(found)]
    refused = use_refused(compared, found, study.design)
    asked = [_as_compared(asked_of(study, clients, compared, outcome, scored), refused) for outcome, scored in every]
    possible = [bool(one.precisions("now", seed)) for one in asked]
    levels = _levels([outcome for outcome, _ in every], possible if any(possible) else [True] * len(every))
    return list(zip(asked, levels, strict=True))


def _as_compared(one: Asked, refused: Refused) -> Asked:
    return replace(one, noise=None) if refused == "yes" and not one.is_score else one


def _placed(clients: pd.DataFrame) -> pd.DataFrame:
    return clients[clients["team_no"].notna() & clients["intake_period"].notna()]


def _wholes(found: ClientOutcomes) -> list[Outcome]:
    columns = {one.column for one in found.used}
    return [one for one in found.used if one.part_of not in columns]


def _planned(one: Asked, level: float, seed: int) -> Planned:
    smallest = {choice: one.smallest(choice, level, seed) for choice in CHOICES}
    return Planned(one.outcome, one.n_clients, one.is_assumed, smallest)


def _levels(outcomes: Sequence[Outcome], possible: Sequence[bool]) -> list[float]:
    families = [(one.subject, one.is_headline) for one in outcomes]
    counted = [family for family, can in zip(families, possible, strict=True) if can]
    return [LEVEL / max(counted.count(family), 1) for family in families]


def _euros(
    study: Study,
    clients: pd.DataFrame,
    compared: pd.DataFrame,
    wholes: Sequence[Outcome],
    refused: Refused,
    seed: int,
) -> Planned | None:
    """All provisions together."""
    parts = [one.column for one in wholes if one.subject == "provisions" and one.unit == "eur"]
    if not parts:
        return None

    def with_sum(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{ALL_EUROS.column: frame[parts].sum(axis=1, skipna=False)})

    asked = asked_of(study, with_sum(clients), with_sum(compared), ALL_EUROS, None)
    return _planned(_as_compared(asked, refused), LEVEL, seed)
