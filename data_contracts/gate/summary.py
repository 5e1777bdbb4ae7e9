"""What the gate hands back: the out_ table, and counts of what was done to it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import require
from data_contracts.gate.labels import require_labels
from data_contracts.tables.released import Status


@dataclass(frozen=True, slots=True)
class Summary:
    """What the gate did to one table, in counts that may be logged.

    `left_out` counts rows that have no place in the out_ table at all: of groups whose name would tell who they are.
    `worst_width` is the least number by which the highest and the lowest possible value of a hidden count differ, as
    far as the audit had to prove it; None when nothing is hidden. In `cut_short` blocks of rows the steps of the audit
    ran out, so that more is hidden there than may be needed.
    """

    table: str
    rows: int
    released: int
    banded: int
    held: int
    withdrawn: int
    too_few: int
    secondary: int
    refused: int
    left_out: int
    worst_width: int | None
    cut_short: int


@dataclass(frozen=True, slots=True)
class Released:
    """An out_ table, what was done to it, and (closed zone only) what the ledger must remember of it."""

    frame: pd.DataFrame
    summary: Summary
    cells: pd.DataFrame


def leaving(
    contract: pa.DataFrameSchema,
    frame: pd.DataFrame,
    cells: pd.DataFrame | None = None,
    left_out: int = 0,
    worst_width: int | None = None,
    cut_short: int = 0,
) -> Released:
    """The one way out: `frame` keeps its contract, and every word in it is a code of ours or an admitted label."""
    require(contract, frame)
    require_labels(contract, frame)
    counts = {status.value: int((frame["status"] == status).sum()) for status in Status}
    summary = Summary(
        str(contract.name), len(frame), left_out=left_out, worst_width=worst_width, cut_short=cut_short, **counts
    )
    return Released(frame, summary, pd.DataFrame() if cells is None else cells)
