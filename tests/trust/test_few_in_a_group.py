"""That a few people came into a group which nobody was in, is told by no row that appears."""

from __future__ import annotations

import pandas as pd
import pytest
from municipality import change_table, clients
from plain_ledger import CHANGE, remembered

from data_contracts.gate.small_groups import without_few
from data_contracts.gate.specs import SPECS

SLICES = ("all", "team_type", "team", "cohort")


def groups(frame: pd.DataFrame) -> set[tuple[str, str]]:
    return set(frame[["slice", "slice_value"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("n_new", [1, 9])
@pytest.mark.parametrize("column", ["cohort", "team_type"])
def test_no_group_appears_in_a_release_because_a_few_came_in(gate, column: str, n_new: int) -> None:
    people = clients(5, [60, 45, 50])
    few = clients(6, [n_new]).assign(client=lambda own: own["client"] + 1_000, **{column: "nieuw"})
    first = gate(change_table(people, slices=SLICES))
    second = gate(change_table(pd.concat([people, few]), slices=SLICES), ledger=remembered(first))
    appeared = groups(second.frame) - groups(first.frame)
    assert (column, "nieuw") in appeared  # what the gate says of it in the closed zone
    then, now = (groups(without_few(SPECS[CHANGE], one.frame)) for one in (first, second))
    assert now - then == set()


def test_everybody_together_has_a_row_however_few(gate) -> None:
    alone = gate(change_table(clients(5, [7]), slices=SLICES)).frame
    assert groups(without_few(SPECS[CHANGE], alone)) == {("all", "all")}
