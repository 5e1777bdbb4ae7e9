"""Which delivered rows a later delivery says are no longer there, in SQL.

A complete delivery holds every record of its kind in its period. What an earlier delivery has in that period is gone,
unless it is here again. The period is what the delivered dates span, in whole months; of records that run (`active`)
it begins where the first of them ends. What lies outside is not spoken of, so it stays.
"""

from __future__ import annotations

from data_contracts.mapping.file import ACTIVE, Mapping
from data_contracts.mapping.steps import Delivers
from pipelines.intake.core import PLAIN

_MAPPED = {str(schema.name): table for table, schema in PLAIN.items()} | {
    "core_zrm__assessments": "assessments",
    "core_zrm__not_scored": "assessments",
}
# Kinds without a date of their own: a complete delivery holds all of them.
_UNDATED = ("core_clients__attributes",)
_NEVER, _ALWAYS = "DATE '1000-01-01'", "DATE '9999-12-31'"


def delivers_of(mapping: Mapping, table: str) -> Delivers | None:
    """What the mapping declares about a core table; None where it says nothing. Its files agree (mapping/file.py)."""
    return next((file.delivers for file in mapping.every_file if file.table == _MAPPED[table] and file.delivers), None)


def with_gone(rows: str, table: str, delivers: Delivers | None) -> str:
    """SQL: `rows` (with delivery_order) and `is_gone`: a later complete delivery covers the row's day."""
    if delivers is None or delivers.kind == "addition":
        return f"SELECT *, false AS is_gone FROM ({rows})"
    since, until, begins, ends = _bounds(table, delivers)
    return f"""SELECT r.*, EXISTS (SELECT 1 FROM (
                SELECT delivery_order AS later, {since} AS since, {until} AS until
                FROM ({rows}) GROUP BY delivery_order)
            WHERE later > r.delivery_order AND {begins} <= until AND {ends} >= since) AS is_gone
        FROM ({rows}) r"""


def _bounds(table: str, delivers: Delivers) -> tuple[str, str, str, str]:
    """SQL: first and last day of a delivery's period, and of one record."""
    if table in _UNDATED:
        return _NEVER, _ALWAYS, _NEVER, _ALWAYS
    if delivers.period_by == ACTIVE:
        running = f"coalesce(ended_on, {_ALWAYS})"
        return f"min({running})", "last_day(max(started_on))", "started_on", running
    day = "make_date(year, 1, 1)" if delivers.period_by == "year" else delivers.period_by
    return f"date_trunc('month', min({day}))::DATE", f"last_day(max({day}))", str(day), str(day)
