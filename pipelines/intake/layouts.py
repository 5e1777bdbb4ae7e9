"""One file under several entries of the mapping: the layouts that a supplier gave it over the years.

A new system gives the same file other columns, dates or codes. The older deliveries lie there under the older entry, so
both stay in the mapping, and which holds is seen from the columns: exactly one entry fits, or the file is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import FileMapping
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.intake.door import FileAtDoor, shown_name
from pipelines.intake.files import SheetRead, read_sheets
from pipelines.intake.opened import OpenedFiles


def sheets_of_layouts(
    connection: duckdb.DuckDBPyConnection,
    file: FileAtDoor,
    opened: OpenedFiles,
    mappings: Sequence[FileMapping],
    delivery: str,
    share: float,
) -> list[SheetRead]:
    """The sheets of a file under the one entry whose columns it has; raises DeliveryRefused."""
    fitting: list[list[SheetRead]] = []
    refusals: list[DeliveryRefused] = []
    for entry in file.entries:
        try:
            own = replace(file, entries=(entry,))
            fitting.append(list(read_sheets(connection, own, opened, entry, mappings, delivery, share)))
        except DeliveryRefused as refused:
            refusals.append(refused)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        for one in (sheet for sheets in fitting for sheet in sheets):
            one.forget(connection)
        what = (
            f"{len(fitting)} van de {len(file.entries)} regels in mapping.yaml passen op de kolommen van dit bestand."
        )
        do = "Laat er één staan, of noem in elke regel de kolommen waarin zij verschillen."
        raise DeliveryRefused(delivery, what, do, file=shown_name(file.name), kind=RefusalKind.COLUMNS)
    last = refusals[-1]
    whats = " ".join(f"Bij de {number}e: {one.what}" for number, one in enumerate(refusals, 1))
    what = f"geen van de {len(refusals)} regels voor dit bestand in mapping.yaml past. {whats}"
    raise DeliveryRefused(delivery, what, last.do, file=last.file, kind=last.kind)
