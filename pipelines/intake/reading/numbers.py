"""A column of numbers as SQL: thousands, euro signs, hard spaces, a minus behind, ',-', and nothing guessed."""

from __future__ import annotations

from data_contracts.mapping.steps import NumberStyle

_HARD_SPACES = "\u00a0\u202f\u2007"
MINUS = "\u2212"  # a minus of its own in Unicode, as word processors write it
# Hours with minutes: '1:30', '01:30:00', '1u30', '1 uur en 30 min'; or with decimals and the word behind it.
CLOCK = r"(\d+) ?(?::|u|uur|uren|h) ?(?:en )?(?:([0-5]?\d) ?(?:m|min|minuten)?\.?)?(?::([0-5]\d))?"
HOURS = r"(\d+(?:,\d+|\.\d{1,2})?) ?(?:u|uur|uren|h)?\.?"


def number_text(column: str) -> str:
    """SQL for the digits of an amount: without currency and decoration, its minus in front.

    A text of digits and marks alone is left as it is; that is nearly every cell.
    """
    spaces = f"trim(translate({column}, '{_HARD_SPACES}{MINUS}', '{' ' * len(_HARD_SPACES)}-'))"
    bare = f"trim(regexp_replace({spaces}, '€|euro?', '', 'gi'))"
    whole = f"regexp_replace({bare}, '[,.](-{{1,2}}|–|—)$', '')"
    signed = f"regexp_replace(regexp_replace({whole}, '^(.*\\d) ?-$', '-\\1'), '^\\((.*)\\)$', '-\\1')"
    front = f"regexp_replace({signed}, '^([-+]) +', '\\1')"
    return f"CASE WHEN regexp_full_match({column}, '-?[\\d.,]*\\d') THEN {column} ELSE {front} END"


def number_form(style: NumberStyle) -> str:
    """The regular expression of a number; groups of three or none at all, so that '1.5' is never 15."""
    decimal, thousands = f"[{style.decimal}]", style.thousands
    group = f"[{thousands}]".replace("'", "''") if thousands else ""
    digits = f"(\\d+|\\d{{1,3}}({group}\\d{{3}})+)" if group else "\\d+"
    return f"[-+]?{digits}({decimal}\\d+)?"


def number_sql(column: str, style: NumberStyle, sql_type: str) -> str:
    """SQL for the number; NULL where the text is none in this style."""
    if style.clock:
        return _hours_sql(column, sql_type)
    text = number_text(column)
    mark = style.thousands.replace("'", "''")
    digits = f"replace({text}, '{mark}', '')" if mark else text
    value = f"try_cast(replace({digits}, '{style.decimal}', '.') AS {sql_type})"
    return f"CASE WHEN regexp_full_match({text}, '{number_form(style)}') THEN {value} END"


def _hours_sql(column: str, sql_type: str) -> str:
    """SQL for hours with their minutes and seconds as parts of an hour."""
    text = f"lower(translate({column}, '{_HARD_SPACES}', '{' ' * len(_HARD_SPACES)}'))"
    hours, minutes, seconds = (f"try_cast(regexp_extract({text}, '^{CLOCK}$', {at}) AS DOUBLE)" for at in (1, 2, 3))
    clock = f"{hours} + coalesce({minutes}, 0) / 60 + coalesce({seconds}, 0) / 3600"
    plain = f"try_cast(replace(regexp_extract({text}, '^{HOURS}$', 1), ',', '.') AS DOUBLE)"
    return (
        f"CASE WHEN regexp_full_match({text}, '{CLOCK}') THEN ({clock})::{sql_type}"
        f" WHEN regexp_full_match({text}, '{HOURS}') THEN ({plain})::{sql_type} END"
    )
