"""Who a figure is about, why others are not in it, and which records of theirs it was computed from. Closed zone.

The same views and the same functions as the figure itself: nothing is chosen here a second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data_contracts.study import Study
from data_contracts.vocabulary.field import ALL, EDITIONS, Instrument
from data_contracts.vocabulary.ladder import OWN_GOAL
from indicators.counts.left_out import reasons
from indicators.counts.moments import client_pairs, moment_rows, scored_rows
from indicators.counts.panel import Panel
from pipelines.records.ended import ENDED
from pipelines.records.panel import experienced_panel, group_label, instrument_panel, ladder_panel, zrm_panel
from reports.language import terms

Row = Mapping[str, Any]
MARKS = ("mark_1_10", "scale_1_5")
# The view of core_ records that a subject comes from.
SOURCE = {
    "zrm": "assessments",
    "zrm_youth": "assessments",
    "zrm_household": "assessments",
    "ladder": "ladder",
    "experienced": "experienced",
    "events": "events",
    "provisions": "provisions",
    "hours": "trajectories",
    "solutions": "trajectories",
}


@dataclass(frozen=True, slots=True)
class Followed:
    """Who a figure is about and what it was computed from.

    `clients`: `client_no` and `why_not`, in Dutch, missing for those who count; every client of the study has a row.
    `points`: the records used: `source` (a core_ view), `client_no`, `day`, `what`, `value`, `part`; a missing day,
    what or value fits any. `value_of`: per source the SQL of a record's value; `life_domain` where there is one.
    """

    clients: pd.DataFrame
    points: pd.DataFrame
    value_of: dict[str, str] = field(default_factory=dict)
    life_domain: str = ALL

    @property
    def n_counted(self) -> int:
        """Clients who count."""
        return int(self.clients["why_not"].isna().sum())

    @property
    def sources(self) -> list[str]:
        """The kinds of records that played a part."""
        return list(dict.fromkeys([*self.value_of, *self.points["source"]]))


def points(source: str, part: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Points of one source and part from `client_no` and what else `rows` has of `day`, `what` and `value`."""
    frame = rows.reindex(columns=["client_no", "day", "what", "value"]).assign(source=source, part=part)
    kinds = {"client_no": "int64", "day": "datetime64[us]", "what": "str", "value": "float64"}
    return frame.astype(kinds)[["source", "client_no", "day", "what", "value", "part"]]


def with_reasons(clients: pd.Series, counted: pd.Series, reasons: list[tuple[pd.Series, str]]) -> pd.DataFrame:
    """`client_no` and `why_not`: of those not `counted` the first reason that holds, all reasons in their order."""
    why = pd.Series(None, index=clients.index, dtype="str")
    for flag, words in reasons:
        why = why.mask(~counted & flag & why.isna(), words)
    in_order = pd.Categorical(why, [words for _, words in reasons])
    return pd.DataFrame({"client_no": clients, "why_not": in_order}).reset_index(drop=True)


def people_of_change(connection: duckdb.DuckDBPyConnection, study: Study, row: Row) -> Followed:
    """Change between two moments: clients with both, and the two scores."""
    connection.sql(ENDED).to_view("ended")
    groups = connection.table("groups").df()
    panel = _panel(connection, groups, study, row)
    domain, moments, days = row["life_domain"], (row["moment_from"], row["moment_to"]), study.replicate_days
    everybody = panel.client_no[panel.client_starts]
    scored = scored_rows(panel, panel.scores[domain])
    before, after = (moment_rows(scored, name, days) for name in moments)
    pairs = next(client_pairs(panel, domain, [moments], days))
    label = pd.Series(ALL, groups.index) if row["slice"] == ALL else group_label(groups, row["slice"])
    client = groups["client_no"]
    in_group = label.eq(row["slice_value"]).fillna(value=False)
    is_scored = client.isin(everybody[scored.client])
    found = reasons(scored, domain, before, after, days)
    why = {code: client.isin(everybody[scored.client[flags]]) for code, flags in found}
    counted = client.isin(everybody[pairs.client]) & in_group
    clients = with_reasons(
        client,
        counted,
        [
            (~in_group, f"hoort niet bij de groep {row['slice_value']}"),
            (~is_scored, f"geen score op {terms.domain(domain)}"),
            (why["no_first_moment"], f"geen score op het moment: {terms.moment(moments[0])}"),
            (why["no_second_moment"], f"geen score op het moment: {terms.moment(moments[1])}"),
            (why["scores_of_day_differ"], "op een van de twee dagen staan verschillende scores"),
            (why["too_near"], f"geen tweede score, of binnen {days} dagen na de eerste"),
            (~counted, "de twee scores zijn niet te vergelijken (andere uitgave van de lijst, of andere volgorde)"),
        ],
    )
    mine = np.isin(panel.client_no[pairs.before], client[counted])
    source = _source(row)
    used = [
        points(
            source,
            part,
            pd.DataFrame(
                {
                    "client_no": panel.client_no[rows],
                    "day": pd.to_datetime(panel.day[rows], unit="D"),
                    "what": np.array(panel.editions)[panel.edition[rows]],
                    # Of a goal the step stands in the record, and not whether it was reached.
                    "value": panel.scores[domain][rows] if domain != OWN_GOAL else np.nan,
                }
            ),
        )
        for part, rows in (("before", pairs.before[mine]), ("after", pairs.after[mine]))
    ]
    return Followed(clients, pd.concat(used, ignore_index=True), {source: _value(row)}, domain)


def _source(row: Row) -> str:
    own = row["subject"] == "experienced" and row["life_domain"] not in (*MARKS, ALL)
    return "assessments" if own else SOURCE[row["subject"]]


def _panel(connection: duckdb.DuckDBPyConnection, groups: pd.DataFrame, study: Study, row: Row) -> Panel:
    if row["subject"] == "ladder":
        return ladder_panel(connection, groups, study).panel
    if row["life_domain"] in MARKS:
        return experienced_panel(connection, groups, study, row["life_domain"])
    if row["subject"] == "experienced":
        return zrm_panel(connection, groups, study, "client")
    instrument = next(one for one in Instrument if one.value == row["subject"])
    return instrument_panel(connection, groups, study, instrument).panel


def _value(row: Row) -> str:
    source = _source(row)
    if source == "assessments":
        rater = "client" if row["subject"] == "experienced" else "professional"
        return score_value(row["subject"], row["life_domain"], rater)
    return "ladder_step" if source == "ladder" else "round(value)"


def score_value(subject: str, life_domain: str, rater_type: str = "professional") -> str:
    """SQL: the score of an assessment that could be used: by this kind of rater, with this instrument."""
    own = [editions for instrument, editions in EDITIONS.items() if subject in (instrument, "experienced")]
    listed = ", ".join(f"'{edition}'" for editions in own for edition in editions)
    return f"CASE WHEN rater_type = '{rater_type}' AND edition IN ({listed}) THEN {life_domain} END"
