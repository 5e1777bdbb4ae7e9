"""The core tables of a simulated municipality as views of an engine: what a run has after intake."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.study import Study
from data_contracts.tables.core import DOMAIN_COLUMNS
from indicators.designs.clients import ClientOutcomes
from indicators.simulation.municipality import Municipality
from pipelines.records import clients
from pipelines.records.episodes import with_episodes
from pipelines.records.outcomes import client_outcomes

_NO_MARKS = "SELECT 0 AS client_no, DATE '2020-01-01' AS asked_on, 'mark_1_10' AS scale, 1.0 AS value WHERE false"
_NO_DAY = "NULL::DATE"


def outcomes_of(municipality: Municipality, study: Study) -> tuple[ClientOutcomes, pd.DataFrame, pd.DataFrame]:
    """Outcomes per client by the queries of a run; beside it core_clients__groups and est_costs__by_year."""
    with duckdb.connect(config={"threads": 1}) as connection:
        _core_views(connection, municipality)
        with_episodes(connection, connection.table("delivered"), study).to_table("assessments")
        clients.groups(connection).to_table("groups")
        clients.changes(connection, study).to_table("changes")
        clients.use(connection).to_table("use")
        groups = connection.sql("SELECT * FROM groups ORDER BY client_no").df()
        costs = connection.sql(
            """SELECT year::INTEGER AS year, cost_kind, is_new_approach, count(DISTINCT team)::INTEGER AS n_teams,
                sum(amount_eur)::DOUBLE AS amount_eur FROM costs GROUP BY ALL ORDER BY ALL"""
        ).df()
        found = client_outcomes(connection, [domain.value for domain in study.design.headline_domains])
    return found, groups, costs.astype({"is_new_approach": "boolean"})


def _core_views(connection: duckdb.DuckDBPyConnection, municipality: Municipality) -> None:
    """Keys become numbers; what the effects do not rest on (marks, case records) is left out."""
    numbers = pd.DataFrame(
        {"client_key": municipality.clients["client_key"], "client_no": range(len(municipality.clients))}
    )
    teams = municipality.teams.reset_index(names="team_no")
    frames = {
        "numbers": numbers,
        "raw_teams": teams,
        "raw_assessments": municipality.assessments,
        "raw_cases": municipality.trajectories[
            ["client_key", "team", "started_on", "ended_on", "hours", "solution_kind"]
        ],
        "raw_provisions": municipality.provisions,
        "raw_events": municipality.events,
        "raw_ladder": municipality.ladder,
        "raw_clients": municipality.clients,
        "costs": municipality.costs,
    }
    for name, frame in frames.items():
        connection.register(name, frame)
    domains = ", ".join(
        f"{name}::TINYINT AS {name}" if name in municipality.assessments else f"NULL::TINYINT AS {name}"
        for name in DOMAIN_COLUMNS
    )
    views = {
        "teams": f"""SELECT team_no, team, team_type, {_NO_DAY} AS valid_from, {_NO_DAY} AS valid_until,
            NULL AS succeeded_by, approach_started_on::DATE AS approach_started_on, team_no AS counted_as
            FROM raw_teams""",
        "attributes": "SELECT client_no, age_band FROM raw_clients JOIN numbers USING (client_key)",
        "trajectories": f"""SELECT client_no, team_no, started_on::DATE AS started_on, ended_on::DATE AS ended_on,
            hours, solution_kind, {_NO_DAY} AS registered_on, NULL::BOOLEAN AS has_plan,
            {_NO_DAY} AS evaluated_on, NULL::BOOLEAN AS question_answered
            FROM raw_cases JOIN numbers USING (client_key) JOIN raw_teams USING (team)""",
        "delivered": f"""SELECT client_no, assessed_on::DATE AS assessed_on, team_no,
            '{municipality.settings.edition.value}' AS edition, 'professional' AS rater_type,
            hash(rater_key) >> 2 AS rater_no, moment_label, 0::SMALLINT AS episode_id, {domains}
            FROM raw_assessments JOIN numbers USING (client_key) JOIN raw_teams USING (team)""",
        "provisions": """SELECT client_no, product, law, started_on::DATE AS started_on,
            volume::DOUBLE AS volume, unit, amount_eur FROM raw_provisions JOIN numbers USING (client_key)""",
        "events": """SELECT client_no, occurred_on::DATE AS occurred_on, event_kind
            FROM raw_events JOIN numbers USING (client_key)""",
        "ladder": """SELECT client_no, assessed_on::DATE AS assessed_on, 'extended' AS ladder_variant,
            ladder_step::TINYINT AS ladder_step FROM raw_ladder JOIN numbers USING (client_key)""",
        "experienced": _NO_MARKS,
    }
    for name, query in views.items():
        connection.sql(query).to_table(name)
