"""The assessments of one subject as sorted integer arrays: what every count over people starts from.

Integers are sorted by client and day, so a client is a run of rows and nothing needs sorting again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from data_contracts.errors import ContractBroken
from data_contracts.study import SameDay
from data_contracts.tables.estimates import ALL
from data_contracts.vocabulary.field import SCORES
from data_contracts.vocabulary.scales import scale_of
from indicators.arrays import Flags, Integers

# Highest score per subject; an experienced benefit is a mark from 1 to 10 or a scale from 1 to 5.
HIGHEST_SCORE = {subject: scale.highest for subject in SCORES if (scale := scale_of(subject, ALL))}

# Of 100,000 to 500,000 the counting is fastest; benchmarks/effect_speed.py.
BLOCK_ROWS = 1 << 18


@dataclass(frozen=True, slots=True)
class Grouping:
    """One slice of the clients: a code per assessment (-1 = in no group) and the label of each code.

    A client belongs to the group of the client's first assessment, whatever happens later.
    """

    codes: Integers
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """Assessments of one subject, one row each, sorted by `client_no` and `day`.

    `day` counts days from any origin; `edition` indexes `editions`; `scores` holds an int8 array per life domain in
    which 0 means not scored. Life domains in `comparable` may be compared across editions, the others never.
    A subject without life domains has one array, named 'all'; experienced benefit has one per scale. `same_day` says
    which of several scores on one day counts (same_day.py).
    """

    subject: str
    client_no: Integers
    day: Integers
    edition: Integers
    editions: tuple[str, ...]
    is_monitoring: Flags
    scores: Mapping[str, Integers]
    groups: Mapping[str, Grouping] = field(default_factory=dict)
    comparable: frozenset[str] = frozenset()
    same_day: SameDay = "middle"

    def __post_init__(self) -> None:
        n_rows = len(self.client_no)
        arrays = [self.day, self.edition, self.is_monitoring, *self.scores.values()]
        arrays += [grouping.codes for grouping in self.groups.values()]
        if any(len(array) != n_rows for array in arrays):
            raise ContractBroken(f"panel {self.subject}: arrays of different lengths")
        later_client = self.client_no[1:] > self.client_no[:-1]
        same_client = self.client_no[1:] == self.client_no[:-1]
        n_unsorted = int(np.sum(~later_client & ~(same_client & (self.day[1:] >= self.day[:-1]))))
        if n_unsorted:
            raise ContractBroken(f"panel {self.subject}: {n_unsorted} rows are not sorted by client and day")
        highest = HIGHEST_SCORE[self.subject]
        if n_rows and any(scores.min() < 0 or scores.max() > highest for scores in self.scores.values()):
            raise ContractBroken(f"panel {self.subject}: a score lies outside 0 to {highest}")

    def highest(self, life_domain: str) -> int:
        """The top of the scale: ladder 6, a mark 10, the ZRM 5."""
        scale = scale_of(self.subject, life_domain)
        return HIGHEST_SCORE[self.subject] if scale is None else scale.highest

    @cached_property
    def client_starts(self) -> Integers:
        """The first row of every client."""
        if not len(self.client_no):
            return np.zeros(0, np.int32)
        return np.append(0, np.flatnonzero(np.diff(self.client_no)) + 1).astype(np.int32)

    @cached_property
    def client_of_row(self) -> Integers:
        """The client's position among the clients, per row."""
        is_next = np.zeros(len(self.client_no), np.int32)
        is_next[self.client_starts[1:]] = 1
        return np.cumsum(is_next, dtype=np.int32)

    @property
    def blocks(self) -> list[slice]:
        """The rows in blocks of whole clients, each small enough to stay in the processor's own memory."""
        n_blocks = 1 + len(self.client_no) // BLOCK_ROWS
        client = np.linspace(0, len(self.client_starts), n_blocks + 1).astype(np.intp)
        edges = np.append(self.client_starts, len(self.client_no))[client].tolist()
        return [slice(start, end) for start, end in pairwise(edges)]

    @cached_property
    def has_shared_days(self) -> bool:
        """Whether anybody has two assessments on one day."""
        return bool(np.any((self.client_no[1:] == self.client_no[:-1]) & (self.day[1:] == self.day[:-1])))

    @cached_property
    def has_monitoring(self) -> bool:
        """Whether any assessment was made after the help had ended."""
        return bool(self.is_monitoring.any())

    @cached_property
    def client_groups(self) -> dict[str, Grouping]:
        """Slice -> the group of every client; the slice 'all' is always there."""
        everyone = Grouping(np.zeros(len(self.client_starts), np.int32), (ALL,))
        return {ALL: everyone} | {
            name: Grouping(grouping.codes[self.client_starts].astype(np.int32), grouping.labels)
            for name, grouping in self.groups.items()
            if name != ALL
        }
