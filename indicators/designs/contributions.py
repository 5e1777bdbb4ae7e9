"""What each client adds to each estimate: the own outcome, and beside it all else that the estimate may hang on."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

import numpy as np
import pandas as pd

from data_contracts.study import Study
from data_contracts.tables.contributions import outcome_name
from data_contracts.vocabulary.field import ALL
from indicators.arrays import Integers
from indicators.contributions import Added, as_code, as_one_code, of_all
from indicators.designs.clients import ClientOutcomes, Courses, Scored, age_columns, with_ages
from indicators.designs.declared_design import known_of
from indicators.designs.effect_tables import compared_clients, known_when_started
from indicators.designs.plain_courses import SUFFIX
from indicators.designs.taken import Row, event_time, outcome_of, taken_clients, with_lost_clients
from indicators.lasting.estimates import Measured, measured_in


def estimate_contributions(
    found: ClientOutcomes, courses: Courses, study: Study, estimates: pd.DataFrame
) -> Iterator[Added]:
    """Of every row of `estimates` (est_effects__estimates) whose people can be named; the ledger holds the others.

    A row of which these people are not as many as it counts is left out: then they are not whom it is about.
    """
    found = with_ages(found)
    compared = compared_clients(found, study.design)
    measured_once = cache(partial(measured_in, courses.measured))
    for row in estimates[estimates["slice"] == ALL].to_dict("records"):
        name = outcome_name("estimate", [row["estimate_id"]])
        if row["design"] == "monitoring":
            added = _of_what_lasts(measured_once(str(row["life_domain"])), courses, row, name)
            counts_others = added.outcome == name and _is_modelled(row)
        else:
            added = _of_outcome(found, compared, study, courses.odd, row, name)
            counts_others = event_time(row) is not None
        if counts_others or len(added.client_no) == row["n_clients"]:
            yield added


def missing_contributions(found: ClientOutcomes) -> Iterator[Added]:
    """Of est_effects__who_is_missing: who started, and who was measured again."""
    client, known, measured = known_when_started(found)
    for column in known:
        for value in (ALL, *known[column].unique()):
            mine = np.ones(len(client), bool) if value == ALL else known[column].eq(value).to_numpy(bool)
            yield Added(outcome_name("missing", [column, value]), client[mine], measured[mine].astype(np.int64))


def _of_outcome(
    found: ClientOutcomes, compared: pd.DataFrame, study: Study, odd: frozenset[int], row: Row, name: str
) -> Added:
    outcome, scored = outcome_of(found, row)
    if row["refused_because"] is not None and not pd.isna(row["refused_because"]):
        return _refused(found, compared, study, row, name)
    clients = taken_clients(found, compared, study, row, outcome, scored)
    if str(row["measure"]).endswith(SUFFIX):
        clients = clients[~clients["client_no"].isin(odd)]
    value = scored.after if scored and row["design"] == "comparison" else outcome.column
    beside = [value, *_beside(found, row, clients, scored)]
    return Added(name, clients["client_no"].to_numpy(np.int64), as_code(clients[value]), of_all(clients[beside]))


def _refused(found: ClientOutcomes, compared: pd.DataFrame, study: Study, row: Row, name: str) -> Added:
    """Without a figure a row only tells how many there are."""
    outcome, scored = outcome_of(found, row)
    clients = taken_clients(found, compared, study, row, outcome, scored)
    if len(clients) != row["n_clients"]:
        clients = found.clients[found.clients[outcome.column].notna()]
    return Added(name, clients["client_no"].to_numpy(np.int64), np.zeros(len(clients), np.int64))


def _beside(found: ClientOutcomes, row: Row, clients: pd.DataFrame, scored: Scored | None) -> list[str]:
    """What is known of these clients that the estimator reads beside the outcome."""
    design, lost = row["design"], with_lost_clients(row)
    names = ["team_no"] if design == "before_after" else ["team_no", "exposed", "intake_period"]
    if design == "series":
        names = ["intake_on", "exposed"]
    if scored is not None and (lost or design == "comparison"):
        names += [scored.before, *age_columns(clients)]
    elif design == "comparison":
        names += [str(name) for name in known_of(clients[found.clients.columns], found)]
    return names


def _is_modelled(row: Row) -> bool:
    """A figure that every measurement of everybody plays a part in."""
    return str(row["measure"]).endswith("_modelled") or row["measure"] == "months_sufficient"


def _of_what_lasts(measured: Measured, courses: Courses, row: Row, name: str) -> Added:
    client, owner = np.unique(measured.client, return_inverse=True)
    every = as_one_code(owner, _measurement(measured), len(client))
    if _is_modelled(row):
        return Added(name, client, every)
    origin = measured.found.origin
    own = measured.client[origin]
    seen = _until(measured, courses, row)
    code = of_all(seen.assign(unit=measured.unit[origin]))
    return Added(name, own, code, every[np.searchsorted(client, own)])


def _measurement(measured: Measured) -> Integers:
    rounded: Integers = np.round(measured.months * 1000).astype(np.int64)
    return (rounded * 8 + measured.level) * 1_000_003 + measured.unit


def _until(measured: Measured, courses: Courses, row: Row) -> pd.DataFrame:
    """What is seen of each client up to the horizon; what comes after it plays no part."""
    horizon = float(str(row["moment_to"]).removeprefix("m"))
    spells = measured.found
    columns = {"last_good": spells.last_good, "first_bad": spells.first_bad}
    if str(row["measure"]).endswith("_or_return"):
        known = courses.returns.set_index("client_no").reindex(measured.client[spells.origin])
        columns |= {str(name): known[name].to_numpy() - measured.months[spells.origin] for name in known}
    return pd.DataFrame({name: np.minimum(values, horizon + 1) for name, values in columns.items()})
