"""When teams moved apart before the start: one rule for when a balance and a chance are withheld."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from mkba.appraisal import WARNED_SHARE, Appraisal
from mkba.binding.effects import Released, effects_from
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, released


def warned(*names: str) -> Released:
    """The case in which the check on courses before the start failed for these effects."""
    given = released()
    effects = tuple(replace(one, is_warned=one.id in names) for one in given.effects.effects)
    return replace(given, effects=replace(given.effects, effects=effects))


def shares(found: Appraisal) -> dict[str, float]:
    """Of the first choice the part of the measured euros, without sign, per effect."""
    rows = pd.DataFrame(mkba_rows(found)["out_mkba__balance"])
    rows = rows[(rows["alternative"] == "go_on") & rows["estimate_id"].notna()]
    size = (rows["at_mean_eur"] * rows["welfare_sign"]).abs().groupby(rows["estimate_id"]).sum()
    return {str(name): float(part) for name, part in (size / size.sum()).items() if part > 0}


def headline(found: Appraisal) -> pd.Series:
    return pd.DataFrame(mkba_rows(found)["out_mkba__headline"]).iloc[0]


def test_with_most_euros_from_teams_that_moved_apart_there_is_no_balance_and_no_chance() -> None:
    found = appraised(case(), warned("care", "nights"))
    row = headline(found)
    assert found.warned > WARNED_SHARE
    assert row["leading"] == "break_even"
    assert row.get("npv_mean_eur") is None and row.get("prob_npv_positive_doubt") is None
    assert "Een saldo en een kans geven we niet: " in row["sentence"]
    assert "al vóór de start uit elkaar liepen" in row["sentence"]
    assert pd.notna(row["break_even_share"])


def test_with_less_than_half_of_the_euros_warned_the_balance_stays_and_its_doubt_is_in_the_second_margin() -> None:
    plain = appraised(case(), released())
    part = shares(plain)
    smallest = min(part, key=lambda name: part[name])
    assert part[smallest] < WARNED_SHARE
    found = appraised(case(), warned(smallest))
    assert found.warned == pytest.approx(part[smallest], rel=1e-6)
    assert headline(found)["npv_mean_eur"] == headline(plain)["npv_mean_eur"]


def test_a_loss_counts_as_much_as_a_gain() -> None:
    given = warned("care")
    turned = tuple(replace(one, mean=-one.mean) if one.id == "nights" else one for one in given.effects.effects)
    loss = appraised(case(), replace(given, effects=replace(given.effects, effects=turned)))
    assert loss.warned == pytest.approx(appraised(case(), given).warned)


def test_the_warning_comes_with_the_released_estimate() -> None:
    row = {"estimate_id": "one", "subject": "zrm", "what": "all", "unit": "point", "per": "client"}
    row |= {"stamp": "indication", "estimate": 0.4, "se": 0.1, "n_clients": 300, "status": "released"}
    figures = (
        '"slope_per_period": 0.1, "p_value": 0.01, "p_value_all_periods": null, "slope_explaining": 0.1, "power": 0.4'
    )
    texts = ["{}", *(f'{{"pre_trend": {{"holds": {holds}, {figures}}}}}' for holds in ("true", "false", "null"))]
    rows = pd.DataFrame([row | {"estimate_id": str(at), "assumptions": one} for at, one in enumerate(texts)])
    none = pd.DataFrame(columns=["estimate_id", "with_estimate_id", "mean", "covariance", "scale"])
    found = effects_from(rows.assign(refused_because=None), none.astype({"mean": float, "covariance": float}))
    assert [one.is_warned for one in found.effects] == [False, False, True, False]
