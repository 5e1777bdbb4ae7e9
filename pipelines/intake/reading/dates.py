"""A column of dates as SQL: every declared form, a time behind it, names of months, day numbers and zones."""

from __future__ import annotations

from data_contracts.mapping.date_notation import ISO, SERIAL, WEEKDAY, WEEKDAYS, names_the_month, strptime_form
from data_contracts.mapping.steps import ColumnSource
from pipelines.intake.reading.typed_cells import date_forms
from pipelines.storage.sql import quoted

# A day after this year is no day on which something happens: systems write 31-12-9999 for 'no end'.
NO_END_FROM = 2900
LAST_YEAR = 2200
_TIMES = ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S", " %H:%M:%S.%f", "T%H:%M:%S.%f", " %I:%M:%S %p", " %I:%M %p")
_MONTHS = {
    "jan": "Jan",
    "feb": "Feb",
    "mrt|maart|mar": "Mar",
    "apr": "Apr",
    "mei|may": "May",
    "jun": "Jun",
    "jul": "Jul",
    "aug": "Aug",
    "sep": "Sep",
    "okt|oct": "Oct",
    "nov": "Nov",
    "dec": "Dec",
}


def day_sql(column: str, source: ColumnSource) -> str:
    """SQL for the date in `column`; NULL where the text is none of the declared forms, or no day that exists.

    Forms with two digits for the year go first, because one with four would read '23' as the year 23.
    """
    forms = sorted(date_forms(source), key=lambda form: "yyyy" in form)
    if any(form.startswith(WEEKDAY) for form in forms):
        column = f"regexp_replace({column}, '{WEEKDAYS}', '', 'i')"
    plain = [form for form in forms if form != SERIAL and not names_the_month(form)]
    tries = [_parsed(column, plain)] if plain else []
    named = [form for form in forms if names_the_month(form)]
    tries += [_parsed(_with_english_months(column), named)] if named else []
    if SERIAL in forms:
        number = f"try_cast(replace({column}, ',', '.') AS DOUBLE)"
        tries.append(f"CASE WHEN {number} BETWEEN 1 AND 110000 THEN DATE '1899-12-30' + floor({number})::INT END")
    if ISO in forms:
        # A datetime2 of SQL Server has seven decimals; nine are read as nanoseconds, in which 31-12-9999 is no day.
        tries.append(_parsed(f"regexp_replace({column}, '([.]\\d{{6}})\\d{{1,3}}$', '\\1')", [ISO]))
        # Only a text that names its offset: the day in the zone of the municipality, not that of the server.
        offset = f"regexp_matches({column}, '^\\d{{4}}-\\d\\d-\\d\\d[T ].*(Z|[+-]\\d\\d(:?\\d\\d)?)$')"
        tries.append(
            f"CASE WHEN {offset} THEN (try_cast({column} AS TIMESTAMPTZ) AT TIME ZONE '{source.zone}')::DATE END"
        )
    return f"coalesce({', '.join(tries)})" if len(tries) > 1 else tries[0]


def _parsed(column: str, forms: list[str]) -> str:
    every = [quoted(strptime_form(form) + time) for form in forms for time in _TIMES]
    return f"try_strptime({column}, [{', '.join(every)}])::DATE"


def _with_english_months(column: str) -> str:
    """The engine knows English names only; 'maart', 'mrt' and 'mrt.' become 'Mar'."""
    sql = f"lower({column})"
    for names, english in _MONTHS.items():
        sql = f"regexp_replace({sql}, '\\b({names})[a-z]*\\.?', '{english}')"
    return sql


def open_end_sql(day: str, column: str, source: ColumnSource) -> str:
    """SQL: this date says that there is no end."""
    said = ", ".join(quoted(text) for text in source.open_end)
    far = f"coalesce(year({day}) >= {NO_END_FROM}, false)"
    return f"({far}" + (f" OR coalesce({column} IN ({said}), false))" if said else ")")
