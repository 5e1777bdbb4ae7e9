"""Step columns: from the names of the file to ours; columns of one life domain are joined, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data_contracts.mapping.fields import FIELDS
from data_contracts.mapping.file import FileMapping
from data_contracts.mapping.steps import matches
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.identifiers import identifier_in_header
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.intake.reading.numbers import number_text
from pipelines.intake.reading.rows import NOT_SAID, ToldApart
from pipelines.storage.sql import quoted


def text_columns(table: str) -> list[str]:
    """The text columns of a raw table: everything that a file of that kind may fill.

    Of an assessment the edition and who scored may differ per row, so they stand in every row.
    """
    return [*FIELDS[table], *(["edition", "rater_type", *DOMAIN_COLUMNS] if table == "assessments" else [])]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`table`, a view: row_number, part, is_readable, left_out_as, is_contradicted, told_by and our text columns.

    `given`: our column -> the name in the file, for those that a column of the file fills; `filled`: every column of
    ours that holds something.
    """

    table: str
    given: dict[str, str]
    filled: tuple[str, ...]


def check_header(named: Named, mapping: FileMapping) -> None:
    """Raise NotAsAgreed unless the columns are exactly those that the mapping declares."""
    declared = mapping.declared_columns
    found = [name for name in named.columns if _is_declared(named, name, declared)]
    missing = [name for name in mapping.read_columns if named.name_of(name) is None]
    for name in named.columns:
        kind = identifier_in_header(name)
        if kind and not (mapping.table == "teams" and kind == "een naam"):
            what = f"de kolomkop '{name}' kondigt {kind} aan." if found else f"een kolomkop kondigt {kind} aan."
            do = "Persoonsgegevens mogen hier niet in. Laat de sleutelhouder de levering opnieuw maken."
            raise NotAsAgreed(what, do)
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        # A header that has nothing of what we expect may well be a row of data; its words are not shown then.
        do = (
            "Kijk of de kopregel op de goede plaats staat (header_rows) en of de kolom anders heet. Heten de kolommen "
            "voortaan anders, zet dan in mapping.yaml een tweede regel met dezelfde match onder de eerste; die blijft "
            "voor eerdere leveringen. 'wijkbaat init' met dit bestand en een andere map bij --to schrijft zo'n regel."
        )
        raise NotAsAgreed(f"kolom {names} ontbreekt.", do)
    undeclared = [name for name in named.columns if name not in found]
    if undeclared:
        names = ", ".join(f"'{name}'" for name in undeclared)
        do = "Voeg ze toe aan mapping.yaml onder columns, of onder ignore als ze niet gelezen mogen worden."
        raise NotAsAgreed(f"{names} staat niet in mapping.yaml.", do)


def _is_declared(named: Named, name: str, declared: list[str]) -> bool:
    return any(name == named.name_of(one) or matches(name, one) for one in declared)


def chosen(
    connection: duckdb.DuckDBPyConnection, named: Named, mapping: FileMapping, apart: ToldApart, target: str
) -> Chosen:
    """Make the view `target` with our columns from the file's; the header was checked before."""
    cells: dict[str, str] = {}
    given: dict[str, str] = {}
    for ours, source in mapping.columns.items():
        column = named.made.get(ours) or (named.column(source.source) if source.source else None)
        if column:
            cells[ours] = column
            given |= {ours: source.source} if source.source else {}
    cells |= {ours: column for ours, column in named.made.items() if ours not in cells}
    if apart.amount != NOT_SAID and (amount := cells.get("amount_eur")):
        plain = f"{apart.amount} IS NULL OR starts_with({number_text(amount)}, '-')"
        cells["amount_eur"] = f"CASE WHEN {plain} THEN {amount} ELSE '-' || {amount} END"
    contradicted = ["false"]
    for domain, names in mapping.scores.items():
        sources = [column for name in names if (column := named.column(name))]
        cells[domain.value] = f"coalesce({', '.join(sources)})" if len(sources) > 1 else sources[0]
        given[domain.value] = names[0]
        contradicted += [
            f"coalesce({one} <> {other}, false)" for at, one in enumerate(sources) for other in sources[at + 1 :]
        ]
    if mapping.table == "assessments":
        edition = quoted(mapping.edition.value) if mapping.edition else "NULL"
        cells["edition"] = f"coalesce({apart.edition}, {edition})::VARCHAR"
        cells["rater_type"] = f"coalesce({apart.rater_type}, '{mapping.rater_type}')::VARCHAR"
        if apart.moment != NOT_SAID:
            cells["moment_label"] = f"coalesce({apart.moment}, {cells.get('moment_label', 'NULL')})::VARCHAR"
    columns = ", ".join(f"{cells.get(name, 'NULL::VARCHAR')} AS {name}" for name in text_columns(mapping.table))
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW {target} AS
        SELECT row_number, part, is_readable, {apart.left_out_as} AS left_out_as,
            ({" OR ".join(contradicted)}) AS is_contradicted, ({apart.by})::VARCHAR AS told_by,
            {columns} FROM {named.table}"""
    )
    return Chosen(target, given, tuple(cells))
