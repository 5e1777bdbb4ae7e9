"""Whom an estimate rests on: the clients whom the estimator itself took."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from data_contracts.study import Study
from indicators.comparison import estimates as comparison_estimates
from indicators.designs.clients import ClientOutcomes, Scored, age_columns
from indicators.designs.declared_design import known_of
from indicators.designs.monthly_series import takes_part as takes_part_in_series
from indicators.effects import missing_estimates
from indicators.effects.estimates import Outcome
from indicators.staggered import estimates as staggered_estimates

Row = Mapping[Any, Any]


def outcome_of(found: ClientOutcomes, row: Row) -> tuple[Outcome, Scored | None]:
    """The outcome that a row of est_effects__estimates is about, and the score that it is a change of."""
    scored = next((one for one in found.scored if _is(one.change, row)), None)
    return (scored.change, scored) if scored else (next(one for one in found.used if _is(one, row)), None)


def _is(outcome: Outcome, row: Row) -> bool:
    about = ("subject", "life_domain", "what", "unit")
    return all(getattr(outcome, name) == row[name] for name in about)


def with_lost_clients(row: Row) -> bool:
    """A companion that counts clients who were not measured again, by weights or by imputation."""
    return str(row["measure"]).endswith(("_imputed", "_reweighted"))


def event_time(row: Row) -> int | None:
    """Of a row about one time since the start: that time."""
    found = re.search(r"_at_([+-]\d+)$", str(row["measure"]))
    return int(found[1]) if found else None


def taken_clients(
    found: ClientOutcomes, compared: pd.DataFrame, study: Study, row: Row, outcome: Outcome, scored: Scored | None
) -> pd.DataFrame:
    """The clients whom the estimator took, with what was known of them; not of what lasts (`lasting.takes_part`).

    `compared` are those whose outcomes may be compared (`compared_clients`), the same for every row.
    """
    design = row["design"]
    if with_lost_clients(row) and scored is not None:
        clients = compared if design == "staggered" else found.clients
        clients = clients[clients["first_year_complete"]]
        placed = clients if design == "staggered" else clients.drop(columns=["intake_period", "exposed"])
        return clients[missing_estimates.takes_part(placed, scored.before)]
    if design == "before_after":
        return found.clients[found.clients[outcome.column].notna()]
    clients = compared
    if design == "comparison" and scored is not None:
        after = Outcome(scored.after, outcome.subject, outcome.unit)
        return clients[comparison_estimates.takes_part(clients, after, scored.before, age_columns(clients))]
    if design == "comparison":
        known = known_of(clients, found)
        names = [str(name) for name in known]
        clients = clients.join(known)
        return clients[comparison_estimates.takes_part(clients, outcome, None, names)]
    if design == "series" and study.design.started_on is not None:
        return clients[takes_part_in_series(clients, outcome, study.design.started_on).to_numpy(bool)]
    time = event_time(row)
    if time is not None:
        return clients[staggered_estimates.takes_part_at(clients, outcome, time)]
    return clients[staggered_estimates.takes_part(clients, outcome)]
