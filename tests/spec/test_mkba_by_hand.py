"""The small analysis worked out with pen and paper, table by table.

Each year 20,000 euro goes out; 0.4 fewer nights of 100 euro and 60 euro less care, both for 500 client-years, come in:
20,000 and 30,000. Five years at 2.25 %, each at its end, count as 4.679453 years.
"""

import numpy as np
import pandas as pd
import pytest

from data_contracts.tables.mkba import mkba_frames
from data_contracts.vocabulary.field import Stakeholder
from mkba.appraisal import Appraisal
from mkba.balance.headline import ratios, simulated, verified_share
from mkba.balance.side_payments import side_payments
from mkba.binding.effects import effects_from
from mkba.binding.numbers import Collector
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, line, model, packs, released, sourced

YEARS = (1 - 1.0225**-5) / 0.0225


def table(appraisal: Appraisal, name: str) -> pd.DataFrame:
    return mkba_frames(mkba_rows(appraisal))[f"out_mkba__{name}"].query("alternative != 'stop'")


def with_costs(euros: float) -> Appraisal:
    data = case()
    quantity = sourced(euros) | {"kind": "declared", "unit": "eur", "price_year": 2024}
    line(data, "staff")["quantity"] = quantity
    return appraised(data)


def test_the_balance_at_the_means() -> None:
    (row,) = table(appraised(), "headline").to_dict("records")
    assert row["npv_at_mean_eur"] == pytest.approx(30_000 * YEARS, abs=0.01)
    assert row["outlay_eur"] == pytest.approx(20_000 * YEARS, abs=0.01)
    assert row["effects_eur"] == pytest.approx(50_000 * YEARS, rel=0.001)
    assert row["bcr_net"] == pytest.approx(2.5, rel=0.001)


def test_the_swing_of_an_input_lies_1_28_standard_errors_to_each_side() -> None:
    rows = table(appraised(), "tornado").set_index("input")
    care = rows.loc["effect/care"]
    low, high = -60 - 1.281552 * 20, -60 + 1.281552 * 20
    assert (care["value_p10"], care["value_p90"]) == pytest.approx((low, high), abs=1e-4)
    assert care["npv_at_p10_eur"] == pytest.approx((-500 * low) * YEARS, abs=1)
    assert care["npv_at_p90_eur"] == pytest.approx((-500 * high) * YEARS, abs=1)
    assert rows["rank"].to_list() == [1, 2, 3]
    assert not rows["changes_sign"].any()


def test_a_swing_that_turns_the_outcome_says_so() -> None:
    rows = table(with_costs(40_000), "tornado").set_index("input")
    assert rows.loc["effect/care", "changes_sign"]
    assert rows.loc["effect/care", "npv_at_p90_eur"] < 0 < rows.loc["effect/care", "npv_at_p10_eur"]


def test_for_each_yield_of_care_the_nights_that_bring_the_balance_to_zero() -> None:
    rows = table(appraised(), "switching_pairs")
    care, nights = rows["value"].to_numpy(), rows["with_switching_value"].to_numpy()
    assert care[2] == pytest.approx(-60)
    assert -20_000 - 500 * care - 50_000 * nights == pytest.approx(np.zeros(5), abs=0.1)


def test_by_what_each_line_must_be_multiplied() -> None:
    rows = table(appraised(), "switching").query("kind == 'line'").set_index("name")
    assert rows["multiplier"].dropna().to_dict() == pytest.approx({"staff": 2.5, "nights": -0.5, "care": 0.0})


def test_a_share_that_would_have_to_exceed_one_brings_no_balance_to_zero() -> None:
    """Care alone pays for all by 10,000 a year: of the nights one and a half times all would have to go elsewhere."""
    data = case()
    line(data, "nights")["displacement"] = sourced(0.5, 0.3, 0.7, "beta")
    (row,) = (
        table(appraised(data), "switching")
        .query("kind == 'input' and name.str.contains('displacement')")
        .to_dict("records")
    )
    assert row["n_roots"] == 0
    assert np.isnan(row["switching_value"])


def test_a_share_below_one_brings_a_balance_to_zero() -> None:
    """With costs of 45,000 three quarters of the nights are needed besides care: a quarter may go elsewhere."""
    data = case()
    line(data, "nights")["displacement"] = sourced(0.5, 0.3, 0.7, "beta")
    line(data, "staff")["quantity"] = sourced(45_000) | {"kind": "declared", "unit": "eur", "price_year": 2024}
    rows = table(appraised(data), "switching").query("kind == 'input'").set_index("name")
    (found,) = rows.loc[rows.index.str.contains("displacement"), "switching_value"]
    assert found == pytest.approx(0.25)


def test_a_step_without_a_price_would_have_to_cost_375_euro() -> None:
    """0.2 step for 400 clients a year is 80 steps against a balance of 30,000 a year."""
    (row,) = table(appraised(), "pm").to_dict("records")
    assert row["line"] == "steps"
    assert row["units_per_year"] == pytest.approx(80)
    assert row["units_discounted"] == pytest.approx(80 * YEARS)
    assert row["switching_eur_per_unit"] == pytest.approx(-375, abs=0.01)


def test_who_stops_has_no_steps_in_any_year() -> None:
    rows = mkba_frames(mkba_rows(appraised()))["out_mkba__pm"].set_index(["alternative", "line"])
    assert rows.loc[("stop", "steps"), ["units_per_year", "units_discounted"]].tolist() == [0, 0]


def test_only_what_has_no_price_is_asked_what_it_costs_a_unit() -> None:
    """At costs of 70,000 the balance is 20,000 below zero, for 80 steps: 250 euro each."""
    rows = table(with_costs(70_000), "efficiency")
    assert rows["line"].to_list() == ["steps"]
    (row,) = rows.to_dict("records")
    assert row["net_costs_eur"] == pytest.approx(20_000 * YEARS, abs=0.01)
    assert row["units_discounted"] == pytest.approx(80 * YEARS)
    assert row["extra_costs_per_unit_eur"] == pytest.approx(250, abs=0.01)


def test_what_was_not_released_has_no_costs_a_unit() -> None:
    data = case()
    line(data, "steps")["quantity"]["subject"] = "experienced"
    assert table(appraised(data), "efficiency").empty


def test_a_stress_test_says_whether_it_turns_the_outcome() -> None:
    """With costs of 45,000 a balance of 5,000 is left, which a fifth off the benefits of 50,000 takes away."""
    rows = table(with_costs(45_000), "stress").dropna(subset=["npv_mean_eur"])
    npv = table(with_costs(45_000), "headline")["npv_mean_eur"].item()
    assert npv > 0
    assert rows["changes_sign"].to_list() == (rows["npv_mean_eur"] <= 0).to_list()
    assert rows["changes_sign"].any() and not rows["changes_sign"].all()
    assert (rows["npv_mean_eur"] - rows["difference_eur"]).to_numpy() == pytest.approx(npv, abs=0.02)


def test_a_benefit_that_is_surely_nothing_is_not_likely_to_be_cashed() -> None:
    data = case()
    data["prices"][0].update(value=0, low=None, high=None, distribution="fixed")
    rows = table(appraised(data), "cashing").set_index("line")
    assert rows.loc["nights", ["benefit_eur", "prob_positive"]].to_list() == [0, 0]
    assert rows.loc["benefit", "prob_positive"] == pytest.approx(0.97725, abs=0.003)  # two standard errors above zero


def test_half_of_the_benefits_are_verified_by_their_euros_and_losses_do_not_count() -> None:
    """Nights give 20,000, at a price that was not looked up, and care 30,000; more care instead is no benefit."""
    assert verified_share(appraised().results[0].at_mean) == pytest.approx(1)
    data = case()
    data["prices"][0].update(status="second_hand", checked_on=None)
    assert verified_share(appraised(data).results[0].at_mean) == pytest.approx(0.6)
    worse = appraised(data, released(care=50.0)).results[0].at_mean
    assert verified_share(worse) == 0


def test_the_ratio_to_what_the_municipality_pays_counts_its_own_benefits_only() -> None:
    """20,000 of nights and 15,000 of benefit for 20,000; the public purse gains 30,000 of care besides."""
    found = ratios(appraised().results[0].at_mean)
    assert found.municipal == pytest.approx(35 / 20)
    assert found.fiscal == pytest.approx(65 / 20)
    assert found.cashable == pytest.approx(15 / 20)


def test_the_worst_tenth_and_the_chance_of_a_plus() -> None:
    """Of 1 to 100 the worst tenth is 1 to 10; of blocks with means 25.5 and 75.5 half the distance is the error."""
    found = simulated(np.arange(1.0, 101.0), 2)
    assert (found.mean, found.worst_tenth, found.p50, found.prob_positive) == (50.5, 5.5, 50.5, 1.0)
    assert (found.p05, found.p95) == pytest.approx((5.95, 95.05))
    assert found.simulation_se == pytest.approx(25.0)
    assert simulated(np.array([-1.0, 0.0, 1.0, 2.0]), 1).prob_positive == 0.5
    assert np.isnan(simulated(np.arange(4.0), 1).simulation_se)


def test_half_a_euro_is_paid_and_less_than_half_a_cent_is_not() -> None:
    winner, loser = Stakeholder.MUNICIPALITY, Stakeholder.HEALTH_INSURER
    assert side_payments({winner: 0.5, loser: -0.5}) == {(winner, loser): 0.5}
    assert side_payments({winner: 0.006, loser: -0.006}) == {(winner, loser): 0.006}
    assert side_payments({winner: 0.004, loser: -0.004}) == {}
    assert side_payments({winner: 0.4, loser: -0.5}) is None


def test_euros_of_the_year_itself_are_not_converted_and_those_of_2022_by_the_price_level() -> None:
    """CBS, consumer prices: 3.8 % in 2023 and 3.3 % in 2024."""
    collector = Collector(model(), packs(), released())
    assert collector.conversions(2024) == collector.conversions(None) == ()
    (found,) = collector.conversions(2022)
    assert found.factor == pytest.approx(1.038 * 1.033, abs=0.001)


def estimate(**keys: object) -> pd.DataFrame:
    row: dict[str, object] = {"estimate_id": "one", "subject": "events", "what": "nacht", "unit": "night"}
    row |= {"per": "client", "stamp": "comparison", "estimate": 0.4, "se": 0.1, "n_clients": 300.0}
    return pd.DataFrame([row | keys])


NO_JOINT = pd.DataFrame(columns=["estimate_id", "with_estimate_id", "mean", "covariance", "scale"])


def test_an_estimate_of_which_the_margin_is_not_told_was_rounded_in_no_known_step() -> None:
    def step(**keys: object) -> float:
        return effects_from(estimate(**keys), NO_JOINT).effects[0].rounding_step

    assert step() > 0
    assert step(se=float("nan")) == step(n_clients=float("nan")) == step(n_clients=0.0) == 0
