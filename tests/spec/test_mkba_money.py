"""Who holds which purse when: budgets, cashing in, one fte more, and the figures of the headline written out."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stamp
from mkba.appraisal import Appraisal
from mkba.balance.headline import simulated, weakest_stamp
from mkba.binding.effects import Effects, Released, effects_from
from mkba.tables.money import LOSS
from mkba.tables.rows import mkba_rows
from mkba.uncertainty.stress import stress_tests
from tests.mkba_case import SOURCE, appraised, case, cost_of, line, released, scaled_up


def frame(appraisal: Appraisal, table: str) -> pd.DataFrame:
    return mkba_frames(mkba_rows(appraisal))[table].query("alternative != 'stop'")


def cash(appraisal: Appraisal, budget: str) -> list[float]:
    rows = frame(appraisal, "out_mkba__budgets").query("budget == @budget").sort_values("budget_year")
    return [round(float(value)) for value in rows["cash_eur"]]


def test_costs_and_transfers_are_money_and_other_benefits_only_when_they_can_be_cashed() -> None:
    appraisal = appraised()
    assert cash(appraisal, "municipality") == [-20_000] * 5
    assert cash(appraisal, "participatiewet") == pytest.approx([15_000] * 5, rel=0.01)
    assert cash(appraisal, "client") == pytest.approx([-15_000] * 5, rel=0.01)
    assert cash(appraisal, "zvw") == cash(appraisal, "wmo") == [0] * 5


def test_what_is_cashed_later_arrives_later_and_in_part() -> None:
    data = case()
    data["alternatives"][0]["years"] = 10
    line(data, "care")["cashing"] = {"share": 0.5, "lag_years": 2, "source": SOURCE}
    appraisal = appraised(data)
    assert cash(appraisal, "zvw") == pytest.approx([0, 0, 15_000, 15_000, 15_000], rel=0.01)
    row = frame(appraisal, "out_mkba__cashing").query("line == 'care'").iloc[0]
    assert (row["from_year"], row["cashable_share"]) == (2026, 0.5)
    assert row["cashable_eur"] == pytest.approx(row["benefit_eur"] / 2)
    assert row["prob_positive"] > 0.99


def test_only_a_benefit_with_a_price_and_a_receiver_can_be_cashed() -> None:
    """Not what is paid out, and not what has no amount."""
    assert set(frame(appraised(), "out_mkba__cashing")["line"]) == {"nights", "care", "benefit"}


def test_what_is_cashed_later_keeps_the_course_of_its_own_years() -> None:
    data = case()
    data["alternatives"][0]["years"] = 2
    line(data, "care")["cashing"] = {"share": 0.5, "lag_years": 1, "source": SOURCE}
    assert cash(appraised(data), "zvw") == pytest.approx([0, 15_000, 15_000, 0, 0], rel=0.01)


def test_a_law_is_a_budget_of_those_who_spend_under_it_only() -> None:
    budgets = set(frame(appraised(), "out_mkba__stakeholders")["budget"])
    assert budgets == {"municipality", "wmo", "participatiewet", "zvw", "client"}


def test_the_balance_per_party_keeps_costs_benefits_and_transfers_apart() -> None:
    parties = frame(appraised(), "out_mkba__stakeholders").set_index("budget")
    assert parties.loc["municipality", "costs_eur"] == pytest.approx(-20_000 * 4.679453, rel=1e-6)
    assert parties.loc["participatiewet", "transfers_eur"] == pytest.approx(-parties.loc["client", "transfers_eur"])
    sums = parties[["costs_eur", "benefits_eur", "transfers_eur"]].sum(axis=1)
    assert sums.to_numpy() == pytest.approx(parties["mean_eur"].to_numpy(), abs=0.02)


def test_one_fte_more_costs_and_yields_the_same_whether_one_or_two_are_added() -> None:
    one, two = (frame(appraised(scaled_up(case(), fte)), "out_mkba__marginal").iloc[0] for fte in (1, 2))
    assert one["outlay_per_fte_eur"] == pytest.approx(40 * 100 * 4.679453, rel=1e-6)
    assert one["effects_per_fte_eur"] == pytest.approx(40 * 300 * 4.679453, rel=1e-6)
    figures = ["outlay_per_fte_eur", "effects_per_fte_eur", "npv_per_fte_eur"]
    assert one[figures].to_list() == pytest.approx(two[figures].to_list(), rel=1e-6)
    assert one["npv_per_fte_eur"] == pytest.approx(one["effects_per_fte_eur"] - one["outlay_per_fte_eur"], abs=0.03)


def test_the_figures_of_the_headline_are_those_of_the_draws() -> None:
    figures = simulated(np.arange(1.0, 1_001.0), 8)
    assert (figures.mean, figures.p50, figures.worst_tenth) == (500.5, 500.5, 50.5)
    assert (figures.p05, figures.p95) == pytest.approx((50.95, 950.05))
    assert figures.prob_positive == 1


def test_the_weakest_stamp_speaks() -> None:
    given = released()
    first, *others = given.effects.effects
    mixed = Released(Effects((replace(first, stamp=Stamp.INDICATION), *others), given.effects.covariance), given.totals)
    assert weakest_stamp(appraised(given=mixed).table) is Stamp.INDICATION
    assert weakest_stamp(appraised().table) is Stamp.STRONG_COMPARISON


def test_the_stress_test_on_overlap_sets_aside_what_the_study_chose() -> None:
    data = case() | {"overlap_groups": [{"id": "both", "label": "samen", "alpha": 0.25, "why": SOURCE}]}
    for name in ("nights", "care"):
        line(data, name)["overlap_group"] = "both"
    appraisal = appraised(data)
    result = appraisal.results[0]
    found = stress_tests(appraisal.table, appraisal.inputs, result.balance.alternative, result.overlap)
    none, half, whole = (float(np.mean(one.npv)) for one in found if one.test == "overlap" and one.npv is not None)
    chosen = float(result.balance.npv.mean())
    assert none < chosen < half < whole
    assert chosen == pytest.approx(none + 0.25 * (whole - none), rel=1e-9)
    assert whole == pytest.approx(float(appraised().results[0].balance.npv.mean()), rel=1e-9)


def test_a_covariance_that_rounding_broke_is_mended_and_hardly_changed() -> None:
    shared = {"subject": "events", "life_domain": "all", "unit": "event", "per": "client_year", "status": "released"}
    shared |= {"stamp": "comparison", "estimate": -1.0, "se": 1.0, "n_clients": 50, "refused_because": None}
    estimates = pd.DataFrame([shared | {"estimate_id": name, "what": name} for name in ("a", "b")])
    pairs = (("a", "a", 1.0), ("a", "b", 1.01), ("b", "b", 1.0))
    joint = pd.DataFrame(
        [
            {"vector": "v", "estimate_id": one, "with_estimate_id": other, "mean": -1.0, "covariance": value}
            | {"scale": "identity", "n_clients": 50}
            for one, other, value in (*pairs, ("b", "a", 1.01))
        ]
    )
    covariance = effects_from(estimates, joint).covariance
    assert np.linalg.eigvalsh(covariance).min() >= -1e-12
    assert covariance == pytest.approx(np.array([[1.005, 1.005], [1.005, 1.005]]), abs=1e-9)


def test_the_payback_curve_ends_at_the_balance_and_names_its_years() -> None:
    appraisal = appraised()
    curve = frame(appraisal, "out_mkba__by_year")
    assert curve["year"].to_list() == list(range(2024, 2034))
    assert curve["cumulative_discounted_eur"].iloc[-1] == pytest.approx(
        appraisal.results[0].balance.npv.mean(), abs=0.01
    )
    assert curve["cumulative_eur"].iloc[-1] == pytest.approx(curve["welfare_eur"].sum(), abs=0.05)


def test_a_line_that_happens_once_is_not_discounted_and_not_repeated() -> None:
    data = case()
    line(data, "staff")["runs"] = "once"
    balance = appraised(data).results[0].at_mean
    assert balance.line_pv[0, 0] == pytest.approx(20_000)
    assert balance.welfare_by_year[0, 1] == pytest.approx(50_000)


def test_a_budget_without_a_law_does_not_read_as_all_of_the_municipality() -> None:
    rows = frame(appraised(), "out_mkba__budgets").query("stakeholder == 'municipality'")
    labels = dict(zip(rows["budget"], rows["label"], strict=True))
    assert labels["municipality"] == "gemeente: niet onder één wet"
    assert labels["wmo"] == "gemeente: Wmo 2015"


def test_a_higher_discount_rate_is_called_higher_and_makes_later_years_worth_less() -> None:
    appraisal = appraised()
    result = appraisal.results[0]
    found = {
        one.label: float(one.npv.mean())
        for one in stress_tests(appraisal.table, appraisal.inputs, result.balance.alternative, result.overlap)
        if one.npv is not None and one.label.startswith("discontovoet 1 procentpunt")
    }
    at_rest = float(result.balance.npv.mean())
    up, down = (found[f"discontovoet 1 procentpunt {way}"] for way in ("hoger", "lager"))
    assert abs(up) < abs(at_rest) < abs(down)


def test_a_loss_is_money_at_once_and_needs_no_agreement() -> None:
    """Care rises by 60 for 500 client-years: 30,000 a year more is spent, whatever was agreed about cashing in."""
    data = case()
    for agreed in (None, {"share": 0.5, "lag_years": 2, "source": SOURCE}):
        line(data, "care")["cashing"] = agreed
        appraisal = appraised(data, released(care=60.0))
        assert cash(appraisal, "zvw") == pytest.approx([-30_000] * 5, rel=0.01)
        row = frame(appraisal, "out_mkba__cashing").query("line == 'care'").iloc[0]
        assert (row["from_year"], row["cashable_share"], row["source"]) == (2024, 1.0, LOSS)


def test_who_pays_for_an_effect_pays_in_money() -> None:
    data = case()
    data["lines"].append(cost_of("Meer vervoer", 4_000, payer="municipality", law="wmo"))
    assert cash(appraised(data), "wmo") == [-4_000] * 5


def test_lost_wellbeing_is_in_no_budget() -> None:
    data = case()
    data["lines"].append(cost_of("Minder rust", -4_000, payer=None, receiver="client", type="wellbeing"))
    assert cash(appraised(data), "client") == pytest.approx([-15_000] * 5, rel=0.01)


def test_the_calendar_of_a_choice_holds_the_lines_of_that_choice_only() -> None:
    lines = frame(appraised(scaled_up(case(), 1)), "out_mkba__cashing").groupby("alternative")["line"].agg(set)
    assert lines["more"] - lines["go_on"] == {"extra_yield"}
    assert lines["go_on"] == {"nights", "care", "benefit"}
