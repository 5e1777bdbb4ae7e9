"""Reliable change equals a person-by-person count in R, and the textbook. Values made by reliable_change.R."""

import statistics
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.change.domains import change_by_domain
from indicators.change.noise_floor import unchanged_by_reliability
from indicators.change.reliable_change import reliable_change, spread_before, standard_error_of_difference
from indicators.counts.pair_counts import PAIR, pair_counts
from indicators.counts.panel import Panel
from indicators.counts.transitions import transitions

HERE = Path(__file__).parent
EXPECTED = pd.read_csv(HERE / "reliable_change.csv").set_index(["method", "reliability"])
DATA = pd.read_csv(HERE / "data" / "effect_synth.csv").sort_values(["client", "wave"])
KINDS = ["recovered", "improved", "equal", "worse", "relapsed"]


def first_and_last_wave() -> pd.DataFrame:
    """est_change__transitions from the first to the third wave of the invented panel."""
    both = DATA[DATA["wave"] != 1]
    rows = both[both["client"].map(both["client"].value_counts()) == 2]
    n = len(rows)
    panel = Panel(
        subject="zrm",
        client_no=rows["client"].to_numpy(np.int64),
        day=(rows["months"] * 30).to_numpy(np.int32),
        edition=np.zeros(n, np.int8),
        editions=("zrm_2017",),
        is_monitoring=np.zeros(n, bool),
        scores={"finances": rows["score"].to_numpy(np.int8)},
    )
    return transitions(panel, [("first", "last")])


COUNTS = first_and_last_wave()


def test_categories_equal_a_count_person_by_person() -> None:
    table = reliable_change(COUNTS, sorted({reliability for _, reliability in EXPECTED.index}))
    assert broken_rules(estimate_companions.RELIABLE, table) == {}
    found = table.set_index(["method", "reliability"])[[f"n_{kind}" for kind in KINDS]]
    own = EXPECTED.loc[["edwards_nunnally"]]
    assert found.loc[own.index].to_numpy().tolist() == own[KINDS].to_numpy().tolist()


def test_a_move_beyond_noise_is_one_by_jacobson_and_truax_that_few_unchanged_clients_would_make() -> None:
    """Where the noise floor asks no more than Jacobson and Truax, the counts are R's; elsewhere fewer moves count."""
    pairs = pair_counts(COUNTS)
    _, deviation = spread_before(pairs)
    distance = np.abs(pairs.moved[1:, 1:])
    binding = 0
    for reliability, expected in EXPECTED.loc["jacobson_truax"].iterrows():
        row = reliable_change(COUNTS, [reliability]).set_index("method").loc["beyond_noise"]
        by_r = np.floor(1.959964 * standard_error_of_difference(deviation, reliability)[0]) + 1
        cells = unchanged_by_reliability(pairs.before[:, 1:] / pairs.n_clients[:, None], reliability)[0]
        if row["levels_needed"] == by_r:
            assert row[[f"n_{kind}" for kind in KINDS]].tolist() == expected[KINDS].tolist()
        else:
            assert row["levels_needed"] > by_r and cells[distance >= by_r].sum() > 0.05
            binding += 1
        assert cells[distance >= row["levels_needed"]].sum() <= 0.05
    assert 0 < binding < len(EXPECTED) / 2


@pytest.mark.parametrize("reliability", [0.55, 0.7, 0.8, 0.89, 0.95])
def test_of_those_who_did_not_change_at_most_one_in_twenty_counts_as_changed(reliability: float) -> None:
    """The people of the noise floor, laid out as counts: 'more than noise' and the noise floor are one definition."""
    start = np.array([[0.05, 0.12, 0.23, 0.30, 0.30]])
    cells = (unchanged_by_reliability(start, reliability)[0] * 1e6).round().astype(int)
    before, after = np.nonzero(cells)
    key = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))
    people = pd.DataFrame({"score_from": before + 1, "score_to": after + 1, "n_clients": cells[before, after]})
    row = reliable_change(people.assign(**key), [reliability]).set_index("method").loc["beyond_noise"]
    assert 1 - row["n_equal"] / row["n_clients"] <= 0.05
    moved = pair_counts(people.assign(**key))
    assert np.sum(moved.counts[0] * (moved.moved != 0)) / row["n_clients"] > 0.1  # most of them moved by one level


def test_standard_error_of_the_textbook() -> None:
    """Jacobson and Truax 1991: SD 7.5, r 0.80, from 32.5 to 47.5: index 3.16."""
    error = standard_error_of_difference(np.array([7.5]), 0.80)
    assert (error[0], 15 / error[0]) == pytest.approx((4.743, 3.162), abs=5e-4)


def test_without_spread_before_there_is_no_reliable_change() -> None:
    alike = COUNTS[COUNTS["score_from"] == 2]
    table = reliable_change(alike)
    assert table["refused_because"].str.startswith("Alle mensen begonnen").all()
    assert table[[f"n_{kind}" for kind in KINDS]].eq(0).all().all() and table["levels_needed"].isna().all()


def test_the_invented_panel_gives_the_published_change() -> None:
    """R on the same 173 pairs: mean change 0.514451, 86 up, 48 equal, 39 down, Pratt z 4.00205, p 6.2796e-05."""
    row = change_by_domain(COUNTS).iloc[0]
    assert (row.n_clients, row.n_up, row.n_equal, row.n_down) == (173, 86, 48, 39)
    assert row.mean_change == pytest.approx(0.514451, abs=1e-6)
    assert row.p_value == pytest.approx(6.2796e-05, rel=1e-4)


def test_the_spread_before_is_that_of_a_sample() -> None:
    scores = [1, 2, 2, 5]
    key = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))
    rows = [{**key, "score_from": one, "score_to": one, "n_clients": scores.count(one)} for one in set(scores)]
    mean, deviation = spread_before(pair_counts(pd.DataFrame(rows)))
    assert (mean[0], deviation[0]) == pytest.approx((statistics.mean(scores), statistics.stdev(scores)))
