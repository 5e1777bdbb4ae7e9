"""From people to counts: every table that is made of the panels, in one step, so that each panel is built once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame
from data_contracts.study import Study
from data_contracts.tables import estimate_companions, estimates
from data_contracts.tables.contributions import CONTRIBUTIONS
from data_contracts.vocabulary.field import Instrument
from pipelines.assets.table_asset import Task, Together
from pipelines.assets.views import make_views, tables_of
from pipelines.storage.tables import Value

if TYPE_CHECKING:
    from indicators.counts.panel import Panel
    from pipelines.records.panel import Rated

_READS = ("assessments", "ladder", "experienced", "attributes", "trajectories", "groups")
_RATED = (Instrument.ADULT, Instrument.YOUTH, Instrument.HOUSEHOLD)
_TABLES = [
    estimates.TRANSITIONS,
    estimates.TRANSITIONS_BY_TEAM,
    estimates.FUNNEL,
    estimates.SERIES,
    estimates.LEFT_OUT,
    estimate_companions.ROOM,
    estimate_companions.CURVES,
    estimate_companions.GROWTH,
    estimate_companions.BY_RATER,
    estimate_companions.RATING_QUALITY,
    estimate_companions.AGREEMENT,
    estimate_companions.SELF_REPORT,
    estimate_companions.GROWTH_POTENTIAL,
]


def _counted(task: Task) -> dict[str, Value]:
    """Counts and models per instrument: what professionals score, the ladder, and what clients say themselves."""
    from indicators.change.contributions import model_contributions
    from indicators.contributions import as_contributions
    from indicators.counts.contributions import panel_contributions, rated_contributions
    from indicators.counts.funnel import funnel, series
    from indicators.counts.growth_potential import growth_potential, growth_potential_contributions
    from indicators.counts.left_out import left_out
    from indicators.counts.self_report import self_report, self_report_contributions
    from indicators.counts.transitions import transitions, transitions_by_team
    from pipelines.records.ended import ENDED
    from pipelines.records.panel import (
        everybody_of,
        experienced_panel,
        instrument_panel,
        ladder_panel,
        n_per_group,
        scored_outside,
        team_of_clients,
        zrm_panel,
    )

    make_views(task, *_READS)
    task.connection.sql(ENDED).to_view("ended", replace=True)
    groups, study = task.connection.table("groups").df(), task.place.files.study
    rated = [instrument_panel(task.connection, groups, study, instrument) for instrument in _RATED]
    adults = rated[0].panel
    rated = [one for one in rated if len(one.panel.client_no)]
    climbed = ladder_panel(task.connection, groups, study)
    own_scores = zrm_panel(task.connection, groups, study, "client")
    others = [climbed.panel, own_scores]
    others += [experienced_panel(task.connection, groups, study, scale) for scale in ("mark_1_10", "scale_1_5")]
    panels = [*(one.panel for one in rated), *(panel for panel in others if len(panel.client_no))]
    days, pairs = study.replicate_days, [(pair.moment_from, pair.moment_to) for pair in study.moment_pairs]
    measured = {one.panel.subject: one.panel.client_no for one in rated}
    begins = {panel.subject: everybody_of(panel.subject, groups, measured) for panel in panels}
    outside = {str(Instrument.ADULT): scored_outside(task.connection, study)}
    slices: list[str] = [one.name for one in study.slices]
    added = [
        *chain.from_iterable(
            panel_contributions(panel, begins[panel.subject]["client_no"].to_numpy(), pairs, days) for panel in panels
        )
    ]
    for one in rated:
        alone = replace(one.panel, groups={})
        added += rated_contributions(alone, one.rater, one.ceilings, pairs, days)
    added += growth_potential_contributions(climbed.panel, climbed.goal, pairs, days)
    added += self_report_contributions(adults, own_scores, days)
    for panel in panels:
        added += model_contributions(_leading(panel, study), moments_in_time(study), days)
    task.keep_beside(str(CONTRIBUTIONS.name), "panels", as_contributions(added))
    found = [
        _table(estimates.TRANSITIONS, (transitions(panel, pairs, days) for panel in panels)),
        _table(
            estimates.TRANSITIONS_BY_TEAM,
            (transitions_by_team(panel, pairs, team_of_clients(groups, panel), days) for panel in panels),
        ),
        _table(
            estimates.FUNNEL,
            (funnel(panel, days, n_per_group(begins[panel.subject], groups, slices)) for panel in panels),
        ),
        _table(estimates.SERIES, (series(panel, days) for panel in panels)),
        _table(
            estimates.LEFT_OUT,
            (left_out(one, pairs, len(begins[one.subject]), days, outside.get(one.subject)) for one in panels),
        ),
        *_companions(rated, panels, study, task.place.seed),
        self_report(adults, own_scores, days),
        growth_potential(climbed.panel, climbed.goal, pairs, days),
    ]
    return {str(schema.name): table for schema, table in zip(_TABLES, found, strict=True)}


def _companions(rated: list[Rated], panels: list[Panel], study: Study, seed: int) -> list[pd.DataFrame]:
    """Everybody together, no slices: who could rise, the course in time, who rated, and how."""
    from indicators.change.curves import curves
    from indicators.change.growth import growth_by_domain
    from indicators.counts.agreement import agreement
    from indicators.counts.raters import change_by_rater
    from indicators.counts.rating_quality import rating_quality
    from indicators.counts.room import room
    from indicators.counts.transitions import transitions_by_rater

    days, pairs = study.replicate_days, [(pair.moment_from, pair.moment_to) for pair in study.moment_pairs]
    moments, leading = moments_in_time(study), [_leading(panel, study) for panel in panels]
    everybody = [replace(one, panel=replace(one.panel, groups={})) for one in rated]
    return [
        _table(estimate_companions.ROOM, (room(one.panel, pairs, one.ceilings, days) for one in everybody)),
        _table(estimate_companions.CURVES, (curves(panel, moments, days) for panel in leading)),
        _table(estimate_companions.GROWTH, (growth_by_domain(panel, days) for panel in leading)),
        _table(
            estimate_companions.BY_RATER,
            (change_by_rater(transitions_by_rater(one.panel, pairs, one.rater, days)) for one in everybody),
        ),
        _table(estimate_companions.RATING_QUALITY, (rating_quality(one.panel, days) for one in everybody)),
        _table(estimate_companions.AGREEMENT, (agreement(one.panel, one.rater, seed, days) for one in everybody)),
    ]


def moments_in_time(study: Study) -> list[str]:
    """The first measurement and the windows of months that the study compares with it, in order of time."""
    named = {moment for pair in study.moment_pairs for moment in (pair.moment_from, pair.moment_to)}
    windows = sorted((name for name in named if name[1:].isdigit() and name[0] == "m"), key=lambda name: int(name[1:]))
    return ["first", *(windows or ["m6", "m12"])]


def _leading(panel: Panel, study: Study) -> Panel:
    """Everybody together on the leading life domains, where the panel has them: models are slow."""
    leading = [domain.value for domain in study.design.headline_domains if domain.value in panel.scores]
    return replace(panel, groups={}, scores={name: panel.scores[name] for name in leading or panel.scores})


def _table(schema: pa.DataFrameSchema, tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else empty_frame(schema)


COUNTED = Together(tuple(_TABLES), tables_of(*_READS), _counted)
