"""A plan as it may leave the closed zone: counts rounded, differences coarse, nothing about too few people."""

from __future__ import annotations

import datetime as dt

from data_contracts.planned import PlannedOutcome, PlannedStudy, rounded_up
from data_contracts.protection import Thresholds
from data_contracts.study import Study
from indicators.planning.plan import Plan, Planned


def told_plan(plan: Plan, study: Study, today: dt.date, *, is_beforehand: bool) -> PlannedStudy:
    """The plan that stands beside a study, and that a frozen plan holds."""
    limits = study.thresholds
    return PlannedStudy(
        made_on=today,
        is_beforehand=is_beforehand,
        municipality=study.municipality,
        design=study.design.kind,
        n_teams=plan.n_teams,
        n_started=plan.n_started,
        n_clients=_count(plan.n_clients, limits.clients),
        share_measured_twice=None if plan.share_measured_twice is None else round(plan.share_measured_twice, 1),
        clients_per_year=_count(round(plan.clients_per_year), limits.clients),
        outcomes=[_outcome(one, limits) for one in plan.outcomes],
        euros=_outcome(plan.euros, limits) if plan.euros else None,
        use_refused=plan.use_refused,
    )


def _outcome(one: Planned, limits: Thresholds) -> PlannedOutcome:
    fewest = limits.of(one.outcome.life_domain)
    few = any(0 < n < fewest for n in one.n_clients) or sum(one.n_clients) < fewest
    sizes = {
        choice: None if few or size is None else rounded_up(size, one.outcome.unit)
        for choice, size in one.smallest.items()
    }
    return PlannedOutcome(
        subject=one.outcome.subject,
        life_domain=one.outcome.life_domain,
        what=one.outcome.what,
        unit=one.outcome.unit,
        is_headline=one.outcome.is_headline,
        is_assumed=one.is_assumed,
        is_about_too_few=few,
        smallest=sizes,
    )


def _count(n: int, fewest: int) -> int | None:
    """Two digits: the ledger of releases does not know this page, so it says less than a release does."""
    return int(float(f"{n:.1e}")) if n >= fewest else None
