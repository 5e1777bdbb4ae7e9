"""A sheet as the steps meet it: an engine table of text, from lines that a test shows."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from data_contracts.mapping.file import FileMapping, Mapping
from data_contracts.mapping.steps import Frame, Shape
from data_contracts.yaml_file import as_model
from pipelines.intake.reading.bulk import write_rows
from pipelines.intake.reading.frame import framed
from pipelines.intake.reading.named import Named
from pipelines.intake.reading.shape import shaped
from pipelines.intake.reading.sheets import TEXT, Merged, Row
from pipelines.intake.reading.typed_cells import cell_text
from pipelines.storage.platform import connect


def mapping_of(text: str) -> FileMapping:
    """One file of a mapping, as YAML."""
    lines = "".join(f"    {line}\n" for line in text.strip().splitlines())
    return as_model(f"schema_version: 2\nfiles:\n  - match: x\n{lines}", Mapping, "mapping.yaml").files[0]


COSTS = mapping_of("table: costs\ncolumns: {team: Team, year: Jaar, cost_kind: Soort, amount_eur: Bedrag}")


class OnSheet:
    """The steps frame and shape over lines; cells are divided by |, an empty line is a blank row."""

    def __init__(self, lines: str, *, kinds: dict[int, str] | None = None, is_text: bool = True) -> None:
        self.connection: duckdb.DuckDBPyConnection = connect()
        self.is_text = is_text
        rows = [[cell.strip() for cell in line.split("|")] for line in lines.strip("\n").splitlines()]
        given = kinds or {}
        numbered = [
            Row(number, tuple(cells), given.get(number, TEXT * len(cells))) for number, cells in enumerate(rows, 1)
        ]
        self.width = write_rows(self.connection, numbered, "bare")

    def frame(self, frame: Frame | None = None, merged: Sequence[Merged] = (), mapping: FileMapping = COSTS) -> Named:
        """The rows below the header."""
        return framed(
            self.connection,
            "bare",
            self.width,
            frame or Frame(),
            "framed",
            merged=merged,
            is_text=self.is_text,
            cell_text=lambda name: cell_text(mapping, name),
        )

    def shape(self, shape: Shape, frame: Frame | None = None) -> Named:
        """One record per row."""
        return shaped(self.connection, self.frame(frame), shape, "shaped")

    def rows(self, named: Named, *names: str) -> list[tuple[str | None, ...]]:
        """The cells of some columns, of rows that count."""
        columns = ", ".join(named.made.get(name) or named.columns[name] for name in names)
        query = f"SELECT {columns} FROM {named.table} WHERE left_out_as IS NULL AND is_readable"
        return self.connection.execute(f"{query} ORDER BY row_number, part").fetchall()

    def left_out(self, named: Named) -> list[tuple[int, str]]:
        """Number of the row and why it is left out."""
        query = f"SELECT row_number, left_out_as FROM {named.table} WHERE left_out_as IS NOT NULL ORDER BY row_number"
        return self.connection.execute(query).fetchall()
