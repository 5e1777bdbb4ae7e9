"""What a careful reader would ask about in rows that are read, in counts only; nothing of it stops a delivery."""

from __future__ import annotations

import re

import duckdb

from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.reasons import ACCEPTED
from pipelines.intake.door import shown_name
from pipelines.intake.meeting import TABLE_WORDS, meetings
from pipelines.intake.reading.texts import Rules
from pipelines.intake.teams import occurring_teams

_WITH_TEAMS = ("assessments", "trajectories", "costs")
_ENOUGH = 5
# So many teams with so few people each may well be workers; their names are not shown then.
_MANY_TEAMS, _FEW_PEOPLE = 8, 10


def odd_rows(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation], rules: Rules
) -> list[str]:
    """Tables whose clients hardly meet, scores of which nobody says who gave them, and which teams there are."""
    odd = []
    for one in meetings(connection, raws, allowed=rules.allowed_share):
        if one.share < 0.5:
            odd.append(f"van de cliënten in {TABLE_WORDS[one.table]} heeft {one.share:.0%} een ZRM.")
    ((untold, every),) = raws["assessments"].aggregate("count(*) FILTER (rater_type = 'not_told'), count(*)").fetchall()
    if untold:
        odd.append(f"bij {untold} van {every} ZRM-regels staat niet wie er scoorde; gelezen als de professional.")
    teams = occurring_teams(with_teams(raws), rules)
    ((people,),) = (
        raws["assessments"].aggregate(f"count(DISTINCT client_key) FILTER (verdict = '{ACCEPTED}')").fetchall()
    )
    if len(teams) >= _MANY_TEAMS and people < _FEW_PEOPLE * len(teams):
        odd.append(
            f"in de kolom met het team staan {len(teams)} namen, voor {people} cliënten met een ZRM. Staat daar niet "
            "de medewerker in? Zet die kolom dan in mapping.yaml onder ignore: zijn naam mag niet binnenkomen."
        )
    elif teams:
        odd.append(f"teams in deze levering: {', '.join(teams)}.")
    return odd


def with_teams(raws: dict[str, duckdb.DuckDBPyRelation]) -> list[duckdb.DuckDBPyRelation]:
    """The raw tables that name a team."""
    return [raws[table] for table in _WITH_TEAMS if table in raws]


def odd_scores(assessments: duckdb.DuckDBPyRelation) -> list[str]:
    """Scores of one client, day, life domain, edition and kind of rater that differ: which holds, nobody can see."""
    domains = [name for name in DOMAIN_COLUMNS if name in assessments.columns]
    differ = " + ".join(f"coalesce(min({name}) <> max({name}), false)::INT" for name in domains)
    days = assessments.aggregate(f"{differ} AS n", "client_no, assessed_on, edition, rater_type")
    ((n,),) = days.aggregate("coalesce(sum(n), 0)::INT").fetchall()
    if not n:
        return []
    return [
        f"{n} keer heeft een cliënt op één dag verschillende scores op één leefgebied. Zijn het er twee, dan telt geen "
        "van beide (same_day in study.yaml). Vraag na welke geldt."
    ]


def odd_amounts(raw: duckdb.DuckDBPyRelation, rules: Rules) -> list[str]:
    """Files in which nearly all broken amounts have three decimals: euros have two, and thousands have three digits."""
    if "amount_eur" not in raw.columns:
        return []
    odd = []
    for entry, mapping in enumerate(rules.mappings):
        decimal = re.escape(mapping.number_style("amount_eur").decimal)
        broken, three = (f"count(*) FILTER (regexp_matches(amount_eur, '{decimal}\\d{n}\\D*$'))" for n in ("+", "{3}"))
        own = raw.filter(f"entry = {entry} AND verdict = '{ACCEPTED}'").aggregate(f"file, {three}, {broken}", "file")
        for file, n_three, n_broken in own.order("file").fetchall():
            if n_three >= _ENOUGH and n_three >= 0.9 * n_broken:
                odd.append(
                    f"{shown_name(file)}: {n_three} bedragen zijn gelezen met drie cijfers achter het decimaalteken. "
                    "Zijn het duizendtallen, pas dan number aan in mapping.yaml."
                )
    return odd
