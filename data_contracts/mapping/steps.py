"""The parts of one file in mapping.yaml, in the order in which they are applied: open, frame, shape, rows, columns.

Data only: no expressions. What no step explains stops the reading with a question.
"""

from __future__ import annotations

import codecs
import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.errors import broken_rule
from data_contracts.mapping.date_notation import SERIAL, names_the_month, notation_problem
from data_contracts.part import Part
from data_contracts.vocabulary.field import EDITIONS, Edition, Instrument

Format = Literal["csv", "xlsx", "xls", "ods", "sav", "parquet", "html", "zip"]
RaterType = Literal["professional", "client", "not_told"]
OneCharacter = Annotated[str, Field(min_length=1, max_length=1)]


def matches(name: str, pattern: str) -> bool:
    """Whether a name of a file, sheet or column fits: case does not count, * is anything, ? one character.

    Everything else is text, brackets too.
    """
    form = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern.strip())
    return re.fullmatch(form, name.strip(), re.IGNORECASE | re.DOTALL) is not None


class Open(Part):
    """How the bytes become sheets. What is not said is taken from the bytes where they can be read in one way only."""

    format: Format | None = None
    encoding: str | None = None
    delimiter: OneCharacter | None = None
    quote: OneCharacter = '"'
    sheets: list[str] = []
    declined: list[str] = []
    formulas: Literal["cached"] | None = None

    @field_validator("encoding")
    @classmethod
    def _encoding_exists(cls, encoding: str | None) -> str | None:
        try:
            return None if encoding is None else codecs.lookup(encoding).name
        except LookupError:
            raise broken_rule("deze tekencodering bestaat niet.", "Meestal is het utf-8 of windows-1252.") from None


class DropRow(Part):
    """Rows that are no records: those where `column` reads as `is`. They are left out and counted."""

    column: str
    is_: Annotated[str, Field(alias="is", min_length=1)]
    as_: Annotated[Literal["total", "footnote", "other"], Field(alias="as")]


class Frame(Part):
    """Where in a sheet the table stands. Rows are numbered as a person counts them, from 1.

    Two header rows make one name: 'Instroom' above 'Financiën' is 'Instroom Financiën'. A second column of one name
    is 'Datum (2)', a column without a name 'kolom 5'; a column without name or content is no column.
    `footnotes` leaves out, and counts, the lines at the end that fill the first column only.
    """

    header_rows: list[Annotated[int, Field(ge=1, le=60)]] = Field(default=[1], min_length=1, max_length=2)
    drop_rows: list[DropRow] = []
    footnotes: bool = False

    @field_validator("header_rows")
    @classmethod
    def _header_rows_follow_each_other(cls, rows: list[int]) -> list[int]:
        if len(rows) == 2 and rows[1] != rows[0] + 1:
            raise broken_rule("de twee kopregels staan niet onder elkaar.", "Schrijf ze zo: [5, 6].")
        return rows


class Repeat(Part):
    """One row per client with a set of columns per moment, as Financiën_T0 and Financiën_T1: one row per moment.

    `suffixes`: what stands behind the name -> the moment; with a * at its end ('Instroom *') it stands before the name.
    The empty suffix is the plain name, where a column with another suffix stands beside it. A moment on which none of
    its columns is filled is no row.
    """

    suffixes: dict[str, str] = Field(min_length=2)
    into: str


def name_without(name: str, mark: str) -> str | None:
    """The name of a column without the mark of its moment, before or behind it; None when it does not have it."""
    if not mark:
        return None
    before, has_it = mark.removesuffix("*"), mark.endswith("*")
    if has_it:
        return name.removeprefix(before).strip() if name.startswith(before) else None
    return name.removesuffix(mark).strip() if name.endswith(mark) else None


class Melt(Part):
    """A crosstab, as a column per year: one row per filled cell, with the name of its column and its value."""

    columns: list[str] = Field(min_length=1)
    into: str
    value: str


class Shape(Part):
    """How the rows of a sheet become rows of one record each; at most one of repeat and melt."""

    fill_down: list[str] = []
    repeat: Repeat | None = None
    melt: Melt | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Shape:
        if self.repeat and self.melt:
            raise broken_rule("repeat en melt gaan niet samen.", "Kies er één.")
        return self

    @property
    def made(self) -> list[str]:
        """Our columns that the shape makes, so that no column of the file has to be named for them."""
        made = [self.repeat.into] if self.repeat else []
        return made + ([self.melt.into, self.melt.value] if self.melt else [])


class RowMeaning(Part):
    """What a value says of the row in which it stands. `leave_out` leaves the row out and counts it by that word.

    `amount: minus` is a credit line, whose amount stands without its minus.
    """

    edition: Edition | None = None
    instrument: Instrument | None = None
    score_kind: Literal["measured", "goal"] | None = None
    rater_type: RaterType | None = None
    moment: str | None = None
    amount: Literal["minus"] | None = None
    leave_out: Annotated[str, Field(min_length=2, max_length=40)] | None = None

    @model_validator(mode="after")
    def _says_something(self) -> RowMeaning:
        if not self.model_fields_set:
            known = ", ".join(type(self).model_fields)
            raise broken_rule("er staat niet wat deze waarde betekent.", f"Kies uit: {known}.")
        if self.instrument and not self.edition and len(EDITIONS[self.instrument]) > 1:
            names = ", ".join(edition.value for edition in EDITIONS[self.instrument])
            raise broken_rule("van dit instrument zijn er meer edities.", f"Zet er edition bij: {names}.")
        return self

    @property
    def its_edition(self) -> Edition | None:
        """The edition: named, or the only one of the instrument."""
        return self.edition or (EDITIONS[self.instrument][0] if self.instrument else None)

    @property
    def left_out_as(self) -> str | None:
        """The word under which the row is left out: a goal is no measurement."""
        return self.leave_out or ("goal" if self.score_kind == "goal" else None)


class RowRole(Part):
    """A column that tells rows apart: every value is listed, and a new one stops the reading with a question.

    `same` says after consideration that the column tells nothing that matters. `empty` is what an empty cell means.
    """

    column: str
    values: dict[str, RowMeaning] = {}
    empty: RowMeaning | None = None
    same: bool = False

    @model_validator(mode="after")
    def _values_or_same(self) -> RowRole:
        if bool(self.values) == self.same:
            problem = f"bij de kolom '{self.column}' horen waarden met hun betekenis, of same: true."
            raise broken_rule(problem, "Zet elke waarde onder values.")
        return self


class Delivers(Part):
    """What a file is over time: all records of a period (bounded by the date `period_by`), or an addition."""

    kind: Literal["complete", "addition"]
    period_by: str | None = None

    @model_validator(mode="after")
    def _complete_has_a_period(self) -> Delivers:
        if self.kind == "complete" and self.period_by is None:
            raise broken_rule("period_by ontbreekt.", "Noem de datum die de periode bepaalt, of active.")
        return self


class NumberStyle(Part):
    """How numbers of one column are written; with `clock` hours as '1:30', '1u30' or '1,5 uur'."""

    decimal: Literal[",", "."] = ","
    thousands: Literal[".", ",", " ", "'", ""] = "."
    clock: bool = False

    @model_validator(mode="after")
    def _marks_differ(self) -> NumberStyle:
        if self.decimal == self.thousands:
            raise broken_rule("decimal en thousands zijn hetzelfde teken.", "Kies er een andere bij.")
        return self


class ColumnSource(Part):
    """Where a column of ours comes from and how its text is written.

    `from` may be left out for a column that the shape makes. `date` lists every form that occurs (date_notation.py);
    a text with an offset from UTC becomes the day in `zone`. `open_end` lists the texts that say that there is no such
    day ('heden'), where a day may be missing. `empty: unknown` accepts a row without a team.
    """

    source: Annotated[str | None, Field(alias="from", min_length=1)] = None
    date: list[str] = []
    zone: str = "Europe/Amsterdam"
    open_end: list[str] = []
    number: NumberStyle | None = None
    empty: Literal["unknown"] | None = None

    @field_validator("date")
    @classmethod
    def _forms_are_dates(cls, forms: list[str]) -> list[str]:
        problems = [problem for form in forms if (problem := notation_problem(form))]
        if problems:
            raise broken_rule(problems[0], f"Bijvoorbeeld d-m-yyyy, d mmm yyyy, yyyy-mm-dd of {SERIAL}.")
        return forms

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str) -> str:
        if not re.fullmatch(r"UTC|[A-Z][A-Za-z]+/[A-Za-z_]+", zone):
            raise broken_rule("dit is geen tijdzone.", "Bijvoorbeeld Europe/Amsterdam.")
        return zone


class FromName(Part):
    """The extract date stands in the name of the delivery or of its files, in this form."""

    from_name: str

    @field_validator("from_name")
    @classmethod
    def _form_is_a_date(cls, form: str) -> str:
        problem = notation_problem(form)
        if not problem and names_the_month(form):
            problem = "een maand als woord kan hier niet."
        if problem or form == SERIAL:
            raise broken_rule(problem or "dit is geen vorm van een datum.", "Bijvoorbeeld yyyymmdd.")
        return form


class Deliveries(Part):
    """What holds for every delivery: where its extract date (peildatum) is found."""

    as_at: FromName | Literal["received"] = "received"
