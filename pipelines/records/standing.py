"""Which delivered rows a later delivery says are no longer there, in SQL.

A complete delivery holds every record of its kind in its period. What an earlier delivery has in that period is gone,
unless it is here again, or stands in a row that was set aside: then it stays as it was. The period is what the
delivered dates span, in whole months; of records that run (`active`) it begins where the first of them ends. What lies
outside is not spoken of, so it stays. A record that is gone takes what it was before its correction with it: an older
row that lay in another period does not come back.
"""

from __future__ import annotations

from data_contracts.mapping.file import ACTIVE, Mapping
from data_contracts.mapping.steps import Delivers
from pipelines.intake.core import PLAIN
from pipelines.intake.spoiled import SPOILABLE
from pipelines.records.identity import same_record

MAPPED = {str(schema.name): table for table, schema in PLAIN.items()} | {
    "core_zrm__assessments": "assessments",
    "core_zrm__not_scored": "assessments",
}
# Kinds without a date of their own: a complete delivery holds all of them.
_UNDATED = ("core_clients__attributes",)
_NEVER, _ALWAYS = "DATE '1000-01-01'", "DATE '9999-12-31'"


def delivers_of(mapping: Mapping, table: str) -> Delivers | None:
    """What the mapping declares about a core table; None where it says nothing. Its files agree (mapping/file.py)."""
    return next((file.delivers for file in mapping.every_file if file.table == MAPPED[table] and file.delivers), None)


def with_gone(
    rows: str, table: str, delivers: Delivers | None, aside: str | None = None, judging: str | None = None
) -> str:
    """SQL: `rows` (with delivery_order) and `is_gone`; `judging` are the periods that judge, else those of all rows."""
    if delivers is None or delivers.kind == "addition":
        return f"SELECT *, false AS is_gone FROM ({rows})"
    gone = _is_taken_away(table, delivers, judging or f"({periods(rows, table, delivers)})", aside)
    last_gone = f"max(delivery_order) FILTER (is_taken_away) OVER (PARTITION BY {same_record(table)})"
    return f"""SELECT * EXCLUDE (is_taken_away), delivery_order <= coalesce({last_gone}, -1) AS is_gone
        FROM (SELECT r.*, {gone} AS is_taken_away FROM ({rows}) r)"""


def periods(rows: str, table: str, delivers: Delivers) -> str:
    """SQL: what each delivery of a complete kind speaks of, from the day `since` to the day `until`."""
    since, until, _, _ = _bounds(table, delivers)
    return f"SELECT delivery_order AS later, {since} AS since, {until} AS until FROM ({rows}) GROUP BY delivery_order"


def _is_taken_away(table: str, delivers: Delivers, judging: str, aside: str | None) -> str:
    """SQL: a later one of `judging` (as `periods` gives them) speaks of the day of row r, and does not name its record.

    `aside` are rows that deliveries set aside, with `named_by`, the place of theirs: such a row says that the record is
    still there.
    """
    _, _, begins, ends = _bounds(table, delivers)
    covers = f"p.later > r.delivery_order AND {begins} <= p.until AND {ends} >= p.since"
    if aside is None or MAPPED[table] not in SPOILABLE or table == "core_zrm__not_scored":
        return f"EXISTS (SELECT 1 FROM {judging} p WHERE {covers})"
    return f"""((SELECT count(*) FROM {judging} p WHERE {covers}) > (
            SELECT count(DISTINCT p.later) FROM {judging} p JOIN {aside} s
                ON s.named_by = p.later AND s.table_name = '{table}' WHERE {covers} AND {names(table)}))"""


def names(table: str) -> str:
    """SQL: the spoiled row s names the record of row r. A part that could not be read may be anything."""
    day, what = SPOILABLE[MAPPED[table]]
    by_key = f"s.client_no = r.client_no AND coalesce(s.on_day = r.{day}, true)"
    if what != "NULL":
        by_key += f" AND coalesce(s.what = r.{what}, true)"
    return f"CASE WHEN s.record_no IS NULL OR r.record_no IS NULL THEN {by_key} ELSE s.record_no = r.record_no END"


def _bounds(table: str, delivers: Delivers) -> tuple[str, str, str, str]:
    """SQL: first and last day of a delivery's period, and of one record."""
    if table in _UNDATED:
        return _NEVER, _ALWAYS, _NEVER, _ALWAYS
    if delivers.period_by == ACTIVE:
        running = f"coalesce(ended_on, {_ALWAYS})"
        return f"min({running})", "last_day(max(started_on))", "started_on", running
    day = "make_date(year, 1, 1)" if delivers.period_by == "year" else delivers.period_by
    return f"date_trunc('month', min({day}))::DATE", f"last_day(max({day}))", str(day), str(day)
