"""The door: an est_ table goes in, an out_ table comes out, and nothing in it is about a few people.

Order of the rules: names of small groups; threshold on distinct clients; the ledger of earlier releases; parts and
their complements; the audit over everything that adds up; rounding. docs/gate.md gives the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame, require
from data_contracts.errors import GateRefused
from data_contracts.gate.audit import told
from data_contracts.gate.earlier import cells_of, earlier_rows, shown_again
from data_contracts.gate.estimate_figures import few_workers
from data_contracts.gate.figures import released_figures
from data_contracts.gate.groups import links_between
from data_contracts.gate.hiding import protected
from data_contracts.gate.ledger import Before
from data_contracts.gate.linked import linked_system
from data_contracts.gate.means import facts_of_means
from data_contracts.gate.outside_labels import without_rare_labels
from data_contracts.gate.small_groups import small_teams, without_small_groups
from data_contracts.gate.spec import SPECS, TableSpec
from data_contracts.gate.summary import Released, leaving
from data_contracts.gate.table import ExactTable
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice, broader_groups
from data_contracts.tables.estimates import USERS
from data_contracts.vocabulary.field import ALL


def release_table(
    name: str,
    est_frame: pd.DataFrame,
    thresholds: Thresholds,
    slices: Sequence[Slice],
    before: Before,
    *,
    team_types: Mapping[str, str] | None = None,
    users: pd.DataFrame | None = None,
) -> Released:
    """The out_ table `name` made of the est_ table of that name.

    `before` is what was shown and how many people differ since. `team_types` says of each team which type it is.
    `users` (est_effects__users) counts the clients behind each kind of use; without it no kind of use leaves in a table
    that does not count them itself. Raises GateRefused, with counts only.
    """
    if name not in SPECS:
        raise GateRefused(f"Voor de tabel {name} zijn er geen regels om haar naar buiten te laten.")
    spec = SPECS[name]
    require(spec.source, est_frame)
    # What is hidden beside a small group, where two would do, must not hang on the order in which rows come.
    exact = est_frame.sort_values(spec.key, kind="stable").reset_index(drop=True)
    if exact.empty:
        return leaving(spec.result, empty_frame(spec.result))
    _refuse_odd_rows(spec, exact, slices)
    users = empty_frame(USERS) if users is None else users
    exact, n_rare = without_rare_labels(spec, exact, thresholds, users)
    exact, n_small = without_small_groups(spec, exact, thresholds)
    table = exact_table(spec, exact, thresholds, team_types or {}, slices)
    cells = cells_of(spec, exact, before).assign(rounded_to=thresholds.round_to)
    earlier = earlier_rows(spec, cells, before, table, thresholds.round_to)
    found = protected(table, earlier.first, thresholds.round_to)
    frame = released_figures(spec, exact, table, found.decision, thresholds.round_to)
    tells = told(linked_system(table, found.decision, thresholds.round_to), table.counts.shape)
    frame, cells = shown_again(spec, frame, cells, earlier, tells)
    order = frame.sort_values(spec.key, kind="stable").index
    frame, cells = frame.loc[order].reset_index(drop=True), cells.loc[order].reset_index(drop=True)
    return leaving(spec.result, frame, cells, n_rare + n_small, found.worst_width, found.n_cut_short)


def unnamed_teams(name: str, est_frame: pd.DataFrame, thresholds: Thresholds, users: pd.DataFrame) -> list[str]:
    """The teams that are one group, 'overig', in the out_ table `name`."""
    exact, _ = without_rare_labels(SPECS[name], est_frame, thresholds, users)
    return small_teams(SPECS[name], exact, thresholds)


def exact_table(
    spec: TableSpec,
    exact: pd.DataFrame,
    thresholds: Thresholds,
    team_types: Mapping[str, str],
    slices: Sequence[Slice] = (),
) -> ExactTable:
    """The counts of `exact` with their thresholds, families and sums."""
    slice_, value = _groups(spec, exact)
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


def _groups(spec: TableSpec, exact: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """Slice and group of each row; a table by one column alone, as by cohort, has the slices 'all' and that column."""
    if not spec.group:
        everybody = pd.Series(ALL, exact.index, dtype="str")
        return everybody, everybody
    if len(spec.group) == 1:
        name = spec.group[0]
        return exact[name].where(exact[name] == ALL, name), exact[name]
    return exact["slice"], exact["slice_value"]


def _refuse_odd_rows(spec: TableSpec, exact: pd.DataFrame, slices: Sequence[Slice]) -> None:
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
