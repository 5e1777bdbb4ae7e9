"""How a column of text becomes a typed value, as SQL: one expression per value and one condition per fault.

The same expressions decide whether a row is accepted and make its typed values, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

import duckdb

from data_contracts.mapping.fields import OPEN_ENDS
from data_contracts.mapping.file import FileMapping
from data_contracts.study import Study
from data_contracts.vocabulary.field import Labelled
from data_contracts.vocabulary.reasons import Reason
from pipelines.intake.reading.codes import Meaning, code_meaning, explained, named_meaning, team_meaning
from pipelines.intake.reading.dates import LAST_YEAR, day_sql, open_end_sql
from pipelines.intake.reading.numbers import number_sql
from pipelines.storage.sql import quoted
from pipelines.storage.suppression import Suppressed

CLIENT_NO = "(md5_number_lower({}) >> 1)::BIGINT"


@dataclass(slots=True)
class Typing:
    """How the rows of one file are judged and typed."""

    columns: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[Reason, str]] = field(default_factory=list)

    def value(self, name: str, sql: str) -> None:
        """Column `name` of the typed table."""
        self.columns[name] = sql

    def fault(self, reason: Reason, condition: str) -> None:
        """Rows for which `condition` is true are not accepted."""
        self.faults.append((reason, condition))

    @property
    def verdict(self) -> str:
        """SQL: the first reason that applies, or NULL; ordered as in Reason."""
        order = list(Reason)
        cases = sorted(self.faults, key=lambda fault: order.index(fault[0]))
        whens = " ".join(f"WHEN {condition} THEN '{reason}'" for reason, condition in cases)
        return f"CASE WHEN NOT is_readable THEN '{Reason.ROW_UNREADABLE}' {whens} END"


@dataclass(frozen=True, slots=True)
class Rules:
    """What typing needs to know beside the mapping of the file."""

    study: Study
    mappings: Sequence[FileMapping]
    received_on: str
    team_numbers: dict[str, int] | None
    suppressed: Suppressed | None = None  # who was erased, where somebody may have been

    @property
    def allowed_share(self) -> float:
        """The share of the rows of a file that one fault may hit."""
        return self.study.thresholds.max_quarantined_share


@dataclass(slots=True)
class Texts:
    """The text columns of one file while their typing is written."""

    connection: duckdb.DuckDBPyConnection
    rows: str
    mapping: FileMapping
    rules: Rules
    typing: Typing

    def has(self, name: str) -> bool:
        """Whether the file has this column."""
        return name in self.mapping.provided

    def client(self, name: str = "client_key", value: str = "client_no") -> None:
        """A pseudonym of the study's pattern, as a number that is the same in every file."""
        pattern = quoted(self.rules.study.pseudonym_pattern)
        self.typing.fault(Reason.CLIENT_MISSING, f"{name} IS NULL")
        self.typing.fault(Reason.CLIENT_KEY_MALFORMED, f"NOT regexp_full_match({name}, {pattern})")
        self.typing.value(value, CLIENT_NO.format(name))

    def record(self) -> None:
        """The number that the system gave to the record, as a number.

        Rows that a shape makes of one row have one number together, and a row of a long file may have one of its own:
        there it counts where the mapping says that it is that of the record.
        """
        mapping = self.mapping
        counts = self.has("record_id") and not (mapping.shape.repeat or mapping.shape.melt)
        counts = counts and ("record_id" in mapping.record or not mapping.is_long)
        self.typing.value("record_no", CLIENT_NO.format("record_id") if counts else "NULL::BIGINT")

    def day(self, name: str, *, required: bool = True, past: bool = False) -> None:
        """A date in the forms of its column; `past` refuses one after the day of receipt.

        Where something ends, a day such as 31-12-9999 says that it has no end.
        """
        if not self.has(name):
            self.typing.value(name, "NULL::DATE")
            return
        source = self.mapping.source(name)
        day = day_sql(name, source)
        sql, no_end = day, "false"
        if name in OPEN_ENDS or (source.open_end and not required):
            no_end = open_end_sql(day, name, source)
            sql = f"CASE WHEN {no_end} THEN NULL ELSE {day} END"
        self.typing.value(name, sql)
        if required:
            self.typing.fault(Reason.DATE_MISSING, f"{name} IS NULL")
        unreadable = f"{name} IS NOT NULL AND ({day} IS NULL OR year({day}) > {LAST_YEAR}) AND NOT {no_end}"
        self.typing.fault(Reason.DATE_UNREADABLE, unreadable)
        self.typing.fault(Reason.DATE_TOO_EARLY, f"{day} < DATE '1990-01-01' AND NOT {no_end}")
        if past:
            self.typing.fault(Reason.DATE_IN_FUTURE, f"{day} > DATE '{self.rules.received_on}'")

    def number(self, name: str, sql_type: str, *, required: bool = False, negative: bool = False) -> None:
        """A number in the style of its column; `negative` allows one below zero."""
        if not self.has(name):
            self.typing.value(name, f"NULL::{sql_type}")
            return
        sql = number_sql(name, self.mapping.number_style(name), sql_type)
        self.typing.value(name, sql)
        if required:
            self.typing.fault(Reason.NUMBER_MISSING, f"{name} IS NULL")
        self.typing.fault(Reason.NUMBER_UNREADABLE, f"{name} IS NOT NULL AND {sql} IS NULL")
        if not negative:
            self.typing.fault(Reason.NUMBER_NEGATIVE, f"{sql} < 0")

    def label(self, name: str, *, required: bool = False) -> None:
        """A text that stays as it is, unless the mapping says what it stands for."""
        codes = self.mapping.codes.get(name)
        if not self.has(name):
            self.typing.value(name, "NULL::VARCHAR")
        elif codes:
            known = self.meanings([name], partial(named_meaning, codes=codes))
            self.typing.value(name, lookup(known, name, "code") + "::VARCHAR")
        else:
            self.typing.value(name, name)
        if required:
            self.typing.fault(Reason.CODE_MISSING, f"({self.typing.columns[name]}) IS NULL")

    def coded(
        self, name: str, sql_type: str, meaning: Callable[[str], Meaning], *, missing: Reason | None = None
    ) -> None:
        """A column of words that stand for codes; what the mapping says of a word goes first."""
        if not self.has(name):
            self.typing.value(name, f"NULL::{sql_type}")
            return
        known = self.meanings([name], explained(name, self.mapping.codes, meaning))
        self.typing.value(name, lookup(known, name, "code") + f"::{sql_type}")
        if missing:
            self.typing.fault(missing, f"{name} IS NULL")
        for reason in sorted({found.fault for found in known.values() if found.fault}):
            self.typing.fault(reason, f"{lookup(known, name, 'fault')} = '{reason}'")

    def code_of(self, name: str, vocabulary: type[Labelled], *, required: bool = False) -> None:
        """A text that stands for a code of a closed list."""
        missing = Reason.CODE_MISSING if required else None
        self.coded(name, "VARCHAR", partial(code_meaning, vocabulary=vocabulary), missing=missing)

    def team(self, *, required: bool) -> None:
        """The team's number; without a register every name is a team and none is unknown."""
        numbers = self.rules.team_numbers
        may_be_empty = self.mapping.source("team").empty == "unknown"
        missing = Reason.TEAM_MISSING if required and not may_be_empty else None
        if self.has("team") and numbers is not None:
            named = partial(team_meaning, team_numbers=numbers, codes=self.mapping.codes.get("team", {}))
            known = self.meanings(["team"], named)
            self.typing.value("team_no", lookup(known, "team", "code") + "::SMALLINT")
            for reason in sorted({found.fault for found in known.values() if found.fault}):
                self.typing.fault(reason, f"{lookup(known, 'team', 'fault')} = '{reason}'")
        else:
            self.typing.value("team_no", "NULL::SMALLINT")
        if self.has("team") and missing:
            self.typing.fault(missing, "team IS NULL")

    def once(self, name: str, reason: Reason) -> None:
        """A value that stands in one row: a later row is a fault, unless it is left out or an exact duplicate."""
        same = f"PARTITION BY left_out_as IS NULL, occurrence, {name}"
        self.typing.fault(reason, f"row_number() OVER ({same} ORDER BY file, row_number) > 1")

    def meanings(self, columns: Iterable[str], meaning: Callable[[str], Meaning]) -> dict[str, Meaning]:
        """Distinct text -> what it stands for."""
        union = " UNION ".join(f"SELECT {column} AS text FROM {self.rows}" for column in columns)
        texts = self.connection.execute(
            f"SELECT DISTINCT text FROM ({union}) WHERE text IS NOT NULL ORDER BY text"
        ).fetchall()
        return {text: meaning(text) for (text,) in texts}


def lookup(meanings: dict[str, Meaning], column: str, part: str) -> str:
    """SQL that turns a text into one part of its meaning."""
    pairs = [(text, getattr(meaning, part)) for text, meaning in meanings.items()]
    pairs = [(text, value) for text, value in pairs if value is not None]
    if not pairs:
        return "NULL"
    keys = ", ".join(quoted(text) for text, _ in pairs)
    values = ", ".join(str(value) if isinstance(value, int) else quoted(str(value)) for _, value in pairs)
    return f"map([{keys}], [{values}])[{column}]"
