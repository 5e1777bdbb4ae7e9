"""What the column names of a file must be: all that the mapping names, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import FileMapping
from data_contracts.vocabulary.identifiers import identifier_in_header
from data_contracts.vocabulary.reasons import RefusalKind


def check_header(header: Sequence[str], mapping: FileMapping, delivery: str, file: str) -> None:
    """Raise DeliveryRefused unless the header is exactly what the mapping declares."""
    declared = mapping.declared_columns
    found = [name for name in declared if name in header]
    missing = [name for name in declared if name not in header and name not in mapping.ignore]
    for name in header:
        kind = identifier_in_header(name)
        if kind and not (mapping.table == "teams" and kind == "een naam"):
            what = f"de kolomkop '{name}' kondigt {kind} aan." if found else f"een kolomkop kondigt {kind} aan."
            do = "Persoonsgegevens mogen hier niet in. Laat de sleutelhouder de levering opnieuw maken."
            raise DeliveryRefused(delivery, what, do, file=file, kind=RefusalKind.PERSONAL_DATA)
    if missing:
        names = ", ".join(f"'{name}'" for name in missing)
        what = f"kolom {names} ontbreekt."
        # A header that has nothing of what we expect may well be a row of data; its words are not shown then.
        do = "Kijk of de kopregel op de goede plaats staat (skip_rows) en of de kolom anders heet."
        raise DeliveryRefused(delivery, what, do, file=file, kind=RefusalKind.COLUMNS)
    undeclared = [
        name or f"(kolom {position} zonder naam)" for position, name in enumerate(header, 1) if name not in declared
    ]
    if undeclared:
        names = ", ".join(f"'{name}'" for name in undeclared)
        do = "Voeg ze toe aan mapping.yaml onder columns, of onder ignore als ze niet gelezen mogen worden."
        raise DeliveryRefused(delivery, f"{names} staat niet in mapping.yaml.", do, file=file, kind=RefusalKind.COLUMNS)
    if len(set(header)) < len(header):
        what = "een kolomkop komt twee keer voor."
        raise DeliveryRefused(delivery, what, "Geef elke kolom een eigen naam.", file=file, kind=RefusalKind.COLUMNS)
