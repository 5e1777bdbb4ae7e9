"""Change from transition counts: the figures of a report, and when a test is refused."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from data_contracts.contract import broken_rules
from data_contracts.tables import estimates
from indicators.change.adjusted import with_adjusted
from indicators.change.domains import change_by_domain
from indicators.change.shares import net_interval, wilson_interval, with_shares
from indicators.counts.pair_counts import PAIR

# Homeless housing, control group, 0 to 24 months (Hurlburt, Wood and Hough 1996); levels 1 to 3.
HOUSING_CONTROL = [[12, 32, 30], [5, 27, 21], [1, 7, 10]]


def counted(table: list[list[int]], **key: str) -> pd.DataFrame:
    """est_change__transitions of one square table of counts."""
    defaults = ("zrm", "finances", "all", "all", "first", "last")
    names = dict(zip(PAIR, defaults, strict=True)) | key
    cells = [(i + 1, j + 1, n) for i, row in enumerate(table) for j, n in enumerate(row) if n]
    return pd.DataFrame(cells, columns=["score_from", "score_to", "n_clients"]).assign(**names)


def test_counts_of_the_housing_study_give_the_published_figures() -> None:
    row = change_by_domain(counted(HOUSING_CONTROL)).iloc[0]
    assert (row.n_clients, row.n_up, row.n_equal, row.n_down) == (145, 83, 49, 13)
    assert row.mean_change == pytest.approx(0.683, abs=5e-4)
    assert row.mean_change_high - row.mean_change == pytest.approx(1.97658 * 0.918 / np.sqrt(145), rel=1e-3)
    assert row.p_value == pytest.approx(3.45279e-13, rel=1e-5)
    assert row.method == "pratt_normal"


def test_the_table_keeps_its_contract_also_without_anyone() -> None:
    some = counted(HOUSING_CONTROL)
    assert broken_rules(estimates.CHANGE, change_by_domain(some)) == {}
    assert broken_rules(estimates.CHANGE, change_by_domain(some.iloc[:0])) == {}


def test_sufficient_is_counted_by_the_instrument_s_own_cut() -> None:
    table = [[0, 0, 0, 0, 0], [0, 0, 0, 0, 0], [0, 0, 1, 4, 0], [0, 0, 2, 3, 1], [0, 0, 0, 0, 0]]
    scored = change_by_domain(counted(table)).iloc[0]
    assert (scored.n_sufficient_before, scored.n_sufficient_after) == (6, 8)
    ladder = change_by_domain(counted(table, subject="ladder", life_domain="all")).iloc[0]
    assert (ladder.n_sufficient_before, ladder.n_sufficient_after) == (0, 1)


def test_a_test_is_refused_when_too_few_moved_for_any_outcome_to_tell() -> None:
    refused = change_by_domain(counted([[30, 5], [0, 40]])).iloc[0]
    assert pd.isna(refused.p_value) and refused.method == "none"
    assert refused.refused_because.startswith("Er zijn te weinig mensen")
    enough = change_by_domain(counted([[30, 6], [0, 40]])).iloc[0]
    assert enough.p_value == pytest.approx(2 / 2**6) and enough.method == "pratt_exact"
    assert pd.isna(enough.refused_because)


def test_no_interval_when_everybody_changed_by_the_same() -> None:
    row = change_by_domain(counted([[0, 12], [0, 0]])).iloc[0]
    assert row.mean_change == 1 and pd.isna(row.mean_change_low) and pd.isna(row.mean_change_high)


def test_headline_domains_are_held_by_holm_and_the_rest_by_benjamini_hochberg() -> None:
    tables = {"finances": 12, "housing": 9, "addiction": 8, "justice": 7, "adl": 6}
    counts = pd.concat(
        [counted([[20, up], [1, 20]], life_domain=domain) for domain, up in tables.items()]
        + [counted([[9, 7], [0, 9]], slice="team", slice_value=team) for team in ("north", "south")]
    )
    table = with_adjusted(change_by_domain(counts), ["finances", "housing"]).set_index(["slice", "life_domain"])
    raw, adjusted = table["p_value"], table["p_adjusted"]
    everyone = "all"
    for family, method in ((["finances", "housing"], "holm"), (["addiction", "adl", "justice"], "fdr_bh")):
        expected = multipletests(raw.loc[everyone].loc[family], method=method)[1]
        assert adjusted.loc[everyone].loc[family].to_numpy() == pytest.approx(expected, abs=5e-4)
    assert adjusted.loc["team"].to_numpy() == pytest.approx([2 / 2**7] * 2, abs=5e-4)


def test_adjusted_p_values_of_benjamini_and_hochberg_1995() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p += [0.7590, 1.0]
    assert multipletests(p, method="holm")[1][:9] == pytest.approx(
        [0.0015, 0.0056, 0.0247, 0.1140, 0.2211, 0.2780, 0.2780, 0.2780, 0.3213], abs=1e-12
    )
    assert multipletests(p, method="fdr_bh")[1][4:8] == pytest.approx([0.0603, 0.0638571, 0.0638571, 0.0645], abs=1e-7)


def test_shares_come_from_rounded_counts_and_missing_counts_stay_missing() -> None:
    rounded = pd.DataFrame({"n_clients": [20, 20, None], "n_up": [15, None, None], "n_equal": [5, 5, None]})
    rounded = rounded.assign(n_down=[5, 5, None]).astype("Int32")
    table = with_shares(rounded)
    assert table["share_up"].iloc[0] == 0.75
    assert table["share_net"].iloc[0] == 0.5
    assert table[["share_up", "share_up_low", "share_net_high"]].iloc[1:].isna().all().all()
    assert "share_sufficient_after" not in table


def test_wilson_equals_prop_test_of_r() -> None:
    # R 4.2.2: prop.test(x, 10, correct = FALSE)$conf.int for x = 0, 3 and 10.
    low, high = wilson_interval(np.array([0.0, 3, 10]), np.array([10.0, 10, 10]))
    assert low == pytest.approx([0, 0.1077913, 0.7224672], abs=1e-7)
    assert high == pytest.approx([0.2775328, 0.6032219, 1], abs=1e-7)


def test_wilson_equals_statsmodels_also_for_parts_of_people_and_is_missing_without_any() -> None:
    rng = np.random.default_rng(1927)
    n = np.append(rng.integers(1, 5000, 2000).astype(float), rng.uniform(0.3, 900, 2000))
    successes = n * rng.choice([0.0, 0.01, 0.5, 0.97, 1.0], len(n))
    for found, told in zip(
        wilson_interval(successes, n), proportion_confint(successes, n, method="wilson"), strict=True
    ):
        assert found == pytest.approx(told, abs=1e-14)
    for end in wilson_interval(np.array([1.0, np.nan, 0.0]), np.array([0.0, 5.0, np.nan])):
        assert np.isnan(end).all()


@pytest.mark.parametrize("n", [10, 20])
def test_the_interval_of_net_change_holds_for_small_numbers(n: int) -> None:
    """Exact coverage by enumeration of every possible outcome, over a grid of true shares."""
    up, down = (axis.ravel() for axis in np.meshgrid(np.arange(n + 1), np.arange(n + 1), indexing="ij"))
    up, down = up[up + down <= n], down[up + down <= n]
    low, high = net_interval(up.astype(float), down.astype(float), np.full(len(up), float(n)))
    log_factorial = np.append(0, np.cumsum(np.log(np.arange(1, n + 1))))
    ways = log_factorial[n] - log_factorial[up] - log_factorial[down] - log_factorial[n - up - down]
    coverage = []
    for share_up in np.arange(0.05, 0.9, 0.1):
        for share_down in np.arange(0.05, 0.95 - share_up, 0.1):
            still = np.log(1 - share_up - share_down)
            chance = np.exp(ways + up * np.log(share_up) + down * np.log(share_down) + (n - up - down) * still)
            net = share_up - share_down
            coverage.append(chance[(low <= net + 1e-12) & (net - 1e-12 <= high)].sum())
    assert min(coverage) > 0.93
    assert np.mean(coverage) > 0.95
