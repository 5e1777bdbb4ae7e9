"""Columns without a role that tell rows apart after all: a second score of one moment, a goal, another instrument.

Such a column is a question to the researcher. Only its name and the codes of a closed list are ever shown.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from data_contracts.mapping.file import FileMapping
from data_contracts.mapping.steps import RowMeaning, matches
from data_contracts.vocabulary.field import EDITIONS, Instrument
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.row_words import has_credits, of_several_places, says_of_rows
from pipelines.intake.reading.columns import Chosen
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.intake.reading.rows import shown_codes

# What makes a record one record, where its system gave it no number.
NATURAL_KEY = {
    "assessments": ("client_key", "assessed_on", "life_domain", "edition", "rater_type"),
    "ladder": ("client_key", "assessed_on"),
    "clients": ("client_key",),
    "trajectories": ("client_key", "team", "started_on", "solution_kind"),
    "provisions": ("client_key", "product", "law", "started_on"),
    "events": ("client_key", "occurred_on", "event_kind"),
    "experienced": ("client_key", "asked_on"),
    "costs": ("team", "year", "cost_kind"),
    "teams": ("team",),
    "bridge": ("client_key", "client_key_new"),
}
FEW = 12
_GOAL = ("gewenst", "wens", "streef", "doel", "ambitie", "target", "goal")
_INSTRUMENTS = {
    folded(name): instrument
    for instrument in Instrument
    for name in (instrument.label, instrument.label.removeprefix("ZRM-"))
}


def meaning_of_word(text: str) -> RowMeaning | None:
    """What a value says of its row by itself: a goal, or a named instrument; None when it says nothing we know."""
    word = folded(text)
    if any(word == goal or word.startswith((f"{goal} ", f"{goal}score", f"{goal}e ")) for goal in _GOAL):
        return RowMeaning(score_kind="goal")
    instrument = _INSTRUMENTS.get(word)
    if instrument is None:
        return None
    editions = EDITIONS[instrument]
    return RowMeaning(instrument=instrument, edition=editions[0]) if len(editions) == 1 else RowMeaning(moment=text)


def refuse_untold(
    connection: duckdb.DuckDBPyConnection, named: Named, rows: Chosen, mapping: FileMapping, share: float
) -> None:
    """Raise NotAsAgreed for a column without a role that separates rows with equal keys, or whose words say so.

    `share`: from which part of the rows on; a handful of double records is no rule of the file.
    """
    columns = list(_without_role(named, mapping))
    for name, column in columns:
        codes = _codes(connection, named, column)
        if codes is None:
            continue
        says = _says_so(name, codes, mapping)
        if says or (len(codes) > 1 and _separates(connection, named, rows, mapping, column, share)):
            what = f"kolom '{name}' houdt regels uit elkaar: daarin {shown_codes(codes)}."
            do = "Zet haar onder rows in mapping.yaml, met per waarde wat die van de regel zegt (of same: true)."
            raise NotAsAgreed(what, do)


def _says_so(name: str, codes: list[str], mapping: FileMapping) -> bool:
    """Whether the words of a column say that its rows are not all alike, or do not count."""
    if says_of_rows(name, codes) or of_several_places(name, codes):
        return True
    if "amount_eur" in mapping.provided and has_credits(codes):
        return True
    scored = mapping.table == "assessments" and len(codes) > 1
    return scored and any(meaning_of_word(code) for code in codes if code)


def _without_role(named: Named, mapping: FileMapping) -> Iterator[tuple[str, str]]:
    told = {named.name_of(role.column) for role in mapping.rows}
    label = mapping.source("moment_label").source
    for name, column in named.columns.items():
        ignored = any(name == named.name_of(one) or matches(name, one) for one in mapping.ignore)
        if name not in told and (ignored or (label is not None and name == named.name_of(label))):
            yield name, column


def _codes(connection: duckdb.DuckDBPyConnection, named: Named, column: str) -> list[str] | None:
    """The values of a column that has few of them; None for any other."""
    rows = connection.execute(
        f"SELECT DISTINCT coalesce({column}, '') AS text FROM {named.table} WHERE left_out_as IS NULL AND is_readable"
        f" LIMIT {FEW + 1}"
    ).fetchall()
    return None if len(rows) > FEW else sorted(text for (text,) in rows)


def _separates(
    connection: duckdb.DuckDBPyConnection, named: Named, rows: Chosen, mapping: FileMapping, column: str, share: float
) -> bool:
    """Whether at least `share` of the rows stand beside one of equal key with another value in `column`."""
    key = [name for name in NATURAL_KEY[mapping.table] if name in mapping.provided or name in ("edition", "rater_type")]
    parts = ", ".join(f"ours.{name}" for name in key if name in mapping.provided or mapping.table == "assessments")
    needed = " AND ".join(f"ours.{name} IS NOT NULL" for name in key if name in mapping.provided and name != "team")
    ((apart, every),) = connection.execute(
        f"""WITH grouped AS (
            SELECT count(*) AS n, count(DISTINCT coalesce(file.{column}, '')) AS n_values
            FROM {rows.table} AS ours JOIN {named.table} AS file USING (row_number, part)
            WHERE ours.left_out_as IS NULL AND ours.is_readable AND {needed or "true"} GROUP BY {parts})
        SELECT coalesce(sum(n) FILTER (WHERE n_values > 1), 0), coalesce(sum(n), 0) FROM grouped"""
    ).fetchall()
    return every > 0 and apart > share * every
