"""Komt het door de aanpak: every estimate of the declared design and its companions, computed once."""

from __future__ import annotations

from data_contracts.tables.municipal import MUNICIPAL_TABLES
from indicators.designs.effect_tables import EFFECT_TABLES, effect_tables, municipal_effects
from pipelines.assets.table_asset import Task, Together
from pipelines.assets.views import make_views, tables_of
from pipelines.records.courses import courses
from pipelines.records.outcomes import client_outcomes
from pipelines.storage.tables import Value

_READS = ("groups", "attributes", "changes", "use", "assessments", "trajectories", "teams")


def _estimated(task: Task) -> dict[str, Value]:
    """Estimates with design, stamp and checks; their joint; the design used; who was lost; other municipalities."""
    make_views(task, *_READS)
    study = task.place.files.study
    found = client_outcomes(task.connection, [domain.value for domain in study.design.headline_domains])
    tables = effect_tables(found, courses(task.connection, study), study, task.place.seed)
    return {**tables, **municipal_effects(task.place.files.municipal, study.design)}


ESTIMATED = Together((*EFFECT_TABLES, *MUNICIPAL_TABLES), tables_of(*_READS), _estimated)
