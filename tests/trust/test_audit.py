"""The audit against the plain truth: every table that fits, written out one by one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import Attack
from data_contracts.gate.groups import Links
from data_contracts.gate.hiding import protected
from data_contracts.gate.linked import linked_system
from data_contracts.gate.programme import STEPS, Steps
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row, first_decision

ENOUGH = 50  # asks for exact widths: no count here can be that wide


def groups_of(counts: list[int], threshold: int = 10) -> ExactTable:
    """'all' and the groups that divide it; clients only."""
    n = len(counts)
    return ExactTable(
        counts=np.array([[sum(counts)], *([count] for count in counts)], dtype=np.int64),
        threshold=np.full(n + 1, threshold),
        block=np.zeros(n + 1, np.int64),
        slice=np.array(["all", *["team"] * n], dtype=object),
        families=(),
        links=Links(np.zeros(n, np.int64), np.zeros(n, np.int64), np.arange(1, n + 1)),
        facts=Facts.none(1),
        few_workers=np.zeros(n + 1, np.bool_),
    )


def attack_on(table: ExactTable, decision: Decision, least_width: int, base: int = 5) -> Attack:
    """The whole attack, every count that is not safe at sight driven to its ends."""
    known = table.counts[:, :, None].astype(np.float64)
    found = Attack(linked_system(table, decision, base), least_width, [Steps()] * len(table.block), known)
    for suspect in found.suspects.tolist():
        found.is_safe(suspect)
    return found


def widths_by_trying(counts: list[int], base: int = 5, threshold: int = 10) -> list[int]:
    """Highest minus lowest of each hidden group, over all tables that round to what is shown."""

    def possible(count: int) -> range:
        if count < threshold:
            return range(threshold)
        middle = (count + base // 2) // base * base
        return range(max(threshold, middle - base // 2), middle + (base - 1) // 2 + 1)

    total = possible(sum(counts))
    fitting = [table for table in product(*map(possible, counts)) if sum(table) in total]
    seen = np.array(fitting)
    hidden = [place for place, count in enumerate(counts) if count < threshold]
    return (seen[:, hidden].max(axis=0) - seen[:, hidden].min(axis=0)).tolist()


@pytest.mark.parametrize(
    "counts", [[8, 12], [0, 12], [3, 25], [9, 9, 30], [1, 1, 1, 40], [5, 14, 22, 31], [7, 8, 11, 10], [2, 10, 13]]
)
def test_the_audit_finds_the_widths_that_trying_every_table_finds(counts: list[int]) -> None:
    table = groups_of(counts)
    found = attack_on(table, first_decision(table), ENOUGH)
    assert found.width[found.system.hidden].tolist() == widths_by_trying(counts)


def test_one_hidden_group_beside_one_shown_group_is_told_too_well() -> None:
    # 30 in all, 20 shown: the hidden group has 6 to 9 clients.
    table = groups_of([9, 21])
    found = attack_on(table, first_decision(table), 5)
    assert found.width[found.system.hidden].tolist() == [3]
    assert found.by_sums.tolist() == [False, True, False]


def test_people_in_no_group_are_a_hidden_group_too() -> None:
    table = groups_of([20, 30])
    table.counts[0, 0] += 3
    system = linked_system(table, first_decision(table), 5)
    assert system.truth[system.hidden].tolist() == [3]


def test_groups_that_overlap_tell_nothing_about_their_sum() -> None:
    table = groups_of([20, 30])
    table.counts[0, 0] -= 3
    assert linked_system(table, first_decision(table), 5).matrix.shape[0] == 0


def test_an_audit_of_a_table_that_is_not_the_shown_one_is_refused() -> None:
    table = groups_of([8, 30])
    decision = first_decision(table)
    decision.row[0] = Row.HELD  # bounds 0..0, while there are 38 clients
    with pytest.raises(GateRefused, match="controle"):
        attack_on(table, decision, 5)


SMALL, STEP = 3, 2  # threshold and rounding of tables that are small enough to write out
two_parts = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=3)


def divided_groups(parts: list[tuple[int, int]]) -> ExactTable:
    """'all' and the groups that divide it; the clients of each fall into two parts."""
    every = np.array([(up + other, up, other) for up, other in parts], dtype=np.int64)
    n = len(parts)
    return ExactTable(
        counts=np.vstack([every.sum(axis=0), every]),
        threshold=np.full(n + 1, SMALL),
        block=np.zeros(n + 1, np.int64),
        slice=np.array(["all", *["team"] * n], dtype=object),
        families=((0, (1, 2), True),),
        links=Links(np.zeros(n, np.int64), np.zeros(n, np.int64), np.arange(1, n + 1)),
        facts=Facts.none(3),
        few_workers=np.zeros(n + 1, np.bool_),
    )


def fits(shown: Row, parts: list[Part], true: tuple[int, ...], seen: tuple[int, ...]) -> bool:
    """Whether the counts `seen` of one row could stand where those that are `true` were hidden or rounded."""

    def rounds_alike(at: int) -> bool:
        return seen[at] >= SMALL and (seen[at] + STEP // 2) // STEP == (true[at] + STEP // 2) // STEP

    if shown != Row.SHOWN:
        return seen[0] < SMALL if shown == Row.TOO_FEW else seen[0] >= SMALL
    if not rounds_alike(0):
        return False
    for at, part in enumerate(parts, start=1):
        rest = seen[0] - seen[at]
        if part == Part.SHOWN and not (rounds_alike(at) and rest >= SMALL):
            return False
        if (part == Part.BELOW and seen[at] >= SMALL) or (part == Part.ABOVE and rest >= SMALL):
            return False
    return True


def widths_of_divided_groups(table: ExactTable, decision: Decision) -> np.ndarray:
    """Highest minus lowest of every count, over all tables that fit what is shown."""
    true = [tuple(row) for row in table.counts.tolist()]
    most = int(table.counts[1:, 0].max()) + 2 * STEP + SMALL
    each = [(up + other, up, other) for up in range(most) for other in range(most - up)]

    def row_fits(row: int, seen: tuple[int, ...]) -> bool:
        return fits(Row(decision.row[row]), [Part(code) for code in decision.part[row, 1:]], true[row], seen)

    groups = [[seen for seen in each if row_fits(row, seen)] for row in range(1, len(true))]
    tables = [(tuple(map(sum, zip(*chosen, strict=True))), *chosen) for chosen in product(*groups)]
    seen = np.array([one for one in tables if row_fits(0, one[0])])
    return seen.max(axis=0) - seen.min(axis=0)


@settings(max_examples=40, derandomize=True, deadline=None)
@given(two_parts, st.integers(1, 4))
def test_a_count_is_safe_exactly_when_two_written_out_tables_are_that_far_apart(
    parts: list[tuple[int, int]], least_width: int
) -> None:
    table = divided_groups(parts)
    decision = first_decision(table)
    found = attack_on(table, decision, least_width, STEP)
    true_widths = widths_of_divided_groups(table, decision).T.ravel()
    counts = np.flatnonzero(found.system.hidden[: true_widths.size])
    unsafe = found.width[counts] < least_width
    assert (true_widths[counts][unsafe] < least_width).all()
    if not found.by_sums.any():  # beside a count that sums pin down, nothing is attacked
        assert (true_widths[counts][~unsafe] >= least_width).all()


@settings(max_examples=30, derandomize=True, deadline=None)
@given(two_parts, st.sampled_from([1, 3, 10]))
def test_what_leaves_when_the_steps_run_out_is_safe_all_the_same(parts: list[tuple[int, int]], n_steps: int) -> None:
    table = divided_groups(parts)
    found = protected(table, first_decision(table), STEP, n_steps).decision
    if (found.row == Row.SHOWN).any():
        attack = attack_on(table, found, STEP, STEP)
        assert (attack.width[attack.system.hidden] >= STEP).all()


def test_where_the_steps_run_out_more_is_hidden_and_the_block_is_counted() -> None:
    table = divided_groups([(5, 6), (6, 1), (2, 6)])
    whole, cut_short = (protected(table, first_decision(table), STEP, n_steps) for n_steps in (STEPS, 1))
    assert (whole.n_cut_short, cut_short.n_cut_short) == (0, 1)
    assert (cut_short.decision.row == Row.SHOWN).sum() < (whole.decision.row == Row.SHOWN).sum()


def tables_after(attack: Attack, table: ExactTable, n_kept: int) -> np.ndarray:
    """What is remembered of an attack, in the place of tables of which nothing is known but the truth."""
    tables = np.repeat(table.counts[:, :, None].astype(np.float64), n_kept, axis=2)
    attack.remember(tables)
    return tables


@pytest.mark.parametrize("is_partition", [True, False])
def test_tables_that_proved_something_are_remembered_and_each_of_them_could_be_the_true_one(is_partition: bool) -> None:
    """Five groups of whom some rose: what is remembered adds up and rounds as it is shown."""
    table = divided_groups([(1, 3), (3, 8), (1, 4), (2, 0), (6, 0)])
    if not is_partition:
        one_part = ((0, (1,), False),)
        table = replace(table, counts=table.counts[:, :2], families=one_part, facts=Facts.none(2))
    found = attack_on(table, first_decision(table), 2, STEP)
    tables = tables_after(found, table, n_kept=4)
    assert (tables != table.counts[:, :, None]).any()
    system, n_counts = found.system, table.counts.size
    for counts in np.moveaxis(tables, 2, 0):
        assert counts[0] == pytest.approx(counts[1:].sum(axis=0))
        assert not is_partition or counts[:, 0] == pytest.approx(counts[:, 1] + counts[:, 2])
        told = counts.T.ravel()
        assert (told >= system.low[:n_counts] - 1e-6).all() and (told <= system.high[:n_counts] + 1e-6).all()


@pytest.mark.parametrize(
    "table", [groups_of([5, 14, 22, 31, 7, 7, 7]), divided_groups([(1, 3), (3, 8), (1, 4), (2, 0), (6, 0)])]
)
def test_an_attack_that_knows_earlier_tables_takes_no_steps_to_prove_the_same(table: ExactTable) -> None:
    decision = first_decision(table)
    known = tables_after(attack_on(table, decision, STEP, STEP), table, n_kept=7)

    def steps_of(tables: np.ndarray) -> int:
        steps = Steps()
        found = Attack(linked_system(table, decision, STEP), STEP, [steps] * len(table.block), tables)
        assert all(found.is_safe(suspect) for suspect in found.suspects.tolist())
        return STEPS - steps.left

    assert steps_of(known) == 0
    assert steps_of(table.counts[:, :, None].astype(np.float64)) > 0


def test_a_table_that_does_not_fit_any_more_proves_nothing() -> None:
    """Of an earlier attempt, in which less was shown: 40 clients in the first hidden group."""
    table = groups_of([9, 21])
    odd = table.counts[:, :, None].astype(np.float64)
    for own in (40.0, -1.0):
        odd[1, 0, 0] = own
        found = Attack(linked_system(table, first_decision(table), 5), 5, [Steps()] * 3, odd)
        assert found.width[found.system.hidden].tolist() == [3]
