"""The planted truth in euros, and the balance beside it."""

import numpy as np
import pandas as pd
import pytest

from indicators.simulation.municipality import simulate
from pipelines.commands.truth import show_truth
from pipelines.simulation.truth_beside import balances_beside
from tests.simulation.simulated import changed


def test_the_truth_in_euros_is_the_share_that_stops_using_times_what_it_costs(settings):
    product = {
        "product": "begeleiding individueel",
        "law": "wmo",
        "unit": "uur",
        "users": 0.4,
        "more_per_point_worse": 0.0,
        "ratio": 0.5,
        "volume": 10,
        "price_eur": 50,
    }
    other = product | {"product": "dagbesteding", "ratio": 1.0}
    truth = simulate(changed(settings, provisions=[product, other]), seed=1).truth.effects
    euros = truth[(truth["unit"] == "eur") & (truth["moment_to"] == "within_12_months")].set_index("what")
    # 40 % use it without the approach and 20 % with it; one user costs 10 x 50 euros.
    assert euros["effect"].to_dict() == pytest.approx({"begeleiding individueel": -100, "dagbesteding": 0, "wmo": -100})
    assert euros["without_approach"].to_dict() == pytest.approx(
        {"begeleiding individueel": 200, "dagbesteding": 200, "wmo": 400}
    )


def test_the_truth_in_euros_is_what_the_same_people_cost_less_than_without_the_approach(settings):
    more = changed(settings, n_clients=20_000)
    never = [team.model_dump() | {"approach_started_on": None} for team in more.teams]
    found, without = simulate(more, 1), simulate(changed(more, teams=never), 1)
    starts = found.teams.set_index("team")["approach_started_on"]
    cases = found.trajectories
    exposed = cases.loc[
        (cases["started_on"] >= cases["team"].map(starts)) & (cases["started_on"] <= pd.Timestamp("2024-12-31")),
        "client_key",
    ]
    cost = [
        one.provisions[one.provisions["client_key"].isin(exposed)].query("law == 'wmo'")["amount_eur"].sum()
        for one in (found, without)
    ]
    truth = found.truth.effects.query("what == 'wmo'")["effect"].item()
    assert (cost[0] - cost[1]) / len(exposed) == pytest.approx(truth, rel=0.1)


def test_a_balance_without_a_spread_or_without_a_known_truth_has_no_row():
    headline = pd.DataFrame(
        {
            "alternative": ["continue", "stop", "scale_up"],
            "label": ["Doorgaan", "Stoppen", "Eén fte erbij"],
            "npv_mean_eur": [5.0, 0.0, 9.0],
            "npv_p05_eur": [1.0, 0.0, np.nan],
            "npv_p95_eur": [9.0, 0.0, np.nan],
            "npv_rounding_eur": [0.5, np.nan, np.nan],
            "npv_simulation_se_eur": [0.1, np.nan, np.nan],
        }
    )
    (row,) = balances_beside(headline, {"continue": 10.0, "stop": 0.0, "scale_up": 1.0})
    assert (row["what"], row["truth"], row["holds"], row["level"]) == ("Doorgaan", 10.0, False, 0.9)
    assert balances_beside(headline, {}) == []


def test_the_terminal_tells_a_balance_in_as_many_digits_as_the_report(capsys):
    row = {
        "alternative": ["stop"],
        "label": ["Stoppen"],
        "npv_mean_eur": [-48_700.0],
        "npv_p05_eur": [-123_456.0],
        "npv_p95_eur": [31_234.0],
        "npv_rounding_eur": [12_000.0],
        "npv_simulation_se_eur": [900.0],
    }
    show_truth(balances_beside(pd.DataFrame(row), {"stop": -51_300.0}))
    shown = capsys.readouterr().out.replace("\u00a0", " ")
    assert "−€ 50.000" in shown and "−€ 120.000 tot" in shown
    assert not [amount for amount in ("48.700", "51.300", "123.456", "31.234") if amount in shown]
