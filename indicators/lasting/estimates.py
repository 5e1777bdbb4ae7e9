"""Design E as rows: the share of results that last, and the months at 'voldoende zelfredzaam' in the year after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from data_contracts.tables.assumptions import Check, Checks
from data_contracts.tables.estimates import ALL
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Flags, Floats, Integers
from indicators.effects.estimates import (
    Basis,
    Line,
    Outcome,
    Record,
    as_estimates,
    differ_too_little,
    estimate_records,
    n_workers,
)
from indicators.effects.few_teams import Inferred, TeamInference
from indicators.lasting.panel_markov import level_model, without_each
from indicators.lasting.relapse import Spells, not_returned, spells
from indicators.lasting.turnbull import Lasting, between_measurements, left_out, turnbull

MONTHS = (6, 12, 24)
_DESIGN, _SEEN, _MODELLED = "monitoring", "Turnbull, team jackknife, t", "panel Markov model, team jackknife, t"
_RETURNED = "Turnbull for a lower score times Kaplan-Meier for a return, team jackknife, t"
SUFFICIENT = sufficient_from("zrm", ALL)
# With a wider margin than this on both sides a share says nothing.
WIDEST = 0.5
NO_MODEL = (
    "Het model van stappen tussen niveaus past niet op deze metingen: er zijn er te weinig, ze liggen te ver uit "
    "elkaar, of de scores gaan te veel heen en weer."
)
TOO_WIDE = "De marge van het model is zo groot dat het niets zegt."
# The ends of the scale of a unit: no margin goes beyond them.
_SCALE = {"share": 1.0, "month": 12.0}
# Below this follow-up a report may not call a result lasting.
MIN_FOLLOW_UP = 12.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements (M,) of one life domain, sorted by client and time, and the spells in them.

    `unit` is what is left out one at a time: the team, or the client where there is one team only.
    """

    client: Integers
    unit: Integers
    months: Floats
    level: Integers
    found: Spells


@dataclass(frozen=True, slots=True)
class Returns:
    """Who came back for support after it had been closed.

    `clients` has one row per client: `client_no`, `returned` (months since the same fixed day as the measurements, NaN
    for who did not) and `seen_until`, until when a return would be known. Of a life domain in which fewer than
    `fewest` came back nothing is said.
    """

    clients: pd.DataFrame
    fewest: Callable[[str], int]


def relapse_estimates(
    assessments: pd.DataFrame,
    life_domains: Sequence[str],
    returns: Returns | None = None,
) -> pd.DataFrame:
    """est_effects__estimates per life domain: how long a result lasts.

    `assessments` has one row per measurement, sorted by client and time: `client_no`, `team_no`, `months` (a number,
    since any fixed day), optionally `rater_no`, and a column per life domain. Measures, about clients who came to
    'voldoende zelfredzaam' and were measured again: 'lasting_12' (6, 24) is the share without a lower score since, by
    Turnbull, with the bounds that the measurements leave in `assumptions`; 'lasting_12_modelled' the share that never
    was lower, between measurements either; 'months_sufficient' the months at 4 or 5 in the year after. With `returns`,
    'lasting_24_or_return' stands beside 'lasting_24': coming back counts as relapse too; also after fewer months, where
    enough came back so soon. The stamp is 'change': a comparison of relapse needs a comparison group.
    """
    rows = []
    for life_domain in life_domains:
        scored = _scored(assessments, life_domain)
        measured = _measured(scored, life_domain)
        workers = n_workers(scored.iloc[measured.found.origin])
        rows += _rows_of_domain(measured, life_domain, workers)
        rows += _rows_with_returns(measured, life_domain, returns, workers) if returns else []
    return as_estimates(rows)


def takes_part(assessments: pd.DataFrame, life_domain: str) -> Integers:
    """`client_no` of whom 'lasting_12' is about: they came to 'voldoende zelfredzaam' and were measured again."""
    measured = measured_in(assessments, life_domain)
    return measured.client[measured.found.origin]


def measured_in(assessments: pd.DataFrame, life_domain: str) -> Measured:
    """All measurements that what lasts in this life domain is computed from."""
    return _measured(_scored(assessments, life_domain), life_domain)


def _scored(assessments: pd.DataFrame, life_domain: str) -> pd.DataFrame:
    return assessments[assessments[life_domain].notna() & assessments["team_no"].notna()]


def _rows_of_domain(measured: Measured, life_domain: str, workers: int | None) -> list[Record]:
    origin = measured.found.origin
    judged = {horizon: _judged(measured.found, horizon) for horizon in MONTHS}
    courses = _courses(measured) if origin.size else None
    modelled, no_model = _modelled(measured) if judged[MONTHS[0]][0] is None else (None, judged[MONTHS[0]][0])
    rows = []
    for at, horizon in enumerate(MONTHS):
        refused, checks = judged[horizon]
        basis = Basis(origin.size, workers, checks, refused)
        outcome = Outcome(life_domain, "zrm", "share", life_domain, moment_from="sufficient", moment_to=f"m{horizon}")
        seen = None
        if refused is None and courses is not None:
            shares = courses.at(horizon)
            seen = _jackknifed(float(shares[0]), shares[1:])
            basis = replace(basis, checks=checks | {"between_measurements": _bounds(courses, horizon)})
        rows.append(_row(outcome, Line(_DESIGN, f"lasting_{horizon}", _SEEN), seen, basis))
        between = None if refused or modelled is None else modelled[at]
        own = replace(basis, checks=checks if between else {}, refused_because=refused or no_model)
        rows.append(_row(outcome, Line(_DESIGN, f"lasting_{horizon}_modelled", _MODELLED), between, own))
    outcome = Outcome(life_domain, "zrm", "month", life_domain, moment_from="sufficient", moment_to="m12")
    basis = Basis(origin.size, workers, {}, no_model)
    found = modelled[-1] if modelled else None
    return [*rows, _row(outcome, Line(_DESIGN, "months_sufficient", _MODELLED), found, basis)]


def _rows_with_returns(measured: Measured, life_domain: str, returns: Returns, workers: int | None) -> list[Record]:
    fewest, origin = returns.fewest(life_domain), measured.found.origin
    known = returns.clients.set_index("client_no").reindex(measured.client[origin])
    returned, seen_until = (known[name].to_numpy() - measured.months[origin] for name in ("returned", "seen_until"))
    back = returned[~measured.found.relapsed]
    rows = []
    for horizon in [one for one in MONTHS if (back <= one).sum() >= fewest] or MONTHS[-1:]:
        refused, checks = _judged(measured.found, horizon)
        if refused is None and (back <= horizon).sum() < fewest:
            refused = f"Te weinig mensen kwamen binnen {horizon} maanden terug om dat als terugval mee te tellen."
        outcome = Outcome(life_domain, "zrm", "share", life_domain, moment_from="sufficient", moment_to=f"m{horizon}")
        found = None
        if refused is None:
            found, checks["between_measurements"] = _lasting_or_return(measured, returned, seen_until, horizon)
        basis = Basis(origin.size, workers, {} if refused else checks, refused)
        rows.append(_row(outcome, Line(_DESIGN, f"lasting_{horizon}_or_return", _RETURNED), found, basis))
    return rows


def _lasting_or_return(
    measured: Measured, returned: Floats, seen_until: Floats, horizon: float
) -> tuple[Inferred, Check]:
    """The share with neither a lower score nor a return, and between which bounds the scores leave it."""
    unit = measured.unit[measured.found.origin]

    def stayed(chosen: Flags) -> float:
        return not_returned(measured.found.of(chosen), returned[chosen], seen_until[chosen]).at(horizon)[0]

    courses, whole = _courses(measured), stayed(np.ones(unit.size, np.bool_))
    shares = courses.at(horizon) * np.array([whole, *(stayed(unit != one) for one in np.unique(unit))])
    return _jackknifed(float(shares[0]), shares[1:]), _bounds(courses, horizon, whole)


def _measured(scored: pd.DataFrame, life_domain: str) -> Measured:
    client, team = (scored[name].to_numpy(np.int64) for name in ("client_no", "team_no"))
    months, score = (scored[name].to_numpy(np.float64) for name in ("months", life_domain))
    unit = team if np.unique(team).size > 1 else client
    return Measured(client, unit, months, score.astype(np.int64) - 1, spells(client, months, score, SUFFICIENT))


def _courses(measured: Measured) -> Lasting:
    """The course of everybody, and then without each unit."""
    unit = measured.unit[measured.found.origin]
    weights = np.vstack([np.ones(unit.size), left_out(unit)])
    return turnbull(*between_measurements(measured.found), weights)


def _bounds(courses: Lasting, horizon: float, times: float = 1.0) -> Check:
    lowest, highest = (round(float(end[0]) * times, 2) for end in courses.bounds(horizon))
    return {"holds": None, "lowest": lowest, "highest": highest}


def _modelled(measured: Measured) -> tuple[list[Inferred] | None, str | None]:
    """Shares that last over `MONTHS`, and the months at a sufficient level in the year after, by the panel model.

    Or none, and why not. Levels below or above all that were measured are no part of the model.
    """
    client, months, lowest = measured.client, measured.months, int(measured.level.min())
    level = measured.level - lowest
    n_levels = int(level.max()) + 1
    follows = (client[1:] == client[:-1]) & (months[1:] > months[:-1])
    pairs = level[:-1][follows], level[1:][follows], np.round(np.maximum(np.diff(months)[follows], 1))
    unit = measured.unit[:-1][follows]
    model = level_model(*pairs, n_levels)
    if model is None:
        return None, NO_MODEL
    others = without_each(model, *pairs, unit)
    start = np.bincount(level[measured.found.origin], minlength=n_levels) / measured.found.origin.size
    good = np.arange(n_levels) + lowest >= SUFFICIENT - 1
    figures = np.array(
        [
            [*(one.lasting(start, good, horizon) for horizon in MONTHS), one.expected_time(start, good, 12.0)]
            for one in (model, *others)
        ]
    )
    found = [_jackknifed(column[0], column[1:]) for column in figures.T]
    half_width = TeamInference.of(found[: len(MONTHS)]).half_width()
    return (found, None) if (half_width < WIDEST).all() else (None, TOO_WIDE)


def _jackknifed(point: float, left_out: Floats) -> Inferred:
    factor = np.sqrt((left_out.size - 1) / left_out.size)
    deviation = np.sqrt((((left_out - point) * factor) ** 2).sum(keepdims=True))
    return point, deviation, float(left_out.size - 1)


def _judged(found: Spells, horizon: float) -> tuple[str | None, Checks]:
    """Why a horizon is refused, and what was checked."""
    in_view = np.fmax(found.last_good, found.first_bad)
    if in_view.size < 2 or in_view.max() < horizon:
        return f"Er zijn te weinig cliënten tot {horizon:.0f} maanden na het bereiken van niveau 4 gevolgd.", {}
    if differ_too_little(found.relapsed.astype(np.float64)):
        return "Bijna niemand of bijna iedereen viel in beeld terug; er is geen marge te bepalen.", {}
    median = float(np.median(in_view))
    return None, {
        "follow_up": {"holds": median >= MIN_FOLLOW_UP, "median_months": round(median)},
    }


def _row(outcome: Outcome, line: Line, inferred: Inferred | None, basis: Basis) -> Record:
    found = TeamInference.of([inferred or (np.nan, np.zeros(1), np.nan)])
    (row,) = estimate_records([outcome], line, found, [basis])
    return row | {end: float(np.clip(row[end], 0.0, _SCALE[outcome.unit])) for end in ("ci_low", "ci_high")}
