"""Reliable change equals a person-by-person count in R, and the textbook. Values made by reliable_change.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.change.domains import change_by_domain
from indicators.change.reliable_change import reliable_change, standard_error_of_difference
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
    assert found.loc[EXPECTED.index].to_numpy().tolist() == EXPECTED[KINDS].to_numpy().tolist()


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
    row = change_by_domain(COUNTS, ["finances"]).iloc[0]
    assert (row.n_clients, row.n_up, row.n_equal, row.n_down) == (173, 86, 48, 39)
    assert row.mean_change == pytest.approx(0.514451, abs=1e-6)
    assert row.p_value == pytest.approx(6.2796e-05, rel=1e-4)
