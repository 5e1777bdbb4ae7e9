"""What tests of the gate share: one call that releases a table, with defaults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from municipality import SLICES

from data_contracts.contract import empty_frame
from data_contracts.gate.disclosure import release_table
from data_contracts.gate.ledger import LEDGER
from data_contracts.gate.summary import Released
from data_contracts.study import Thresholds

CHANGE = "out_change__by_domain"
Gate = Callable[..., Released]


@pytest.fixture
def gate() -> Gate:
    """release_table with the usual thresholds and slices and no earlier release; `population` says who is in a row."""

    def release(frame: pd.DataFrame, name: str = CHANGE, **given: Any) -> Released:
        who = frame.get("population")
        given = {"thresholds": Thresholds(), "slices": SLICES, "ledger": empty_frame(LEDGER)} | given
        return release_table(name, frame.drop(columns="population", errors="ignore"), populations=who, **given)

    return release
