"""How files of a delivery become our tables (mapping.yaml, version 2): fixed steps, written out, nothing guessed.

Per file: open, frame, shape, rows, then columns, scores and codes (mapping_steps.py says what each may hold).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from data_contracts.errors import Broken, RulesBroken, broken_rule
from data_contracts.mapping.codes import Codes, code_faults
from data_contracts.mapping.fields import DATES, FIELDS, NUMBERS, Table
from data_contracts.mapping.steps import (
    ColumnSource,
    Deliveries,
    Delivers,
    Frame,
    NumberStyle,
    Open,
    RaterType,
    RowRole,
    Shape,
)
from data_contracts.part import Part
from data_contracts.vocabulary.field import DOMAINS, EDITIONS, Edition, Instrument, LifeDomain
from data_contracts.vocabulary.ladder import LadderVariant

ACTIVE = "active"  # a record belongs to a period when it was running in it
# A column may be written as its name alone, and a life domain with one column as that column.
Source = Annotated[ColumnSource, BeforeValidator(lambda given: {"from": given} if isinstance(given, str) else given)]
Sources = Annotated[list[str], BeforeValidator(lambda given: [given] if isinstance(given, str) else given)]


class FileMapping(Part):
    """One kind of file in a delivery, or some of the sheets of one kind of workbook."""

    match: Annotated[str, Field(pattern=r"^[^/\\]+$")]
    open: Open = Open()
    frame: Frame = Frame()
    shape: Shape = Shape()
    rows: list[RowRole] = []
    table: Table
    delivers: Delivers | None = None
    record: list[str] = []
    repeated: Literal["ask", "apart", "last_file"] = "ask"
    edition: Edition | None = None
    rater_type: RaterType = "professional"
    date_kind: Literal["assessed", "entered"] = "assessed"
    ladder_variant: LadderVariant | None = None
    scale: Literal["mark_1_10", "scale_1_5"] | None = None
    columns: dict[str, Source] = Field(min_length=1)
    scores: dict[LifeDomain, Sources] = {}
    codes: Codes = {}
    new_approach_costs: list[str] = []
    ignore: list[str] = []

    @model_validator(mode="after")
    def _columns_fit_the_table(self) -> FileMapping:
        broken = [*_column_faults(self), *_step_faults(self), *code_faults(self.codes, self.table)]
        if broken:
            raise RulesBroken(broken)
        return self

    @model_validator(mode="after")
    def _instrument_is_named(self) -> FileMapping:
        broken = list(_instrument_faults(self))
        if broken:
            raise RulesBroken(broken)
        return self

    def source(self, name: str) -> ColumnSource:
        """Where our column `name` comes from, and how it is written."""
        return self.columns.get(name, ColumnSource())

    def number_style(self, name: str) -> NumberStyle:
        """How the numbers of our column `name` are written; the Dutch way when nothing is said."""
        return self.source(name).number or NumberStyle()

    @property
    def provided(self) -> set[str]:
        """Our columns that the file fills, by a column of its own or by its shape."""
        return {*self.columns, *self.shape.made}

    @property
    def editions(self) -> set[Edition]:
        """Every edition that a row of this file may have."""
        said = {one.its_edition for role in self.rows for one in [*role.values.values(), role.empty] if one}
        return {edition for edition in (self.edition, *said) if edition}

    @property
    def is_long(self) -> bool:
        """One row per scored domain, instead of one row per assessment."""
        return self.table == "assessments" and not self.scores

    @property
    def read_columns(self) -> list[str]:
        """The columns of the file that are read: ours, those of scores, and those that tell rows apart."""
        ours = [name for one in self.columns if (name := self.source(one).source)]
        scored = [name for domain in self.scores for name in self.scores[domain]]
        return list(dict.fromkeys([*ours, *scored, *(role.column for role in self.rows)]))

    @property
    def declared_columns(self) -> list[str]:
        """Every column of the file that the mapping names, as a pattern or in full."""
        melted = self.shape.melt.columns if self.shape.melt else []
        return [*self.read_columns, *melted, *self.ignore]


def _column_faults(file: FileMapping) -> Iterator[Broken]:
    allowed = FIELDS[file.table]
    for name in file.columns:
        if name not in allowed:
            yield Broken(("columns", name), f"hoort niet bij {file.table}.", f"Kies uit: {', '.join(allowed)}.")
        elif file.source(name).source is None and name not in file.shape.made:
            yield Broken(("columns", name), "from ontbreekt.", "Zet erbij hoe de kolom in het bestand heet.")
        elif file.source(name).date and name not in DATES:
            yield Broken(("columns", name), "dit is geen datum.", "Haal date weg.")
        elif file.source(name).number and name not in NUMBERS:
            yield Broken(("columns", name), "dit is geen getal.", "Haal number weg.")
        elif file.source(name).empty and name != "team":
            yield Broken(("columns", name), "alleen een team mag onbekend zijn.", "Haal empty weg.")
    for name, required in allowed.items():
        if required and name not in file.provided:
            what = f"'{name}' ontbreekt."
            yield Broken(("columns",), what, "Zet erachter hoe de kolom in het bestand heet.")
    yield from _used_twice(file)


def _used_twice(file: FileMapping) -> Iterator[Broken]:
    ours = [name for one in file.columns if (name := file.source(one).source)]
    scored = [name for domain in file.scores for name in file.scores[domain]]
    used = [*ours, *scored, *file.ignore]
    for name in sorted({name for name in used if used.count(name) > 1}):
        yield Broken((), f"de kolom '{name}' wordt twee keer gebruikt.", "Kies één plek.")


def _step_faults(file: FileMapping) -> Iterator[Broken]:
    allowed = FIELDS[file.table]
    for name in file.shape.made:
        if name not in allowed:
            what = f"'{name}' hoort niet bij {file.table}."
            yield Broken(("shape",), what, f"Kies uit: {', '.join(allowed)}.")
    for name in file.record:
        if name not in file.provided:
            yield Broken(("record",), f"'{name}' staat niet onder columns.", "Noem alleen kolommen die gelezen worden.")
    bound = file.delivers.period_by if file.delivers else None
    if bound and bound != ACTIVE and not (bound in DATES | {"year"} and bound in file.provided):
        what = f"'{bound}' is geen datum van dit bestand."
        yield Broken(("delivers", "period_by"), what, f"Kies een datum onder columns, of {ACTIVE}.")
    if "amount_eur" not in file.provided and any(one.amount for role in file.rows for one in role.values.values()):
        yield Broken(("rows",), "amount: minus staat bij een bestand zonder bedrag.", "Noem de kolom van het bedrag.")
    says_edition = any(one.its_edition for role in file.rows for one in role.values.values())
    if says_edition and file.table != "assessments":
        yield Broken(("rows",), "een editie hoort alleen bij ZRM-metingen.", "Haal edition en instrument weg.")


def _instrument_faults(file: FileMapping) -> Iterator[Broken]:
    if file.table == "assessments":
        yield from _assessment_faults(file)
    if file.table == "ladder" and file.ladder_variant is None:
        what = "de variant van de Participatieladder ontbreekt."
        yield Broken(("ladder_variant",), what, "Vul ladder_variant in: classic of extended.")
    if file.table == "experienced" and file.scale is None:
        yield Broken(("scale",), "de schaal van de ervaren baat ontbreekt.", "Vul in: mark_1_10 of scale_1_5.")


def _assessment_faults(file: FileMapping) -> Iterator[Broken]:
    if not file.editions:
        what = "de editie van de ZRM ontbreekt."
        yield Broken(("edition",), what, "Vul edition in: zrm_2013 of zrm_2017, of zeg het per regel onder rows.")
    own = file.editions & set(EDITIONS[Instrument.SELF])
    by_client = file.rater_type == "client" or any(
        one.rater_type == "client" for role in file.rows for one in role.values.values()
    )
    if own and not by_client:
        yield Broken(("edition",), "Mijn ZRM vult de cliënt zelf in.", "Zet erbij: rater_type: client.")
    if {"life_domain", "score"} <= file.provided and file.scores:
        what = "een ZRM-bestand heeft óf een kolom per leefgebied (scores), óf life_domain en score."
        yield Broken(("scores",), what, "Kies één van de twee.")
    elif not {"life_domain", "score"} <= file.provided and not file.scores:
        what = "er staat niet waar de scores staan: een kolom per leefgebied (scores), of life_domain en score."
        yield Broken(("columns",), what, "Vul één van de twee in.")
    known = {domain for edition in file.editions for domain in DOMAINS[edition]}
    for domain in file.scores:
        if file.editions and domain not in known:
            labels = " of ".join(edition.label for edition in sorted(file.editions))
            yield Broken(("scores", domain.value), f"hoort niet bij {labels}.", "Kijk de editie na.")


class Mapping(Part):
    """mapping.yaml. `use` names ready mappings for known exports; the study's own files win."""

    schema_version: Literal[2]
    use: list[str] = []
    deliveries: Deliveries = Deliveries()
    files: list[FileMapping] = []
    ignore_files: list[str] = []

    @property
    def every_file(self) -> list[FileMapping]:
        """The study's own files, then those of ready mappings; a raw row knows its file by the place in this list."""
        return self.files

    @model_validator(mode="after")
    def _files_of_one_table_deliver_alike(self) -> Mapping:
        first: dict[str, FileMapping] = {}
        for at, file in enumerate(self.files):
            one = first.setdefault(file.table, file)
            wrong = "delivers" if one.delivers != file.delivers else "repeated" if one.repeated != file.repeated else ""
            if wrong:
                what = f"een ander bestand met {file.table} levert op een andere manier."
                raise RulesBroken([Broken(("files", at, wrong), what, "Zet bij alle hetzelfde.")])
        return self

    @field_validator("schema_version", mode="before")
    @classmethod
    def _version_is_of_today(cls, version: Any) -> Any:  # whatever the file holds
        if version == 1:
            problem = "deze koppeling heeft de vorm van een oudere versie."
            raise broken_rule(problem, "Zet haar om met: wijkbaat study upgrade MAP_VAN_DE_STUDIE.")
        return version

    @field_validator("use")
    @classmethod
    def _ready_mappings_are_names(cls, names: list[str]) -> list[str]:
        strange = [name for name in names if not re.fullmatch(r"mappings/[\w-]+\.yaml", name)]
        if strange:
            raise broken_rule(f"'{strange[0]}' is geen kant-en-klare koppeling.", "Bijvoorbeeld mappings/ggm.yaml.")
        return names


class WholeMapping(Mapping):
    """A mapping with the files of the ready mappings that it uses."""

    ready: list[FileMapping] = []

    @property
    def every_file(self) -> list[FileMapping]:
        """The study's own files first: they win."""
        return [*self.files, *self.ready]


class ReadyMapping(Part):
    """A ready mapping for a known export (studies/mappings/), with where its form was found."""

    schema_version: Literal[2]
    source: Annotated[str, Field(min_length=20)]
    files: list[FileMapping] = Field(min_length=1)
