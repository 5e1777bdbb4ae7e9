"""With and without the clients who were not measured again."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES
from indicators.effects.before_after_estimates import MEAN_CHANGE, before_after_estimates, mean_weights
from indicators.effects.estimates import NO_FREEDOM, OFF_SCALE, Basis, Outcome, estimate_rows
from indicators.effects.few_teams import TeamInference
from indicators.effects.missing import Pooled, imputations, weights_of_measured, who_is_missing
from indicators.effects.missing_estimates import with_missing_clients
from indicators.staggered.estimates import HEADLINE
from indicators.staggered.imputed import imputed_weights
from tests.indicators.test_staggered_estimates import municipality

CHANGE = Outcome("change", "zrm", "points", "finances", moment_from="first", moment_to="last")


def dropping_out(n: int = 4000) -> pd.DataFrame:
    """Who starts low gains more and is lost more often: the mean change is 0.5, on measured clients less."""
    rng = np.random.default_rng(5)
    start = rng.integers(1, 6, n)
    change = 0.5 - 0.4 * (start - 3) + rng.normal(0, 0.5, n)
    lost = rng.random(n) < 1 / (1 + np.exp(1.0 * (start - 2.5)))
    table = {"client_no": np.arange(n), "team_no": np.arange(n) % 12, "start": start.astype(float)}
    return pd.DataFrame({**table, "change": np.where(lost, np.nan, change)})


def companions(clients: pd.DataFrame) -> pd.DataFrame:
    rows = with_missing_clients(clients, [CHANGE], ["start"], [], MEAN_CHANGE, mean_weights, seed=1)
    return rows.set_index("measure")


def test_what_measured_clients_miss_the_companions_find() -> None:
    clients = dropping_out()
    truth = pytest.approx(0.5, abs=0.05)
    assert before_after_estimates(clients, [CHANGE]).estimates["estimate"][0] < 0.35
    found = companions(clients)
    assert found.loc["mean_change_reweighted", "estimate"] == truth
    assert found.loc["mean_change_imputed", "estimate"] == truth
    assert set(found["n_clients"]) == {4000}
    assert broken_rules(ESTIMATES, found.reset_index()[list(ESTIMATES.columns)]) == {}


def test_the_order_of_the_rows_changes_no_figure() -> None:
    clients = dropping_out(800)
    turned = clients.sample(frac=1, random_state=3)
    assert companions(turned)["estimate"].to_dict() == pytest.approx(
        companions(clients)["estimate"].to_dict(), abs=1e-9
    )


def test_of_donors_that_are_alike_each_is_as_likely() -> None:
    """One predictor with two values: a gap gets any of its own hundred clients, so on average their mean."""
    group = np.repeat([0.0, 1.0], 150)
    values = np.where(group == 0, 1.0, 4.0) + np.tile(np.r_[np.zeros(50), np.ones(50), np.full(50, np.nan)], 2)
    filled = imputations(group[:, None], values, seed=2, n_imputations=200)
    for value, mean in ((0.0, 1.5), (1.0, 4.5)):
        drawn = filled[:, (group == value) & np.isnan(values)]
        assert drawn.mean() == pytest.approx(mean, abs=4 * 0.5 / np.sqrt(drawn.size))


def test_the_tipping_point_undoes_the_figure() -> None:
    clients = dropping_out()
    tipping = json.loads(companions(clients).loc["mean_change_imputed", "assumptions"])["tipping_point"]
    lost = clients["change"].isna().mean()
    imputed = companions(clients).loc["mean_change_imputed", "estimate"]
    assert imputed + lost * tipping["points"] == pytest.approx(0, abs=1e-3)
    assert tipping["points"] < tipping["points_interval"] < 0


def test_with_everyone_measured_nothing_changes() -> None:
    clients = dropping_out().assign(change=lambda frame: frame["start"] * 0.1)
    assert companions(clients)["estimate"].tolist() == pytest.approx([clients["change"].mean()] * 2)


def test_the_staggered_design_has_its_companions_too() -> None:
    clients = municipality(noise=1.0).assign(start=3.0)
    clients.loc[clients["client_no"] % 3 == 0, "finances"] = np.nan
    outcome = Outcome("finances", "zrm", "points", "finances")
    found = with_missing_clients(clients, [outcome], ["start"], [], HEADLINE, imputed_weights, seed=1)
    assert found["measure"].tolist() == ["effect_reweighted", "effect_imputed"]
    assert (abs(found["estimate"] - 0.5) < 3 * found["se"]).all()


def test_nobody_measured_again_is_refused() -> None:
    found = companions(dropping_out().assign(change=np.nan))
    assert found["refused_because"].str.contains("Minder dan twee").all()


def test_below_one_degree_of_freedom_there_is_no_margin_and_so_no_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def unsure(*given: object) -> Pooled:
        return Pooled(0.3, 0.01, 0.6, 0.9)

    monkeypatch.setattr("indicators.effects.missing_estimates.pooled", unsure)
    found = companions(dropping_out())
    imputed = found.loc["mean_change_imputed"]
    assert np.isnan(imputed[["estimate", "ci_low", "ci_high"]].astype(float)).all()
    assert imputed["refused_because"] == NO_FREEDOM
    assert pd.isna(found.loc["mean_change_reweighted", "refused_because"])


def test_imputed_values_are_values_that_somebody_had() -> None:
    values = np.array([1.0, 2, 3, 4, 5, np.nan, np.nan] * 5)
    filled = imputations(np.arange(35.0)[:, None], values, seed=2, n_imputations=4)
    assert set(np.unique(filled)) <= {1.0, 2.0, 3.0, 4.0, 5.0}
    assert (filled[:, ~np.isnan(values)] == values[~np.isnan(values)]).all()


def test_the_same_seed_gives_the_same_imputations() -> None:
    values = np.where(np.arange(60) % 4 == 0, np.nan, np.arange(60.0))
    predictors = np.arange(60.0)[:, None] % 7
    assert (imputations(predictors, values, seed=9) == imputations(predictors, values, seed=9)).all()


def test_a_client_stands_for_those_like_him() -> None:
    low = np.repeat([1.0, 0.0], 100)
    measured = np.r_[np.arange(100) < 25, np.arange(100) < 75]
    weights = weights_of_measured(low[:, None], measured)
    assert weights[0] == pytest.approx(2.0)
    assert weights[100] == pytest.approx(2 / 3)
    assert np.isnan(weights[99])


def test_the_table_of_who_is_missing_counts_each_value() -> None:
    clients = pd.DataFrame({"start": [1, 1, 2, None]})
    table = who_is_missing(clients, np.array([True, False, True, False]), ["start"])
    assert table[["n_clients", "n_measured"]].to_numpy().tolist() == [[2, 1], [1, 1], [1, 0]]


def test_with_two_teams_and_few_measured_again_the_imputed_figure_is_refused() -> None:
    """t has less than one degree of freedom then: hundreds of points on a scale of 4."""
    rng = np.random.default_rng(3)
    start = rng.integers(1, 6, 60).astype(float)
    again = rng.random(60) < 0.4
    change = np.where(again, np.clip(start + rng.integers(-2, 3, 60), 1, 5) - start, np.nan)
    clients = pd.DataFrame({"client_no": np.arange(60), "team_no": np.arange(60) % 2, "start": start, "change": change})
    found = companions(clients).loc["mean_change_imputed"]
    assert np.isnan(found["ci_low"]), f"from {found['ci_low']:.0f} to {found['ci_high']:.0f} points"
    assert found["refused_because"] == NO_FREEDOM


@pytest.mark.parametrize(
    ("subject", "unit", "length"),
    [("zrm", "point", 4), ("ladder", "step", 5), ("experienced", "mark", 9), ("solutions", "share", 1)],
)
def test_no_interval_of_any_outcome_is_longer_than_its_scale_allows(subject: str, unit: str, length: float) -> None:
    rng = np.random.default_rng(1)
    values = rng.uniform(-length, length, 40)
    clients = pd.DataFrame({"client_no": np.arange(40), "team_no": np.arange(40) % 2, "value": values})
    clients.loc[clients["team_no"] == 1, "value"] = np.abs(values[1::2])
    found = before_after_estimates(clients, [Outcome("value", subject, unit, moment_from="first")])
    row = found.estimates.iloc[0]
    assert row["refused_because"] == "De marge is breder dan de hele schaal; het cijfer zegt dan niets."
    assert found.joint.empty


def test_no_margin_leaves_its_scale_or_rests_on_less_than_one_degree_of_freedom() -> None:
    found = TeamInference(np.full(3, 0.1), np.array([[0.01, 0.01, 4.0]]), np.array([0.9, 1.1, 9.0]))
    outcomes = [replace(CHANGE, life_domain=domain) for domain in ("finances", "housing", "social_network")]
    rows = estimate_rows(outcomes, MEAN_CHANGE, found, [Basis(100, None)] * 3)
    assert rows["refused_because"].fillna("").tolist() == [NO_FREEDOM, "", OFF_SCALE]
    assert rows["ci_low"].notna().tolist() == [False, True, False]
