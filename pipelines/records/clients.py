"""Per client, closed zone: the groups a client belongs to, the change in the first year, and the use of care.

`groups` fixes a client's team, type and cohort at intake, so that a later move does not look like a change.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data_contracts.slices import Slice
from data_contracts.study import Study
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.field import DOMAINS, EDITIONS, Instrument
from pipelines.intake.core import conforming
from pipelines.records.case_records import CASE_RECORDS
from pipelines.records.dividing import divided_by
from pipelines.records.first_window import inside
from pipelines.records.same_day import score_of_day
from pipelines.storage.sql import listed

YEAR = "INTERVAL 12 MONTH"
_INSTRUMENTS = (Instrument.ADULT, Instrument.YOUTH, Instrument.HOUSEHOLD)


def groups(connection: duckdb.DuckDBPyConnection, slices: Sequence[Slice] = ()) -> duckdb.DuckDBPyRelation:
    """core_clients__groups. A merged team counts as its successor.

    Intake is the start of the first trajectory, or the first assessment in the window round it (first_window.py) where
    that is earlier or no trajectory is known. A team whose
    predecessors started the approach on different days has `approach_from` < `approach_by`; between those days it is
    not known who worked in which way.
    """
    return conforming(
        connection,
        f"""WITH first_assessment AS (
            SELECT client_no, min(assessed_on) AS assessed_on, arg_min(team_no, assessed_on) AS team_no
            FROM assessments WHERE episode_id > 0 GROUP BY client_no),
        first_trajectory AS (
            SELECT client_no, min(started_on) AS started_on, arg_min(team_no, started_on) AS team_no
            FROM trajectories GROUP BY client_no),
        together AS (
            SELECT client_no, least(t.started_on, a.assessed_on) AS intake_on,
                coalesce(t.team_no, a.team_no) AS team_no
            FROM first_assessment a FULL JOIN first_trajectory t USING (client_no)),
        clusters AS (
            SELECT counted_as, min(approach_started_on) AS approach_from,
                CASE WHEN bool_or(approach_started_on IS NULL AND own_clients) THEN NULL
                     ELSE max(approach_started_on) END AS approach_by
            FROM (SELECT *, team_no <> counted_as OR NOT EXISTS (
                    SELECT 1 FROM teams p WHERE p.counted_as = t.counted_as AND p.team_no <> t.team_no) AS own_clients
                  FROM teams t) GROUP BY counted_as),
        latest AS (SELECT max(assessed_on) AS seen FROM assessments),
        divided AS ({divided_by(slices)})
        SELECT together.client_no, final.team_no AS team_no, final.team AS team,
            coalesce(final.team_type, own.team_type) AS team_type, year(intake_on)::VARCHAR AS cohort,
            divided.* EXCLUDE (client_no), intake_on,
            greatest(latest.seen, intake_on) AS in_view_until, intake_on + {YEAR} <= latest.seen AS first_year_complete,
            clusters.approach_from, clusters.approach_by
        FROM together CROSS JOIN latest LEFT JOIN divided ON divided.client_no = together.client_no
        LEFT JOIN teams own ON own.team_no = together.team_no
        LEFT JOIN teams final ON final.team_no = own.counted_as
        LEFT JOIN clusters ON clusters.counted_as = own.counted_as""",
        "core_clients__groups",
    )


def changes(connection: duckdb.DuckDBPyConnection, study: Study) -> duckdb.DuckDBPyRelation:
    """core_clients__changes: first score, and last score within a year of it, per life domain; one edition only.

    Of the ZRM for adults, for youths and for households, each by itself; of the ladder and of marks.

    The days lead back to the rows that the scores stand in. The last score is missing for a client who was not measured
    again within that year, or on whose last day scores differ; who has that on the first day is not in it.
    """
    parts = [
        _first_and_last(
            f"SELECT client_no, assessed_on, {name} AS score FROM one_edition WHERE instrument = '{instrument}'",
            instrument.value,
            name,
            study,
        )
        for instrument in _INSTRUMENTS
        for name in DOMAIN_COLUMNS
        if any(name in DOMAINS[edition] for edition in EDITIONS[instrument])
    ]
    ladder_rows = inside("SELECT * FROM ladder", "assessed_on", study.first_measurement)
    ladder = "SELECT client_no, assessed_on, ladder_step AS score FROM one_variant"
    parts.append(_first_and_last(ladder, "ladder", "all", study))
    given = inside("SELECT * FROM experienced WHERE scale = 'mark_1_10'", "asked_on", study.first_measurement)
    marks = f"SELECT client_no, asked_on AS assessed_on, value AS score FROM ({given})"
    parts.append(_first_and_last(marks, "experienced", "all", study))
    return conforming(
        connection,
        f"""WITH of_instrument AS (
            SELECT *, {_instrument()} AS instrument FROM assessments
            WHERE episode_id = 1 AND rater_type = 'professional'),
        one_edition AS (
            SELECT * FROM of_instrument WHERE instrument IS NOT NULL
            QUALIFY edition = arg_min(edition, assessed_on) OVER (PARTITION BY client_no, instrument)),
        one_variant AS (
            SELECT * FROM (SELECT *, arg_min(ladder_variant, assessed_on) OVER (PARTITION BY client_no) AS first_variant
                           FROM ({ladder_rows})) WHERE ladder_variant = first_variant)
        {" UNION ALL ".join(parts)}""",
        "core_clients__changes",
    )


def _instrument() -> str:
    """SQL: the instrument of an edition that professionals score; NULL for any other."""
    whens = (f"WHEN edition IN ({listed(map(str, EDITIONS[one]))}) THEN '{one}'" for one in _INSTRUMENTS)
    return f"CASE {' '.join(whens)} END"


def _first_and_last(scores: str, subject: str, life_domain: str, study: Study) -> str:
    """SQL: the first score of every client, and the last one within a year that is no replicate."""
    in_time = f"assessed_on <= first_on + {YEAR} AND assessed_on > first_on + INTERVAL {study.replicate_days} DAY"
    return f"""SELECT client_no, '{subject}' AS subject, '{life_domain}' AS life_domain, first_on, score_first,
            CASE WHEN score_last IS NOT NULL THEN last_on END AS last_on, score_last
        FROM (
            SELECT client_no, min(first_on) AS first_on,
                min(score) FILTER (WHERE assessed_on = first_on) AS score_first,
                max(assessed_on) FILTER (WHERE {in_time}) AS last_on,
                (arg_max_null(score, assessed_on) FILTER (WHERE {in_time}))::DOUBLE AS score_last
            FROM (
                SELECT client_no, assessed_on, min(assessed_on) OVER (PARTITION BY client_no) AS first_on,
                    {score_of_day("score", study.same_day)} AS score
                FROM ({scores}) WHERE score IS NOT NULL GROUP BY client_no, assessed_on)
            GROUP BY client_no)
        WHERE score_first IS NOT NULL"""


def use(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    """core_clients__use: events, provisions (euros, volume), hours, solutions as far as in view, and case records."""
    in_first_year = f"g.intake_on AND {{day}} < g.intake_on + {YEAR}"
    return conforming(
        connection,
        f"""SELECT e.client_no, 'events' AS subject, event_kind AS what, NULL AS law, 'event' AS unit, 1.0 AS quantity,
            occurred_on >= {in_first_year.format(day="occurred_on")} AS in_first_year
        FROM events e JOIN groups g USING (client_no) WHERE occurred_on <= g.in_view_until
        UNION ALL SELECT p.client_no, 'provisions', product, law, 'eur', amount_eur,
            started_on >= {in_first_year.format(day="started_on")}
        FROM provisions p JOIN groups g USING (client_no) WHERE amount_eur IS NOT NULL AND started_on <= g.in_view_until
        UNION ALL SELECT p.client_no, 'provisions', product, law, unit, volume,
            started_on >= {in_first_year.format(day="started_on")}
        FROM provisions p JOIN groups g USING (client_no)
        WHERE volume IS NOT NULL AND unit IS NOT NULL AND started_on <= g.in_view_until
        UNION ALL SELECT t.client_no, 'hours', 'support', NULL, 'hour', hours,
            started_on >= {in_first_year.format(day="started_on")}
        FROM trajectories t JOIN groups g USING (client_no) WHERE hours IS NOT NULL
        UNION ALL SELECT t.client_no, 'solutions', t.solution_kind, NULL, 'trajectory', 1,
            started_on >= {in_first_year.format(day="started_on")}
        FROM trajectories t JOIN groups g USING (client_no) WHERE t.solution_kind IS NOT NULL
        UNION ALL {CASE_RECORDS}""",
        "core_clients__use",
    )
