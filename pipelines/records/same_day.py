"""Several scores of one client on one day, in SQL: the same rule as indicators/counts/same_day.py."""

from __future__ import annotations

from data_contracts.study import SameDay


def score_of_day(score: str, rule: SameDay) -> str:
    """SQL in a GROUP BY of client and day: the score that counts; NULL when they differ too much to have one."""
    if rule == "leave_out":
        return f"CASE WHEN min({score}) = max({score}) THEN min({score}) END"
    sorted_scores = f"list_sort(list({score}) FILTER ({score} IS NOT NULL))"
    n = f"count({score})"
    lower, upper = f"{sorted_scores}[(({n} + 1) // 2)::INTEGER]", f"{sorted_scores}[({n} // 2 + 1)::INTEGER]"
    return f"CASE WHEN {lower} = {upper} THEN {lower} END"
