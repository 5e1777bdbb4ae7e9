"""What is hidden where tables together tell a small group, in tables that can be read at a glance.

The first table shows that a whole has 78 to 82 people and hides both its teams; the second shows that one of them has
68 to 72. The other is too small to show, so it has 0 to 9: together that tells 6 to 9.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from linked_releases import a_town, together

from data_contracts.gate import disclosure
from data_contracts.gate.groups import Links
from data_contracts.gate.hiding_together import protected_together
from data_contracts.gate.same_names import Audited
from data_contracts.gate.same_people import OTHERS, Name
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row, first_decision

BASE, THRESHOLD = 5, 10
WHOLE, NORTH, SOUTH = 79, 71, 8


def table(counts: Sequence[Sequence[int]], slices: Sequence[str], links: Links) -> tuple[ExactTable, Decision]:
    """Rows of one block; the second count is a part of the first."""
    n = len(counts)
    exact = ExactTable(
        counts=np.array(counts),
        threshold=np.full(n, THRESHOLD),
        block=np.zeros(n, np.int64),
        slice=np.array(slices, dtype=object),
        families=((0, (1,), False),),
        links=links,
        facts=Facts.none(2),
        few_workers=np.zeros(n, np.bool_),
    )
    return exact, first_decision(exact)


def audited(whole: str, n_part: int, *, means: bool) -> tuple[Audited, Audited]:
    """The two tables; `whole` is the slice of the row that both teams divide."""

    def names(*groups: tuple[str, str]) -> list[dict[int, Name]]:
        return [{0: (("in view",), slice_, group)} for slice_, group in groups]

    links = Links(*(np.array(side) for side in ([0, 0], [0, 0], [1, 2])))
    counts = [[WHOLE, 0], [NORTH, 0], [SOUTH, 0]]
    first, of_first = table(counts, [whole, "team", "team"], links)
    of_first.row[:] = Row.SHOWN, Row.SECONDARY, Row.TOO_FEW
    of_first.part[:, 1], of_first.means[:] = Part.HIDDEN, False
    second, of_second = table([[NORTH, n_part]], ["team"], Links(*(np.zeros(0, np.int64),) * 3))
    of_second.means[:] = means
    if not n_part:
        of_second.part[:, 1] = Part.HIDDEN
    kinds = names((whole, whole), ("team", "Noord"), ("team", "Zuid"))
    return Audited(first, of_first, kinds), Audited(second, of_second, names(("team", "Noord")))


def shown(whole: str, n_part: int, *, means: bool) -> tuple[bool, bool]:
    """Whether the whole and the team are still shown."""
    both = audited(whole, n_part, means=means)
    assert protected_together(both, BASE, {}) == [0, 0]  # nothing was given up
    return tuple(bool(one.decision.row[0] == Row.SHOWN) for one in both)  # type: ignore[return-value]


def test_the_figure_about_everybody_goes_last() -> None:
    assert shown("all", 30, means=True) == (True, False)


@pytest.mark.parametrize(("n_part", "means"), [(30, True), (30, False), (0, True)])
def test_the_row_goes_with_which_the_fewest_figures_go(n_part: int, means: bool) -> None:
    """A part that is shown counts for one, its means for two."""
    assert shown("team_type", n_part, means=means) == (False, True)


def test_of_rows_that_cost_alike_the_one_about_the_fewest_people_goes() -> None:
    assert shown("team_type", 0, means=False) == (True, False)


def test_where_nothing_is_told_nothing_is_hidden() -> None:
    both = audited("all", 30, means=True)
    both[0].table.counts[0, 0] = WHOLE + 4  # 83 is shown as 85: of the other team 11 to 19 remain, or 0 to 9
    both[0].table.counts[2, 0] = SOUTH + 4
    both[0].decision.row[2] = Row.SECONDARY
    assert protected_together(both, BASE, {}) == [0, 0]
    assert both[0].decision.row[0] == both[1].decision.row[0] == Row.SHOWN


def test_each_small_team_that_another_table_names_is_known_to_be_in_the_group_of_small_teams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They are one group where they are small, and stand by themselves where they are not: that tells of both."""
    seen = list[Audited]()

    def heard(several: Sequence[Audited], *given: object) -> list[int]:
        seen.extend(several)
        return protected_together(several, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(disclosure, "protected_together", heard)
    together(*a_town(3))
    for one in seen:
        of_groups = {row: names[0][2].split(OTHERS) for row, names in enumerate(one.names) if OTHERS in names[0][2]}
        teams = sorted((row, name[2]) for row, column, name, _ in one.apart if not column)
        assert teams == sorted((row, team) for row, group in of_groups.items() for team in group)
    assert any(one.apart for one in seen)
