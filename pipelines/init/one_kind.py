"""From the rows of one kind of file to its entry in mapping.yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import duckdb

from data_contracts.mapping.steps import Frame, Shape
from pipelines.init.frame_found import footnotes, in_lower_row, second_table
from pipelines.init.grid import Grid, OneSheet, grid_of, joined, top_of
from pipelines.init.kinds import Kind
from pipelines.init.questions import Question, Talk
from pipelines.init.tables_found import fields_of


@dataclass(slots=True)
class Reading:
    """One kind while its entry is made: its rows, what was said, and the entry so far.

    `around`: the texts above the header and below the rows.
    """

    kind: Kind
    talk: Talk
    grid: Grid
    today: dt.date
    entry: dict[str, Any] = field(default_factory=dict)
    frame: dict[str, Any] = field(default_factory=dict)
    shape: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    scores: dict[str, list[str]] = field(default_factory=dict)
    table: str = ""
    without: list[OneSheet] = field(default_factory=list)
    aside: str = ""
    around: list[str] = field(default_factory=list)

    @property
    def used(self) -> set[str]:
        """The columns that already have a place."""
        roles = {role["column"] for role in self.entry.get("rows", [])}
        return {*self.columns.values(), *(name for names in self.scores.values() for name in names), *roles}

    @property
    def leftovers(self) -> list[str]:
        """The columns that are not read so far."""
        return [name for name in self.grid.names if name not in self.used and name not in self.grid.made]

    @property
    def labels(self) -> dict[str, str]:
        """What a column is called beside its name: by SPSS, or in the lower of two header rows."""
        said = next((one.variables.labels for one in self.kind.sheets if one.variables), {})
        return said or (in_lower_row(self.grid.names) if len(self.kind.headers) > 1 else {})

    def fields(self, table: str) -> dict[str, list[str]]:
        """Our fields of a table, with the columns that may fill them."""
        return fields_of(self.grid.names, table, self.labels)

    def name(self, *parts: str) -> str:
        """The name of a question about this kind."""
        return ".".join([parts[0], self.kind.word, *parts[1:]])

    def asked(
        self,
        name: str,
        text: str,
        choices: Mapping[str, str],
        *,
        of: str = "",
        certain: str | None = None,
        default: str | None = None,
    ) -> str | None:
        """The reply to a question about this kind, or about one thing in it, that has one choice as its reply."""
        whole = self.name(*filter(None, (name, of)))
        return self.talk.text(Question(whole, text, choices, default=default, certain=certain))

    def cells(self, ours: str) -> list[str]:
        """The cells of our column, or no cells."""
        return self.grid.columns.get(self.columns.get(ours, ours if ours in self.grid.made else ""), [])


def rows_of(connection: duckdb.DuckDBPyConnection, kind: Kind, frame: dict[str, Any], shape: dict[str, Any]) -> Grid:
    """The rows of all sheets of a kind under a frame and a shape."""
    step = Shape.model_validate(shape) if shape else None
    return joined([grid_of(connection, sheet, Frame.model_validate(frame), step) for sheet in kind.sheets])


def first_look(connection: duckdb.DuckDBPyConnection, kind: Kind, talk: Talk, today: dt.date) -> Reading:
    """A kind with its header and footnotes found, its rows not shaped yet."""
    frame: dict[str, Any] = {"header_rows": kind.headers}
    grids = [grid_of(connection, sheet, Frame.model_validate(frame)) for sheet in kind.sheets]
    if any(footnotes(grid) for grid in grids):
        frame["footnotes"] = True
    around = [cell for one in kind.sheets for number, cells in top_of(connection, one).rows if number < kind.headers[0]
              for cell in cells if cell]  # fmt: skip
    around += [text for grid in grids if (n := footnotes(grid)) for text in grid.columns[grid.names[0]][-n:]]
    below = next((number for grid in grids if (number := second_table(grid))), None)
    what = f"op regel {below}, onder een lege regel, begint een tweede tabel."
    do = "Zet elke tabel op een eigen blad of in een eigen bestand."
    return Reading(kind, talk, rows_of(connection, kind, frame, {}), today, frame=frame, around=around,
                   aside=f"{what} {do}" if below else "")  # fmt: skip


def entry_of(reading: Reading) -> dict[str, Any]:
    """The entry as mapping.yaml writes it, in the order of its steps."""
    kind = reading.kind
    opened: dict[str, Any] = {}
    if any(sheet.several for sheet in kind.sheets):
        opened["sheets"] = list(dict.fromkeys(sheet.sheet.name for sheet in kind.sheets))
        if kind.declined:
            opened["declined"] = kind.declined
    frame = {key: value for key, value in reading.frame.items() if (key, value) != ("header_rows", [1])}
    entry: dict[str, Any] = {"match": kind.match}
    entry |= {key: step for key, step in (("open", opened), ("frame", frame), ("shape", reading.shape)) if step}
    rows = reading.entry.pop("rows", [])
    entry |= {"rows": rows} if rows else {}
    entry["table"] = reading.table
    entry |= {key: value for key, value in reading.entry.items() if key not in ("columns", "codes")}
    entry["columns"] = reading.entry.get("columns") or dict(reading.columns)
    if reading.scores:
        entry["scores"] = {domain: names[0] if len(names) == 1 else names for domain, names in reading.scores.items()}
    codes = {role: words for role, words in reading.entry.get("codes", {}).items() if words}
    entry |= {"codes": codes} if codes else {}
    melted = {name for name in reading.shape.get("melt", {}).get("columns", [])}
    known = {
        *reading.columns.values(),
        *(n for names in reading.scores.values() for n in names),
        *(r["column"] for r in rows),
    }
    left = [name for name in reading.grid.names if name not in known | melted and name not in reading.grid.made]
    return entry | ({"ignore": left} if left else {})
