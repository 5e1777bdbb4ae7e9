"""What a study.yaml says to protect people: why data may be used, how long they are kept, how few a figure is about."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field

from data_contracts.part import Part
from data_contracts.vocabulary.field import SENSITIVE_DOMAINS


class LegalGround(Part):
    """Why these data may be used for this study; filled in by the municipality, never by the program."""

    purpose: str = Field(min_length=10)
    ground: str = Field(min_length=5)
    decided_by: str = Field(min_length=2)


WARN_DAYS = 90


class Retention(Part):
    """How long what is kept in the closed zone: raw text, and everything about people with its last day."""

    raw_days: int = Field(ge=1, le=365)
    records_until: dt.date

    def has_ended(self, on: dt.date) -> bool:
        """Whether everything about people is to be gone."""
        return on > self.records_until

    def warning(self, on: dt.date) -> str:
        """What to say in the last 90 days, in Dutch; empty before and after them."""
        left = (self.records_until - on).days
        if not 0 <= left <= WARN_DAYS:
            return ""
        when = "vandaag" if left == 0 else f"over {left} {'dag' if left == 1 else 'dagen'}"
        return (
            f"De bewaartermijn van deze studie eindigt {when} ({self.records_until:%d-%m-%Y}). Daarna worden alle "
            "gegevens over mensen gewist en komt er geen nieuw cijfer meer; de laatste publicatie blijft staan. Is er "
            "een grondslag om langer te bewaren, pas dan retention.records_until in study.yaml aan."
        )


class Thresholds(Part):
    """How few people a figure may be about, and how it is rounded."""

    clients: int = Field(default=10, ge=10, le=100)
    sensitive_clients: int = Field(default=20, ge=20, le=100)
    round_to: Literal[5, 10] = 5
    max_quarantined_share: float = Field(default=0.05, gt=0, le=0.5, allow_inf_nan=False)
    # Of what was known of one kind and half-year: how much a delivery may take away or change before a person is asked;
    # and how many of the new records of an addition may look like a correction of an earlier one.
    max_gone_share: float = Field(default=0.25, ge=0, le=1, allow_inf_nan=False)
    max_changed_share: float = Field(default=0.5, ge=0, le=1, allow_inf_nan=False)
    max_moved_share: float = Field(default=0.2, ge=0, le=1, allow_inf_nan=False)
    # The least share of the clients of another table that must have a ZRM: below it the keys do not meet.
    min_known_share: float = Field(default=0.05, ge=0, le=1, allow_inf_nan=False)

    def of(self, life_domain: str) -> int:
        """The threshold for a life domain; a sensitive one has its own."""
        return self.sensitive_clients if life_domain in SENSITIVE_DOMAINS else self.clients
