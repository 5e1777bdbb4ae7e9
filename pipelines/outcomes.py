"""One row per client with every outcome of the first year: what the estimates of effects start from."""

from __future__ import annotations

import re

import duckdb
import pandas as pd

from data_contracts.vocabulary import folded
from indicators.estimates import Outcome
from indicators.team_cells import exposure_of, half_year_of

OUTCOME_MONTHS = 12
FROM, TO = "first", "within_12_months"
HEAVY = "individual"


def whole_years(intake_on: pd.Series) -> set[int]:
    """Years in which clients came in from the first to the last quarter; a delivery may begin or end within a year."""
    quarters = intake_on.dt.quarter.groupby(intake_on.dt.year).agg(["min", "max"])
    return set(quarters.index[(quarters["min"] == 1) & (quarters["max"] == 4)])


def client_frame(groups: pd.DataFrame) -> pd.DataFrame:
    """client_no, team_no, intake_period and exposed, per client.

    Exposed is 1 when the client's team surely worked in the new way at intake, 0 when it surely did not for the whole
    year after it, and missing in between.
    """
    frame = groups[["client_no", "team_no", "first_year_complete"]].copy()
    intake_on = groups["intake_on"]
    frame["intake_period"] = half_year_of(intake_on)
    surely = exposure_of(intake_on, groups["approach_by"], OUTCOME_MONTHS)
    surely_not = exposure_of(intake_on, groups["approach_from"], OUTCOME_MONTHS)
    frame["exposed"] = surely.where(surely.eq(1), surely_not.where(surely_not.eq(0)))
    return frame


def with_outcomes(
    connection: duckdb.DuckDBPyConnection, clients: pd.DataFrame
) -> tuple[pd.DataFrame, list[Outcome], list[Outcome]]:
    """The client frame with a column per outcome; outcomes that are a change, and outcomes that are use of care.

    Use is missing while a client's first year is not over, and 0 for a client without any.
    """
    changes = connection.sql(
        "SELECT client_no, subject, life_domain, score_last - score_first AS change FROM changes"
    ).df()
    frame, changed = clients, []
    for (subject, life_domain), rows in changes.groupby(["subject", "life_domain"], observed=True):
        column = f"change_{subject}_{life_domain}"
        frame = _joined(frame, rows.set_index("client_no")["change"].astype("float64").rename(column))
        unit = "point" if subject == "zrm" else "step"
        changed.append(Outcome(column, subject, unit, life_domain=life_domain, moment_from=FROM, moment_to=TO))
    used = connection.sql(
        """SELECT client_no, subject, what, unit, sum(quantity)::DOUBLE AS quantity FROM (
            SELECT client_no, subject, what, unit, quantity FROM use
            WHERE in_first_year AND subject NOT IN ('solutions', 'cases')
            UNION ALL SELECT client_no, subject, law, unit, quantity FROM use
            WHERE in_first_year AND subject = 'provisions' AND unit = 'eur'
            UNION ALL SELECT client_no, subject, 'individual', 'share', (what = 'individual')::INTEGER FROM use
            WHERE subject = 'solutions'
        ) GROUP BY ALL ORDER BY ALL"""
    ).df()
    complete = frame["first_year_complete"].to_numpy()
    outcomes = []
    for (subject, what, unit), rows in used.groupby(["subject", "what", "unit"], observed=True):
        column = re.sub(r"[^a-z0-9]+", "_", folded(f"{subject} {what} {unit}"))
        frame = _joined(frame, rows.set_index("client_no")["quantity"].rename(column))
        if subject == "solutions":
            frame[column] = frame[column].clip(upper=1)
        else:
            frame[column] = frame[column].fillna(0.0).where(complete)
        years = "first_year" if subject == "events" else None
        outcomes.append(Outcome(column, subject, unit, what=what, moment_from="intake", moment_to=TO, years=years))
    frame["first_year"] = 1.0
    return frame, changed, outcomes


def _joined(frame: pd.DataFrame, column: pd.Series) -> pd.DataFrame:
    return frame.join(column, on="client_no")
