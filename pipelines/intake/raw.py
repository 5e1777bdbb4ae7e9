"""raw_ tables: the text of a delivery under our column names, every row with its verdict.

A verdict is 'accepted', 'exact_duplicate' or a reason code; nothing is thrown away, so rows in = rows out.
"""

from __future__ import annotations

import duckdb

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import FIELDS, FileMapping
from data_contracts.vocabulary.identifiers import identifier_in_values, is_free_text
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, Reason, RefusalKind
from pipelines.intake.door import Delivery, FileAtDoor
from pipelines.intake.reading.readers import read_text_table
from pipelines.intake.reading.texts import Rules, Typing
from pipelines.intake.reading.typed import text_columns, typing_of

_DATES = {"assessed_on", "started_on", "ended_on", "occurred_on", "asked_on", "registered_on", "evaluated_on"}
_REGISTER_DATES = {"valid_from", "valid_until", "approach_started_on"}
_NOT_WORDS = _DATES | _REGISTER_DATES | {"hours", "volume", "amount_eur", "year", "value"}


def raw_table(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, table: str, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """The raw table of one kind for a whole delivery: file, row_number, is_readable, verdict and the text columns."""
    parts = [
        _judged_file(connection, delivery, file, rules, number) for number, file in enumerate(delivery.of_table(table))
    ]
    columns = ["file", "row_number", "is_readable", "verdict", "n_blanked", *text_columns(table)]
    if not parts:
        nothing = ", ".join(f"NULL::VARCHAR AS {name}" for name in text_columns(table))
        parts = [
            "SELECT NULL::VARCHAR AS file, NULL::INTEGER AS row_number, true AS is_readable, NULL::VARCHAR AS verdict,"
            f" 0::TINYINT AS n_blanked, {nothing} WHERE false"
        ]
    union = " UNION ALL ".join(parts)
    return connection.sql(f"SELECT {', '.join(columns)} FROM ({union}) ORDER BY file, row_number")


def _judged_file(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, file: FileAtDoor, rules: Rules, number: int
) -> str:
    """SQL for the rows of one file with their verdict; refuses the file where too much is wrong."""
    mapping = file.mapping
    read, named, judged = (
        f"read_{mapping.table}_{number}",
        f"named_{mapping.table}_{number}",
        f"judged_{mapping.table}_{number}",
    )
    header = read_text_table(connection, file.path, mapping, delivery.name, read)
    ours = {name: field for field, name in mapping.columns.items()} | {
        name: domain.value for name, domain in mapping.scores.items()
    }
    texts = text_columns(mapping.table)
    given = {ours[name]: f"c{position}" for position, name in enumerate(header)}
    _refuse_personal_data(connection, read, given, delivery, file)
    columns = ", ".join(f"{given.get(name, 'NULL::VARCHAR')} AS {name}" for name in texts)
    # The file's name goes in as a parameter: it is a name from outside.
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {named} AS SELECT $file AS file, row_number, is_readable, {columns} FROM {read}",
        {"file": file.name},
    )
    connection.execute(f"DROP TABLE {read}")
    typing = typing_of(connection, named, mapping, rules)
    blanks, blanked = _blanked(mapping, typing, rules)
    same = ", ".join(given)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {judged} AS
        WITH counted AS (
            SELECT *, row_number() OVER (PARTITION BY is_readable, {same} ORDER BY row_number) AS occurrence
            FROM {named})
        SELECT * EXCLUDE (occurrence) {blanks}, ({blanked})::TINYINT AS n_blanked,
            CASE WHEN is_readable AND occurrence > 1 THEN '{EXACT_DUPLICATE}'
            ELSE coalesce({_without_duplicates(typing.verdict)}, '{ACCEPTED}') END AS verdict FROM counted"""
    )
    connection.execute(f"DROP TABLE {named}")
    _refuse_when_too_much_is_wrong(connection, judged, delivery, file, rules)
    return f"SELECT * FROM {judged}"


def _blanked(mapping: FileMapping, typing: Typing, rules: Rules) -> tuple[str, str]:
    """SQL that empties scores on life domains that the study may not use, and the number of scores that it empties.

    They are judged like any other score, and gone before anything is written.
    """
    listed = {domain.value for domain in rules.study.life_domains}
    if mapping.is_long:
        domains = ", ".join(f"'{name}'" for name in sorted(listed))
        unlisted = f"coalesce({typing.columns['life_domain']} NOT IN ({domains}), false)"
        return (
            f"REPLACE (CASE WHEN {unlisted} THEN NULL ELSE score END AS score)",
            f"({unlisted} AND score IS NOT NULL)::INT",
        )
    gone = [domain.value for domain in mapping.scores.values() if domain.value not in listed]
    if not gone:
        return "", "0"
    return (
        "REPLACE (" + ", ".join(f"NULL::VARCHAR AS {name}" for name in gone) + ")",
        " + ".join(f"({typing.columns[name]} IS NOT NULL)::INT" for name in gone),
    )


def _without_duplicates(verdict: str) -> str:
    """A second row of a client is a fault only when it is no exact duplicate; windows must not count those."""
    return verdict.replace("OVER (PARTITION BY file,", "OVER (PARTITION BY file, occurrence,")


def _refuse_personal_data(
    connection: duckdb.DuckDBPyConnection, read: str, given: dict[str, str], delivery: Delivery, file: FileAtDoor
) -> None:
    for name, column in given.items():
        if name in _NOT_WORDS:
            continue
        distinct = connection.execute(
            f"SELECT DISTINCT {column} FROM {read} WHERE {column} IS NOT NULL ORDER BY 1 LIMIT 200000"
        ).fetchall()
        values = [text for (text,) in distinct]
        kind = identifier_in_values(values)
        if kind is None and name in FIELDS[file.mapping.table] and "client_key" not in name and name != "rater_key":
            kind = "vrije tekst" if is_free_text(values) else None
        if kind:
            shown = next(theirs for theirs, ours in _names(file.mapping) if ours == name)
            what = f"kolom '{shown}' lijkt {kind} te bevatten."
            do = "Dit mag niet binnenkomen. Laat de sleutelhouder de levering opnieuw maken zonder deze gegevens."
            raise DeliveryRefused(delivery.name, what, do, file=file.name, kind=RefusalKind.PERSONAL_DATA)


def _names(mapping: FileMapping) -> list[tuple[str, str]]:
    """(their column, our column)."""
    return [(theirs, ours) for ours, theirs in mapping.columns.items()] + [
        (theirs, domain.value) for theirs, domain in mapping.scores.items()
    ]


def _refuse_when_too_much_is_wrong(
    connection: duckdb.DuckDBPyConnection, judged: str, delivery: Delivery, file: FileAtDoor, rules: Rules
) -> None:
    """One reason that hits more than the study allows means that something structural is wrong with the file."""
    counts = dict(connection.execute(f"SELECT verdict, count(*) FROM {judged} GROUP BY verdict").fetchall())
    rows = sum(counts.values()) - counts.pop(EXACT_DUPLICATE, 0)
    counts.pop(ACCEPTED, None)
    if not counts:
        return
    reason, count = max(counts.items(), key=lambda item: item[1])
    limit = rules.study.thresholds.max_quarantined_share
    if count > limit * rows:
        first = connection.execute(f"SELECT min(row_number) FROM {judged} WHERE verdict = $reason", {"reason": reason})
        label, line = {one.value: one.label for one in Reason}[reason], first.fetchall()[0][0]
        what = f"bij {count} van {rows} regels geldt: {label} (de eerste keer op regel {line})."
        do = f"Dat is meer dan {limit:.0%}. Kijk mapping.yaml na: datumvorm, kolommen, patroon van het pseudoniem."
        raise DeliveryRefused(delivery.name, what, do, file=file.name, kind=RefusalKind.TOO_MANY_FAULTS)
