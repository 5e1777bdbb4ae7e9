"""Komt het door de aanpak: every estimate of the declared design and its companions, computed once."""

from __future__ import annotations

import pandas as pd

from pipelines.effect_tables import EFFECT_TABLES, effect_tables
from pipelines.outcomes import client_outcomes
from pipelines.panel import is_monitoring
from pipelines.table_asset import Task, tables_at_once
from pipelines.tables import Value

GROUP = "change"
_VIEWS = {
    "groups": "core_clients__groups",
    "attributes": "core_clients__attributes__current",
    "changes": "core_clients__changes",
    "use": "core_clients__use",
    "assessments": "core_zrm__assessments__current",
    "trajectories": "core_cases__trajectories__current",
}


def _estimated(task: Task) -> dict[str, Value]:
    """Estimates with design, stamp and checks; the joint of the headline ones; the design used; who was lost."""
    for name, table in _VIEWS.items():
        task.relation(table).to_view(name, replace=True)
    study = task.place.files.study
    found = client_outcomes(task.connection, [domain.value for domain in study.design.headline_domains])
    return dict(effect_tables(found, courses(task), study, task.place.seed))


def courses(task: Task) -> pd.DataFrame:
    """Measurements by professionals in a client's first edition, in months; none where nobody is followed afterwards.

    The views assessments, trajectories and groups are there.
    """
    study = task.place.files.study
    domains = ", ".join(domain.value for domain in study.life_domains)
    first_edition = "arg_min(edition, assessed_on) OVER (PARTITION BY client_no)"
    rows = task.connection.sql(
        f"""WITH ended AS (SELECT client_no, max(ended_on) AS ended_on FROM trajectories GROUP BY client_no),
        seen AS (SELECT *, {first_edition} AS first_edition, {is_monitoring(study)} AS is_monitoring
            FROM assessments LEFT JOIN ended USING (client_no)
            WHERE episode_id = 1 AND rater_type = 'professional')
        SELECT client_no, groups.team_no, (assessed_on - DATE '2000-01-01') / 30.4375 AS months, {domains},
            is_monitoring
        FROM seen JOIN groups USING (client_no) WHERE edition = first_edition ORDER BY client_no, assessed_on"""
    ).df()
    return rows if rows["is_monitoring"].any() else rows.head(0)


effects = tables_at_once("effects", EFFECT_TABLES, GROUP, list(_VIEWS.values()), _estimated)
