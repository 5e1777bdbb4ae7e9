"""The sorted integer panels that the change counts are made from.

The engine holds the views assessments, ladder, experienced, attributes, trajectories, groups and `ended` (client_no,
ended_on).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.study import Study
from data_contracts.vocabulary.field import (
    ALL,
    COMPARABLE_ACROSS_EDITIONS,
    EDITIONS,
    STRUCTURAL_CEILINGS,
    TEAM_AND_COHORT,
    Edition,
    Instrument,
)
from data_contracts.vocabulary.ladder import OWN_GOAL, LadderVariant
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.scales import sufficient_from
from data_contracts.vocabulary.slices import parts_of
from indicators.arrays import Integers
from indicators.counts.panel import Grouping, Panel
from indicators.counts.room import StructuralCeiling
from pipelines.records.first_window import inside
from pipelines.storage.sql import listed

UNKNOWN_RATER = -1
DAY = "({} - DATE '1970-01-01')::INTEGER AS day"
Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Rated:
    """A panel, who rated each of its assessments (-1: not known), and the ceilings of the instrument itself.

    Age is known at the delivery only, so some count as pensioners who were not yet when they were assessed.
    """

    panel: Panel
    rater: NDArray[np.int64]
    ceilings: dict[str, StructuralCeiling]


@dataclass(frozen=True, slots=True)
class Climbed:
    """The panel of the ladder, and per measurement the step that its client wants to reach; 0 where none is known."""

    panel: Panel
    goal: NDArray[np.int8]


def groupings(groups: pd.DataFrame, client_no: NDArray[np.int64], slices: list[str]) -> dict[str, Grouping]:
    """A code per row of the panel for every slice of the study but 'all'."""
    clients = groups.sort_values("client_no", ignore_index=True)
    at = np.searchsorted(clients["client_no"].to_numpy(), client_no)
    found = {}
    for name in slices:
        if name == "all":
            continue
        labels = group_label(clients, name)
        codes, unique = pd.factorize(labels, sort=True)
        found[name] = Grouping(codes[at].astype(np.int32), tuple(str(label) for label in unique))
    return found


def team_of_clients(groups: pd.DataFrame, panel: Panel) -> Integers:
    """The team at intake of each client of the panel, -1 where it is not known."""
    clients = groups.set_index("client_no")["team_no"].reindex(panel.client_no[panel.client_starts])
    return clients.astype("Int64").fillna(-1).to_numpy(np.int64)


def group_label(clients: pd.DataFrame, slice_name: str) -> pd.Series:
    """The group of each client in a slice; missing where a part of it is not known."""
    labels = [clients[part] for part in parts_of(slice_name)]
    return labels[0] if len(labels) == 1 else labels[0] + TEAM_AND_COHORT + labels[1]


def labels_of(groups: pd.DataFrame, slices: Sequence[str]) -> dict[str, pd.Series]:
    """Per slice the group of each client, by client_no."""
    clients = groups.set_index("client_no")
    return {name: group_label(clients, name) for name in slices}


def everybody_of(subject: str, groups: pd.DataFrame, measured: Mapping[str, Integers]) -> pd.DataFrame:
    """The rows of `groups` with which the funnel of a subject begins; `measured`: instrument -> clients.

    Everybody in view, measured or not. The ZRM of youths and of households begins with its own people, and who has only
    one of those is not missed by the ZRM of adults.
    """
    own = groups["client_no"].isin(measured.get(subject, np.zeros(0, np.int64)))
    if subject in (Instrument.YOUTH, Instrument.HOUSEHOLD):
        return groups[own]
    if subject == Instrument.ADULT:
        elsewhere = [clients for name, clients in measured.items() if name != subject]
        return groups[own | ~groups["client_no"].isin(np.concatenate([*elsewhere, np.zeros(0, np.int64)]))]
    return groups


def n_per_group(clients: pd.DataFrame, groups: pd.DataFrame, slices: list[str]) -> dict[str, NDArray[np.int64]]:
    """Slice -> how many of these clients are in each group of it, in the order of the labels of a panel."""
    found = {ALL: np.array([len(clients)])}
    for name, grouping in groupings(groups, clients["client_no"].to_numpy(), slices).items():
        inside = grouping.codes[grouping.codes >= 0]
        found[name] = np.bincount(inside, minlength=len(grouping.labels))
    return found


def scored_outside(connection: duckdb.DuckDBPyConnection, study: Study) -> dict[str, NDArray[np.int64]]:
    """Life domain -> who was scored on it by a professional outside the window round the first trajectory."""
    adult = ", ".join(f"'{edition}'" for edition in EDITIONS[Instrument.ADULT])
    where = f"episode_id = 0 AND rater_type = 'professional' AND edition IN ({adult})"
    found = {}
    for domain in study.life_domains:
        query = f"SELECT DISTINCT client_no FROM assessments WHERE {where} AND {domain} IS NOT NULL ORDER BY client_no"
        found[domain.value] = np.asarray(connection.sql(query).fetchnumpy()["client_no"], dtype=np.int64)
    return found


def zrm_panel(connection: duckdb.DuckDBPyConnection, groups: pd.DataFrame, study: Study, rater_type: str) -> Panel:
    """The adult ZRM by professionals (subject zrm), or what clients scored themselves (subject experienced)."""
    if rater_type == "professional":
        return instrument_panel(connection, groups, study, Instrument.ADULT).panel
    everything = [edition for editions in EDITIONS.values() for edition in editions]
    return _rated(connection, groups, study, "experienced", rater_type, everything, frozenset()).panel


def instrument_panel(
    connection: duckdb.DuckDBPyConnection, groups: pd.DataFrame, study: Study, instrument: Instrument
) -> Rated:
    """One instrument by professionals; its code is the subject."""
    comparable = frozenset(COMPARABLE_ACROSS_EDITIONS)
    editions = list(EDITIONS[instrument])
    return _rated(connection, groups, study, instrument.value, "professional", editions, comparable)


def _rated(
    connection: duckdb.DuckDBPyConnection,
    groups: pd.DataFrame,
    study: Study,
    subject: str,
    rater_type: str,
    of_editions: list[Edition],
    comparable: frozenset[str],
) -> Rated:
    domains = [domain.value for domain in study.life_domains]
    scores = ", ".join(f"coalesce({name}, 0::TINYINT) AS {name}" for name in domains)
    editions = [edition.value for edition in of_editions]
    listed = ", ".join(f"'{edition}'" for edition in editions)
    rows = connection.sql(
        f"""SELECT client_no, {DAY.format("assessed_on")}, {_position("edition", editions)} AS edition,
            {is_monitoring(study)} AS is_monitoring, coalesce(rater_no, {UNKNOWN_RATER}) AS rater,
            coalesce(age_band, '') AS age_band, {scores}
        FROM assessments LEFT JOIN ended USING (client_no) LEFT JOIN attributes USING (client_no)
        WHERE episode_id = 1 AND rater_type = '{rater_type}' AND edition IN ({listed})
        ORDER BY client_no, assessed_on, edition"""
    ).fetchnumpy()
    panel = _panel(subject, rows, {name: rows[name] for name in domains}, editions, groups, study, comparable)
    ceilings = {
        domain.value: StructuralCeiling(highest, rows["age_band"] == band.value)
        for (domain, band), highest in STRUCTURAL_CEILINGS.items()
    }
    return Rated(panel, np.asarray(rows["rater"], dtype=np.int64), ceilings)


def ladder_panel(connection: duckdb.DuckDBPyConnection, groups: pd.DataFrame, study: Study) -> Climbed:
    """The Participatieladder: the steps, and beside them whether the client's own goal was reached.

    That goal is what was first recorded of it, so that it does not move with the result; who has none has paid work for
    a goal, as the scale says. Without any goal there are only the steps.
    """
    variants = [variant.value for variant in LadderVariant]
    rows_inside = inside("SELECT * FROM ladder", "assessed_on", study.first_measurement)
    rows = connection.sql(
        f"""SELECT client_no, {DAY.format("assessed_on")}, {_position("ladder_variant", variants)} AS edition,
            coalesce(assessed_on > ended_on + INTERVAL 30 DAY, false) AS is_monitoring, ladder_step,
            coalesce((min({{'day': assessed_on, 'step': ambition_step}}) FILTER (ambition_step IS NOT NULL)
                OVER (PARTITION BY client_no, ladder_variant)).step, 0)::TINYINT AS goal
        FROM ({rows_inside}) JOIN groups USING (client_no) LEFT JOIN ended USING (client_no)
        ORDER BY client_no, assessed_on"""
    ).fetchnumpy()
    step, goal = (np.asarray(rows[name], dtype=np.int8) for name in ("ladder_step", "goal"))
    scores: Arrays = {ALL: step}
    if goal.any():
        wanted = np.where(goal > 0, goal, sufficient_from("ladder", ALL))
        scores[OWN_GOAL] = 1 + (step >= wanted).astype(np.int8)
    return Climbed(_panel("ladder", rows, scores, variants, groups, study, frozenset()), goal)


def experienced_panel(connection: duckdb.DuckDBPyConnection, groups: pd.DataFrame, study: Study, scale: str) -> Panel:
    """The marks that clients give, on one scale; half marks are rounded to whole ones."""
    rows_inside = inside("SELECT * FROM experienced", "asked_on", study.first_measurement)
    rows = connection.sql(
        f"""SELECT client_no, {DAY.format("asked_on")}, 0 AS edition,
            coalesce(asked_on > ended_on + INTERVAL 30 DAY, false) AS is_monitoring, round(value)::TINYINT AS mark
        FROM ({rows_inside}) JOIN groups USING (client_no) LEFT JOIN ended USING (client_no)
        WHERE scale = '{scale}' ORDER BY client_no, asked_on"""
    ).fetchnumpy()
    return _panel("experienced", rows, {scale: rows["mark"]}, [scale], groups, study, frozenset())


def _panel(
    subject: str,
    rows: Arrays,
    scores: Arrays,
    editions: list[str],
    groups: pd.DataFrame,
    study: Study,
    comparable: frozenset[str],
) -> Panel:
    client_no = np.asarray(rows["client_no"], dtype=np.int64)
    return Panel(
        subject=subject,
        client_no=client_no,
        day=np.asarray(rows["day"], dtype=np.int32),
        edition=np.asarray(rows["edition"], dtype=np.int32),
        editions=tuple(editions),
        is_monitoring=np.asarray(rows["is_monitoring"], dtype=np.bool_),
        scores={name: np.asarray(values, dtype=np.int8) for name, values in scores.items()},
        groups=groupings(groups, client_no, [one.name for one in study.slices]),
        comparable=comparable,
        same_day=study.same_day,
    )


def _position(column: str, names: list[str]) -> str:
    """SQL: the index of a code in a list."""
    whens = " ".join(f"WHEN '{name}' THEN {index}" for index, name in enumerate(names))
    return f"(CASE {column} {whens} END)::INTEGER"


def is_monitoring(study: Study) -> str:
    """SQL: in the monitoring phase by its label, or, without a label, more than a month after support ended."""
    labels = {folded(label) for label in study.monitoring_labels}
    known = listed(sorted(labels))
    by_date = "coalesce(assessed_on > ended_on + INTERVAL 30 DAY, false)"
    return f"CASE WHEN moment_label IS NULL THEN {by_date} ELSE lower(trim(moment_label)) IN ({known}) END"
