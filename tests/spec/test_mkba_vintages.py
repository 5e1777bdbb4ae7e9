"""Effects of an earlier release in a balance: one vintage each, and together as bad or as good as they can be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from mkba.binding.effects import Released, effects_from
from mkba.draws.vintages import at_worst
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, released

OLD = "2025-01-01-abcdef12"


def held(*names: str) -> Released:
    """The case with these effects shown from an earlier release."""
    given = released()
    effects = tuple(replace(one, vintage=OLD if one.id in names else None) for one in given.effects.effects)
    return replace(given, effects=replace(given.effects, effects=effects))


def test_vintages_are_fully_dependent_through_what_they_add_and_untouched_within() -> None:
    rng = np.random.default_rng(1)
    factors = rng.normal(size=(5, 5))
    covariance, gradient = factors @ factors.T, rng.normal(size=5)
    vintage = [None, OLD, None, OLD, "2024-01-01-abcdef12"]
    found = at_worst(covariance, vintage, gradient)
    spreads = []
    for name in dict.fromkeys(vintage):
        group = [at for at, one in enumerate(vintage) if one == name]
        np.testing.assert_array_equal(found[np.ix_(group, group)], covariance[np.ix_(group, group)])
        spreads.append(np.sqrt(gradient[group] @ covariance[np.ix_(group, group)] @ gradient[group]))
    assert np.sqrt(gradient @ found @ gradient) == pytest.approx(sum(spreads))
    assert np.linalg.eigvalsh(found).min() > -1e-9


def test_one_vintage_is_left_alone() -> None:
    covariance = np.diag([1.0, 2.0])
    assert at_worst(covariance, [None, None], np.ones(2)) is covariance


def test_a_balance_over_vintages_has_the_same_mean_and_a_wider_margin() -> None:
    data = case() | {"held_share_for_headline": 0.5}
    plain, mixed = (mkba_rows(appraised(data, given)) for given in (released(), held("care")))
    ((one, other),) = [
        [next(row for row in rows["out_mkba__headline"] if row["npv_mean_eur"]) for rows in (plain, mixed)]
    ]
    assert other["npv_at_mean_eur"] == one["npv_at_mean_eur"]
    width = [row["npv_p95_eur"] - row["npv_p05_eur"] for row in (one, other)]  # type: ignore[operator]
    assert width[1] > width[0] * 1.02


def test_effects_of_one_old_release_without_a_covariance_are_taken_at_their_worst_too() -> None:
    rows = pd.DataFrame({"estimate_id": ["one", "two"]}).assign(
        subject="zrm", what="all", unit="point", per="client", stamp="change", estimate=1.0, se=0.1, n_clients=100
    )
    rows = rows.assign(status="held", held_from=OLD, refused_because=None, assumptions="{}")
    pairs = pd.DataFrame([("one", "one"), ("one", "two"), ("two", "one"), ("two", "two")]).set_axis(
        ["estimate_id", "with_estimate_id"], axis=1
    )
    joint = pairs.assign(mean=1.0, scale="identity", covariance=[0.01, np.nan, np.nan, 0.01])
    forgotten, known = effects_from(rows, joint), effects_from(rows, joint.fillna({"covariance": 0.0}))
    assert known.vintages == (OLD, OLD)
    assert len(set(forgotten.vintages)) == 2
    worst = at_worst(forgotten.covariance, forgotten.vintages, np.ones(2))
    assert np.sqrt(np.ones(2) @ worst @ np.ones(2)) == pytest.approx(0.2)
    assert [one.vintage for one in forgotten.effects] == [OLD, OLD]  # what a line says of it


def test_every_line_says_of_which_release_its_effect_is() -> None:
    rows = mkba_rows(appraised(case() | {"held_share_for_headline": 1}, held("care")))["out_mkba__balance"]
    assert {row["line"]: row.get("vintage") for row in rows if row["estimate_id"] == "care"}
    assert {row["vintage"] for row in rows if row["estimate_id"] == "care"} == {OLD}
    assert {row["vintage"] for row in rows if row["estimate_id"] == "nights"} == {None}


def test_above_the_declared_share_of_held_lines_there_is_no_balance_and_it_says_why() -> None:
    shown = mkba_rows(appraised(case() | {"held_share_for_headline": 0.2}, held("care")))["out_mkba__headline"][0]
    assert shown.get("npv_mean_eur") is None and shown["leading"] == "break_even"
    assert "Een saldo geven we niet: van 1 van de" in str(shown["sentence"])
    assert "vastgehouden uit een eerdere publicatie" in str(shown["sentence"])


def test_a_held_estimate_counts_with_its_own_release() -> None:
    about = {"subject": "zrm", "what": "all", "unit": "point", "per": "client", "stamp": "comparison", "n_clients": 300}
    row = about | {"estimate_id": "one", "estimate": 0.4, "se": 0.1, "status": "held", "held_from": OLD}
    joint = pd.DataFrame(columns=["estimate_id", "with_estimate_id", "mean", "covariance", "scale"])
    (effect,) = effects_from(pd.DataFrame([row]), joint).effects
    assert (effect.refused, effect.mean, effect.vintage) == (None, 0.4, OLD)
