"""A sheet on its way to our columns: an engine table whose columns have the names that the file gives them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import duckdb

from data_contracts.vocabulary.names import folded

# Beside the columns of the file every such table has these: where a row stood, which record of that row it is (a row
# with a set of columns per moment holds several), whether it could be cut into cells, and why it is no record.
PLACE = ("row_number", "part", "is_readable", "left_out_as")


@dataclass(frozen=True, slots=True)
class Named:
    """`columns`: name in the file -> column of `table`; `made`: our column that a shape made -> column of `table`.

    `table` is a view over the sheet until a step has to change rows.
    """

    table: str
    columns: dict[str, str]
    made: dict[str, str] = field(default_factory=dict)

    def as_table(self, connection: duckdb.DuckDBPyConnection) -> Named:
        """The same with rows of its own, which may be changed."""
        if self.table.endswith("_own"):
            return self
        own = replace(self, table=f"{self.table}_own")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {own.table} AS SELECT * FROM {self.table}")
        return own

    def name_of(self, wanted: str) -> str | None:
        """The column that the mapping means: by its exact name, else by the one that differs in case or accents."""
        if wanted in self.columns:
            return wanted
        alike = [name for name in self.columns if folded(name) == folded(wanted) and folded(name)]
        return alike[0] if len(alike) == 1 else None

    def column(self, wanted: str) -> str | None:
        """The engine's column of a name; None when the file has no such column."""
        name = self.name_of(wanted)
        return None if name is None else self.columns[name]


class NotAsAgreed(Exception):
    """A sheet that cannot be read as the mapping says: what is unclear and what to do. Never a value of a person."""

    def __init__(self, what: str, do: str) -> None:
        self.what, self.do = what, do
        super().__init__(f"{what} {do}")
