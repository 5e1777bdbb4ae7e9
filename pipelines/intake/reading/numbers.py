"""A column of numbers as SQL: thousands, euro signs, hard spaces, a minus behind, ',-', and nothing guessed."""

from __future__ import annotations

from data_contracts.mapping.steps import NumberStyle

_HARD_SPACES = "\u00a0\u202f\u2007"


def number_text(column: str) -> str:
    """SQL for the digits of an amount: without currency and decoration, its minus in front.

    A text of digits and marks alone is left as it is; that is nearly every cell.
    """
    spaces = f"trim(translate({column}, '{_HARD_SPACES}', '{' ' * len(_HARD_SPACES)}'))"
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
    text = number_text(column)
    mark = style.thousands.replace("'", "''")
    digits = f"replace({text}, '{mark}', '')" if mark else text
    value = f"try_cast(replace({digits}, '{style.decimal}', '.') AS {sql_type})"
    return f"CASE WHEN regexp_full_match({text}, '{number_form(style)}') THEN {value} END"
