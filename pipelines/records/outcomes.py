"""One row per client with every outcome of the first year: what the estimates of effects start from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb
import pandas as pd

from data_contracts.vocabulary.field import ALL, MATRICES
from data_contracts.vocabulary.names import folded
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.effects.estimates import Outcome
from indicators.effects.exposure import client_frame

FROM, TO = "first", "within_12_months"
_UNITS = {**dict.fromkeys(MATRICES, "point"), "ladder": "step", "experienced": "mark"}


def client_outcomes(connection: duckdb.DuckDBPyConnection, headline_domains: Sequence[str]) -> ClientOutcomes:
    """The outcomes of all clients, from the views groups, attributes, changes and use.

    `headline_domains` are the life domains that the study declared; only the other ones are not headline outcomes.
    """
    clients = client_frame(connection.table("groups").df()).assign(first_year=1.0)
    ages = connection.sql("SELECT client_no, age_band FROM attributes").df().set_index("client_no")["age_band"]
    clients, scored = _with_scores(connection, _joined(clients, ages), headline_domains)
    clients, used = _with_use(connection, clients)
    return ClientOutcomes(clients, scored, used)


def _with_scores(
    connection: duckdb.DuckDBPyConnection, clients: pd.DataFrame, headline_domains: Sequence[str]
) -> tuple[pd.DataFrame, tuple[Scored, ...]]:
    """Columns before_, after_ and change_ per score; what clients were asked only once is no outcome of change.

    The ZRM stays, so that a delivery with one moment is refused with its reason.
    """
    scores = connection.sql("SELECT client_no, subject, life_domain, score_first, score_last FROM changes").df()
    scored = []
    for (subject, life_domain), rows in scores.groupby(["subject", "life_domain"], observed=True):
        if subject != "zrm" and rows["score_last"].isna().all():
            continue
        names = [f"{part}_{subject}_{life_domain}" for part in ("before", "after", "change")]
        first, last = (rows.set_index("client_no")[name].astype("float64") for name in ("score_first", "score_last"))
        clients = clients.join(pd.concat([first, last, last - first], axis=1, keys=names), on="client_no")
        change = Outcome(
            names[2],
            subject,
            _UNITS[subject],
            life_domain=life_domain,
            what="mark_1_10" if subject == "experienced" else ALL,
            moment_from=FROM,
            moment_to=TO,
            is_headline=subject not in MATRICES or life_domain in headline_domains,
        )
        scored.append(Scored(change, *names[:2]))
    return clients, tuple(scored)


def _with_use(connection: duckdb.DuckDBPyConnection, clients: pd.DataFrame) -> tuple[pd.DataFrame, tuple[Outcome, ...]]:
    """Columns of use of care: missing while a client's first year is not over, and 0 for a client without any.

    Of money the first outcome is what all provisions of all laws cost together, more and less set off: the question
    that is asked before those about a law or a product (indicators/effects/demonstrable.py).
    """
    used = connection.sql(
        """SELECT client_no, subject, what, unit, sum(quantity)::DOUBLE AS quantity FROM (
            SELECT client_no, subject, what, unit, quantity FROM use
            WHERE in_first_year AND subject NOT IN ('solutions', 'cases')
            UNION ALL SELECT client_no, subject, unnest(['all', law]), unit, quantity FROM use
            WHERE in_first_year AND subject = 'provisions' AND unit = 'eur'
            UNION ALL SELECT client_no, subject, 'individual', 'share', (what = 'individual')::INTEGER FROM use
            WHERE in_first_year AND subject = 'solutions'
        ) GROUP BY ALL ORDER BY ALL"""
    ).df()
    complete = clients["first_year_complete"].to_numpy()
    laws = _laws(connection)
    outcomes = []
    for (subject, what, unit), rows in used.groupby(["subject", "what", "unit"], observed=True):
        column = _column(str(subject), str(what), str(unit))
        clients = _joined(clients, rows.set_index("client_no")["quantity"].rename(column))
        if subject == "solutions":
            clients[column] = clients[column].clip(upper=1)
        else:
            clients[column] = clients[column].fillna(0.0).where(complete)
        years = "first_year" if subject == "events" else None
        outcome = Outcome(column, subject, unit, what=what, moment_from="intake", moment_to=TO, years=years)
        outcomes.append(replace(outcome, part_of=_part_of(outcome, laws)))
    return clients, tuple(outcomes)


def _laws(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Product -> its law, where it has one."""
    rows = connection.sql(
        """SELECT what, min(law) FROM use WHERE subject = 'provisions' AND law IS NOT NULL
        GROUP BY what HAVING count(DISTINCT law) = 1 ORDER BY what"""
    ).fetchall()
    return {str(product): str(law) for product, law in rows}


def _part_of(outcome: Outcome, laws: dict[str, str]) -> str | None:
    """Of a product in euros the euros of its law, of a law those of all laws, of a volume the euros of the product."""
    if outcome.subject != "provisions" or outcome.what == ALL:
        return None
    whole = outcome.what if outcome.unit != "eur" else laws.get(outcome.what, ALL)
    return _column("provisions", whole, "eur")


def _column(subject: str, what: str, unit: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", folded(f"{subject} {what} {unit}"))


def _joined(frame: pd.DataFrame, column: pd.Series) -> pd.DataFrame:
    return frame.join(column, on="client_no")
