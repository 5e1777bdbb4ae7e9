"""Did it work? Groups and outcomes per client (closed), then change and use of care (no client any more)."""

from __future__ import annotations

from data_contracts.tables import core as contracts
from data_contracts.tables import estimates
from data_contracts.vocabulary.field import ALL
from indicators.change.domains import change_by_domain
from indicators.counts.care_use import use_in_view
from indicators.effects.exposure import reach_by_year
from pipelines.assets.table_asset import Task, table_asset
from pipelines.assets.views import make_views, tables_of
from pipelines.records import clients
from pipelines.records.odd_courses import odd_courses
from pipelines.records.panel import group_label
from pipelines.storage.tables import Value

GROUP = "change"
ASSESSMENTS, BRIDGE = "core_zrm__assessments", "core_clients__bridge"


@table_asset(contracts.GROUPS, GROUP, tables_of("assessments", "trajectories", "teams"))
def core_clients__groups(task: Task) -> Value:
    """The team, type and cohort of every client at intake."""
    make_views(task, "assessments", "trajectories", "teams")
    return clients.groups(task.connection)


@table_asset(contracts.CHANGES, GROUP, tables_of("assessments", "ladder", "experienced"))
def core_clients__changes(task: Task) -> Value:
    """First score and last score within a year, per client and life domain."""
    make_views(task, "assessments", "ladder", "experienced")
    return clients.changes(task.connection, task.place.files.study)


@table_asset(contracts.USE, GROUP, tables_of("events", "provisions", "trajectories", "groups"))
def core_clients__use(task: Task) -> Value:
    """Events, provisions, hours, kind of solution and case record per client."""
    make_views(task, "events", "provisions", "trajectories", "groups")
    return clients.use(task.connection)


@table_asset(estimates.CHANGE, GROUP, ["est_change__transitions"])
def est_change__by_domain(task: Task) -> Value:
    """Shares up, equal and down, mean change and paired test, from the counts."""
    headline = [domain.value for domain in task.place.files.study.design.headline_domains]
    return change_by_domain(task.frame("est_change__transitions"), headline)


@table_asset(estimates.USE, GROUP, tables_of("groups", "use"))
def est_care__use(task: Task) -> Value:
    """How much care clients use, per slice."""
    make_views(task, "groups", "use")
    groups, use = (task.connection.table(name).df() for name in ("groups", "use"))
    slices = [one.name for one in task.place.files.study.slices]
    labels = {name: group_label(groups, name) for name in slices if name != ALL}
    return use_in_view(groups.assign(**labels), use, slices)


@table_asset(
    estimates.ODD_COURSES, GROUP, [*tables_of("trajectories", "teams", "assessments", "groups"), ASSESSMENTS, BRIDGE]
)
def est_quality__odd_courses(task: Task) -> Value:
    """How many clients were with two teams at once, came back, or stand under two pseudonyms."""
    make_views(task, "trajectories", "teams", "assessments", "groups")
    return odd_courses(task.connection, task.tables[ASSESSMENTS], task.tables[BRIDGE])


@table_asset(estimates.REACH, GROUP, tables_of("groups"))
def est_reach__by_year(task: Task) -> Value:
    """Clients who came in per year, under the new approach, the regular one, or while their team changed over."""
    make_views(task, "groups")
    return reach_by_year(task.connection.table("groups").df())


@table_asset(estimates.COSTS, GROUP, ["core_costs__yearly__current"])
def est_costs__by_year(task: Task) -> Value:
    """What the teams cost per year and kind, the new approach apart."""
    return task.connection.sql(
        f"""SELECT year::INTEGER AS year, cost_kind, is_new_approach, count(DISTINCT team_no)::INTEGER AS n_teams,
            sum(amount_eur)::DOUBLE AS amount_eur
        FROM {task.tables["core_costs__yearly__current"].sql} GROUP BY ALL ORDER BY ALL"""
    )
