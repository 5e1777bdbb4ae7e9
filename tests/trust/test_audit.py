"""The audit against the plain truth: every table that fits, written out one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import audit
from data_contracts.gate.groups import Links
from data_contracts.gate.linked import linked_system
from data_contracts.gate.table import ExactTable, Facts, Row, first_decision

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
    found = audit(linked_system(table, first_decision(table), 5), ENOUGH)
    assert found.width.tolist() == widths_by_trying(counts)


def test_one_hidden_group_beside_one_shown_group_is_told_too_well() -> None:
    # 30 in all, 20 shown: the hidden group has 6 to 9 clients.
    table = groups_of([9, 21])
    found = audit(linked_system(table, first_decision(table), 5), 5)
    assert found.width.tolist() == [3]
    assert found.by_sums.tolist() == [True]


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
        audit(linked_system(table, decision, 5), 5)
