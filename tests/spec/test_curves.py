"""The share that is sufficient over time, by the ordinal model, and when the model is refused."""

import numpy as np
import pytest
from panels import panel

from data_contracts.contract import broken_rules
from data_contracts.tables import estimate_companions
from indicators.change.curves import curves, model_rows
from indicators.change.growth import growth_by_domain
from indicators.counts.panel import Grouping, Panel

MOMENTS = ("first", "m6", "m12")


def municipality(n: int = 900, lost: float = 0.0) -> Panel:
    """Clients who rise by 0.8 on the latent scale in six months and stay there; low scorers may be lost."""
    rng = np.random.default_rng(4)
    person, months = np.repeat(np.arange(n), 3), np.tile([0, 6, 12], n)
    latent = np.repeat(rng.normal(0, 1.5, n), 3) + 0.8 * (months > 0)
    score = 1 + np.sum((latent + rng.logistic(size=3 * n))[:, None] > np.array([-2.5, -1, 0.5, 2]), axis=1)
    before = np.repeat(score[months == 0], 3)
    kept = (months < 12) | (before > 2) | (rng.random(3 * n) > lost)
    person, months, score = person[kept], months[kept], score[kept]
    return Panel(
        subject="zrm",
        client_no=person.astype(np.int64),
        day=(months * 30.4375).astype(np.int32),
        edition=np.zeros(len(person), np.int8),
        editions=("zrm_2017",),
        is_monitoring=np.zeros(len(person), bool),
        scores={"finances": score.astype(np.int8)},
        groups={"team": Grouping(person % 10, tuple(f"T{number}" for number in range(10)))},
    )


def test_the_curve_rises_and_keeps_its_contract() -> None:
    table = curves(municipality(), MOMENTS)
    assert broken_rules(estimate_companions.CURVES, table) == {}
    share = table["share_sufficient"].tolist()
    assert share[0] + 0.08 < share[1] == pytest.approx(share[2], abs=0.05)
    assert (table["share_sufficient_low"] < table["share_sufficient"]).all()


def test_selective_loss_moves_the_raw_share_but_not_the_curve() -> None:
    everybody, selected = municipality(2_500), municipality(2_500, lost=0.7)
    whole, partly = curves(everybody, MOMENTS), curves(selected, MOMENTS)
    rows = model_rows(selected, "finances", MOMENTS)
    raw = np.mean(rows.score[rows.moment == 2] >= 4)
    assert partly["share_sufficient"][2] == pytest.approx(whole["share_sufficient"][2], abs=0.02)
    assert raw > whole["share_sufficient"][2] + 0.06


def test_where_odds_are_not_proportional_the_cut_of_sufficient_stands_alone() -> None:
    """The lower levels empty upwards while the top falls: no single odds ratio tells that."""
    rng = np.random.default_rng(6)
    latent = np.repeat(rng.normal(0, 1.5, 600), 2) + rng.logistic(size=1_200)
    is_later = np.tile([0, 1], 600)
    shift = np.array([1.8, 0.9, -0.4, -0.8]) * is_later[:, None]
    score = 1 + np.sum(latent[:, None] + shift > np.array([-2.5, -1, 0.5, 2]), axis=1)
    lines = "\n".join(f"{n // 2} | {180 * is_later[n]} | {score[n]}" for n in range(1_200))
    table = curves(panel("client | day | finances\n" + lines), ("first", "m6"))
    assert table["method"].eq("clmm_at_cut").all() and (table["p_proportional_odds"] < 0.01).all()
    raw = [np.mean(score[is_later == later] >= 4) for later in (0, 1)]
    assert table["share_sufficient"].to_numpy() == pytest.approx(raw, abs=0.01)


def test_an_assessment_counts_for_one_moment_only() -> None:
    rows = model_rows(panel("client | day | finances\n1 | 0 | 2\n1 | 180 | 4"), "finances", ("first", "m6", "last"))
    assert rows.moment.tolist() == [0, 1] and rows.score.tolist() == [2, 4]


def test_few_clients_and_equal_scores_are_refused() -> None:
    few = curves(municipality(12), MOMENTS)
    assert few["refused_because"].str.startswith("Te weinig mensen").all() and few["share_sufficient"].isna().all()
    once = curves(panel("client | day | finances\n" + "\n".join(f"{n} | 0 | {1 + n % 5}" for n in range(40))), MOMENTS)
    assert once["refused_because"].str.startswith("Niemand is hier twee keer").tolist() == [True, False, False]
    lines = "\n".join(f"{n} | {day} | 4" for n in range(30) for day in (0, 180))
    equal = curves(panel("client | day | finances\n" + lines), ("first", "m6"))
    # It does not say that all scores are equal: that would be a fact about every single client.
    assert equal["refused_because"].str.startswith("Het model is met deze gegevens niet goed").all()


def test_growth_counts_every_assessment_but_replicates() -> None:
    table = growth_by_domain(municipality())
    assert broken_rules(estimate_companions.GROWTH, table) == {}
    everyone = table[table["slice"] == "all"].iloc[0]
    assert everyone.n_clients == 900 and 0.2 < everyone.per_year_low < everyone.levels_per_year < 1
    assert len(table) == 11
    alike = growth_by_domain(panel("client | day | finances\n" + "\n".join(f"{n} | 0 | 4" for n in range(40))))
    assert alike["refused_because"].str.startswith("Te weinig mensen of te weinig metingen").all()
