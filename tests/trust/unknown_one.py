"""What is unknown of one person, in numbers: the values it can have, and the est_ table of groups by those values.

An attacker who knows everybody else knows of every group how many have each value, but for the one. So each value that
the one may have gives one table, made by the software's own functions.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from municipality import GROUPS
from numpy.typing import NDArray

from data_contracts.gate.rounding import Integers
from data_contracts.tables import estimates, released
from indicators.change.domains import change_by_domain

PAIRS = tuple(itertools.product(range(1, 6), range(1, 6)))
HOURS = (0, 4, 8, 12)  # of one provision in a year
DOMAIN, PRODUCT = "housing", "hulp bij het huishouden"
MARK = "mark"  # a moment or a unit, by which tables of the same groups can be told apart
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unknown:
    """An outcome of the table `name`, of which each of `values` is possible.

    `figures` makes its rows from keys (slice, slice_value, mark) and how many in each have each value. `column` is
    where people have the place of theirs, `mark` in `marked_by` the moment or unit of what is released, and `guesses`
    what is guessed: per value a label.
    """

    name: str
    column: str
    marked_by: str
    mark: str
    values: Sequence[object]
    figures: Callable[[pd.DataFrame, Integers], pd.DataFrame]
    guesses: Mapping[str, Labels]


def changes(keys: pd.DataFrame, counts: Integers) -> pd.DataFrame:
    """est_change__by_domain of groups by pairs of scores."""
    group, pair = np.nonzero(counts)
    before, after = np.array(PAIRS)[pair].T
    named = keys.rename(columns={MARK: "moment_to"}).assign(subject="zrm", life_domain=DOMAIN, moment_from="first")
    cells = named.iloc[group].assign(score_from=before, score_to=after, n_clients=counts[group, pair])
    table = change_by_domain(cells)
    return named[[*GROUPS, "moment_to"]].merge(table, validate="one_to_one")[list(table.columns)]


def uses(keys: pd.DataFrame, counts: Integers) -> pd.DataFrame:
    """est_care__use of groups by hours of one provision."""
    hours = np.array(HOURS)
    n, total = counts.sum(axis=1), (counts @ hours).astype(np.float64)
    largest = _most(counts)
    second = _most(counts - (hours == largest[:, None]))
    some = np.where(total > 0, total, np.nan)
    table = keys.rename(columns={MARK: "unit"}).assign(
        subject="provisions",
        what=PRODUCT,
        law="wmo",
        n_clients=n - counts[:, 0],
        n_clients_base=n,
        client_years=1.5 * n,
        total=total,
        largest_share=largest / some,
        two_largest_share=(largest + second) / some,
    )
    kinds = {name: str(column.dtype) for name, column in estimates.USE.columns.items()}
    return table[list(kinds)].astype(kinds)


def _most(counts: Integers) -> Integers:
    """The most hours that anybody has."""
    found: Integers = np.where(counts > 0, np.array(HOURS), 0).max(axis=1)
    return found


_BEFORE, _AFTER = np.array(PAIRS).T
CHANGE = Unknown(
    str(released.CHANGE.name),
    "pair",
    "moment_to",
    "last",
    PAIRS,
    changes,
    {
        "the score at first": _BEFORE,
        "the score at last": _AFTER,
        "better, equal or worse": np.sign(_AFTER - _BEFORE),
        "both scores": np.arange(len(PAIRS)),
    },
)
USE = Unknown(
    str(released.USE.name),
    "hours",
    "unit",
    "hour",
    HOURS,
    uses,
    {"used care or not": (np.array(HOURS) > 0).astype(np.int64), "how many hours": np.arange(len(HOURS))},
)
