"""What somebody who knows the rules can tell of each count from what is shown, one rule at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data_contracts.gate.asked import Opened, is_opened
from data_contracts.gate.audit import told
from data_contracts.gate.figures import row_status
from data_contracts.gate.groups import Links
from data_contracts.gate.linked import System, facts_told, linked_system
from data_contracts.gate.named_teams import parted
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row, first_decision

NO_LINKS = Links(*(np.zeros(0, np.int64),) * 3)
TOP = 2 * 63 + 100  # more than any count can be


def rows_of(*counts: list[int], partition: bool = True, threshold: int = 10) -> ExactTable:
    """Rows with so many clients, of whom so many rose and so many did not; each a block of its own."""
    n = len(counts)
    return ExactTable(
        counts=np.array(counts),
        threshold=np.full(n, threshold),
        block=np.arange(n),
        slice=np.array(["all"] * n, dtype=object),
        families=((0, (1, 2), True),) if partition else ((0, (1,), False), (0, (2,), False)),
        links=NO_LINKS,
        facts=Facts.none(3),
        few_workers=np.zeros(n, np.bool_),
    )


def bounds(
    row: Row, parts: tuple[Part, Part] = (Part.SHOWN, Part.SHOWN), counts: tuple[int, int, int] = (63, 42, 21)
) -> list[tuple[int, int, bool]]:
    """Lowest, highest and whether it is hidden, of the clients and of both parts."""
    table = rows_of(list(counts))
    decision = first_decision(table)
    decision.row[0], decision.part[0, 1:] = row, parts
    decision.held_low[0], decision.held_high[0] = 54, 76
    found = linked_system(table, decision, 5)
    return [(int(found.low[at]), int(found.high[at]), bool(found.hidden[at])) for at in range(3)]


def test_of_a_row_that_is_shown_the_rounding_tells() -> None:
    """63, 42 and 21 are shown as 65, 40 and 20."""
    assert bounds(Row.SHOWN) == [(63, 67, False), (38, 42, False), (18, 22, False)]


@pytest.mark.parametrize(
    ("row", "low", "high"),
    [(Row.HELD, 54, 76), (Row.SECONDARY, 10, TOP), (Row.REFUSED, 0, TOP)],
)
def test_of_a_row_that_is_not_shown_its_reason_tells(row: Row, low: int, high: int) -> None:
    assert bounds(row) == [(low, high, True), (0, TOP, True), (0, TOP, True)]


@pytest.mark.parametrize(("n", "low"), [(9, 0), (10, 10)])
def test_a_row_that_is_too_small_is_below_the_threshold_and_one_at_it_is_not(n: int, low: int) -> None:
    top = 2 * n + 100
    found = bounds(Row.TOO_FEW if n < 10 else Row.SECONDARY, counts=(n, n, 0))
    assert found[0] == (low, 9 if n < 10 else top, True)


@pytest.mark.parametrize(("part", "low", "high"), [(Part.BELOW, 0, 9), (Part.ABOVE, 0, TOP), (Part.HIDDEN, 0, TOP)])
def test_of_a_part_that_is_not_shown_its_reason_tells(part: Part, low: int, high: int) -> None:
    assert bounds(Row.SHOWN, (part, Part.SHOWN))[1] == (low, high, True)


def test_a_shown_count_is_never_below_the_threshold() -> None:
    """Ten is shown as ten, which eight and nine would be too."""
    assert bounds(Row.SHOWN, counts=(30, 20, 10))[2] == (10, 12, False)


def test_what_was_public_is_not_hidden_and_what_was_told_still_bounds() -> None:
    table = rows_of([63, 42, 21])
    decision = first_decision(table)
    decision.row[0] = Row.SECONDARY
    decision.public[0] = [False, True, False]
    decision.told_low[0], decision.told_high[0] = [60, 0, 0], [64, 50, 300]
    found = linked_system(table, decision, 5)
    assert found.hidden[:3].tolist() == [True, False, True]
    assert (found.low[:3].tolist(), found.high[:3].tolist()) == ([60, 0, 0], [64, 50, TOP])
    low, high = told(found, (1, 3))
    assert (low[0].tolist(), high[0].tolist()) == ([60, 0, 10], [64, 50, 64])  # the parts add up to the whole


def rests(found: System, n_counts: int = 3) -> list[tuple[int, int, int, bool]]:
    """Lowest, highest, truth and whether it is hidden, of what is left of each whole beside a part."""
    columns = (found.low, found.high, found.truth, found.hidden)
    return [tuple(int(side[at]) for side in columns) for at in range(n_counts, len(found.low))]  # type: ignore[misc]


def test_what_is_left_beside_a_shown_part_reaches_the_threshold_and_beside_nearly_all_it_does_not() -> None:
    table = rows_of([63, 42, 21])
    decision = first_decision(table)
    assert rests(linked_system(table, decision, 5)) == [(10, TOP, 21, 0), (10, TOP, 42, 0)]
    decision.part[0, 1:] = Part.ABOVE, Part.BELOW
    nearly = linked_system(table, decision, 5)
    assert rests(nearly) == [(0, 9, 21, 1)]  # that of the other part is told by the sum
    # Parts that do not divide the whole have a rest each, whatever is shown of them.
    apart = rows_of([63, 42, 21], partition=False)
    decision.part[0, 1:] = Part.HIDDEN, Part.SHOWN
    assert rests(linked_system(apart, decision, 5)) == [(0, TOP, 21, 0), (10, TOP, 42, 0)]


@pytest.mark.parametrize("partition", [True, False])
def test_the_truth_always_solves_what_can_be_told(partition: bool) -> None:
    table = rows_of([63, 42, 21], [30, 25, 5], [9, 4, 5], partition=partition)
    found = linked_system(table, first_decision(table), 5)
    assert not (found.matrix @ found.truth).any()
    assert ((found.low <= found.truth) & (found.truth <= found.high)).all()


def test_only_a_shown_mean_of_a_shown_row_tells_of_its_counts() -> None:
    table = replace(rows_of([63, 42, 21], [30, 25, 5]), facts=Facts(np.array([0, 1, 1]), np.zeros((3, 3))))
    decision = first_decision(table)
    assert facts_told(table, decision).tolist() == [0, 1, 2]
    decision.row[1] = Row.SECONDARY
    assert facts_told(table, decision).tolist() == [0]
    decision.means[0] = False
    assert facts_told(table, decision).tolist() == []


def statuses(rows: list[Row], blocks: list[int]) -> list[str]:
    table = replace(rows_of(*[[63, 42, 21]] * len(rows)), block=np.array(blocks))
    decision: Decision = first_decision(table)
    decision.row[:] = rows
    return [str(one) for one in row_status(table, decision)]


def test_hidden_groups_of_a_block_that_protects_one_look_alike() -> None:
    assert statuses([Row.TOO_FEW, Row.SECONDARY, Row.SHOWN], [0, 0, 0]) == ["secondary", "secondary", "released"]
    assert statuses([Row.TOO_FEW, Row.SECONDARY, Row.SHOWN], [0, 1, 1]) == ["too_few", "secondary", "released"]
    assert statuses([Row.HELD, Row.SECONDARY, Row.REFUSED], [0, 0, 0]) == ["held", "secondary", "refused"]


def test_a_shown_row_with_a_hidden_part_says_so() -> None:
    table = rows_of([63, 42, 21], [63, 60, 3], [9, 5, 4])
    assert [str(one) for one in row_status(table, first_decision(table))] == ["released", "banded", "too_few"]


def test_the_rows_of_a_named_team_leave_for_its_circle_and_small_teams_together_nowhere() -> None:
    frame = pd.DataFrame({"slice": ["all", "team", "team", "team"], "slice_value": ["all", "Noord", "Zuid", "overig"]})
    found = parted(frame, ["ZUID"])
    assert found.released["slice_value"].tolist() == ["all", "Zuid"]
    assert found.of_teams["slice_value"].tolist() == ["Noord", "Zuid"]
    for part in (found.released, found.of_teams):
        assert part.index.tolist() == [0, 1] and list(part.columns) == list(frame.columns)
    without = frame.drop(columns="slice")
    assert parted(without, ["Zuid"]).released is without and parted(without, []).of_teams.empty
    assert parted(frame, ["overig"]).released["slice_value"].tolist() == ["all"]


def test_a_question_opens_its_slice_of_one_outcome_and_is_protected_with_all_slices_of_it() -> None:
    frame = pd.DataFrame(
        {
            "subject": "zrm",
            "life_domain": ["housing", "housing", "finances"],
            "slice": ["cohort", "team", "cohort"],
            "moment_from": "first",
            "moment_to": "last",
        }
    )
    one = Opened.of("out_change__by_domain", "cohort", {"subject": "zrm", "life_domain": "housing"})
    assert one == Opened.of("out_change__by_domain", "cohort", {"life_domain": "housing", "subject": "zrm"})
    assert is_opened(frame, one).tolist() == [True, False, False]
