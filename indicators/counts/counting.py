"""Counting people into a table of a contract: work side by side, clients per group and cell, columns of text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame
from indicators.arrays import Integers
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Panel

Task = TypeVar("Task")
Found = TypeVar("Found")


def side_by_side(panel: Panel, work: Callable[[Task], Found], tasks: Sequence[Task]) -> Iterator[Found]:
    """What `work` finds per task, in the order of the tasks; on two threads, numpy works outside the lock."""
    _ = panel.client_of_row, panel.client_groups  # what the threads share must exist before they start
    with ThreadPoolExecutor(2) as pool:
        yield from pool.map(work, tasks)


def group_counts(group: Integers, n_groups: int, cell: Integers | int = 0, n_cells: int = 1) -> Integers:
    """Clients per group and cell, int64[n_groups + 1, n_cells]; the first row counts who is in no group (-1)."""
    code = (group + np.intp(1)) * n_cells + cell
    return np.bincount(code, minlength=(n_groups + 1) * n_cells).reshape(n_groups + 1, n_cells)


def label_of(labels: Sequence[str], group: Integers) -> pd.api.extensions.ExtensionArray:
    """The label of every group, as text at once: pandas would look at each object to see that it is text."""
    return pd.array(list(labels), dtype="string").take(group)


def part(subject: str, domain: str, **columns: object) -> pd.DataFrame:
    """Rows of one life domain, in the table's columns."""
    return pd.DataFrame({"subject": subject, "life_domain": domain, **columns})


def contract_table(schema: pa.DataFrameSchema, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The parts below each other, with the columns of the contract."""
    found = list(parts)
    return as_table(schema, pd.concat(found, ignore_index=True) if found else empty_frame(schema))
