"""Which counts of two tables are one number, and what binds them, in tables that can be read at a glance."""

from __future__ import annotations

import numpy as np

from data_contracts.gate.groups import Links
from data_contracts.gate.same_names import Audited, bonds
from data_contracts.gate.same_people import OTHERS, Name
from data_contracts.gate.table import ExactTable, Facts, first_decision

SCORED = ("scored", "zrm", "housing")


def named(slice_: str, group: str, what: tuple[str, ...] = SCORED) -> Name:
    return what, slice_, group


def table(
    counts: dict[Name, int],
    blocks: list[int] | None = None,
    sums: list[tuple[int, int, int]] | None = None,
    apart: list[tuple[int, int, Name, int]] | None = None,
) -> Audited:
    """One count per row; `sums` are (equation, parent, child)."""
    n, threshold = len(counts), 10
    links = Links(*np.array(sums or [], dtype=np.int64).reshape(-1, 3).T)
    exact = ExactTable(
        counts=np.array(list(counts.values()), dtype=np.int64).reshape(-1, 1),
        threshold=np.full(n, threshold),
        block=np.array(blocks or [0] * n),
        slice=np.array([slice_ for _, slice_, _ in counts], dtype=object),
        families=(),
        links=links,
        facts=Facts.none(1),
        few_workers=np.zeros(n, np.bool_),
    )
    return Audited(exact, first_decision(exact), [{0: name} for name in counts], apart or [])


def test_counts_of_one_name_and_number_are_one_unknown_and_of_another_number_are_not() -> None:
    same, other = table({named("all", "all"): 80}), table({named("all", "all"): 80, named("team", "Noord"): 30})
    found = bonds([same, other, table({named("all", "all"): 79})], {})
    assert [one.tolist() for one in found.number] == [[0], [0, 1], [2]]
    assert found.truth.tolist() == [80, 30, 79]
    assert found.binding.tolist() == [True, False, False]  # the first stands in two tables


def test_small_teams_together_are_the_sum_of_those_that_another_table_shows_each() -> None:
    """Oost and West are one group in the first table, and stand by themselves in the second."""
    oost, west, both = named("team", "Oost"), named("team", "West"), named("team", OTHERS.join(["Oost", "West"]))
    first = table({both: 13}, apart=[(0, 0, oost, 6), (0, 0, west, 7)])
    found = bonds([first, table({oost: 6, west: 7})], {})
    (whole,), (at_oost, at_west) = found.number
    row = found.equations.toarray()
    assert row.shape[0] == 1
    assert (row[0, whole], row[0, at_oost], row[0, at_west]) == (1, -1, -1)
    # A single team of a group reaches the threshold nowhere in its table: 0 to 9, and it is hidden.
    assert found.apart[:, 1:5].tolist() == [[0, 9, 10, 1], [0, 9, 10, 1]]


def test_a_type_of_teams_is_the_sum_of_its_teams_where_it_is_so_for_the_exact_numbers() -> None:
    types = {"Noord": "buurt", "Zuid": "buurt"}
    counts = {named("team_type", "buurt"): 50, named("team", "Noord"): 30, named("team", "Zuid"): 20}
    assert bonds([table(counts)], types).equations.toarray().tolist() == [[1, -1, -1]]
    assert not bonds([table(counts | {named("team", "Zuid"): 19})], types).equations.shape[0]


def test_people_of_one_name_who_are_people_of_another_are_never_more() -> None:
    inside = {named("all", "all"): 60, named("all", "all", ("in view",)): 90}
    assert bonds([table(inside)], {}).facts.toarray().tolist() == [[1, -1]]
    all_of_them = inside | {named("all", "all"): 90}
    assert bonds([table(all_of_them)], {}).facts.toarray().tolist() == [[1, -1]]
    odd = {named("all", "all"): 95, named("all", "all", ("in view",)): 90}
    assert not bonds([table(odd)], {}).facts.shape[0]  # not so for these numbers: nobody can build on it


def test_a_sum_without_a_group_that_stands_elsewhere_lacks_it() -> None:
    """In the second block Zuid is missing, so what is left over there may be of few people."""
    other = ("pair", "zrm", "housing", "first", "last")
    counts = {named("all", "all"): 80, named("team", "Noord"): 50, named("team", "Zuid"): 30}
    counts |= {named("all", "all", other): 45, named("team", "Noord", other): 40}
    whole = [(0, 0, 1), (0, 0, 2), (1, 3, 4)]
    assert bonds([table(counts, [0, 0, 0, 1, 1], whole)], {}).lacking == [[1]]
    both = counts | {named("team", "Zuid", other): 5}
    assert bonds([table(both, [0, 0, 0, 1, 1, 1], [*whole, (1, 3, 5)])], {}).lacking == [[]]
