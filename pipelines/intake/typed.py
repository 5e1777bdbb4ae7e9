"""From text to typed values, as SQL: one expression per value and one condition per fault.

The same expressions decide whether a row is accepted and make its typed values, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

import duckdb
import pandas as pd

from data_contracts.core import DOMAIN_COLUMNS
from data_contracts.mapping import FIELDS, FileMapping
from data_contracts.reasons import Reason
from data_contracts.study import Study
from data_contracts.vocabulary import AgeBand, Labelled, Law, SolutionKind, TeamType
from pipelines.intake.codes import (
    Meaning,
    code_meaning,
    domain_meaning,
    ladder_meaning,
    score_meaning,
    team_meaning,
    yes_no_meaning,
)

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


def typing_of(connection: duckdb.DuckDBPyConnection, rows: str, mapping: FileMapping, rules: Rules) -> Typing:
    """How the rows of one file (DuckDB table `rows`, our column names, text) are judged and typed."""
    texts = _Texts(connection, rows, mapping, rules, Typing())
    _TABLES[mapping.table](texts)
    return texts.typing


@dataclass(slots=True)
class _Texts:
    """The text columns of one file while their typing is written."""

    connection: duckdb.DuckDBPyConnection
    rows: str
    mapping: FileMapping
    rules: Rules
    typing: Typing

    def has(self, name: str) -> bool:
        return name in self.mapping.columns

    def client(self, name: str = "client_key", value: str = "client_no") -> None:
        pattern = self.rules.study.pseudonym_pattern.replace("'", "''")
        self.typing.fault(Reason.CLIENT_MISSING, f"{name} IS NULL")
        self.typing.fault(Reason.CLIENT_KEY_MALFORMED, f"NOT regexp_full_match({name}, '{pattern}')")
        self.typing.value(value, CLIENT_NO.format(name))

    def day(self, name: str, *, required: bool = True, past: bool = False) -> None:
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
        self.typing.value(name, _lookup(known, name, "code") + f"::{sql_type}")
        if missing:
            self.typing.fault(missing, f"{name} IS NULL")
        for reason in sorted({found.fault for found in known.values() if found.fault}):
            self.typing.fault(reason, f"{_lookup(known, name, 'fault')} = '{reason}'")

    def code_of(self, name: str, vocabulary: type[Labelled], *, required: bool = False) -> None:
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


def _lookup(meanings: dict[str, Meaning], column: str, part: str) -> str:
    """SQL that turns a text into one part of its meaning."""
    pairs = [(text, getattr(meaning, part)) for text, meaning in meanings.items()]
    pairs = [(text, value) for text, value in pairs if value is not None]
    if not pairs:
        return "NULL"
    keys = ", ".join(_quoted(text) for text, _ in pairs)
    values = ", ".join(str(value) if isinstance(value, int) else _quoted(str(value)) for _, value in pairs)
    return f"map([{keys}], [{values}])[{column}]"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _assessments(texts: _Texts) -> None:
    mapping, typing = texts.mapping, texts.typing
    texts.client()
    texts.day("assessed_on", past=True)
    texts.team(required=True)
    texts.label("moment_label")
    typing.value("date_kind", _quoted(mapping.date_kind))
    typing.value("edition", _quoted(str(mapping.edition)))
    typing.value("rater_type", _quoted(mapping.rater_type))
    typing.value("rater_no", CLIENT_NO.format("rater_key") if texts.has("rater_key") else "NULL::BIGINT")
    score = partial(score_meaning, not_scored=mapping.not_scored)
    if mapping.is_long:
        assert mapping.edition is not None  # noqa: S101  the model of the mapping requires it
        in_edition = partial(domain_meaning, edition=mapping.edition)
        texts.coded("life_domain", "VARCHAR", in_edition, missing=Reason.DOMAIN_UNKNOWN)
        texts.coded("score", "TINYINT", score, missing=Reason.SCORE_MISSING)
        typing.value("not_scored", _lookup(texts.meanings(["score"], score), "score", "not_scored") + "::VARCHAR")
        return
    columns = [domain.value for domain in mapping.scores.values()]
    known = texts.meanings(columns, score)
    for name in DOMAIN_COLUMNS:
        given = name in columns
        typing.value(name, (_lookup(known, name, "code") if given else "NULL") + "::TINYINT")
        typing.value(f"{name}_not_scored", (_lookup(known, name, "not_scored") if given else "NULL") + "::VARCHAR")
    for reason in sorted({found.fault for found in known.values() if found.fault}):
        wrong = ", ".join(_quoted(text) for text, found in known.items() if found.fault == reason)
        typing.fault(reason, " OR ".join(f"coalesce({name} IN ({wrong}), false)" for name in columns))


def _ladder(texts: _Texts) -> None:
    texts.client()
    texts.day("assessed_on", past=True)
    texts.typing.value("ladder_variant", _quoted(str(texts.mapping.ladder_variant)))
    texts.coded("ladder_step", "TINYINT", ladder_meaning, missing=Reason.SCORE_MISSING)


def _clients(texts: _Texts) -> None:
    texts.client()
    texts.code_of("age_band", AgeBand)
    for name in ("household", "target_group", "referred_by"):
        texts.label(name)
    texts.typing.fault(Reason.CLIENT_TWICE, "row_number() OVER (PARTITION BY file, client_key ORDER BY row_number) > 1")


def _trajectories(texts: _Texts) -> None:
    texts.client()
    texts.team(required=False)
    _period(texts)
    texts.number("hours", "DECIMAL(9,2)")
    texts.code_of("solution_kind", SolutionKind)
    for name in ("registered_on", "evaluated_on"):
        texts.day(name, required=False)
    for name in ("has_plan", "question_answered"):
        texts.coded(name, "BOOLEAN", yes_no_meaning)


def _period(texts: _Texts) -> None:
    texts.day("started_on")
    texts.day("ended_on", required=False)
    start, end = texts.typing.columns["started_on"], texts.typing.columns["ended_on"]
    texts.typing.fault(Reason.END_BEFORE_START, f"{end} < {start}")


def _provisions(texts: _Texts) -> None:
    texts.client()
    texts.label("product", required=True)
    texts.code_of("law", Law, required=True)
    _period(texts)
    texts.number("volume", "DOUBLE")
    texts.label("unit")
    texts.number("amount_eur", "DECIMAL(14,2)", negative=True)


def _events(texts: _Texts) -> None:
    texts.client()
    texts.day("occurred_on", past=True)
    texts.label("event_kind", required=True)


def _experienced(texts: _Texts) -> None:
    texts.client()
    texts.day("asked_on", past=True)
    texts.typing.value("scale", _quoted(str(texts.mapping.scale)))
    texts.number("value", "DOUBLE", required=True)
    top = 10 if texts.mapping.scale == "mark_1_10" else 5
    texts.typing.fault(Reason.SCORE_OUT_OF_RANGE, f"NOT ({texts.typing.columns['value']} BETWEEN 1 AND {top})")


def _costs(texts: _Texts) -> None:
    texts.team(required=False)
    texts.typing.value("year", "try_cast(year AS SMALLINT)")
    unreadable = "try_cast(year AS SMALLINT) IS NULL OR try_cast(year AS SMALLINT) NOT BETWEEN 1990 AND 2100"
    texts.typing.fault(Reason.YEAR_UNREADABLE, unreadable)
    texts.label("cost_kind", required=True)
    kinds = ", ".join(_quoted(kind) for kind in texts.mapping.new_approach_costs)
    texts.typing.value("is_new_approach", f"cost_kind IN ({kinds})" if kinds else "false")
    texts.number("amount_eur", "DECIMAL(14,2)", required=True, negative=True)


def _teams(texts: _Texts) -> None:
    texts.label("team", required=True)
    texts.code_of("team_type", TeamType)
    for name in ("valid_from", "valid_until", "approach_started_on"):
        texts.day(name, required=False)
    texts.label("succeeded_by")
    texts.typing.fault(Reason.TEAM_TWICE, "row_number() OVER (PARTITION BY file, team ORDER BY row_number) > 1")


def _bridge(texts: _Texts) -> None:
    texts.client()
    texts.client("client_key_new", "client_no_new")


_TABLES: dict[str, Callable[[_Texts], None]] = {
    "assessments": _assessments,
    "ladder": _ladder,
    "clients": _clients,
    "trajectories": _trajectories,
    "provisions": _provisions,
    "events": _events,
    "experienced": _experienced,
    "costs": _costs,
    "teams": _teams,
    "bridge": _bridge,
}


def text_columns(table: str) -> list[str]:
    """The text columns of a raw table: everything that a file of that kind may fill."""
    return [*FIELDS[table], *(DOMAIN_COLUMNS if table == "assessments" else [])]


def empty_rows(table: str) -> pd.DataFrame:
    """A raw table without rows."""
    columns = {"file": "str", "row_number": "int32", "is_readable": "boolean", "verdict": "str"}
    texts = dict.fromkeys(text_columns(table), "str")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in (columns | texts).items()})
