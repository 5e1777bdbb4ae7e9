"""Core tables under the short names that the queries of this package use."""

from __future__ import annotations

from pipelines.assets.table_asset import Task

VIEWS = {
    "assessments": "core_zrm__assessments__current",
    "ladder": "core_ladder__scores__current",
    "experienced": "core_experienced__marks__current",
    "attributes": "core_clients__attributes__current",
    "trajectories": "core_cases__trajectories__current",
    "provisions": "core_provisions__use__current",
    "events": "core_events__incidents__current",
    "teams": "core_teams__register__current",
    "groups": "core_clients__groups",
    "changes": "core_clients__changes",
    "use": "core_clients__use",
}


def make_views(task: Task, *names: str) -> None:
    """Views of these tables in the task's engine."""
    for name in names:
        task.relation(VIEWS[name]).to_view(name, replace=True)


def tables_of(*names: str) -> tuple[str, ...]:
    """The tables behind these names."""
    return tuple(VIEWS[name] for name in names)
