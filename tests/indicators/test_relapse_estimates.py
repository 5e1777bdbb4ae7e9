"""Relapse from measurements: where the clock starts, which bounds the measurements leave, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES
from indicators.lasting.estimates import Returns, relapse_estimates
from indicators.lasting.relapse import Spells, kaplan_meier, not_returned, spells
from indicators.lasting.turnbull import between_measurements, turnbull

LEVELS = Path(__file__).parents[1] / "reference" / "causal" / "levels.csv"


def assessments() -> pd.DataFrame:
    data = pd.read_csv(LEVELS).rename(columns={"client": "client_no", "month": "months", "level": "finances"})
    return data.assign(team_no=data["client_no"] % 8, housing=5.0, justice=np.nan)


def test_the_clock_starts_at_the_first_sufficient_score_and_stops_at_the_first_lower_one() -> None:
    client = np.array([1, 1, 1, 1, 2, 2, 3, 3, 4])
    months = np.array([0, 6, 12, 18, 0, 9, 0, 6, 0], float)
    score = np.array([2, 4, 5, 3, 3, 2, 5, 4, 4], float)
    found = spells(client, months, score)
    assert found.origin.tolist() == [1, 6]
    assert found.last_good.tolist() == [6, 6]
    assert found.first_bad[0] == 12
    assert np.isnan(found.first_bad[1])


def test_the_estimate_lies_between_its_bounds_and_the_bounds_never_swap() -> None:
    found = relapse_estimates(of_levels((2, 3, 4, 5), 300, 8, 2), ["finances"]).set_index("measure")
    for months in (6, 12):
        row = found.loc[f"lasting_{months}"]
        between = json.loads(row["assumptions"])["between_measurements"]
        assert between["lowest"] - 0.005 <= row["estimate"] <= between["highest"] + 0.005
        assert "between_measurements" not in json.loads(found.loc[f"lasting_{months}_modelled", "assumptions"])


def test_rows_keep_their_contract_and_stay_within_bounds() -> None:
    twins = assessments().assign(client_no=lambda rows: rows["client_no"] + 10_000)
    found = relapse_estimates(pd.concat([assessments(), twins]), ["finances", "housing", "justice"])
    assert broken_rules(ESTIMATES, found) == {}
    finances = found[found["life_domain"] == "finances"].set_index("measure")
    assert 0.95 > finances.loc["lasting_6", "estimate"] > finances.loc["lasting_12", "estimate"] > 0.6
    assert 6 < finances.loc["months_sufficient", "estimate"] < 12
    assert set(found["stamp"]) == {"change"}


def test_domains_without_relapse_or_without_scores_are_refused() -> None:
    found = relapse_estimates(assessments(), ["housing", "justice"])
    assert found["refused_because"].notna().all()
    assert found["estimate"].isna().all()


def of_levels(levels: tuple[int, ...], n_clients: int, n_teams: int, seed: int) -> pd.DataFrame:
    """Clients who go back and forth between some levels only."""
    rng = np.random.default_rng(seed)
    months = np.cumsum(rng.integers(4, 9, (n_clients, 4)), axis=1).ravel()
    moved = rng.random((n_clients, 4)) < 0.4
    score = rng.choice(levels, (n_clients, 4))
    for k in range(1, 4):
        score[:, k] = np.where(moved[:, k], score[:, k], score[:, k - 1])
    client = np.repeat(np.arange(n_clients), 4)
    rows = {"client_no": client, "team_no": client % n_teams, "months": months.astype(float), "finances": score.ravel()}
    return pd.DataFrame(rows)


@pytest.mark.parametrize(("levels", "has_model"), [((3, 4), True), ((2, 3, 4), True), ((1, 5), False)])
def test_levels_that_nobody_has_are_no_part_of_the_model_and_leaps_are_refused(levels, has_model: bool) -> None:
    found = relapse_estimates(of_levels(levels, 400, 8, 1), ["finances"]).set_index("measure")
    assert found.loc["lasting_12", "estimate"] > 0.5
    model = found.loc["lasting_12_modelled"]
    assert pd.notna(model["estimate"]) == has_model
    assert has_model or "past niet op deze metingen" in model["refused_because"]
    assert found.loc["months_sufficient", "refused_because"] is pd.NA or not has_model


@pytest.mark.parametrize("seed", range(12))
def test_few_clients_with_wild_scores_give_a_sane_margin_or_a_reason(seed: int) -> None:
    levels = [(1, 5), (1, 2, 3, 4, 5), (2, 3, 4)][seed % 3]
    found = relapse_estimates(of_levels(levels, 40 + 6 * seed, 1 + seed % 4, seed), ["finances"])
    known = found[found["refused_because"].isna()]
    shares = known[known["unit"] == "share"]
    assert shares["ci_low"].ge(0).all() and shares["ci_high"].le(1).all()
    assert known[["estimate", "se", "ci_low", "ci_high"]].notna().all(axis=None)
    assert found[found["refused_because"].notna()]["estimate"].isna().all()


def test_coming_back_counts_beside_a_lower_score_each_with_its_own_people_at_risk() -> None:
    # Client 1 scores lower at 6 months; 2 and 3 come back at 20 and 22; 4 is seen until 30, 5 until 21.
    found = Spells(np.arange(5), np.array([0, 8, 10, 9, 12.0]), np.array([6.0, *[np.nan] * 4]))
    returned, seen_until = np.array([40, 20, 22, np.nan, np.nan]), np.array([50, 50, 50, 30, 21.0])
    stayed = not_returned(found, returned, seen_until)
    # At 20 months four are in view, at 22 months two: the lower score and the end of view took the others out.
    assert stayed.n_at_risk.tolist() == [4, 2]
    assert [stayed.at(months)[0] for months in (12, 21, 24)] == pytest.approx([1, 3 / 4, 3 / 4 * 1 / 2])
    # One of five scored lower.
    assert turnbull(*between_measurements(found)).at(24)[0] * stayed.at(24)[0] == pytest.approx(4 / 5 * 3 / 8)


def test_where_everybody_is_measured_to_the_end_it_is_the_curve_of_whatever_came_first() -> None:
    rng = np.random.default_rng(7)
    end, bad, back = rng.uniform(18, 36, 400), rng.exponential(60, 400), rng.exponential(50, 400)
    first_bad = np.where(bad < np.minimum(end, back), bad, np.nan)
    seen = np.minimum(end, back)
    found = Spells(np.arange(400), np.fmin(seen, bad), first_bad)
    returned = np.where(back < end, back, np.nan)
    either = kaplan_meier(np.fmin(np.minimum(bad, back), end), np.minimum(bad, back) < end)
    lower = kaplan_meier(np.fmin(first_bad, seen), ~np.isnan(first_bad))
    product = lower.at(24)[0] * not_returned(found, returned, end).at(24)[0]
    assert product == pytest.approx(either.at(24)[0], rel=1e-12)


def with_returns(n_back: int) -> tuple[pd.DataFrame, Returns]:
    """Measurements followed to 30 months, and the first `n_back` without a lower score back after 20."""
    rows = assessments()
    rows = pd.concat([rows, rows.assign(client_no=rows["client_no"] + 10_000)], ignore_index=True)
    late = rows.groupby("client_no", as_index=False).last().assign(months=30.0)
    rows = pd.concat([rows, late[late["client_no"] % 2 == 0]]).sort_values(["client_no", "months"], ignore_index=True)
    found = spells(*(rows[name].to_numpy() for name in ("client_no", "months", "finances")))
    quiet = rows.iloc[found.origin[~found.relapsed]].set_index("client_no")["months"].head(n_back)
    clients = pd.DataFrame({"client_no": rows["client_no"].unique(), "seen_until": 72.0})
    clients["returned"] = clients["client_no"].map(quiet + 20)
    return rows, Returns(clients, lambda _: 10)


def test_with_returns_one_line_comes_beside_the_others_which_stay_as_they_are() -> None:
    rows, returns = with_returns(25)
    plain = relapse_estimates(rows, ["finances"])
    found = relapse_estimates(rows, ["finances"], returns=returns)
    assert broken_rules(ESTIMATES, found) == {}
    beside = found[found["measure"].str.endswith("_or_return")]
    pd.testing.assert_frame_equal(found.drop(beside.index), plain)
    assert beside["measure"].tolist() == ["lasting_24_or_return"]
    lasting = plain.set_index("measure").loc["lasting_24"]
    assert beside["estimate"].item() < lasting["estimate"] - 0.02
    assert beside["n_clients"].item() == lasting["n_clients"]
    lowest = [
        json.loads(one)["between_measurements"]["lowest"]
        for one in (beside["assumptions"].item(), lasting["assumptions"])
    ]
    assert lowest[0] < lowest[1]


def test_of_a_few_who_came_back_nothing_is_said() -> None:
    rows, returns = with_returns(9)
    found = relapse_estimates(rows, ["finances"], returns=returns).set_index("measure").loc["lasting_24_or_return"]
    assert np.isnan(found["estimate"]) and found["refused_because"].startswith("Te weinig mensen kwamen")
