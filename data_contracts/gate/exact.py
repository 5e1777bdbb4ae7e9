"""The exact counts of a table with their thresholds, families and sums: what the audit works on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data_contracts.errors import GateRefused
from data_contracts.gate.estimate_figures import few_workers
from data_contracts.gate.groups import links_between
from data_contracts.gate.means import facts_of_means
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import ExactTable
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice, broader_groups
from data_contracts.vocabulary.field import ALL


def exact_table(
    spec: TableSpec,
    exact: pd.DataFrame,
    thresholds: Thresholds,
    team_types: Mapping[str, str],
    slices: Sequence[Slice] = (),
) -> ExactTable:
    """The counts of `exact` with their thresholds, families and sums."""
    slice_, value = groups_of(spec, exact)
    block = exact.groupby(spec.block, sort=True, dropna=False).ngroup()
    links = links_between(
        pd.DataFrame({"block": block, "slice": slice_, "slice_value": value}), team_types, broader_groups(slices)
    )
    at = {name: number for number, name in enumerate(spec.counts)}
    domain = exact["life_domain"] if "life_domain" in exact else pd.Series(ALL, exact.index)
    of_slice = slice_.map({one.name: one.threshold for one in slices}).fillna(0).to_numpy(np.int64)
    return ExactTable(
        counts=exact[spec.counts].to_numpy(np.int64),
        threshold=np.maximum(domain.map(thresholds.of).to_numpy(np.int64), of_slice),
        block=np.asarray(block, dtype=np.int64),
        slice=slice_.to_numpy(object),
        families=tuple(
            (at[one.whole], tuple(at[part] for part in one.parts), one.is_partition) for one in spec.families
        ),
        links=links,
        facts=facts_of_means(spec, exact),
        few_workers=few_workers(exact) if "n_workers" in exact else np.zeros(len(exact), np.bool_),
    )


def groups_of(spec: TableSpec, exact: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Slice and group of each row; a table by one column alone, as by cohort, has the slices 'all' and that column."""
    if not spec.group:
        everybody = pd.Series(ALL, exact.index, dtype="str")
        return everybody, everybody
    if len(spec.group) == 1:
        name = spec.group[0]
        return exact[name].where(exact[name] == ALL, name), exact[name]
    return exact["slice"], exact["slice_value"]


def refuse_odd_rows(spec: TableSpec, exact: pd.DataFrame, slices: Sequence[Slice]) -> None:
    """Only declared slices, and parts that fit their whole: otherwise the audit would attack another table."""
    odd = pd.Series(False, exact.index)
    if "slice" in exact:
        odd |= ~exact["slice"].isin([one.name for one in slices])
    for family in spec.families:
        parts, whole = exact[list(family.parts)], exact[family.whole]
        odd |= parts.gt(whole, axis=0).any(axis=1)
        if family.is_partition:
            odd |= parts.sum(axis=1) != whole
    if odd.any():
        raise GateRefused(
            f"{spec.result.name}: {int(odd.sum())} rijen horen bij een indeling die de studie niet noemt, of hebben "
            "delen die niet bij hun geheel passen. Er is niets gepubliceerd."
        )
