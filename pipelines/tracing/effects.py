"""Who an estimate rests on: the clients whom the estimator itself took, and their scores or what they used."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.study import Study
from indicators.designs.clients import Scored, with_ages
from indicators.designs.effect_tables import compared_clients
from indicators.designs.taken import outcome_of, taken_clients, with_lost_clients
from indicators.effects.estimates import Outcome
from pipelines.records.outcomes import client_outcomes
from pipelines.tracing.lasting import people_of_what_lasts
from pipelines.tracing.people import SOURCE, Followed, Row, points, score_value, with_reasons
from pipelines.tracing.use import USE, used_records
from reports.language import terms


def people_of_effect(connection: duckdb.DuckDBPyConnection, study: Study, row: Row) -> Followed:
    """An estimate of a design: from the views groups, attributes, changes and use, as the estimate itself."""
    if row["design"] == "monitoring":
        return people_of_what_lasts(connection, study, row)
    found = with_ages(client_outcomes(connection, [domain.value for domain in study.design.headline_domains]))
    outcome, scored = outcome_of(found, row)
    compared = compared_clients(found, study.design)
    taken = taken_clients(found, compared, study, row, outcome, scored)["client_no"]
    clients = found.clients
    counted = clients["client_no"].isin(taken)
    people = with_reasons(clients["client_no"], counted, _reasons(clients, row, outcome, scored))
    if scored is not None:
        used, values = _scores(connection, row), _score_values(row)
    else:
        used, values = used_records(connection, row, is_first_year=True)
    if row["design"] != "before_after" or with_lost_clients(row):
        used = pd.concat([used, *_circumstances(connection, row)], ignore_index=True)
    used = used[used["client_no"].isin(taken)].reset_index(drop=True)
    return Followed(people, used, values, str(row["life_domain"]))


def _reasons(clients: pd.DataFrame, row: Row, outcome: Outcome, scored: Scored | None) -> list[tuple[pd.Series, str]]:
    """Why a client may have no part, in the order in which a reader would ask."""
    has_lost = with_lost_clients(row)
    needs_year = row["design"] != "before_after" or has_lost
    year = (~clients["first_year_complete"] & needs_year, "het eerste jaar na binnenkomst is nog niet om")
    if scored is not None:
        about = terms.outcome(str(row["subject"]), str(row["life_domain"]), str(row["what"]))
        not_again = clients[scored.after].isna() & (not has_lost)
        lacking = [
            (clients[scored.before].isna(), f"geen eerste score op {about}"),
            (not_again, f"niet opnieuw gescoord op {about} binnen twaalf maanden"),
            year,
        ]
    else:
        lacking = [year, (clients[outcome.column].isna(), "hierover is niets vastgelegd")]
    everybody = pd.Series(True, clients.index)
    if row["design"] == "series":
        return [
            *lacking,
            (
                everybody,
                "kwam binnen in de maanden waarin de nieuwe aanpak begon, of in een maand die maar deels meetelt",
            ),
        ]
    return [
        *lacking,
        (clients["team_no"].isna(), "geen wijkteam bekend"),
        (clients["exposed"].isna(), "het team ging in dat eerste jaar over op de nieuwe aanpak"),
        (everybody, "in die tijd of in dat team is er niemand om mee te vergelijken"),
    ]


def _scores(connection: duckdb.DuckDBPyConnection, row: Row) -> pd.DataFrame:
    """The first score and the last within a year, with the days on which they were given."""
    source, found = SOURCE[row["subject"]], []
    for part, day, score in (("before", "first_on", "score_first"), ("after", "last_on", "score_last")):
        rows = connection.execute(
            f"SELECT client_no, {day} AS day, {score} AS value FROM changes"
            f" WHERE subject = $subject AND life_domain = $life_domain AND {day} IS NOT NULL",
            {"subject": row["subject"], "life_domain": row["life_domain"]},
        ).df()
        found.append(points(source, part, rows))
    return pd.concat(found, ignore_index=True)


def _score_values(row: Row) -> dict[str, str]:
    """SQL: the score of a record, per source."""
    match SOURCE[row["subject"]]:
        case "assessments":
            return {"assessments": score_value(row["subject"], row["life_domain"])}
        case "ladder":
            return {"ladder": "ladder_step"}
    return {"experienced": "CASE WHEN scale = 'mark_1_10' THEN value END"}


def _circumstances(connection: duckdb.DuckDBPyConnection, row: Row) -> list[pd.DataFrame]:
    """What puts a client in a team and a time (first trajectory, first assessment), and the age where it counts."""
    found = []
    for source, day in (("trajectories", "started_on"), ("assessments", "assessed_on")):
        first = connection.sql(f"SELECT client_no, min({day}) AS day FROM {source} GROUP BY client_no").df()
        found.append(points(source, "intake", first))
    if row["design"] == "comparison" and row["subject"] in USE:
        starts = connection.sql("SELECT DISTINCT client_no, subject, first_on AS day FROM changes").df()
        sources = starts["subject"].map(SOURCE)
        found += [points(str(source), "covariate", starts[sources == source]) for source in sorted(set(sources))]
    if row["design"] == "comparison" or with_lost_clients(row):
        found.append(points("attributes", "covariate", connection.sql("SELECT client_no FROM attributes").df()))
    return found
