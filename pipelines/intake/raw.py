"""raw_ tables: the text of a delivery under our column names, every row with its verdict.

A verdict is 'accepted', 'exact_duplicate', 'left_out' or a reason code; nothing is thrown away, so rows in = rows out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from data_contracts.errors import DeliveryRefused, together
from data_contracts.mapping.fields import DATES, FIELDS, NUMBERS
from data_contracts.mapping.file import FileMapping
from data_contracts.slices import unused_columns
from data_contracts.vocabulary.identifiers import find_identifier, is_free_text
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT, RefusalKind
from data_contracts.vocabulary.team_names import names_of_people
from pipelines.intake.door import Delivery, are_layouts
from pipelines.intake.erased import empty_erased
from pipelines.intake.files import SheetRead, read_sheets
from pipelines.intake.layouts import sheets_of_layouts
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.reading.columns import text_columns
from pipelines.intake.reading.texts import Rules, Typing
from pipelines.intake.reading.typed import typing_of
from pipelines.intake.told_twice import settle
from pipelines.intake.too_much_wrong import too_much_wrong
from pipelines.storage.sql import listed as sql_listed

_NOT_WORDS = DATES | NUMBERS | {"year"}
_PLACE = ["file", "entry", "row_number", "part", "is_readable", "verdict", "left_out_as", "n_blanked"]
# A row without these has no identity: it is no duplicate of a row that looks like it.
_IDENTITY = {"costs": "year", "teams": "team"}


def raw_table(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, opened: OpenedFiles, table: str, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """The raw table of one kind for a whole delivery; raises DeliveryRefused with every file that is refused."""
    sheets, refusals = _sheets(connection, delivery, opened, table, rules)
    judged: list[str] = []
    if sheets:
        _rows_of_all(connection, table, sheets)
        refusals += _personal_data(connection, table, sheets, delivery, rules)
        entries = list(dict.fromkeys(sheet.entry for sheet in sheets))
        judged = [_judged(connection, table, entry, rules) for entry in entries]
        if len(sheets) > 1:
            refusals += settle(connection, table, entries, delivery.name, rules)
        named = {refused.file for refused in refusals}
        others = [sheet for sheet in sheets if sheet.label not in named]
        refusals += too_much_wrong(connection, table, others, delivery.name, rules)
    if refusals:
        raise together(refusals)
    columns = ", ".join([*_PLACE, *text_columns(table)])
    if not judged:
        nothing = ", ".join(f"NULL::VARCHAR AS {name}" for name in text_columns(table))
        return connection.sql(
            f"""SELECT {columns} FROM (SELECT NULL::VARCHAR AS file, 0::SMALLINT AS entry, NULL::INTEGER AS row_number,
            1::SMALLINT AS part, true AS is_readable, NULL::VARCHAR AS verdict, NULL::VARCHAR AS left_out_as,
            0::TINYINT AS n_blanked, {nothing}) WHERE false"""
        )
    union = " UNION ALL ".join(f"SELECT {columns} FROM {name}" for name in judged)
    return connection.sql(f"SELECT * FROM ({union}) ORDER BY file, row_number, part")


def refusals_of(
    connection: duckdb.DuckDBPyConnection,
    delivery: Delivery,
    opened: OpenedFiles,
    tables: Iterable[str],
    rules: Rules,
) -> list[DeliveryRefused]:
    """Why files of these tables would be refused, each apart."""
    refusals: list[DeliveryRefused] = []
    for table in tables:
        try:
            raw_table(connection, delivery, opened, table, rules)
        except DeliveryRefused as refused:
            refusals += refused.every
    return refusals


def _sheets(
    connection: duckdb.DuckDBPyConnection, delivery: Delivery, opened: OpenedFiles, table: str, rules: Rules
) -> tuple[list[SheetRead], list[DeliveryRefused]]:
    """The sheets that fill a table, and the files that are refused."""
    sheets: list[SheetRead] = []
    refusals: list[DeliveryRefused] = []
    share = rules.allowed_share
    for file in delivery.files:
        entries = [entry for entry in file.entries if rules.mappings[entry].table == table]
        try:
            if len(entries) > 1 and are_layouts([rules.mappings[entry] for entry in entries]):
                sheets += sheets_of_layouts(connection, file, opened, rules.mappings, delivery.name, share)
                continue
        except DeliveryRefused as refused:
            refusals.append(refused)
            continue
        for entry in entries:
            try:
                sheets += read_sheets(connection, file, opened, entry, rules.mappings, delivery.name, share)
            except DeliveryRefused as refused:
                refusals.append(refused)
    return sheets, refusals


def _rows_of_all(connection: duckdb.DuckDBPyConnection, table: str, sheets: Sequence[SheetRead]) -> None:
    """The rows of all files of a table together, so that a row that came in two files counts once."""
    filled = list(dict.fromkeys(["told_by", *(name for sheet in sheets for name in sheet.rows.filled)]))
    parts = []
    for number, sheet in enumerate(sheets):
        # The name of a file is a name from outside: it goes in as a parameter.
        connection.execute(f"SET VARIABLE label_{table}_{number} = $label", {"label": sheet.label})
        parts.append(
            f"SELECT getvariable('label_{table}_{number}')::VARCHAR AS file, {sheet.entry}::SMALLINT AS entry, *"
            f" FROM {sheet.rows.table}"
        )
    identity = _IDENTITY.get(table, "client_key")
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE rows_of_{table} AS
        SELECT *, 1::BIGINT AS occurrence,
            CASE WHEN is_readable AND left_out_as IS NULL AND {identity} IS NOT NULL THEN hash({", ".join(filled)}) END
                AS same
        FROM ({" UNION ALL ".join(parts)})"""
    )
    # Only rows of which another may be a copy are put in order: ordering them all costs as much as reading them.
    connection.execute(
        f"""UPDATE rows_of_{table} AS rows SET occurrence = again.occurrence FROM (
            SELECT rowid AS place,
                row_number() OVER (PARTITION BY {", ".join(filled)} ORDER BY file, row_number, part) AS occurrence
            FROM rows_of_{table} WHERE same IN (
                SELECT same FROM rows_of_{table} WHERE same IS NOT NULL GROUP BY same HAVING count(*) > 1)) AS again
        WHERE rows.rowid = again.place AND again.occurrence > 1"""
    )
    for sheet in sheets:
        sheet.forget(connection)


def _judged(connection: duckdb.DuckDBPyConnection, table: str, entry: int, rules: Rules) -> str:
    """Make the table of one entry's rows with their verdict; gives its name."""
    mapping, rows, judged = rules.mappings[entry], f"rows_{table}_{entry}", f"judged_{table}_{entry}"
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {rows} AS SELECT * FROM rows_of_{table} WHERE entry = {entry}")
    typing = typing_of(connection, rows, mapping, rules)
    blanks, blanked = _blanked(mapping, typing, rules)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {judged} AS
        SELECT * EXCLUDE (occurrence, same, is_contradicted, told_by) {blanks}, ({blanked})::TINYINT AS n_blanked,
            CASE WHEN left_out_as IS NOT NULL THEN '{LEFT_OUT}' WHEN occurrence > 1 THEN '{EXACT_DUPLICATE}'
            ELSE coalesce({typing.verdict}, '{ACCEPTED}') END AS verdict FROM {rows}"""
    )
    connection.execute(f"DROP VIEW {rows}")
    if rules.suppressed:
        empty_erased(connection, judged, table, rules.suppressed)
    return judged


def _blanked(mapping: FileMapping, typing: Typing, rules: Rules) -> tuple[str, str]:
    """SQL that empties what the study may not use, and the number of scores that it empties.

    Scores on other life domains, another life domain of a provision, and what is known of a client that no slice of the
    study divides by. They are judged like any other, and gone before anything is written.
    """
    listed = {domain.value for domain in rules.study.life_domains}
    unused = [name for name in unused_columns(mapping.table, rules.study.slices) if name in mapping.columns]
    emptied, counted = [f"NULL::VARCHAR AS {name}" for name in unused], []
    if "life_domain" in typing.columns.keys() & mapping.provided:
        told = "score" if mapping.is_long else "life_domain"
        unlisted = f"coalesce({typing.columns['life_domain']} NOT IN ({sql_listed(sorted(listed))}), false)"
        emptied.append(f"CASE WHEN {unlisted} THEN NULL ELSE {told} END AS {told}")
        counted.append(f"({unlisted} AND {told} IS NOT NULL)::INT")
    gone = [domain.value for domain in mapping.scores if domain.value not in listed]
    emptied += [f"NULL::VARCHAR AS {name}" for name in gone]
    counted += [f"({typing.columns[name]} IS NOT NULL)::INT" for name in gone]
    return f"REPLACE ({', '.join(emptied)})" if emptied else "", " + ".join(counted) or "0"


def _personal_data(
    connection: duckdb.DuckDBPyConnection, table: str, sheets: Sequence[SheetRead], delivery: Delivery, rules: Rules
) -> list[DeliveryRefused]:
    """The files in which a column that is read holds personal data or free text; the first such column of each."""
    refusals = []
    for sheet in sheets:
        mapping = rules.mappings[sheet.entry]
        for name, shown in sheet.rows.given.items():
            kind = None if name in _NOT_WORDS else _personal(connection, table, name, sheet, len(sheets) > 1)
            if name == "team" and not kind and (people := _workers(connection, table, sheet, rules)):
                refusals.append(_refused_workers(delivery, sheet, shown, people))
                break
            if kind == "vrije tekst" and (name not in FIELDS[mapping.table] or name in _KEYS):
                continue
            if kind:
                what = f"kolom '{shown}' lijkt {kind} te bevatten."
                do = "Dit mag niet binnenkomen. Laat de sleutelhouder de levering opnieuw maken zonder deze gegevens."
                refusals.append(
                    DeliveryRefused(delivery.name, what, do, file=sheet.label, kind=RefusalKind.PERSONAL_DATA)
                )
                break
    return refusals


def _workers(connection: duckdb.DuckDBPyConnection, table: str, sheet: SheetRead, rules: Rules) -> int:
    """How many names of people stand in the column of the team, where nobody said that they are teams."""
    told = rules.mappings[sheet.entry].codes.get("team", {})
    declared = {folded(str(name)) for name in (*told, *told.values(), *(rules.team_numbers or {}))}
    rows = connection.execute(
        f"SELECT DISTINCT team FROM rows_of_{table} WHERE team IS NOT NULL AND left_out_as IS NULL AND file = $file",
        {"file": sheet.label},
    ).fetchall()
    return names_of_people(name for (name,) in rows if folded(name) not in declared)


def _refused_workers(delivery: Delivery, sheet: SheetRead, shown: str, people: int) -> DeliveryRefused:
    what = f"in kolom '{shown}' staan teams, maar {people} namen daarin lijken namen van mensen."
    do = (
        "Zijn het medewerkers, zet de kolom dan in mapping.yaml onder ignore: hun namen mogen niet binnenkomen. Zijn "
        "het namen van teams, zet ze dan in teams.yaml, of in mapping.yaml bij codes: team."
    )
    return DeliveryRefused(delivery.name, what, do, file=sheet.label, kind=RefusalKind.PERSONAL_DATA)


def _personal(
    connection: duckdb.DuckDBPyConnection, table: str, name: str, sheet: SheetRead, several: bool
) -> str | None:
    """The kind of personal data in one column of a sheet, or 'vrije tekst'; None when it holds neither."""
    its = " AND file = $file" if several else ""
    distinct = connection.execute(
        f"SELECT DISTINCT {name} FROM rows_of_{table} WHERE {name} IS NOT NULL AND left_out_as IS NULL{its}"
        " ORDER BY 1 LIMIT 200000",
        {"file": sheet.label} if several else None,
    ).fetchall()
    values = [text for (text,) in distinct]
    found = find_identifier(values, are_labels=name not in (*_KEYS, *_MAY_BE_NAMED_AFTER_A_PERSON))
    if found is not None:
        return found.kind
    return "vrije tekst" if is_free_text(values) else None


_KEYS = ("client_key", "client_key_new", "rater_key", "record_id")
_MAY_BE_NAMED_AFTER_A_PERSON = ("team", "succeeded_by")
