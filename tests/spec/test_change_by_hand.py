"""Figures of change worked out on paper."""

import numpy as np
import pandas as pd
import pytest
import scipy

from indicators.change.clustered import clustered
from indicators.change.domains import FEWEST_WHO_MOVED, TOO_FEW_MOVED, change_by_domain
from indicators.change.noise_floor import noise_floor_of_released
from indicators.change.own_reliability import by_band, own_bands
from indicators.change.regression_to_mean import regression_to_mean
from indicators.change.reliable_change import reliable_change, standard_error_of_difference
from indicators.change.signed_rank import double_ranks, rank_biserial, signed_rank
from indicators.change.teams import NO_SPREAD, TOO_FEW_TEAMS, pooled_teams
from indicators.counts.pair_counts import PAIR, pair_counts
from tools.noise_of_start import noise_floor

Cells = list[tuple[int, int, int]]


def table(cells: Cells, **key: str) -> pd.DataFrame:
    """Transition counts: from, to and how many."""
    base = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True)) | key
    return pd.DataFrame([{**base, "score_from": one, "score_to": two, "n_clients": n} for one, two, n in cells])


def teams(**of: Cells) -> pd.DataFrame:
    return pd.concat([table(cells, slice="team", slice_value=name) for name, cells in of.items()], ignore_index=True)


def test_three_teams_are_drawn_to_their_mean_by_what_chance_explains() -> None:
    """Changes of 0 and 2, 1 and 3, -1 and 1, twice each: within 12 / 9, so 1/3 a team; between 1 - 1/3, two thirds.

    What is left of a team's distance to the mean of 1 is (2/3) / (2/3 + 1/3). Its variance is 2/3 of 1/3, and a ninth
    of the variance of the mean, which is 1/3 too (DerSimonian and Laird 1986).
    """
    found = pooled_teams(teams(a=[(2, 2, 2), (2, 4, 2)], b=[(2, 3, 2), (2, 5, 2)], c=[(2, 1, 2), (2, 3, 2)]))
    assert found["slice_value"].tolist() == ["a", "b", "c"] and found.index.tolist() == [0, 1, 2]
    assert found["mean_change"].tolist() == [1, 2, 0]
    assert found["mean_change_pooled"].to_numpy() == pytest.approx([1, 5 / 3, 1 / 3])
    assert found["weight_of_own_data"].to_numpy() == pytest.approx([2 / 3] * 3)
    half = 1.959964 * np.sqrt(2 / 9 + 1 / 27)
    assert (found["pooled_high"] - found["mean_change_pooled"]).to_numpy() == pytest.approx([half] * 3)
    assert (found["mean_change_pooled"] - found["pooled_low"]).to_numpy() == pytest.approx([half] * 3)


def test_families_of_teams_follow_each_other_in_one_table() -> None:
    one = teams(a=[(2, 2, 2), (2, 4, 2)], b=[(2, 3, 2), (2, 5, 2)], c=[(2, 1, 2), (2, 3, 2)])
    both = pooled_teams(pd.concat([one, one.assign(life_domain="housing")], ignore_index=True))
    assert both.index.tolist() == list(range(6))
    assert pooled_teams(one[:0]).empty


def test_two_teams_or_no_spread_are_a_reason_and_no_figure() -> None:
    spread: Cells = [(2, 2, 3), (2, 4, 3)]
    assert set(pooled_teams(teams(a=spread, b=spread))["refused_because"]) == {TOO_FEW_TEAMS}
    assert pooled_teams(teams(a=spread, b=spread, c=spread))["refused_because"].isna().all()
    alike: Cells = [(2, 3, 5)]
    assert set(pooled_teams(teams(a=alike, b=alike, c=alike))["refused_because"]) == {NO_SPREAD}
    alone: Cells = [(2, 3, 1)]
    assert set(pooled_teams(teams(a=alone, b=[(2, 4, 1)], c=alone))["refused_because"]) == {NO_SPREAD}


def test_change_of_ten_people() -> None:
    """Two up by one, four by two, one down by one, three equal: 9 steps over 10 people."""
    (row,) = change_by_domain(table([(2, 3, 2), (2, 4, 4), (4, 3, 1), (3, 3, 3)])).to_dict("records")
    assert [row[name] for name in ("n_clients", "n_up", "n_down", "n_equal")] == [10, 6, 1, 3]
    assert (row["mean_before"], row["mean_after"], row["mean_change"]) == pytest.approx((2.5, 3.4, 0.9))
    # Four is sufficient: one before, four after.
    assert (row["n_sufficient_before"], row["n_sufficient_after"]) == (1, 4)
    changes = np.repeat([1, 2, -1, 0], [2, 4, 1, 3])
    half = 2.262157 * changes.std(ddof=1) / np.sqrt(10)
    assert (row["mean_change_low"], row["mean_change_high"]) == pytest.approx((0.9 - half, 0.9 + half))
    assert row["method"] == "pratt_exact"


@pytest.mark.parametrize(("moved", "reason"), [(FEWEST_WHO_MOVED - 1, TOO_FEW_MOVED), (FEWEST_WHO_MOVED, None)])
def test_six_who_moved_can_show_a_difference_and_five_cannot(moved: int, reason: str | None) -> None:
    """All of six up by chance: 2 / 2^6 = 0.03; of five 2 / 2^5 = 0.06."""
    (row,) = change_by_domain(table([(2, 3, moved), (3, 3, 20)])).to_dict("records")
    assert (row["refused_because"] if isinstance(row["refused_because"], str) else None) == reason
    assert FEWEST_WHO_MOVED == 6
    if reason is None:
        assert row["p_value"] == pytest.approx(2 / 64)


def test_pratt_ranks_those_who_stayed_and_then_leaves_them_out() -> None:
    """Two equal take ranks 1 and 2; three who moved one level share 4, one who moved two has 6."""
    assert double_ranks(np.array([[2, 3, 1]])).tolist() == [[3, 8, 12]]
    found = signed_rank(np.array([[2, 1]]), np.array([[1, 0]]), np.array([2]))
    # W+ - W- = 4 + 6; its variance the sum of squares, 3 x 16 + 36.
    assert found.z == pytest.approx([10 / np.sqrt(84)])
    # Of 16 patterns of signs the sum is 18 in one, 10 in three and 6 in one; below zero as many.
    assert found.p_value == pytest.approx([8 / 16])


def test_fifty_who_moved_are_counted_out_and_fifty_one_are_not() -> None:
    up = np.array([[30], [31]])
    found = signed_rank(up, np.array([[20], [20]]), np.array([0, 0]))
    assert found.is_exact.tolist() == [True, False]
    nobody = signed_rank(np.array([[0]]), np.array([[0]]), np.array([9]))
    assert np.isnan(nobody.p_value).all() and not nobody.is_exact.any()


def test_rank_biserial_of_three_up_and_one_down() -> None:
    """Ranks 2 for three who moved one level and 4 for one who moved two: (2 + 2 + 4 - 2) / 10."""
    assert rank_biserial(np.array([[2, 1]]), np.array([[1, 0]])) == pytest.approx([0.6])


def test_a_start_of_two_thirds_low_comes_back_to_the_mean() -> None:
    """After = 2 + 0.5 x (before - 2): who started at the true mean did not change, whatever the others did."""
    cells: Cells = [(1, 1, 10), (1, 2, 10), (3, 2, 10), (3, 3, 10)]
    found = regression_to_mean(table(cells), means=(2.0, 3.0)).set_index("reference_mean")
    assert found.loc[2.0, "change_beyond_regression"] == pytest.approx(0, abs=1e-12)
    assert found.loc[2.0, "p_value"] == pytest.approx(1)
    assert found.loc[3.0, "change_beyond_regression"] == pytest.approx(-0.5)
    # Residual variance 40 x 0.25 / 38; at 3 its distance of 1 over a spread of 40 adds to 1 / 40.
    error = np.sqrt(10 / 38 * (1 / 40 + 1 / 40))
    half = 2.024394 * error
    assert found.loc[3.0, "change_high"] == pytest.approx(-0.5 + half)
    assert found.loc[2.0, "change_high"] == pytest.approx(2.024394 * np.sqrt(10 / 38 / 40))


def test_three_clients_with_a_spread_are_enough_for_a_line() -> None:
    assert regression_to_mean(table([(1, 1, 1), (3, 3, 1)]), means=(2.0,))["p_value"].isna().all()
    assert regression_to_mean(table([(2, 1, 2), (2, 3, 2)]), means=(2.0,))["p_value"].isna().all()
    assert regression_to_mean(table([(1, 1, 1), (1, 2, 1), (3, 3, 1)]), means=(2.0,))["p_value"].notna().all()


def test_two_ratings_of_a_person_differ_by_root_two_of_one() -> None:
    """Jacobson and Truax (1991): sd 10 and a reliability of 0.8 give 10 x sqrt(2 x 0.2)."""
    assert standard_error_of_difference(np.array([10.0]), 0.8) == pytest.approx([6.324555])


def test_who_rose_beyond_noise_into_sufficient_recovered() -> None:
    """Sd about 0.5 at 0.89: 1.96 x 0.5 x 0.47 is below one level, which noise makes too often; two levels count."""
    cells: Cells = [(2, 2, 20), (2, 4, 4), (2, 3, 7), (3, 3, 18), (3, 5, 5), (3, 1, 3), (4, 2, 1)]
    found = reliable_change(table(cells), (0.89,)).set_index("method").loc["beyond_noise"]
    assert found["levels_needed"] == 2
    named = [found[f"n_{kind}"] for kind in ("recovered", "improved", "equal", "worse", "relapsed")]
    assert named == [9, 0, 45, 3, 1]
    alike = reliable_change(table([(2, 4, 9)]), (0.89,))
    assert alike["refused_because"].notna().all() and (alike["n_recovered"] == 0).all()


def test_a_perfect_instrument_has_no_floor_and_a_bad_one_moves_many() -> None:
    even = table([(score, score, 20) for score in range(1, 6)])
    floor = noise_floor(even, (0.5, 0.9)).set_index("reliability")
    assert floor.loc[0.9, "share_up_by_noise"] < floor.loc[0.5, "share_up_by_noise"] < 0.5
    # Even starts are the same from either end, and two of five start low.
    assert floor["share_up_by_noise"].to_numpy() == pytest.approx(floor["share_down_by_noise"].to_numpy(), abs=1e-6)
    assert floor["n_clients_low"].tolist() == [40, 40]
    assert (floor["share_up_by_noise_low"] > floor["share_up_by_noise"]).all()


def test_a_subject_without_a_scale_has_no_floor() -> None:
    change = change_by_domain(table([(2, 3, 20), (3, 3, 20)])).assign(status="released")
    assert len(noise_floor_of_released(change, (0.8,))) == 1
    assert noise_floor_of_released(change.assign(subject="events"), (0.8,), subject="events").empty


def test_a_reliability_of_ones_own_is_kept_within_what_may_be_declared() -> None:
    rated = [
        ("finances", "zrm", "icc_agreement", 0.1, 0.654, 0.999),
        ("housing", "zrm", "icc_agreement", 0.5, 0.6, np.nan),
        ("adl", "mijn_zrm", "icc_agreement", 0.5, 0.6, 0.7),
        ("justice", "zrm", "kappa", 0.5, 0.6, 0.7),
    ]
    frame = pd.DataFrame(rated, columns=["life_domain", "subject", "measure", "ci_low", "estimate", "ci_high"])
    assert own_bands(frame) == {"finances": (0.3, 0.65, 0.99)}
    assert by_band(["finances", "housing", "adl"], own_bands(frame), (0.8,)) == {
        (0.3, 0.65, 0.8): ["finances"],
        (0.8,): ["housing", "adl"],
    }
    assert by_band(["housing"], {}, ()) == {}


@pytest.mark.parametrize(
    ("own", "declared", "band"),
    [
        ((0.2, 0.6, 0.99), (0.7, 0.89), (0.2, 0.6, 0.89)),
        ((0.2, 0.6, 0.99), (0.5,), (0.2, 0.6)),
        ((0.2, 0.6, 0.99), (), (0.2, 0.6)),
        ((0.2, 0.6, 0.8), (0.7, 0.89), (0.2, 0.6, 0.8)),
        ((0.99,), (0.7, 0.89), (0.99,)),
    ],
)
def test_double_ratings_that_were_rounded_to_perfect_are_no_upper_end(
    own: tuple[float, ...], declared: tuple[float, ...], band: tuple[float, ...]
) -> None:
    assert by_band(["finances"], {"finances": own}, declared) == {band: ["finances"]}


def test_of_equal_teams_the_interval_is_that_of_their_means() -> None:
    """Four teams of five with mean changes of 0, 1, 1 and 2: Student's t with three degrees of freedom."""
    of: dict[int, Cells] = {1: [(2, 2, 5)], 2: [(2, 3, 5)], 3: [(2, 3, 5)], 4: [(2, 4, 5)]}
    whole = table([(2, 2, 5), (2, 3, 10), (2, 4, 5)])
    by_team = pd.concat([table(cells).assign(team_no=team) for team, cells in of.items()], ignore_index=True)
    pairs = pair_counts(whole)
    found = clustered(pairs, by_team, (pairs.levels >= 4).astype(np.int64)[None])
    assert found.half_width == pytest.approx([3.182446 * np.sqrt(2 / 3) / np.sqrt(4)])


def test_of_equal_teams_the_p_value_is_that_of_their_mean_ranks_and_the_design_effect_that_of_their_shares() -> None:
    """Five equal, eleven who moved one level and four two: ranks of 11 and 18.5, with the sign of the move."""
    of: dict[int, Cells] = {
        1: [(2, 2, 2), (2, 3, 3)],
        2: [(2, 3, 2), (3, 2, 2), (2, 4, 1)],
        3: [(2, 2, 2), (2, 3, 1), (2, 4, 2)],
        4: [(2, 2, 1), (2, 3, 3), (4, 2, 1)],
    }
    by_team = pd.concat([table(cells).assign(team_no=team) for team, cells in of.items()], ignore_index=True)
    whole = by_team.groupby([*PAIR, "score_from", "score_to"], as_index=False)["n_clients"].sum()
    pairs = pair_counts(whole)
    found = clustered(pairs, by_team, (pairs.levels >= 4).astype(np.int64)[None])
    means = np.array([3 * 11, 18.5, 11 + 2 * 18.5, 3 * 11 - 18.5]) / 5
    assert found.p_value == pytest.approx([scipy.stats.ttest_1samp(means, 0).pvalue])
    shares = np.array([[3, 3, 3, 3], [2, 0, 2, 1], [0, 2, 0, 1], [0, 0, 0, 1], [0, 1, 2, 0]]) / 5
    mean = shares.mean(axis=1)
    wider = (scipy.stats.t.ppf(0.975, 3) / scipy.stats.norm.ppf(0.975)) ** 2
    of_teams, of_clients = shares.var(axis=1, ddof=1) / 4, mean * (1 - mean) / 20
    # Who went up, stayed and went down, and who was sufficient before and after.
    assert found.design_effect == pytest.approx([(of_teams / of_clients).mean() * wider], rel=1e-4)
