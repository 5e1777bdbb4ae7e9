"""Komt het door de aanpak: every estimate of the declared design and its companions, computed once."""

from __future__ import annotations

from data_contracts.tables.contributions import CONTRIBUTIONS
from data_contracts.tables.estimates import EFFECT_TABLES, ESTIMATES
from data_contracts.tables.for_whom import FOR_WHOM
from data_contracts.tables.municipal import MUNICIPAL_TABLES
from pipelines.assets.table_asset import Task, Together
from pipelines.assets.views import make_views, tables_of
from pipelines.storage.tables import Value

_READS = ("groups", "attributes", "changes", "use", "assessments", "trajectories", "teams")


def _estimated(task: Task) -> dict[str, Value]:
    """Estimates with design, stamp and checks; their joint; the design used; who was lost; other municipalities."""
    from indicators.contributions import as_contributions
    from indicators.designs.contributions import estimate_contributions, missing_contributions
    from indicators.designs.effect_tables import effect_tables, municipal_effects
    from indicators.designs.for_whom import for_whom
    from pipelines.records.courses import courses
    from pipelines.records.outcomes import client_outcomes
    from pipelines.records.panel import labels_of

    make_views(task, *_READS)
    study = task.place.files.study
    found = client_outcomes(task.connection, [domain.value for domain in study.design.headline_domains])
    followed = courses(task.connection, study)
    tables = effect_tables(found, followed, study, task.place.seed)
    labels = labels_of(task.connection.table("groups").df(), [one.slice for one in study.design.for_whom])
    of_groups, added_to_groups = for_whom(found, labels, study, tables)
    added = [
        *estimate_contributions(found, followed, study, tables[str(ESTIMATES.name)]),
        *missing_contributions(found),
        *added_to_groups,
    ]
    task.keep_beside(str(CONTRIBUTIONS.name), "estimates", as_contributions(added))
    return {**tables, str(FOR_WHOM.name): of_groups, **municipal_effects(task.place.files.municipal, study.design)}


ESTIMATED = Together((*EFFECT_TABLES, FOR_WHOM, *MUNICIPAL_TABLES), tables_of(*_READS), _estimated)
