"""What the team did: trajectories with hours and kind of solution, and what clients say it brought."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.vocabulary.field import DAYS_PER_MONTH, SolutionKind
from indicators.simulation.mechanisms import CaseRecord, Experienced
from indicators.simulation.mechanisms import Support as SupportSettings
from indicators.simulation.people import People, day_number, stream
from indicators.simulation.settings import SimulationSettings

_YES_NO = {True: "ja", False: "nee"}
_HOURS_SPREAD = 0.45  # standard deviation of the logarithm


@dataclass(frozen=True, slots=True)
class Support:
    """The trajectories, one entry per client in every array."""

    end_day: np.ndarray  # may lie after the last day of the delivery: still running
    share_under_approach: np.ndarray
    hours_without: np.ndarray  # hours up to the last day, had the team worked as before
    hours: np.ndarray
    solution_kind: np.ndarray


def support(people: People, end_day: np.ndarray, settings: SimulationSettings, seed: int) -> Support:
    """Hours follow the length up to the last day; under the new approach they change by `hours_ratio`."""
    rules, last_day = settings.support, day_number(settings.last_day)
    rng, count = stream(seed, "support"), people.count
    seen_until = np.minimum(end_day, last_day)
    days = np.maximum(seen_until - people.started_day, 1)
    under_approach = np.clip((seen_until - people.exposed_day.astype(np.int64)) / days, 0, 1)
    spread = np.exp(_HOURS_SPREAD * rng.standard_normal(count) - _HOURS_SPREAD**2 / 2)
    hours_without = days / DAYS_PER_MONTH * rules.hours_per_month * spread
    kinds, shares = _solution_kinds(rules)
    cumulative = np.where((under_approach >= 0.5)[:, None], *(part.cumsum() for part in (shares[1], shares[0])))
    drawn = (rng.random(count)[:, None] > cumulative[:, :-1]).sum(axis=1)
    return Support(
        end_day=end_day,
        share_under_approach=under_approach,
        hours_without=hours_without,
        hours=hours_without * (1 + under_approach * (rules.hours_ratio - 1)),
        solution_kind=kinds[drawn],
    )


def trajectories(
    people: People, done: Support, teams: np.ndarray, settings: SimulationSettings, seed: int
) -> pd.DataFrame:
    """One row per client, with what the case record tells; dates after the last day are empty."""
    last_day = day_number(settings.last_day)
    return pd.DataFrame(
        {
            "client_key": people.client_key,
            "team": teams[people.team_no],
            "started_on": dates(people.started_day),
            "ended_on": dates(done.end_day).where(done.end_day <= last_day),
            "hours": np.round(done.hours, 1),
            "solution_kind": done.solution_kind,
        }
        | _case_record(people, done, settings.case_record, last_day, seed)
    ).astype({"client_key": "str", "team": "str", "solution_kind": "str"})


def _case_record(people: People, done: Support, rules: CaseRecord, last_day: int, seed: int) -> dict[str, pd.Series]:
    """registered_on, has_plan, evaluated_on, question_answered (missing without an evaluation)."""
    rng, new = stream(seed, "case record"), people.is_exposed
    waiting = rng.exponential(size=people.count) * np.where(new, rules.waiting_days_approach, rules.waiting_days)
    has_plan, is_evaluated, is_answered = (
        rng.random(people.count) < np.where(new, share_approach, share)
        for share, share_approach in (
            (rules.with_plan, rules.with_plan_approach),
            (rules.evaluated, rules.evaluated_approach),
            (rules.question_answered, rules.question_answered_approach),
        )
    )
    half_year = people.started_day + rng.integers(150, 210, people.count)
    evaluated_day = np.minimum(half_year, done.end_day)
    is_evaluated &= evaluated_day <= last_day
    return {
        "registered_on": dates(people.started_day - np.rint(waiting).astype(np.int64)),
        "has_plan": pd.Series(has_plan).map(_YES_NO),
        "evaluated_on": dates(evaluated_day).where(is_evaluated),
        "question_answered": pd.Series(is_answered).map(_YES_NO).where(is_evaluated),
    }


def experienced_marks(
    people: People, closing_day: np.ndarray, is_closed: np.ndarray, progress: np.ndarray, rules: Experienced, seed: int
) -> pd.DataFrame:
    """client_key, asked_on, value (mark 1 to 10) of closed clients who answered."""
    rng = stream(seed, "experienced")
    mark = rules.mark + rules.per_point_of_progress * progress + rules.noise_sd * rng.standard_normal(people.count)
    answers = is_closed & (rng.random(people.count) < rules.answered)
    return pd.DataFrame(
        {
            "client_key": people.client_key[answers],
            "asked_on": dates(closing_day[answers]),
            "value": np.clip(np.rint(mark[answers]), 1, 10).astype(np.int8),
        }
    ).astype({"client_key": "str"})


def dates(days: np.ndarray) -> pd.Series:
    """Days since 1970 as dates."""
    return pd.Series(days.astype("datetime64[D]").astype("datetime64[us]"))


def _solution_kinds(rules: SupportSettings) -> tuple[np.ndarray, np.ndarray]:
    """The kinds from light to heavy, and their shares without and with the new approach."""
    kinds = list(SolutionKind)
    tables = (rules.solution_kinds, rules.solution_kinds_approach)
    shares = np.array([[table.get(kind, 0.0) for kind in kinds] for table in tables])
    return np.array([kind.value for kind in kinds], dtype=object), shares
