"""How figures are rounded at the gate, in numbers that can be checked by head."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.gate.estimate_figures import estimate_step, few_workers, rounded_estimates, rounded_model
from data_contracts.gate.preview import HIDDEN, previewed
from data_contracts.gate.rounding import (
    bin_of,
    outward,
    rounded_count,
    rounded_to_step,
    significant,
    step_not_above,
    step_not_below,
)
from data_contracts.protection import Thresholds


def test_counts_go_to_the_nearest_five_and_halves_up() -> None:
    assert rounded_count([0, 2, 3, 7, 8, 12, 13], 5).tolist() == [0, 0, 5, 5, 10, 10, 15]
    assert rounded_count([4, 5, 14, 15], 10).tolist() == [0, 10, 10, 20]
    low, high = bin_of([10], 5)
    assert (low.tolist(), high.tolist()) == ([8], [12])
    low, high = bin_of([10], 10)
    assert (low.tolist(), high.tolist()) == ([5], [14])


def test_figures_go_to_whole_steps_and_are_written_as_they_are_said() -> None:
    assert rounded_to_step([0.31, 0.25, 0.349, -0.04], 0.1).tolist() == [0.3, 0.2, 0.3, 0.0]
    assert not np.signbit(rounded_to_step(-0.04, 0.1))
    assert rounded_to_step([7.4, 12.6], 5).tolist() == [5, 15]
    assert rounded_to_step([0.4, 1.5, 2.5], 1).tolist() == [0, 2, 2]


def test_the_ends_of_an_interval_go_outward_and_whole_steps_stay() -> None:
    assert outward([0.31, 0.30, -0.31], 0.1, np.floor).tolist() == [0.3, 0.3, -0.4]
    assert outward([0.31, 0.30, -0.31], 0.1, np.ceil).tolist() == [0.4, 0.3, -0.3]
    assert outward(0.1 + 0.2, 0.1, np.ceil) == 0.3  # no matter that this is a little more in a computer


def test_digits_that_count() -> None:
    assert significant([0.01234, 1_234.0, -9.99, 0.0], 2).tolist() == [0.012, 1_200, -10, 0]
    assert np.isnan(significant(np.nan, 2))


@pytest.mark.parametrize(
    ("value", "below", "above"),
    [(1, 1, 1), (1.9, 1, 2), (2, 2, 2), (2.1, 2, 5), (4.9, 2, 5), (5, 5, 5), (5.1, 5, 10), (0.03, 0.02, 0.05),
     (70, 50, 100)],
)  # fmt: skip
def test_steps_are_one_two_or_five(value: float, below: float, above: float) -> None:
    assert step_not_above(value) == pytest.approx(below)
    assert step_not_below(value) == pytest.approx(above)


def test_the_step_of_an_estimate_is_a_fifth_of_its_error_and_tells_no_count() -> None:
    # 0.2 / 5 = 0.04 down to 0.02; with 100 clients a count of five is 0.05.
    assert estimate_step(0.2, 0.4, 10_000, 5) == pytest.approx(0.02)
    assert estimate_step(0.2, 0.4, 100, 5) == pytest.approx(0.05)
    assert estimate_step(0.2, 0.4, 0, 5) == pytest.approx(5)
    # Without an error a tenth of the estimate, whichever its sign; without either what the clients allow.
    assert estimate_step(np.nan, -0.4, 10_000, 5) == pytest.approx(0.02)
    assert estimate_step(0.0, 0.4, 10_000, 5) == pytest.approx(0.02)
    assert estimate_step(np.nan, 0.0, 1_000, 5) == pytest.approx(0.005)


def estimates(**keys: object) -> pd.DataFrame:
    row: dict[str, object] = {"estimate": 0.4321, "se": 0.0123, "ci_low": 0.4077, "ci_high": 0.4565, "n_clients": 100}
    row |= {"n_workers": 7, "assumptions": '{"measured_again": {"holds": true, "share": 0.8234}}'}
    return pd.DataFrame([row | {"refused_because": None} | keys])


def test_an_estimate_leaves_with_its_interval_outward_and_an_error_of_half_a_step_or_more() -> None:
    """A hundred clients: steps of 0.05."""
    (row,) = rounded_estimates(estimates(), np.array([True]), 5).to_dict("records")
    assert (row["estimate"], row["se"], row["ci_low"], row["ci_high"]) == (0.45, 0.025, 0.4, 0.5)
    assert row["n_workers"] == 5
    assert '"share": 0.82' in row["assumptions"]
    wide = rounded_estimates(estimates(se=0.1234), np.array([True]), 5)
    assert wide["se"].tolist() == [0.12]
    (hidden,) = rounded_estimates(estimates(), np.array([False]), 5).to_dict("records")
    assert np.isnan([hidden["estimate"], hidden["se"], hidden["ci_low"], hidden["ci_high"]]).all()
    assert hidden["assumptions"] == "{}" and pd.isna(hidden["n_workers"])


def test_a_figure_of_a_model_takes_its_error_from_its_interval() -> None:
    """Ends 0.392 apart are an error of 0.1: steps of 0.02, for ten thousand clients."""
    exact = pd.DataFrame({"mean": [0.437], "low": [0.241], "high": [0.633], "n_clients": [10_000]})
    shown = rounded_model(exact, ("mean", "low", "high"), np.array([True]), 5)
    assert shown.iloc[0].tolist() == pytest.approx([0.44, 0.24, 0.64])


def test_two_workers_are_few_three_are_not_and_unknown_ones_neither() -> None:
    assert few_workers(pd.DataFrame({"n_workers": [0, 2, 3, None]})).tolist() == [True, True, False, False]


def asked(numbers: list[int], **columns: list[object]) -> list[list[str]]:
    frame = pd.DataFrame({"team_type": [f"soort {at}" for at in range(len(numbers))], "n": numbers, **columns})
    return previewed(frame, Thresholds()).to_numpy().tolist()


def test_a_preview_hides_the_next_smallest_beside_a_single_hidden_one() -> None:
    sensitive = Thresholds().sensitive_clients
    enough = [sensitive, sensitive + 20, sensitive + 40]
    assert [row[1] for row in asked(enough)].count(HIDDEN) == 0
    hidden = [row[1] for row in asked([sensitive - 1, *enough[1:]])]
    assert hidden[0] == hidden[1] == HIDDEN and hidden[2] != HIDDEN
    # Two that are hidden protect each other.
    two = [row[1] for row in asked([sensitive - 1, 0, *enough[1:]])]
    assert two[:2] == [HIDDEN] * 2 and HIDDEN not in two[2:]


def test_of_a_row_with_two_counts_the_smallest_decides() -> None:
    sensitive = Thresholds().sensitive_clients
    rows = asked([200, 200, 200], n_up=[sensitive - 1, sensitive - 1, 50])
    assert [row[1] for row in rows] == [HIDDEN, HIDDEN, "200"]
    assert [row[2] for row in rows] == [HIDDEN, HIDDEN, "50"]


def test_an_answer_without_a_count_says_nothing() -> None:
    answer = pd.DataFrame({"team_type": ["soort 1"], "mean": [3.25]})
    assert previewed(answer, Thresholds()).to_numpy().tolist() == [[HIDDEN, HIDDEN]]


def test_a_figure_of_a_model_without_a_width_has_the_steps_that_its_clients_allow() -> None:
    """A thousand clients: steps of 0.005; nobody counts as one."""
    exact = pd.DataFrame({"mean": [0.4321], "low": [0.4321], "high": [0.4321], "n_clients": [1_000]})
    shown = rounded_model(exact, ("mean", "low", "high"), np.array([True]), 5)
    assert shown.iloc[0].tolist() == pytest.approx([0.43, 0.43, 0.435])
    nobody = rounded_model(exact.assign(n_clients=0), ("mean", "low", "high"), np.array([True]), 5)
    assert nobody.iloc[0].tolist() == [0, 0, 5]
    hidden = rounded_model(exact, ("mean", "low", "high"), np.array([False]), 5)
    assert hidden.isna().all(axis=None)


def test_labels_and_years_are_told_in_a_preview_and_other_numbers_are_not() -> None:
    answer = pd.DataFrame(
        {
            "team": ["Noord", "Oost", None],
            "year": [1990, 2100, 2101],
            "before": [1989, 5, 2024],
            "mean": [3.25, 2024.0, 1.0],
            "n_clients": [200, 300, 400],
            "note": ["06-12345678", "x" * 61, "goed"],
        }
    )
    assert previewed(answer, Thresholds()).to_numpy().tolist() == [
        ["Noord", "1990", HIDDEN, HIDDEN, "200", HIDDEN],
        ["Oost", "2100", HIDDEN, HIDDEN, "300", HIDDEN],
        [HIDDEN, HIDDEN, "2024", HIDDEN, "400", "goed"],
    ]


@pytest.mark.parametrize(("life_domain", "n", "is_told"), [("housing", 9, False), ("housing", 10, True),
    ("justice", 19, False), ("justice", 20, True)])  # fmt: skip
def test_a_preview_knows_the_threshold_of_a_life_domain(life_domain: str, n: int, is_told: bool) -> None:
    answer = pd.DataFrame({"life_domain": [life_domain] * 3, "n": [n, 300, 400]})
    shown = previewed(answer, Thresholds())["n"].tolist()
    assert (shown[0] != HIDDEN) == is_told and shown[2] == "400"


def test_in_a_preview_of_one_row_or_of_few_people_alone_nothing_else_is_hidden() -> None:
    assert asked([300]) == [["soort 0", "300"]]
    assert asked([3]) == [["soort 0", HIDDEN]]
    assert asked([3, 4]) == [["soort 0", HIDDEN], ["soort 1", HIDDEN]]
