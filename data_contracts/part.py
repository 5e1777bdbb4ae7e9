"""What every model of a study's files shares."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Part(BaseModel):
    """A part of a study: no unknown keys, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
