"""Did it work? Groups and outcomes per client (closed), then counts and use of care (no client any more)."""

from __future__ import annotations

import pandas as pd

from data_contracts import core as contracts
from data_contracts import estimates
from data_contracts.contract import empty_frame
from data_contracts.vocabulary import Instrument
from indicators.care_use import care_use, case_records, provision_totals
from indicators.change import change_by_domain
from indicators.panel import Panel
from indicators.transitions import funnel, series, transitions
from pipelines import clients
from pipelines.outcomes import client_frame, whole_years
from pipelines.panel import experienced_panel, group_label, instrument_panel, ladder_panel, zrm_panel
from pipelines.table_asset import Task, table_asset
from pipelines.tables import Value

GROUP = "change"
_VIEWS = {
    "assessments": "core_zrm__assessments__current",
    "ladder": "core_ladder__scores__current",
    "experienced": "core_experienced__marks__current",
    "trajectories": "core_cases__trajectories__current",
    "provisions": "core_provisions__use__current",
    "events": "core_events__incidents__current",
    "teams": "core_teams__register__current",
    "groups": "core_clients__groups",
    "use": "core_clients__use",
}


def _views(task: Task, *names: str) -> None:
    for name in names:
        task.relation(_VIEWS[name]).to_view(name, replace=True)


def _reads(*names: str) -> list[str]:
    return [_VIEWS[name] for name in names]


@table_asset(contracts.GROUPS, GROUP, _reads("assessments", "trajectories", "teams"))
def core_clients__groups(task: Task) -> Value:
    """The team, type and cohort of every client at intake."""
    _views(task, "assessments", "trajectories", "teams")
    return clients.groups(task.connection)


@table_asset(contracts.CHANGES, GROUP, _reads("assessments", "ladder", "experienced"))
def core_clients__changes(task: Task) -> Value:
    """First score and last score within a year, per client and life domain."""
    _views(task, "assessments", "ladder", "experienced")
    return clients.changes(task.connection, task.place.files.study.replicate_days)


@table_asset(contracts.USE, GROUP, _reads("events", "provisions", "trajectories", "groups"))
def core_clients__use(task: Task) -> Value:
    """Events, provisions, hours, kind of solution and case record per client."""
    _views(task, "events", "provisions", "trajectories", "groups")
    return clients.use(task.connection)


_PANEL = ("assessments", "ladder", "experienced", "trajectories", "groups")


def _panels(task: Task) -> list[Panel]:
    """The professionals' ZRM, the ladder, and what clients say themselves; those that hold anything."""
    _views(task, *_PANEL)
    task.connection.sql("SELECT client_no, max(ended_on) AS ended_on FROM trajectories GROUP BY client_no").to_view(
        "ended"
    )
    groups, study = task.connection.table("groups").df(), task.place.files.study
    panels = [zrm_panel(task.connection, groups, study, "professional"), ladder_panel(task.connection, groups, study)]
    panels += [experienced_panel(task.connection, groups, study, scale) for scale in ("mark_1_10", "scale_1_5")]
    panels.append(zrm_panel(task.connection, groups, study, "client"))
    others = (Instrument.YOUTH, Instrument.HOUSEHOLD)
    panels += [instrument_panel(task.connection, groups, study, instrument) for instrument in others]
    return [panel for panel in panels if len(panel.client_no)]


def _per_panel(task: Task, tables: list[pd.DataFrame], empty: pd.DataFrame) -> pd.DataFrame:
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else empty


@table_asset(estimates.TRANSITIONS, GROUP, _reads(*_PANEL))
def est_change__transitions(task: Task) -> Value:
    """How many clients went from which score to which: the base of all change."""
    study = task.place.files.study
    pairs = [(pair.moment_from, pair.moment_to) for pair in study.moment_pairs]
    tables = [transitions(panel, pairs, study.replicate_days) for panel in _panels(task)]
    return _per_panel(task, tables, empty_frame(estimates.TRANSITIONS))


@table_asset(estimates.FUNNEL, GROUP, _reads(*_PANEL))
def est_change__funnel(task: Task) -> Value:
    """Clients, scored, scored twice, monitored."""
    tables = [funnel(panel, task.place.files.study.replicate_days) for panel in _panels(task)]
    return _per_panel(task, tables, empty_frame(estimates.FUNNEL))


@table_asset(estimates.SERIES, GROUP, _reads(*_PANEL))
def est_change__series(task: Task) -> Value:
    """Cohort by months since intake."""
    tables = [series(panel, task.place.files.study.replicate_days) for panel in _panels(task)]
    return _per_panel(task, tables, empty_frame(estimates.SERIES))


@table_asset(estimates.CHANGE, GROUP, ["est_change__transitions"])
def est_change__by_domain(task: Task) -> Value:
    """Shares up, equal and down, mean change and paired test, from the counts."""
    headline = [domain.value for domain in task.place.files.study.design.headline_domains]
    return change_by_domain(task.frame("est_change__transitions"), headline)


@table_asset(estimates.USE, GROUP, _reads("groups", "use"))
def est_care__use(task: Task) -> Value:
    """How much care clients use, per slice."""
    _views(task, "groups", "use")
    people = task.connection.sql(
        "SELECT *, 'all' AS \"all\", (in_view_until - intake_on)::INTEGER / 365.25 AS client_years FROM groups"
    ).df()
    slices = [one.name for one in task.place.files.study.slices]
    for name in slices:
        people[name] = group_label(people, name)
    use = task.connection.sql("SELECT client_no, subject, what, law, unit, quantity FROM use").df()
    is_record = use["subject"] == "cases"
    used = care_use(people, provision_totals(use[~is_record]), slices)
    return pd.concat([used, case_records(people, use[is_record], slices)], ignore_index=True)


@table_asset(estimates.REACH, GROUP, _reads("groups"))
def est_reach__by_year(task: Task) -> Value:
    """Clients who came in per year, under the new approach, the regular one, or while their team changed over."""
    _views(task, "groups")
    groups = task.connection.table("groups").df()
    exposed = client_frame(groups)["exposed"]
    way = exposed.map({1: "new", 0: "regular"}).fillna("between")
    counted = pd.DataFrame({"year": groups["intake_on"].dt.year, "way": way}).value_counts().rename("n_clients")
    table = counted.reset_index().sort_values(["year", "way"], ignore_index=True)
    return table.assign(is_whole_year=table["year"].isin(whole_years(groups["intake_on"])))


@table_asset(estimates.COSTS, GROUP, ["core_costs__yearly__current"])
def est_costs__by_year(task: Task) -> Value:
    """What the teams cost per year and kind, the new approach apart."""
    return task.connection.sql(
        f"""SELECT year::INTEGER AS year, cost_kind, is_new_approach, count(DISTINCT team_no)::INTEGER AS n_teams,
            sum(amount_eur)::DOUBLE AS amount_eur
        FROM {task.tables["core_costs__yearly__current"].sql} GROUP BY ALL ORDER BY ALL"""
    )
