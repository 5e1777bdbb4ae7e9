"""From assessments to counts: which two assessments of a client are compared, and which never."""

import numpy as np
import pandas as pd
import pytest
from panels import panel

from data_contracts.contract import broken_rules
from data_contracts.errors import ContractBroken
from data_contracts.tables import estimates
from indicators.counts.funnel import funnel, series
from indicators.counts.transitions import transitions


def pairs(table: pd.DataFrame, **where: str) -> dict[tuple[int, int], int]:
    """Score before and after -> clients, in the rows that match."""
    for name, value in where.items():
        table = table[table[name] == value]
    return {(row.score_from, row.score_to): row.n_clients for row in table.itertuples()}


THREE = """
    client | day | finances | housing
    1      | 0   | 2        | .
    1      | 100 | 3        | 4
    1      | 400 | 5        | 5
    2      | 0   | 2        | 3
    2      | 200 | .        | 3
    3      | 50  | 3        | 1
"""


def test_first_and_last_are_those_at_which_the_domain_was_scored() -> None:
    counts = transitions(panel(THREE), [("first", "last")])
    assert pairs(counts, life_domain="finances") == {(2, 5): 1}
    assert pairs(counts, life_domain="housing") == {(4, 5): 1, (3, 3): 1}


def test_the_table_keeps_its_contract() -> None:
    assessments = panel(THREE)
    assert broken_rules(estimates.TRANSITIONS, transitions(assessments, [("first", "last"), ("first", "k2")])) == {}
    assert broken_rules(estimates.FUNNEL, funnel(assessments)) == {}
    assert broken_rules(estimates.SERIES, series(assessments)) == {}


def test_an_empty_panel_gives_empty_tables() -> None:
    nobody = panel("client | day | finances\n1 | 0 | .")
    assert transitions(nobody, [("first", "last"), ("first", "k2"), ("first", "m6"), ("first", "monitoring")]).empty
    assert series(nobody).empty
    assert funnel(nobody)["n_scored"].eq(0).all()


@pytest.mark.parametrize(("day", "expected"), [(30, {}), (31, {(2, 4): 1})])
def test_an_assessment_within_thirty_days_of_the_first_is_a_correction_not_change(day: int, expected: dict) -> None:
    counts = transitions(panel(f"client | day | finances\n1 | 0 | 2\n1 | {day} | 4"), [("first", "last")])
    assert pairs(counts) == expected


MANY = """
    client | day | finances
    1      | 0   | 1
    1      | 20  | 2
    1      | 60  | 3
    1      | 80  | 4
    1      | 190 | 5
    2      | 0   | 1
    2      | 100 | 2
"""


def test_the_second_and_third_are_each_more_than_thirty_days_after_the_one_before() -> None:
    counts = transitions(panel(MANY), [("first", "k2"), ("first", "k3"), ("first", "k4"), ("k2", "k3")])
    assert pairs(counts, moment_from="first", moment_to="k2") == {(1, 3): 1, (1, 2): 1}
    assert pairs(counts, moment_from="first", moment_to="k3") == {(1, 5): 1}
    assert pairs(counts, moment_from="first", moment_to="k4") == {}
    assert pairs(counts, moment_from="k2", moment_to="k3") == {(3, 5): 1}


WINDOWS = """
    client | day | finances
    1      | 0   | 1
    1      | 90  | 2
    1      | 180 | 3
    1      | 280 | 4
    2      | 0   | 1
    2      | 92  | 5
    2      | 274 | 2
    3      | 0   | 1
    3      | 275 | 5
    4      | 0   | 1
    4      | 12  | 5
"""


def test_a_window_takes_the_nearest_within_three_months_and_of_two_as_near_the_earlier() -> None:
    assert pairs(transitions(panel(WINDOWS), [("first", "m6")])) == {(1, 3): 1, (1, 5): 1}
    assert pairs(transitions(panel(WINDOWS), [("first", "m3")])) == {(1, 2): 1, (1, 5): 1}


def test_the_last_assessment_in_the_monitoring_phase_is_the_moment_monitoring() -> None:
    watched = panel("""
        client | day | phase      | finances
        1      | 0   | analysis   | 2
        1      | 100 | support    | 4
        1      | 200 | monitoring | 3
        1      | 300 | monitoring | 2
        1      | 310 | evaluation | 5
        2      | 0   | monitoring | 2
        2      | 90  | support    | 4
    """)
    assert pairs(transitions(watched, [("first", "monitoring")])) == {(2, 2): 1}
    assert pairs(transitions(watched, [("k2", "monitoring")])) == {(4, 2): 1}
    assert funnel(watched).loc[lambda table: table["life_domain"] == "finances", "n_monitored"].tolist() == [1]


def test_last_is_the_last_before_the_monitoring_phase_so_that_lasting_can_be_seen() -> None:
    watched = panel("""
        client | day | phase      | finances
        1      | 0   | .          | 2
        1      | 100 | .          | 4
        1      | 200 | monitoring | 3
        2      | 0   | .          | 2
        2      | 300 | monitoring | 5
    """)
    assert pairs(transitions(watched, [("first", "last")])) == {(2, 4): 1}
    assert pairs(transitions(watched, [("last", "monitoring")])) == {(4, 3): 1, (2, 5): 1}
    assert funnel(watched).set_index("life_domain").loc["finances", "n_scored_twice"] == 2


BREAK = """
    client | day | edition  | finances | addiction
    1      | 0   | zrm_2010 | 2        | 2
    1      | 400 | zrm_2013 | 3        | 3
    2      | 0   | zrm_2013 | 2        | 4
    2      | 400 | zrm_2013 | 4        | 5
"""


def test_only_comparable_domains_are_compared_across_editions() -> None:
    counts = transitions(panel(BREAK, comparable=("finances",)), [("first", "last")])
    assert pairs(counts, life_domain="finances") == {(2, 3): 1, (2, 4): 1}
    assert pairs(counts, life_domain="addiction") == {(4, 5): 1}


def test_no_series_crosses_an_edition_break() -> None:
    line = series(panel(BREAK, comparable=("finances",)))
    at_one_year = line[(line["life_domain"] == "finances") & (line["months_since_intake"] == 12)]
    assert at_one_year.set_index("edition")["mean_score"].to_dict() == {"zrm_2013": 3.5}
    at_start = line[(line["life_domain"] == "finances") & (line["months_since_intake"] == 0)]
    assert at_start.set_index("edition")["n_clients"].to_dict() == {"zrm_2010": 1, "zrm_2013": 1}


def test_a_client_stays_in_the_group_of_the_first_assessment() -> None:
    moved = panel(
        """
        client | day | team  | finances
        1      | 0   | north | .
        1      | 50  | south | 2
        1      | 150 | south | 4
        2      | 0   | south | 1
        2      | 150 | north | 1
        3      | 0   | .     | 5
        3      | 150 | north | 4
        """,
        groups=("team",),
    )
    counts = transitions(moved, [("first", "last")])
    assert pairs(counts, slice="team", slice_value="north") == {(2, 4): 1}
    assert pairs(counts, slice="team", slice_value="south") == {(1, 1): 1}
    assert pairs(counts, slice="all") == {(2, 4): 1, (1, 1): 1, (5, 4): 1}


def test_the_funnel_narrows() -> None:
    table = funnel(panel(THREE)).set_index("life_domain")[["n_clients", "n_scored", "n_scored_twice", "n_monitored"]]
    assert table.loc["finances"].tolist() == [3, 3, 1, 0]
    assert table.loc["housing"].tolist() == [3, 3, 2, 0]
    assert table.loc["all"].tolist() == [3, 3, 2, 0]


def test_ladder_and_mark_go_through_the_same_engine() -> None:
    ladder = panel("client | day | edition | all\n1 | 0 | classic | 2\n1 | 90 | classic | 6", subject="ladder")
    assert pairs(transitions(ladder, [("first", "last")])) == {(2, 6): 1}
    mark = panel("client | day | edition | mark_1_10\n1 | 0 | mark | 5\n1 | 90 | mark | 10", subject="experienced")
    assert pairs(transitions(mark, [("first", "last")])) == {(5, 10): 1}
    other = panel("client | day | edition | all\n1 | 0 | classic | 2\n1 | 90 | extended | 6", subject="ladder")
    assert transitions(other, [("first", "last")]).empty


def test_unsorted_rows_and_impossible_scores_are_refused_without_a_value() -> None:
    with pytest.raises(ContractBroken, match="1 rows are not sorted"):
        panel("client | day | finances\n1 | 40 | 2\n1 | 0 | 4")
    with pytest.raises(ContractBroken, match="outside 0 to 5"):
        panel("client | day | finances\n1 | 40 | 6")
    with pytest.raises(ContractBroken, match="moment 'k1'"):
        transitions(panel(THREE), [("first", "k1")])


def days_of(rows: list[tuple[int, ...]], number: int) -> list[int]:
    return sorted({day for client, day, _ in rows if client == number})


def one_score(scores: list[int]) -> int | None:
    """The middle score of a day; None when its middle two differ."""
    lower, upper = sorted(scores)[(len(scores) - 1) // 2], sorted(scores)[len(scores) // 2]
    return lower if lower == upper else None


def test_bulk_counts_equal_a_client_by_client_count() -> None:
    rng = np.random.default_rng(7)
    n = 3_000
    client, day = np.sort(rng.integers(0, 900, n)), rng.integers(0, 1_500, n)
    order = np.lexsort((day, client))
    lines = [
        f"{c} | {d} | {s or '.'}" for c, d, s in zip(client[order], day[order], rng.integers(0, 6, n), strict=True)
    ]
    table = transitions(panel("client | day | finances\n" + "\n".join(lines)), [("first", "last"), ("first", "m12")])

    expected: dict[str, dict[tuple[int, int], int]] = {"last": {}, "m12": {}}
    rows = [tuple(int(cell) for cell in line.split("|")) for line in lines if "." not in line]
    for number in {row[0] for row in rows}:
        own = [(day, one_score([s for c, d, s in rows if (c, d) == (number, day)])) for day in days_of(rows, number)]
        start, before = own[0]
        later = [(d, s) for d, s in own if d - start > 30]
        near = sorted((abs(d - start - 365), i, s) for i, (d, s) in enumerate(later) if abs(d - start - 365) <= 91)
        ends = {"last": own[-1][1] if own[-1][0] - start > 30 else None, "m12": near[0][2] if near else None}
        for name, after in ends.items():
            if before is not None and after is not None:
                expected[name][before, after] = expected[name].get((before, after), 0) + 1
    for name, counts in expected.items():
        assert pairs(table, moment_to=name) == counts


def test_counting_in_blocks_of_clients_finds_what_counting_at_once_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        f"{no} | {day} | {'monitoring' if day == 400 else '.'} | {'ns.'[no % 3]} | {1 + (no + day) % 5}"
        for no in range(40)
        for day in (0, 90, 200, 400)[: 1 + no % 4]
    ]
    table = "client | day | phase | team | finances\n" + "\n".join(rows)
    moments = [("first", "last"), ("first", "k2"), ("k2", "k3"), ("first", "m6"), ("last", "monitoring")]
    monkeypatch.setattr("indicators.counts.panel.BLOCK_ROWS", 1_000_000)
    at_once = transitions(panel(table, groups=("team",)), moments)
    assert set(at_once["moment_to"]) == {"last", "k2", "k3", "m6", "monitoring"}
    monkeypatch.setattr("indicators.counts.panel.BLOCK_ROWS", 9)
    in_blocks = panel(table, groups=("team",))
    assert len(in_blocks.blocks) > 10
    assert sum(len(set(in_blocks.client_no[rows])) for rows in in_blocks.blocks) == 40  # no client is in two blocks
    pd.testing.assert_frame_equal(transitions(in_blocks, moments), at_once)


def test_the_funnel_begins_with_everybody_in_view_measured_or_not() -> None:
    in_view = {"all": np.array([171]), "team": np.array([100, 71])}
    some = panel("client | day | team | finances\n1 | 0 | n | 2\n1 | 90 | n | 3\n2 | 0 | s | 2", groups=("team",))
    table = funnel(some, everybody=in_view).query("life_domain == 'finances'").set_index("slice_value")
    assert table["n_clients"].to_dict() == {"all": 171, "n": 100, "s": 71}
    assert table["n_scored_twice"].to_dict() == {"all": 1, "n": 1, "s": 0}
