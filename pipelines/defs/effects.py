"""Komt het door de aanpak: every estimate of the declared design and its companions, computed once."""

from __future__ import annotations

from pipelines.courses import courses
from pipelines.effect_tables import EFFECT_TABLES, effect_tables
from pipelines.outcomes import client_outcomes
from pipelines.table_asset import Task, tables_at_once
from pipelines.tables import Value
from pipelines.views import make_views, tables_of

GROUP = "change"
_READS = ("groups", "attributes", "changes", "use", "assessments", "trajectories", "teams")


def _estimated(task: Task) -> dict[str, Value]:
    """Estimates with design, stamp and checks; the joint of the headline ones; the design used; who was lost."""
    make_views(task, *_READS)
    study = task.place.files.study
    found = client_outcomes(task.connection, [domain.value for domain in study.design.headline_domains])
    return dict(effect_tables(found, courses(task.connection, study), study, task.place.seed))


effects = tables_at_once("effects", EFFECT_TABLES, GROUP, tables_of(*_READS), _estimated)
