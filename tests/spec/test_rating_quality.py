"""How ratings were made: who rated, the same score everywhere, the earlier form copied, double ratings."""

import numpy as np
import pandas as pd
from panels import only, panel

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.change.domains import change_by_domain
from indicators.counts.agreement import agreement, double_ratings
from indicators.counts.raters import change_by_rater
from indicators.counts.rating_quality import copied_forward, rating_quality, straight_lined
from indicators.counts.transitions import transitions, transitions_by_rater

FORMS = """
    client | day | team | a | b | c | d | e | f
    1      | 0   | n    | 3 | 3 | 3 | 3 | 3 | .
    1      | 90  | n    | 3 | 3 | 3 | 3 | 3 | .
    1      | 100 | n    | 3 | 3 | 3 | 3 | 3 | .
    2      | 0   | s    | 2 | 3 | 4 | 2 | 1 | 5
    2      | 90  | s    | 2 | 3 | 4 | 2 | 1 | .
    3      | 0   | n    | 3 | 3 | 3 | . | . | .
    3      | 90  | n    | 3 | 3 | 3 | . | . | .
"""


def test_straight_lines_and_copies_are_counted_per_group() -> None:
    forms = panel(FORMS, groups=("team",))
    assert straight_lined(forms).tolist() == [True, True, True, False, False, False, False]
    assert copied_forward(forms).tolist() == [False, True, False, False, False, False, False]
    table = rating_quality(forms)
    assert broken_rules(estimate_companions.RATING_QUALITY, table) == {}
    counts = table.set_index("slice_value").drop(columns=["subject", "slice"])
    # One client with three straight forms, of which one was copied, counts once.
    assert counts.loc["all"].tolist() == [3, 1, 2, 1]
    assert counts.loc["s"].tolist() == [1, 0, 1, 0]


def test_the_headline_can_be_run_without_them() -> None:
    forms = panel(FORMS, groups=("team",))
    without = only(forms, ~straight_lined(forms))
    counts = transitions(without, [("first", "last")])
    assert counts[counts["slice"] == "all"]["n_clients"].sum() == 5 + 3


def test_change_is_split_by_same_and_other_rater() -> None:
    rated = panel("""
        client | day | finances
        1      | 0   | 2
        1      | 90  | 4
        2      | 0   | 3
        2      | 90  | 3
        3      | 0   | 3
        3      | 90  | 2
    """)
    counts = transitions_by_rater(rated, [("first", "last")], np.array([7, 7, 7, 8, -1, 8]))
    change = change_by_domain(counts).set_index("slice_value")
    assert change.loc["same", "n_up"] == 1 and change.loc["other", "n_equal"] == 1
    assert change.loc["unknown", "n_down"] == 1 and set(change["slice"]) == {"rater"}
    together = change_by_rater(counts).set_index("rater")
    assert broken_rules(estimate_companions.BY_RATER, change_by_rater(counts)) == {}
    assert together["n_clients"].to_dict() == {"all": 3, "same": 1, "other": 1, "unknown": 1}
    assert together.loc["same", "mean_change"] == 2 and together.loc["all", "n_up"] == 1


def test_a_double_rating_is_by_another_rater_within_thirty_days() -> None:
    rated = panel("""
        client | day | finances
        1      | 0   | 2
        1      | 10  | 3
        2      | 0   | 4
        2      | 10  | 4
        3      | 0   | 1
        3      | 60  | 5
        4      | 0   | 5
        4      | 0   | 4
        4      | 5   | 5
    """)
    table = double_ratings(rated, "finances", np.array([1, 2, 1, 1, 1, 2, 1, 2, 3]))
    assert {(i + 1, j + 1): table[i, j] for i, j in np.argwhere(table)} == {(2, 3): 1, (5, 4): 1}


def test_agreement_comes_with_an_interval_or_a_reason() -> None:
    rng = np.random.default_rng(2)
    true = rng.normal(3, 1, 200)
    scores = np.clip(np.rint(true[:, None] + rng.normal(0, 0.5, (200, 2))), 1, 5).astype(int)
    lines = [
        f"{n} | {day} | {scores[n, i]} | {'3' if n < 8 else '.'}" for n in range(200) for i, day in enumerate((0, 9))
    ]
    table = agreement(panel("client | day | finances | housing\n" + "\n".join(lines)), np.tile([1, 2], 200), seed=1)
    assert broken_rules(estimate_companions.AGREEMENT, table) == {}
    icc = table[(table["life_domain"] == "finances") & (table["measure"] == "icc_agreement")].iloc[0]
    assert icc.ci_low < 0.75 < icc.ci_high and icc.ci_high - icc.ci_low < 0.2
    few = table[table["life_domain"] == "housing"]
    assert few["estimate"].isna().all() and few["refused_because"].str.startswith("Te weinig dubbele").all()
    assert pd.isna(icc.refused_because)
