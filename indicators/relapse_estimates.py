"""Design E as rows: the share of results that last, and the months at 'voldoende zelfredzaam' in the year after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.contract import empty_frame
from data_contracts.estimates import ESTIMATES
from indicators.estimates import Basis, Check, Group, Line, Outcome, estimate_rows, n_workers, rounded
from indicators.few_teams import Inferred, TeamInference
from indicators.panel_markov import level_model, without
from indicators.relapse import Spells, bracket, spells
from indicators.team_cells import Floats

MONTHS = (6, 12, 24)
SUFFICIENT = 4
N_LEVELS = 5
# Below this follow-up a report may not call a result lasting.
MIN_FOLLOW_UP = 12.0


def relapse_estimates(
    assessments: pd.DataFrame, life_domains: Sequence[str], group: Group | None = None
) -> pd.DataFrame:
    """est_effects__estimates per life domain: measures 'lasting_6', 'lasting_12', 'lasting_24' and 'months_sufficient'.

    `assessments` has one row per measurement, sorted by client and time: `client_no`, `team_no`, `months` (a number,
    since any fixed day), optionally `rater_no`, and a column per life domain. 'lasting' is a share of the clients who
    came to 'voldoende zelfredzaam' and were measured again; its earliest course stands in `assumptions`.
    'months_sufficient' is what the panel Markov model expects in the twelve months after they came there. Intervals
    leave out one team at a time, on the share itself. The stamp is 'change': a comparison of relapse needs a
    comparison group.
    """
    group = group or Group()
    tables = [empty_frame(ESTIMATES)]
    for life_domain in life_domains:
        scored = assessments[assessments[life_domain].notna() & assessments["team_no"].notna()]
        tables += _rows_of_domain(scored, life_domain, group)
    return pd.concat(tables, ignore_index=True)


def _rows_of_domain(scored: pd.DataFrame, life_domain: str, group: Group) -> list[pd.DataFrame]:
    client, team = (scored[name].to_numpy(np.int64) for name in ("client_no", "team_no"))
    months, score = (scored[name].to_numpy(np.float64) for name in ("months", life_domain))
    found = spells(client, months, score, SUFFICIENT)
    of_team = team[found.origin]
    basis = scored.iloc[found.origin]
    outcome = Outcome(life_domain, "zrm", "share", life_domain, moment_from="sufficient", moment_to="later")
    rows = []
    for horizon in MONTHS:
        line = Line("monitoring", f"lasting_{horizon}", "Kaplan-Meier, team jackknife, t")
        refused, checks = _judged(found, horizon)
        inferred = _nothing() if refused else _lasting(found, of_team, horizon)
        rows.append(_row(outcome, group, line, inferred, Basis(found.origin.size, n_workers(basis), checks, refused)))
    line = Line("monitoring", "months_sufficient", "panel Markov model, team jackknife, t")
    refused, _ = _judged(found, MONTHS[0])
    inferred = _nothing() if refused else _months_sufficient(client, team, months, score, found.origin)
    outcome = Outcome(life_domain, "zrm", "month", life_domain, moment_from="sufficient", moment_to="m12")
    rows.append(_row(outcome, group, line, inferred, Basis(found.origin.size, n_workers(basis), {}, refused)))
    return rows


def _lasting(found: Spells, team: NDArray[np.int64], horizon: float) -> Inferred:
    point, *_ = bracket(found)[0].at(horizon)
    teams = np.unique(team)
    left_out = [bracket(found.of(team != one))[0].at(horizon)[0] for one in teams]
    return _jackknifed(point, np.array(left_out))


def _months_sufficient(
    client: NDArray[np.int64], team: NDArray[np.int64], months: Floats, score: Floats, origin: NDArray[np.int64]
) -> Inferred:
    follows = (client[1:] == client[:-1]) & (months[1:] > months[:-1])
    level = score.astype(np.int64) - 1
    pairs = level[:-1][follows], level[1:][follows], np.round(np.maximum(np.diff(months)[follows], 1))
    model = level_model(*pairs, N_LEVELS)
    good = np.arange(N_LEVELS) >= SUFFICIENT - 1
    start = np.bincount(level[origin], minlength=N_LEVELS) / origin.size
    expected = [model.expected_time(start, good, 12.0)]
    of_team = team[:-1][follows]
    for one in np.unique(of_team):
        gone = of_team == one
        expected.append(without(model, *(part[gone] for part in pairs)).expected_time(start, good, 12.0))
    return _jackknifed(expected[0], np.array(expected[1:]))


def _jackknifed(point: float, left_out: Floats) -> Inferred:
    factor = np.sqrt((left_out.size - 1) / left_out.size)
    deviation = np.sqrt((((left_out - point) * factor) ** 2).sum(keepdims=True))
    return point, deviation, float(left_out.size - 1)


def _judged(found: Spells, horizon: float) -> tuple[str | None, dict[str, Check]]:
    """Why a horizon is refused, and what was checked."""
    in_view = np.fmax(found.last_good, found.first_bad)
    if in_view.size < 2 or in_view.max() < horizon:
        return f"Er zijn te weinig cliënten tot {horizon:.0f} maanden na het bereiken van niveau 4 gevolgd.", {}
    if not found.relapsed.any():
        return "Niemand viel in beeld terug; zonder terugval is er geen marge te bepalen.", {}
    earliest = bracket(found)[1].at(horizon)[0]
    median = float(np.median(in_view))
    return None, {
        "earliest_course": {"holds": None, "share": rounded(earliest)},
        "follow_up": {"holds": median >= MIN_FOLLOW_UP, "median_months": rounded(median)},
    }


def _row(outcome: Outcome, group: Group, line: Line, inferred: Inferred, basis: Basis) -> pd.DataFrame:
    return estimate_rows([outcome], group, line, TeamInference.of([inferred]), [basis])


def _nothing() -> Inferred:
    return np.nan, np.zeros(1), np.nan
