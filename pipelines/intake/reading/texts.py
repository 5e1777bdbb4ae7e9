"""How a column of text becomes a typed value, as SQL: one expression per value and one condition per fault.

The same expressions decide whether a row is accepted and make its typed values, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import duckdb

from data_contracts.mapping.file import FileMapping
from data_contracts.study import Study
from data_contracts.vocabulary.field import Labelled
from data_contracts.vocabulary.reasons import Reason
from pipelines.intake.reading.codes import Meaning, code_meaning, team_meaning

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
    received_on: str
    team_numbers: dict[str, int] | None


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
        return name in self.mapping.columns

    def client(self, name: str = "client_key", value: str = "client_no") -> None:
        """A pseudonym of the study's pattern, as a number that is the same in every file."""
        pattern = self.rules.study.pseudonym_pattern.replace("'", "''")
        self.typing.fault(Reason.CLIENT_MISSING, f"{name} IS NULL")
        self.typing.fault(Reason.CLIENT_KEY_MALFORMED, f"NOT regexp_full_match({name}, '{pattern}')")
        self.typing.value(value, CLIENT_NO.format(name))

    def day(self, name: str, *, required: bool = True, past: bool = False) -> None:
        """A date in the file's own style; `past` refuses one after the day of receipt."""
        if not self.has(name):
            self.typing.value(name, "NULL::DATE")
            return
        style = self.mapping.dialect.date
        formats = [style, f"{style} %H:%M", f"{style} %H:%M:%S"]
        sql = f"try_strptime({name}, {formats})::DATE"
        self.typing.value(name, sql)
        if required:
            self.typing.fault(Reason.DATE_MISSING, f"{name} IS NULL")
        self.typing.fault(Reason.DATE_UNREADABLE, f"{name} IS NOT NULL AND {sql} IS NULL")
        self.typing.fault(Reason.DATE_TOO_EARLY, f"{sql} < DATE '1990-01-01'")
        if past:
            self.typing.fault(Reason.DATE_IN_FUTURE, f"{sql} > DATE '{self.rules.received_on}'")

    def number(self, name: str, sql_type: str, *, required: bool = False, negative: bool = False) -> None:
        """A number in the file's own style; `negative` allows one below zero."""
        if not self.has(name):
            self.typing.value(name, f"NULL::{sql_type}")
            return
        thousands, decimal = self.mapping.dialect.thousands, self.mapping.dialect.decimal
        group = f"[{thousands}]" if thousands else ""
        # Groups of three or none at all: '1.5' must never be read as 15.
        pattern = f"-?(\\d+|\\d{{1,3}}({group}\\d{{3}})+)([{decimal}]\\d+)?" if group else f"-?\\d+([{decimal}]\\d+)?"
        plain = f"regexp_replace({name}, '^€ ?', '')"
        digits = f"replace({plain}, '{thousands}', '')" if thousands else plain
        sql = f"try_cast(replace({digits}, '{decimal}', '.') AS {sql_type})"
        self.typing.value(name, sql)
        if required:
            self.typing.fault(Reason.NUMBER_MISSING, f"{name} IS NULL")
        self.typing.fault(
            Reason.NUMBER_UNREADABLE,
            f"{name} IS NOT NULL AND (NOT regexp_full_match({plain}, '{pattern}') OR {sql} IS NULL)",
        )
        if not negative:
            self.typing.fault(Reason.NUMBER_NEGATIVE, f"{sql} < 0")

    def label(self, name: str, *, required: bool = False) -> None:
        """A text that stays as it is."""
        self.typing.value(name, name if self.has(name) else "NULL::VARCHAR")
        if required:
            self.typing.fault(Reason.CODE_MISSING, f"{name} IS NULL")

    def coded(
        self, name: str, sql_type: str, meaning: Callable[[str], Meaning], *, missing: Reason | None = None
    ) -> None:
        """A column of words that stand for codes."""
        if not self.has(name):
            self.typing.value(name, f"NULL::{sql_type}")
            return
        known = self.meanings([name], meaning)
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
        missing = Reason.TEAM_MISSING if required else None
        if self.has("team") and numbers is not None:
            self.coded("team", "SMALLINT", partial(team_meaning, team_numbers=numbers), missing=missing)
            self.typing.value("team_no", self.typing.columns.pop("team"))
            return
        self.typing.value("team_no", "NULL::SMALLINT")
        if self.has("team") and missing:
            self.typing.fault(missing, "team IS NULL")

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


def quoted(text: str) -> str:
    """The text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
