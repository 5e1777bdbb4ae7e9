"""How files of a delivery become our tables (mapping.yaml): columns by name, dialect written out, nothing guessed."""

from __future__ import annotations

import codecs
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.study import Part
from data_contracts.vocabulary.field import DOMAINS, EDITIONS, Edition, Instrument, LadderVariant, LifeDomain, NotScored

Table = Literal[
    "assessments",
    "ladder",
    "clients",
    "trajectories",
    "provisions",
    "events",
    "experienced",
    "costs",
    "teams",
    "bridge",
]

# Our column -> is it required. What a municipality may deliver per table; anything else must stand under `ignore`.
FIELDS: dict[str, dict[str, bool]] = {
    "assessments": {
        "client_key": True,
        "assessed_on": True,
        "team": False,
        "moment_label": False,
        "rater_key": False,
        "life_domain": False,
        "score": False,
    },
    "ladder": {"client_key": True, "assessed_on": True, "ladder_step": True},
    "clients": {"client_key": True, "age_band": False, "household": False, "target_group": False, "referred_by": False},
    "trajectories": {
        "client_key": True,
        "team": False,
        "started_on": True,
        "ended_on": False,
        "hours": False,
        "solution_kind": False,
        "registered_on": False,
        "has_plan": False,
        "evaluated_on": False,
        "question_answered": False,
    },
    "provisions": {
        "client_key": True,
        "product": True,
        "law": True,
        "started_on": True,
        "ended_on": False,
        "volume": False,
        "unit": False,
        "amount_eur": False,
    },
    "events": {"client_key": True, "occurred_on": True, "event_kind": True},
    "experienced": {"client_key": True, "asked_on": True, "value": True},
    "costs": {"team": False, "year": True, "cost_kind": True, "amount_eur": True},
    "teams": {
        "team": True,
        "team_type": False,
        "valid_from": False,
        "valid_until": False,
        "succeeded_by": False,
        "approach_started_on": False,
    },
    "bridge": {"client_key": True, "client_key_new": True},
}


class CsvDialect(Part):
    """How the text of a CSV file is written."""

    kind: Literal["csv"]
    encoding: str = "utf-8"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ";"
    quote: Annotated[str, Field(min_length=1, max_length=1)] = '"'
    decimal: Literal[",", "."] = ","
    thousands: Literal[".", ",", " ", ""] = "."
    date: str = "%d-%m-%Y"
    skip_rows: int = Field(default=0, ge=0, le=50)

    @field_validator("encoding")
    @classmethod
    def _encoding_exists(cls, encoding: str) -> str:
        try:
            return codecs.lookup(encoding).name
        except LookupError:
            raise ValueError("deze tekencodering bestaat niet. || Meestal is het utf-8 of windows-1252.") from None


class XlsxDialect(Part):
    """Where in a workbook the table stands; dates and numbers are cells, or text written as said here."""

    kind: Literal["xlsx"]
    sheet: str | None = None
    decimal: Literal[",", "."] = ","
    thousands: Literal[".", ",", " ", ""] = "."
    date: str = "%d-%m-%Y"
    skip_rows: int = Field(default=0, ge=0, le=50)


class ParquetDialect(Part):
    """A Parquet file; its columns are read as text and cast by the same rules."""

    kind: Literal["parquet"]
    decimal: Literal[",", "."] = "."
    thousands: Literal[".", ",", " ", ""] = ""
    date: str = "%Y-%m-%d"
    skip_rows: Literal[0] = 0


class FileMapping(Part):
    """One kind of file in a delivery."""

    match: Annotated[str, Field(pattern=r"^[^/\\\[\]?]+\.(csv|xlsx|parquet)$")]
    table: Table
    dialect: CsvDialect | XlsxDialect | ParquetDialect = Field(discriminator="kind")
    columns: dict[str, str] = Field(min_length=1)
    scores: dict[str, LifeDomain] = {}
    ignore: list[str] = []
    edition: Edition | None = None
    ladder_variant: LadderVariant | None = None
    not_scored: dict[str, NotScored] = {}
    date_kind: Literal["assessed", "entered"] = "assessed"
    rater_type: Literal["professional", "client"] = "professional"
    scale: Literal["mark_1_10", "scale_1_5"] | None = None
    new_approach_costs: list[str] = []

    @model_validator(mode="after")
    def _columns_fit_the_table(self) -> FileMapping:
        allowed = FIELDS[self.table]
        strange = sorted(set(self.columns) - set(allowed))
        if strange:
            raise ValueError(f"columns: '{strange[0]}' hoort niet bij {self.table}. || Kies uit: {', '.join(allowed)}.")
        missing = [name for name, required in allowed.items() if required and name not in self.columns]
        if missing:
            raise ValueError(f"columns: '{missing[0]}' ontbreekt. || Zet erachter hoe de kolom in het bestand heet.")
        used = [*self.columns.values(), *self.scores, *self.ignore]
        twice = sorted({name for name in used if used.count(name) > 1})
        if twice:
            raise ValueError(f"de kolom '{twice[0]}' wordt twee keer gebruikt. || Kies één plek.")
        return self

    @model_validator(mode="after")
    def _instrument_is_named(self) -> FileMapping:
        if self.table == "assessments":
            if self.edition is None:
                raise ValueError("de editie van de ZRM ontbreekt. || Vul edition in: zrm_2013 of zrm_2017.")
            if self.edition in EDITIONS[Instrument.SELF] and self.rater_type != "client":
                raise ValueError("Mijn ZRM vult de cliënt zelf in. || Zet erbij: rater_type: client.")
            is_long = {"life_domain", "score"} <= set(self.columns)
            if is_long == bool(self.scores):
                what = "een ZRM-bestand heeft óf een kolom per leefgebied (scores), óf life_domain en score."
                raise ValueError(f"{what} || Kies één van de twee.")
            strange = [domain.value for domain in self.scores.values() if domain not in DOMAINS[self.edition]]
            if strange:
                raise ValueError(f"scores: '{strange[0]}' hoort niet bij {self.edition.label}. || Kijk de editie na.")
        if self.table == "ladder" and self.ladder_variant is None:
            raise ValueError(
                "de variant van de Participatieladder ontbreekt. || Vul ladder_variant in: classic of extended."
            )
        if self.table == "experienced" and self.scale is None:
            raise ValueError("de schaal van de ervaren baat ontbreekt. || Vul scale in: mark_1_10 of scale_1_5.")
        return self

    @property
    def is_long(self) -> bool:
        """One row per scored domain, instead of one row per assessment."""
        return self.table == "assessments" and not self.scores

    @property
    def declared_columns(self) -> list[str]:
        """Every column of the file that the mapping names."""
        return [*self.columns.values(), *self.scores, *self.ignore]


class Mapping(Part):
    """mapping.yaml."""

    schema_version: Literal[1]
    files: list[FileMapping] = Field(min_length=1)
    ignore_files: list[str] = []

    @field_validator("files")
    @classmethod
    def _assessments_are_mapped(cls, files: list[FileMapping]) -> list[FileMapping]:
        if not any(file.table == "assessments" for file in files):
            raise ValueError(
                "er is geen bestand met ZRM-metingen (table: assessments). || Dat is het enige dat niet mag ontbreken."
            )
        return files
