"""Komt het door de aanpak: every estimate of the declared design and its companions, computed once."""

from __future__ import annotations

from pipelines.effect_tables import EFFECT_TABLES, effect_tables
from pipelines.outcomes import client_outcomes, courses
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
    return dict(effect_tables(found, courses(task.connection, study), study, task.place.seed))


effects = tables_at_once("effects", EFFECT_TABLES, GROUP, list(_VIEWS.values()), _estimated)
