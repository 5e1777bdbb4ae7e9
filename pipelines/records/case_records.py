"""What the case record tells of a person's first trajectory, as rows of core_clients__use (SQL)."""

from __future__ import annotations

# A person has a row for what was recorded about them, 0 included; nothing recorded is no row. A date of end or
# evaluation that is empty means 'not yet' where the municipality keeps such dates: in that year somebody has one.
# What takes time counts up to a year, of people who were in view for that year: everyone is followed equally long.
CASE_RECORDS = """
    SELECT client_no, 'cases' AS subject, what, NULL AS law, unit, quantity, true AS in_first_year FROM (
        WITH firsts AS (
            SELECT client_no, started_on, least(ended_on, started_on + INTERVAL 12 MONTH)::DATE AS until, registered_on,
                has_plan, coalesce(evaluated_on <= started_on + INTERVAL 12 MONTH, false) AS is_evaluated,
                question_answered, bool_or(ended_on IS NOT NULL) OVER same_year AS keeps_ends,
                bool_or(evaluated_on IS NOT NULL) OVER same_year AS keeps_evaluations
            FROM trajectories WINDOW same_year AS (PARTITION BY year(started_on))
            QUALIFY started_on = min(started_on) OVER (PARTITION BY client_no)),
        cases AS (
            SELECT client_no, g.intake_on - min(registered_on) AS days_waited, max(until) - started_on AS days_helped,
                bool_or(has_plan) AS has_plan, bool_or(is_evaluated) AS is_evaluated,
                bool_or(question_answered) AS question_answered, bool_or(keeps_ends) AS keeps_ends,
                bool_or(keeps_evaluations) AS keeps_evaluations,
                started_on + INTERVAL 12 MONTH <= g.in_view_until AS first_year_seen
            FROM firsts JOIN groups g USING (client_no) GROUP BY client_no, started_on, g.intake_on, g.in_view_until)
        SELECT client_no, 'waiting_time' AS what, 'day' AS unit, greatest(days_waited, 0) AS quantity FROM cases
        WHERE days_waited IS NOT NULL
        UNION ALL SELECT client_no, 'lead_time', 'day', days_helped FROM cases WHERE first_year_seen AND keeps_ends
        UNION ALL SELECT client_no, 'with_plan', 'client', has_plan::INTEGER FROM cases
        WHERE first_year_seen AND has_plan IS NOT NULL
        UNION ALL SELECT client_no, 'evaluated', 'client', is_evaluated::INTEGER FROM cases
        WHERE first_year_seen AND keeps_evaluations
        UNION ALL SELECT client_no, 'question_answered', 'client', question_answered::INTEGER FROM cases
        WHERE first_year_seen AND question_answered IS NOT NULL)"""
