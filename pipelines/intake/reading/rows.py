"""Step rows: columns that tell rows apart. Every value is listed in the mapping; a new one is a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data_contracts.mapping.steps import RowMeaning, RowRole
from data_contracts.vocabulary.identifiers import find_identifier
from data_contracts.vocabulary.names import folded
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.intake.reading.sql import looked_up

# More, or longer, words than a closed list has: these are not shown.
_MOST_SHOWN, _LONGEST_SHOWN = 20, 40
# SQL of what no column says.
NOT_SAID = "coalesce(NULL)"


@dataclass(frozen=True, slots=True)
class ToldApart:
    """SQL per row: why it is left out, its edition, who scored, its moment, the sign of its amount; NULL is not said.

    `by`: the words of the columns that tell rows apart: rows that differ in them are no copies of each other.
    """

    left_out_as: str
    edition: str
    rater_type: str
    moment: str
    amount: str
    by: str


def told_apart(connection: duckdb.DuckDBPyConnection, named: Named, roles: Sequence[RowRole]) -> ToldApart:
    """What the columns of `roles` say of every row; raises NotAsAgreed for a value that is not listed."""
    words: list[str] = []
    said: dict[str, list[str]] = {name: [] for name in ("edition", "rater_type", "moment", "amount")}
    said["left_out_as"] = ["left_out_as"]
    for role in roles:
        column = named.column(role.column)
        if column is None:
            what = f"kolom '{role.column}', die regels uit elkaar houdt, ontbreekt."
            raise NotAsAgreed(what, "Kijk of de kolom anders heet, of haal haar onder rows weg.")
        if role.same:
            continue
        words.append(f"coalesce({column}, '')")
        meanings = _meanings(_values(connection, named, column), role)
        for attribute, value in (
            ("left_out_as", lambda one: one.left_out_as),
            ("edition", lambda one: one.its_edition),
            ("rater_type", lambda one: one.rater_type),
            ("moment", lambda one: one.moment),
            ("amount", lambda one: one.amount),
        ):
            texts = {text: str(value(one)) for text, one in meanings.items() if value(one)}
            if texts:
                said[attribute].append(looked_up(texts, f"coalesce({column}, '')"))
    by = f"concat_ws(chr(31), {', '.join(words)})" if words else "''"
    return ToldApart(
        by=by, **{name: NOT_SAID.replace("NULL", ", ".join([*parts, "NULL"])) for name, parts in said.items()}
    )


def _values(connection: duckdb.DuckDBPyConnection, named: Named, column: str) -> list[str]:
    """Every value in the column of rows that count; '' for an empty cell."""
    rows = connection.execute(
        f"SELECT DISTINCT coalesce({column}, '') AS text FROM {named.table} WHERE left_out_as IS NULL AND is_readable"
        " ORDER BY text"
    ).fetchall()
    return [text for (text,) in rows]


def _meanings(texts: list[str], role: RowRole) -> dict[str, RowMeaning]:
    listed = {folded(text): one for text, one in role.values.items()}
    found = {text: listed[folded(text)] for text in texts if text and folded(text) in listed}
    if role.empty:
        found[""] = role.empty
    unknown = [text for text in texts if text not in found]
    if unknown:
        what = f"in kolom '{role.column}' {shown_codes(unknown)}; daarvan staat niet wat het betekent."
        raise NotAsAgreed(what, "Zet dit onder rows bij die kolom in mapping.yaml, met wat het van de regel zegt.")
    return found


def shown_codes(codes: Sequence[str]) -> str:
    """'staat 'Wens'' for codes of a closed list; only how many there are when they may be something of a person."""
    named = [f"'{code}'" if code else "een lege cel" for code in codes]
    is_closed = len(codes) <= _MOST_SHOWN and all(len(code) <= _LONGEST_SHOWN for code in codes)
    if is_closed and find_identifier([code for code in codes if code], are_labels=True) is None:
        return f"staat {', '.join(named)}" if len(codes) == 1 else f"staan {', '.join(named)}"
    return f"staan {len(codes)} andere waarden"
