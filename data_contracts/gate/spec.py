"""What the gate must know of each est_ table: which column counts people, which counts are parts of it, what else.

Key columns and text from closed lists pass. What the out_ contract does not name never leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandera.pandas as pa

from data_contracts.gate.groups import OTHER, TEAM
from data_contracts.tables.contributions import outcome_name, outcome_of_others
from data_contracts.vocabulary.field import ALL

Cell = tuple[str, str, str]  # an outcome, a slice and a group in it


@dataclass(frozen=True, slots=True)
class Family:
    """Counts of distinct people within another count. A partition adds up to `whole`; else each part stands alone."""

    whole: str
    parts: tuple[str, ...]
    is_partition: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """How one table of figures about groups of clients is made safe.

    `outcome` says what people contribute to: its kind and the columns that tell outcomes of that kind apart (see
    `data_contracts/tables/contributions.py`).
    `whole` counts the distinct clients of a row. `means` says of each mean which part it tells about: who is sufficient
    by a mean score, who went up and down by a mean 'change'. `tests` are shown only where all parts of the first family
    are, where there is one. `sums` are totals over clients: rounded by the largest contribution. `models` are figures
    of a model with the ends of their 95 % interval. `verdicts` leave as yes or no: is this p below 5 %, is this end of
    an interval above 0.
    """

    source: pa.DataFrameSchema
    result: pa.DataFrameSchema
    outcome: tuple[str, ...]
    whole: str
    families: tuple[Family, ...] = ()
    means: Mapping[str, str] = field(default_factory=dict)
    intervals: tuple[tuple[str, str], ...] = ()
    tests: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    models: tuple[tuple[str, str, str], ...] = ()
    verdicts: Mapping[str, str] = field(default_factory=dict)
    group: tuple[str, ...] = ("slice", "slice_value")
    block_key: tuple[str, ...] = ()  # where it is not the key without the group
    can_be_added: bool = True  # figures of two groups make the figure of both together
    rests_on_others: bool = False  # on more people than the row counts: a model, or those they are compared with

    @property
    def key(self) -> list[str]:
        """What a row is about."""
        return list(self.source.unique)

    @property
    def block(self) -> list[str]:
        """What rows share that divide the same clients and are protected together."""
        return list(self.block_key) or [name for name in self.key if name not in self.group]

    def cell(self, key: Mapping[str, object]) -> Cell:
        """The outcome, the slice and the group of the row with this key; who rated, say, is part of the outcome."""
        kind, *about = self.outcome
        outcome = outcome_name(kind, [key[name] for name in about])
        if not set(self.group) & set(key) - set(about):
            return outcome, ALL, ALL
        value = str(key[self.group[-1]])
        if value == OTHER and key.get("slice", TEAM) == TEAM:
            return outcome_of_others(str(self.result.name), outcome), ALL, ALL
        if len(self.group) == 1:
            return outcome, ALL if value == ALL else self.group[0], value
        return outcome, str(key[self.group[0]]), value

    @property
    def parts(self) -> list[str]:
        """Every count that is a part of another."""
        return [part for family in self.families for part in family.parts]

    @property
    def counts(self) -> list[str]:
        """Every count of people."""
        return [self.whole, *self.parts]
