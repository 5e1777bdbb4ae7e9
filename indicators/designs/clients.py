"""What estimates of effects start from: one row per client with every outcome of the first year, and their courses."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from indicators.effects.estimates import Outcome

_AGES = "is_age_"


@dataclass(frozen=True, slots=True)
class Scored:
    """One score at two moments: the change as an outcome, and the columns of the first and the last score."""

    change: Outcome
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ClientOutcomes:
    """One row per client with team, intake and exposure, and which of its columns are outcomes."""

    clients: pd.DataFrame
    scored: tuple[Scored, ...]
    used: tuple[Outcome, ...]

    @property
    def leading(self) -> list[Scored]:
        """The life domains that the study declared."""
        return [one for one in self.scored if one.change.subject == "zrm" and one.change.is_headline]


@dataclass(frozen=True, slots=True)
class Courses:
    """`measured`: the rows of relapse_estimates; `returns`: its Returns.clients; `odd`: client_no of odd courses."""

    measured: pd.DataFrame
    returns: pd.DataFrame
    odd: frozenset[int]


def with_ages(found: ClientOutcomes) -> ClientOutcomes:
    """With an indicator per age band but the most usual one; clients of unknown age are a band of their own."""
    bands = found.clients["age_band"].fillna("unknown")
    others = sorted(set(bands) - set(bands.mode()[:1]))
    indicators = {f"{_AGES}{band}": bands.eq(band).astype(float) for band in others}
    return replace(found, clients=found.clients.assign(**indicators))


def age_columns(clients: pd.DataFrame) -> list[str]:
    """The columns that `with_ages` made."""
    return [str(name) for name in clients if str(name).startswith(_AGES)]
