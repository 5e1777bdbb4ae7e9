"""The door: an est_ table goes in, an out_ table comes out, and nothing in it is about a few people.

Order of the rules: names of small groups; threshold on distinct clients; the ledger of earlier releases; parts and
their complements; the audit over everything that adds up; rounding. docs/gate.md gives the reasons.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data_contracts.contract import empty_frame, require
from data_contracts.errors import GateRefused
from data_contracts.gate.audit import told
from data_contracts.gate.earlier import Earlier, cells_of, earlier_rows, shown_again
from data_contracts.gate.exact import exact_table, groups_of, refuse_odd_rows
from data_contracts.gate.figures import released_figures
from data_contracts.gate.hiding import Protected, protected
from data_contracts.gate.hiding_together import protected_together
from data_contracts.gate.ledger import Before
from data_contracts.gate.linked import linked_system
from data_contracts.gate.outside_labels import without_rare_labels
from data_contracts.gate.same_names import Audited
from data_contracts.gate.same_people import OTHERS, Name, names_of
from data_contracts.gate.small_groups import rows_of_small_teams, small_teams, without_small_groups
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released, leaving
from data_contracts.gate.table import ExactTable
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice
from data_contracts.tables.estimates import USERS


@dataclass(frozen=True, slots=True)
class _Decided:
    """A table that is about to leave, and what its own audit said."""

    spec: TableSpec
    exact: pd.DataFrame
    table: ExactTable
    cells: pd.DataFrame
    earlier: Earlier
    found: Protected
    unnamed: pd.DataFrame
    n_left_out: int


def release_tables(
    frames: Mapping[str, pd.DataFrame],
    thresholds: Thresholds,
    slices: Sequence[Slice],
    before: Before,
    *,
    team_types: Mapping[str, str] | None = None,
    users: pd.DataFrame | None = None,
) -> dict[str, Released]:
    """The out_ tables by name, made of the est_ tables in `frames`: each is audited by itself, and then all together.

    `before` is what was shown and how many people differ since. `team_types` says of each team which type it is.
    `users` (est_effects__users) counts the clients behind each kind of use; without it no kind of use leaves in a table
    that does not count them itself. Raises GateRefused, with counts only.
    """
    users = empty_frame(USERS) if users is None else users
    decided = {
        name: _decided(name, frame, thresholds, slices, before, team_types or {}, users)
        for name, frame in sorted(frames.items())  # what is hidden must not hang on their order either
    }
    counted = [one for one in decided.values() if one is not None]
    cut_short = protected_together([_audited(one) for one in counted], thresholds.round_to, team_types or {})
    slices_given_up = dict(zip((one.spec.result.name for one in counted), cut_short, strict=True))
    return {
        name: leaving(SPECS[name].result, empty_frame(SPECS[name].result))
        if one is None
        else _released(one, thresholds.round_to, slices_given_up[name])
        for name, one in decided.items()
    }


def _decided(
    name: str,
    est_frame: pd.DataFrame,
    thresholds: Thresholds,
    slices: Sequence[Slice],
    before: Before,
    team_types: Mapping[str, str],
    users: pd.DataFrame,
) -> _Decided | None:
    """What is shown of one table by itself; None where it is empty."""
    if name not in SPECS:
        raise GateRefused(f"Voor de tabel {name} zijn er geen regels om haar naar buiten te laten.")
    spec = SPECS[name]
    require(spec.source, est_frame)
    # What is hidden beside a small group, where two would do, must not hang on the order in which rows come.
    exact = est_frame.sort_values(spec.key, kind="stable").reset_index(drop=True)
    if exact.empty:
        return None
    refuse_odd_rows(spec, exact, slices)
    exact, n_rare = without_rare_labels(exact, thresholds, users)
    unnamed = rows_of_small_teams(spec, exact, thresholds)
    exact, n_small = without_small_groups(spec, exact, thresholds)
    table = exact_table(spec, exact, thresholds, team_types, slices)
    cells = cells_of(spec, exact, before).assign(rounded_to=thresholds.round_to)
    earlier = earlier_rows(spec, cells, before, table, thresholds.round_to)
    found = protected(table, earlier.first, thresholds.round_to)
    return _Decided(spec, exact, table, cells, earlier, found, unnamed, n_rare + n_small)


def _audited(one: _Decided) -> Audited:
    """What the audit of all tables together must know of one."""
    names = [{at: name for at, name in enumerate(row) if name} for row in _names(one, one.exact)]
    group = {kind: row for row, kinds in enumerate(names) for kind in kinds.items()}
    apart = []
    others = OTHERS.join(sorted(one.unnamed["slice_value"].unique())) if len(one.unnamed) else ""
    for name_of, counts in zip(_names(one, one.unnamed), one.unnamed[one.spec.counts].to_numpy(), strict=True):
        for column, (name, count) in enumerate(zip(name_of, counts.tolist(), strict=True)):
            row = group.get((column, (name[0], name[1], others))) if name else None
            if name and row is not None and name[2] != others:
                apart.append((row, column, name, count))
    return Audited(one.table, one.found.decision, names, apart)


def _names(one: _Decided, exact: pd.DataFrame) -> list[list[Name | None]]:
    """Per row of `exact` the name of each count of the table, where it has one."""
    slice_, value = groups_of(one.spec, exact)
    about = exact[[*one.spec.key, *(name for name in ("law",) if name in exact)]]
    groups = pd.DataFrame({"slice": slice_, "slice_value": value})
    others = sorted(one.unnamed["slice_value"].unique()) if len(one.unnamed) else []
    names = names_of(str(one.spec.result.name), about, groups, others)
    return [[row.get(count) for count in one.spec.counts] for row in names]


def _released(one: _Decided, base: int, n_cut_short: int) -> Released:
    spec, decision = one.spec, one.found.decision
    frame = released_figures(spec, one.exact, one.table, decision, base)
    tells = told(linked_system(one.table, decision, base), one.table.counts.shape)
    frame, cells = shown_again(spec, frame, one.cells, one.earlier, tells)
    order = frame.sort_values(spec.key, kind="stable").index
    frame, cells = frame.loc[order].reset_index(drop=True), cells.loc[order].reset_index(drop=True)
    return leaving(
        spec.result, frame, cells, one.n_left_out, one.found.worst_width, one.found.n_cut_short + n_cut_short
    )


def unnamed_teams(name: str, est_frame: pd.DataFrame, thresholds: Thresholds, users: pd.DataFrame) -> list[str]:
    """The teams that are one group, 'overig', in the out_ table `name`."""
    exact, _ = without_rare_labels(est_frame, thresholds, users)
    return small_teams(SPECS[name], exact, thresholds)
