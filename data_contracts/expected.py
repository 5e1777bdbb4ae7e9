"""When deliveries are expected and who is told what: `on_schedule` in study.yaml.

Addresses of mail stand here, because they are no secret. A webhook is named: its address is a key, so it stands in the
environment of the machine (WIJKBAAT_WEBHOOK_<NAME>) and not in git.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from data_contracts.errors import broken_rule
from data_contracts.part import Part
from data_contracts.vocabulary.names import folded

Every = Literal["month", "quarter", "half_year", "year"]
MONTHS: dict[Every, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
About = Literal["failed", "missing", "worse"]


class ExpectedSeries(Part):
    """What one supplier delivers again and again, and how its deliveries are known.

    `deliveries` and `files` are patterns, as in mapping.yaml; a delivery without a row that counts from such a file is
    no delivery of this series. `covers: everything` says that each one also holds all periods before it.
    """

    supplier: str = Field(min_length=2, max_length=60)
    every: Every
    within_days: int = Field(ge=1, le=180)
    since: dt.date
    deliveries: str = Field(default="*", min_length=1)
    files: str = Field(default="*", min_length=1)
    covers: Literal["period", "everything"] = "period"


class Told(Part):
    """Who is told about what: an address of mail, or a webhook by its name."""

    mail: Annotated[str, Field(pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+$")] | None = None
    webhook: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,30}$")] | None = None
    about: list[About] = Field(min_length=1)

    @model_validator(mode="after")
    def _one_road(self) -> Told:
        if (self.mail is None) == (self.webhook is None):
            raise broken_rule("hier hoort mail of webhook, één van de twee.", "Bijvoorbeeld mail: naam@gemeente.nl.")
        return self


class OnSchedule(Part):
    """The series that are expected, and who is told."""

    expected: list[ExpectedSeries] = []
    tell: list[Told] = []

    @field_validator("expected")
    @classmethod
    def _a_supplier_is_named_once(cls, expected: list[ExpectedSeries]) -> list[ExpectedSeries]:
        if len({folded(one.supplier) for one in expected}) < len(expected):
            raise broken_rule("een leverancier staat er twee keer.", "Geef elke reeks een eigen naam (supplier).")
        return expected
