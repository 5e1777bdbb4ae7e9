"""Did it work? Groups and outcomes per client (closed), then counts and figures in which no client stands any more."""

from __future__ import annotations

from data_contracts.tables import core as contracts
from data_contracts.tables import estimates
from data_contracts.tables.contributions import CONTRIBUTIONS
from data_contracts.vocabulary.field import ALL
from pipelines.assets.defs import companions, effects, panels, provision_kinds
from pipelines.assets.table_asset import Part, Task, table_assets
from pipelines.assets.views import make_views, tables_of
from pipelines.records import clients
from pipelines.storage.tables import Value

GROUP = "change"
_COURSES = ("trajectories", "teams", "assessments", "groups")
_GROUPED = ("assessments", "trajectories", "teams", "attributes", "provisions")
COUNTS = (str(estimates.TRANSITIONS.name), str(estimates.TRANSITIONS_BY_TEAM.name))
ASSESSMENTS, BRIDGE = "core_zrm__assessments", "core_clients__bridge"


def core_clients__groups(task: Task) -> Value:
    """The team, type, cohort and other groups of every client, at intake."""
    make_views(task, *_GROUPED)
    return clients.groups(task.connection, task.place.files.study.slices)


def core_clients__changes(task: Task) -> Value:
    """First score and last score within a year, per client and life domain."""
    make_views(task, "assessments", "ladder", "experienced", "trajectories")
    return clients.changes(task.connection, task.place.files.study)


def core_clients__use(task: Task) -> Value:
    """Events, provisions, hours, kind of solution and case record per client."""
    make_views(task, "events", "provisions", "trajectories", "groups")
    return clients.use(task.connection)


def est_change__by_domain(task: Task) -> Value:
    """Shares up, equal and down, mean change and paired test, from the counts."""
    from indicators.change.domains import change_by_domain

    counts, by_team = (task.frame(name) for name in COUNTS)
    return change_by_domain(counts, by_team)


def est_care__use(task: Task) -> Value:
    """How much care clients use, per slice."""
    from indicators.contributions import as_contributions
    from indicators.counts.care_use import use_contributions, use_in_view
    from pipelines.records.panel import group_label

    make_views(task, "groups", "use")
    groups, use = (task.connection.table(name).df() for name in ("groups", "use"))
    slices = [one.name for one in task.place.files.study.slices]
    task.keep_beside(str(CONTRIBUTIONS.name), "use", as_contributions([*use_contributions(groups, use)]))
    labels = {name: group_label(groups, name) for name in slices if name != ALL}
    return use_in_view(groups.assign(**labels), use, slices)


def est_quality__odd_courses(task: Task) -> Value:
    """How many clients were with two teams at once, came back, or stand under two pseudonyms."""
    from indicators.contributions import as_contributions
    from pipelines.records.odd_courses import odd_contributions, odd_courses

    make_views(task, *_COURSES)
    task.keep_beside(str(CONTRIBUTIONS.name), "odd_courses", as_contributions([*odd_contributions(task.connection)]))
    return odd_courses(task.connection, task.tables[ASSESSMENTS], task.tables[BRIDGE])


def est_reach__by_year(task: Task) -> Value:
    """Clients who came in per year, under the new approach, the regular one, or while their team changed over."""
    from indicators.contributions import as_contributions
    from indicators.effects.exposure import reach_by_year, reach_contributions

    make_views(task, "groups")
    groups = task.connection.table("groups").df()
    task.keep_beside(str(CONTRIBUTIONS.name), "reach", as_contributions([*reach_contributions(groups)]))
    return reach_by_year(groups)


def est_costs__by_year(task: Task) -> Value:
    """What the teams cost per year and kind, the new approach apart."""
    return task.connection.sql(
        f"""SELECT year::INTEGER AS year, cost_kind, is_new_approach, count(DISTINCT team_no)::INTEGER AS n_teams,
            sum(amount_eur)::DOUBLE AS amount_eur
        FROM {task.tables["core_costs__yearly__current"].sql} GROUP BY ALL ORDER BY ALL"""
    )


change = table_assets(
    "change",
    [
        Part(contracts.GROUPS, tables_of(*_GROUPED), core_clients__groups),
        Part(
            contracts.CHANGES,
            tables_of("assessments", "ladder", "experienced", "trajectories"),
            core_clients__changes,
        ),
        Part(contracts.USE, tables_of("events", "provisions", "trajectories", "groups"), core_clients__use),
        panels.COUNTED,
        Part(estimates.CHANGE, COUNTS, est_change__by_domain),
        Part(estimates.USE, tables_of("groups", "use"), est_care__use),
        provision_kinds.GIVEN,
        Part(
            estimates.ODD_COURSES,
            (*tables_of(*_COURSES), ASSESSMENTS, BRIDGE),
            est_quality__odd_courses,
        ),
        Part(estimates.REACH, tables_of("groups"), est_reach__by_year),
        Part(estimates.COSTS, ("core_costs__yearly__current",), est_costs__by_year),
        *companions.PARTS,
        effects.ESTIMATED,
    ],
    GROUP,
)
