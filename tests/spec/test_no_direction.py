"""No rule of ours moves change in one direction: before and after are treated alike."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from panels import panel

from indicators.counts.left_out import left_out
from indicators.counts.panel import Panel
from indicators.counts.transitions import transitions
from pipelines.records.same_day import score_of_day

N_SETS, N_CLIENTS = 1_000, 30


def counts(table: str, rule: str = "middle") -> dict[tuple[int, int], int]:
    one = panel(table)
    found = transitions(Panel(**{**vars_of(one), "same_day": rule}), [("first", "last")])
    return {(row.score_from, row.score_to): row.n_clients for row in found.itertuples()}


def vars_of(one: Panel) -> dict:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


def test_two_different_scores_on_one_day_are_no_change_in_either_direction() -> None:
    tied_first = "client | day | finances\n1 | 0 | 1\n1 | 0 | 5\n1 | 90 | 3"
    tied_last = "client | day | finances\n1 | 0 | 3\n1 | 90 | 1\n1 | 90 | 5"
    assert counts(tied_first) == counts(tied_last) == {}


def test_of_three_scores_on_one_day_the_middle_one_counts_unless_the_study_leaves_them_out() -> None:
    three = "client | day | finances\n1 | 0 | 1\n1 | 0 | 2\n1 | 0 | 5\n1 | 90 | 3"
    assert counts(three) == {(2, 3): 1}
    assert counts(three, "leave_out") == {}


def test_equal_scores_on_one_day_are_one_score() -> None:
    assert counts("client | day | finances\n1 | 0 | 2\n1 | 0 | 2\n1 | 90 | 3\n1 | 90 | 3") == {(2, 3): 1}


def simulated(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Clients who never change, rated with error: ties on a day and replicates within thirty days at both ends."""
    rng = np.random.default_rng(seed)
    client = np.repeat(np.arange(N_CLIENTS), 8)
    days = np.array([0, 0, 0, 20, 300, 320, 320, 320])
    level = np.repeat(rng.integers(1, 6, N_CLIENTS), 8)
    score = np.clip(level + rng.integers(-1, 2, len(client)), 1, 5)
    kept = rng.random(len(client)) < 0.7
    return client[kept], np.tile(days, N_CLIENTS)[kept], score[kept]


def matrix(client: np.ndarray, day: np.ndarray, score: np.ndarray, rule: str) -> np.ndarray:
    order = np.lexsort((score, day, client))  # as the tables come: sorted by every column
    zeros = np.zeros(len(client), np.int32)
    scores = {"finances": score[order].astype(np.int8)}
    rows = client[order], day[order].astype(np.int32), zeros, ("zrm_2013",), zeros.astype(bool), scores
    found = np.zeros((6, 6), int)
    for row in transitions(Panel("zrm", *rows, same_day=rule), [("first", "last")]).itertuples():
        found[row.score_from, row.score_to] = row.n_clients
    return found


@pytest.mark.parametrize("rule", ["middle", pytest.param("leave_out", marks=pytest.mark.slow)])
def test_nobody_changed_so_the_mean_change_is_nought_and_time_reversed_is_its_opposite(rule: str) -> None:
    steps = np.arange(6)[None, :] - np.arange(6)[:, None]
    means = []
    for seed in range(N_SETS):
        client, day, score = simulated(seed)
        forward, backward = matrix(client, day, score, rule), matrix(client, 320 - day, score, rule)
        assert (forward == backward.T).all()
        means.append((forward * steps).sum() / max(forward.sum(), 1))
    assert abs(np.mean(means)) < 3 * np.std(means) / np.sqrt(N_SETS)


def test_the_rule_in_sql_is_the_rule_in_the_panels() -> None:
    days = "(VALUES (1, 1), (1, 5), (2, 1), (2, 2), (2, 5), (3, 4), (3, 4), (4, NULL)) AS t(day, score)"
    for rule, expected in (("middle", [None, 2, 4, None]), ("leave_out", [None, None, 4, None])):
        found = duckdb.sql(f"SELECT {score_of_day('score', rule)} FROM {days} GROUP BY day ORDER BY day").fetchall()
        assert [score for (score,) in found] == expected


def test_everybody_is_compared_or_left_out_for_one_reason() -> None:
    people = panel("""
        client | day | finances
        1      | 0   | 1
        1      | 90  | 3
        2      | 0   | 1
        2      | 0   | 5
        2      | 90  | 3
        3      | 0   | 2
        3      | 20  | 4
        4      | 0   | .
    """)
    found = left_out(people, [("first", "last")], n_everybody=6).set_index("reason")["n_clients"]
    assert found[found > 0].to_dict() == {"compared": 1, "scores_of_day_differ": 1, "too_near": 1, "not_scored": 3}
    assert found.sum() == 6
