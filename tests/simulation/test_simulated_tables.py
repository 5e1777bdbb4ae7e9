"""Support, provisions, events, costs: the right shape, and the effect of the approach that was declared."""

import numpy as np
import pandas as pd
import pytest

from data_contracts.mapping.file import FIELDS
from data_contracts.vocabulary.field import AgeBand, Law, SolutionKind, TeamType
from indicators.simulation.costs import EXTRA_WORK, TRAINING
from indicators.simulation.municipality import Municipality, simulate
from tests.simulation.simulated import changed

TABLES = ["ladder", "clients", "trajectories", "provisions", "events", "experienced"]


@pytest.fixture(scope="module")
def large(settings) -> Municipality:
    return simulate(changed(settings, n_clients=40_000), seed=5)


def came_in_under_the_approach(municipality: Municipality) -> pd.Series:
    """client_key -> True where the team worked in the new way at intake; clients who saw the start are left out."""
    cases = municipality.trajectories.merge(municipality.teams, on="team")
    until = cases["ended_on"].fillna(pd.Timestamp(municipality.settings.last_day))
    exposed = cases["started_on"] >= cases["approach_started_on"]
    untouched = ~(until >= cases["approach_started_on"])
    return exposed.set_axis(cases["client_key"])[(exposed | untouched).to_numpy()]


def true_effect(municipality: Municipality, subject: str, what: str) -> pd.Series:
    effects = municipality.truth.effects.query("moment_to == ''")
    return effects[(effects["subject"] == subject) & (effects["what"] == what)].squeeze()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_the_columns_that_a_municipality_may_deliver(large, table):
    # A simulated record has no number of the system's own, and no neighbourhood, provider or goal of a client.
    not_simulated = {"record_id", "area", "provider", "ambition_step"}
    # What a provision was for, and of which kind, is in rijnstad's delivery alone.
    not_simulated |= {"life_domain", "provision_kind"} if table == "provisions" else set()
    assert list(getattr(large, table).columns) == [name for name in FIELDS[table] if name not in not_simulated]


def test_codes_are_of_the_vocabulary(large):
    assert set(large.trajectories["solution_kind"]) == set(SolutionKind)
    assert set(large.provisions["law"]) <= set(Law)
    assert set(large.clients["age_band"]) <= set(AgeBand)
    assert set(large.teams["team_type"]) <= set(TeamType)


def test_attributes_have_the_declared_shares(large, settings):
    shares = large.clients["referred_by"].value_counts(normalize=True)
    assert shares.to_dict() == pytest.approx(settings.clients.referred_by, abs=0.01)


def test_a_type_of_team_has_its_own_level(settings):
    levels = {"access": -0.6, "team": 0, "network": 0.6, "other": 0}
    municipality = simulate(changed(settings, n_clients=20_000, course={"team_type_levels": levels}), seed=1)
    intake = municipality.assessments.query("moment_label == 'intake'").merge(municipality.teams, on="team")
    mean = intake.astype({"finances": "float"}).groupby("team_type")["finances"].mean()
    assert mean["access"] < mean["team"] - 0.3 < mean["network"] - 0.6


def test_the_approach_saves_hours_and_shifts_solutions_as_declared(large):
    cases = large.trajectories.set_index("client_key").join(
        came_in_under_the_approach(large).rename("exposed"), how="inner"
    )
    days = (cases["ended_on"] - cases["started_on"]).dt.days
    finished = cases[days > 60].assign(per_month=lambda frame: frame["hours"] / days / 12 * 365.25)
    hours = finished.groupby("exposed")["per_month"].mean()
    assert hours[True] / hours[False] == pytest.approx(large.settings.support.hours_ratio, abs=0.02)
    share = cases.groupby("exposed")["solution_kind"].agg(lambda kinds: (kinds == "individual").mean())
    shift = true_effect(large, "solutions", "individual")
    assert shift["effect"] == pytest.approx(-0.13)
    assert share[True] - share[False] == pytest.approx(shift["effect"], abs=0.015)


def test_the_case_record_has_the_declared_shares_and_waiting_times(large):
    cases = large.trajectories.merge(large.teams, on="team")
    new, rules = cases["started_on"] >= cases["approach_started_on"], large.settings.case_record
    waited = (cases["started_on"] - cases["registered_on"]).dt.days.groupby(new).mean()
    assert waited.tolist() == pytest.approx([rules.waiting_days, rules.waiting_days_approach], rel=0.04)
    planned = cases["has_plan"].eq("ja").groupby(new).mean()
    assert planned.tolist() == pytest.approx([rules.with_plan, rules.with_plan_approach], abs=0.015)
    seen = cases[cases["started_on"] < pd.Timestamp(large.settings.last_day) - pd.Timedelta(days=210)]
    evaluated = seen["evaluated_on"].notna().groupby(new).mean()
    assert evaluated.tolist() == pytest.approx([rules.evaluated, rules.evaluated_approach], abs=0.015)
    assert cases["question_answered"].notna().equals(cases["evaluated_on"].notna())


def test_a_product_is_used_by_the_declared_share_and_less_under_the_approach(large):
    users = large.provisions.query("product == 'begeleiding individueel'")["client_key"]
    exposed = came_in_under_the_approach(large)
    share = exposed.index.isin(users)
    truth = true_effect(large, "provisions", "begeleiding individueel")
    # A product starts weeks after intake: in the last weeks of the period not every user is seen.
    assert share[~exposed].mean() == pytest.approx(truth["without_approach"], abs=0.02)
    assert share[exposed].mean() == pytest.approx(truth["without_approach"] + truth["effect"], abs=0.02)
    assert truth["effect"] == pytest.approx(-0.06, abs=0.005)


def test_an_amount_is_volume_times_about_the_price_and_a_product_has_one_law(large):
    for product in large.settings.provisions:
        used = large.provisions[large.provisions["product"] == product.product]
        assert (used["amount_eur"] / used["volume"]).mean() == pytest.approx(product.price_eur, rel=0.01)
        assert set(used["law"]) == {product.law.value}


def test_a_product_for_families_is_used_by_families_only(large):
    users = large.provisions.query("product == 'jeugdhulp ambulant'")["client_key"]
    households = large.clients.set_index("client_key").loc[users, "household"]
    assert set(households) == {"eenouder", "paar met kinderen"}


def test_events_per_client_year_are_as_declared_before_and_under_the_approach(settings):
    flat = changed(settings, n_clients=30_000, events=[event("politiemelding", 0.2, ratio=0.5)])
    municipality = simulate(flat, seed=1)
    cases = municipality.trajectories.merge(municipality.teams, on="team").set_index("client_key")
    stop = pd.Timestamp(settings.last_day) + pd.Timedelta(days=1)
    turned = cases[["started_on", "approach_started_on"]].max(axis=1, skipna=False).fillna(stop)
    happened = municipality.events.join(turned.rename("turned"), on="client_key")
    is_since = happened["occurred_on"] >= happened["turned"]
    years_before = (turned - cases["started_on"]).dt.days.sum() / 365.25
    years_since = (stop - turned).dt.days.sum() / 365.25
    assert (~is_since).sum() / years_before == pytest.approx(0.2, rel=0.05)
    assert is_since.sum() / years_since == pytest.approx(0.1, rel=0.05)
    assert true_effect(municipality, "events", "politiemelding")["effect"] == pytest.approx(-0.1, abs=1e-3)


def event(kind: str, rate: float, ratio: float) -> dict:
    return {"event_kind": kind, "per_client_year": rate, "more_per_point_worse": 0, "ratio": ratio}


def test_a_kinder_mark_comes_with_progress(settings):
    def mean_mark(per_point: float) -> float:
        rules = changed(settings, experienced={"per_point_of_progress": per_point})
        return float(simulate(rules, seed=1).experienced["value"].mean())

    assert mean_mark(1.0) > mean_mark(0.0) + 0.2


def test_the_new_approach_costs_apart_and_only_from_its_start(settings):
    municipality = simulate(changed(settings, costs={"noise_share": 0}), seed=1)
    new = municipality.costs[municipality.costs["is_new_approach"]].merge(municipality.teams, on="team")
    assert (new["year"] >= new["approach_started_on"].dt.year).all()
    training = new[new["cost_kind"] == TRAINING]
    assert len(training) == 9
    assert (training["amount_eur"] == settings.costs.training_eur).all()
    whole_years = new[(new["cost_kind"] == EXTRA_WORK) & (new["year"] > new["approach_started_on"].dt.year)]
    assert (whole_years["amount_eur"] == settings.costs.extra_work_eur_per_year).all()


def test_wages_pay_all_hours_once(settings):
    municipality = simulate(changed(settings, costs={"noise_share": 0, "wage_growth": 0}), seed=1)
    wages = municipality.costs.query("cost_kind == 'loonkosten'")["amount_eur"].sum()
    hours = municipality.trajectories["hours"].sum()
    assert wages == pytest.approx(hours * settings.costs.hourly_cost_eur, rel=1e-3)  # hours are rounded


def test_the_ladder_has_six_steps_and_its_effect_is_known(large):
    assert set(large.ladder["ladder_step"]) == {1, 2, 3, 4, 5, 6}
    effect = large.truth.effects.query("subject == 'ladder' and moment_to == 'm12'")["effect"].item()
    assert effect == pytest.approx(large.settings.ladder.effect, rel=0.12)


def test_the_truth_is_about_clients_who_came_in_under_the_approach(large):
    cases = large.trajectories.merge(large.teams, on="team")
    exposed = (cases["started_on"] >= cases["approach_started_on"]).sum()
    assert set(large.truth.effects.query("subject == 'hours'")["n_clients"]) == {exposed}
    assert np.isfinite(large.truth.effects["effect"]).all()


def test_the_truth_for_the_last_moment_counts_clients_who_were_seen_again(large):
    cases = large.trajectories.merge(large.teams, on="team")
    exposed = cases.loc[cases["started_on"] >= cases["approach_started_on"], "client_key"]
    later = large.ladder.merge(large.assessments[["client_key", "assessed_on", "moment_label"]].drop_duplicates())
    seen_again = later[~later["moment_label"].isin(["intake", "monitoring"])]
    n_clients = large.truth.effects.query("subject == 'ladder'").set_index("moment_to")["n_clients"]
    both = seen_again[seen_again["client_key"].isin(exposed)]
    # The truth takes the last moment that took place, and counts it when the ladder was asked at it.
    assert 0.9 * both["client_key"].nunique() < n_clients["last"] < both["client_key"].nunique()
    assert n_clients["within_12_months"] < n_clients["last"]
