"""A comparison of what clients used, from records through the gate to the report and the MKBA."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import empty_frame
from data_contracts.tables.released import RELEASED_TABLES
from data_contracts.vocabulary.field import Stamp
from mkba.binding.bound_lines import line_table
from mkba.binding.effects import Effect, Released
from mkba.binding.line_table import LineRow
from mkba.binding.released_quantities import READS, released_quantities
from tests import mkba_case
from tests.effects.invented import AVOIDED, FEWER_HOURS, people, records, use_of
from tests.effects.road import Road, study, travelled, with_views
from tests.effects.stamped_words import words_not_allowed
from tests.effects.test_designs_in_the_report import COMPARISON, STARTS

USED = ["events", "hours", "provisions", "solutions"]


def compared(headline: str, starts: dict[int, str | None] = STARTS) -> Road:
    who = people(starts)
    return travelled(with_views(records(who, starts) | use_of(who)), study(COMPARISON % headline))


@pytest.fixture(scope="module")
def road() -> Road:
    return compared("difference")


def quantities(found: Road) -> Released:
    tables = {name: found.out.get(name, empty_frame(RELEASED_TABLES[name])) for name in READS}
    return Released(released_quantities(found.study.design, tables).effects, mkba_case.released().totals)


def effect_on(found: Road, subject: str, unit: str) -> Effect:
    (effect,) = (one for one in quantities(found).effects.effects if (one.subject, one.unit) == (subject, unit))
    return effect


def test_what_was_planted_comes_out_with_its_unit_and_what_it_is_per(road: Road) -> None:
    found = road.rows(design="comparison", measure="effect_ancova").set_index(["subject", "what", "unit"])
    evictions, hours = found.loc["events", "huisuitzetting", "event"], found.loc["hours", "support", "hour"]
    assert evictions["estimate"] == pytest.approx(-AVOIDED, abs=0.15) and evictions["ci_high"] < 0
    assert hours["estimate"] == pytest.approx(-FEWER_HOURS, abs=1)
    assert (evictions["per"], hours["per"]) == ("client_year", "client")
    saved = found.loc["provisions", "begeleiding", "eur"]
    assert saved["ci_low"] < 0 < saved["ci_high"]
    assert found.loc["solutions", "individual", "share"]["estimate"] == pytest.approx(-0.2, abs=0.1)
    assert {("provisions", "wmo", "eur"), ("provisions", "begeleiding", "uur")} <= set(found.index)


def test_use_leaves_rounded_with_the_headline_of_scores_in_one_joint_table(road: Road) -> None:
    out = road.out["out_effects__estimates"]
    use = out[out["subject"].isin(USED) & (out["design"] == "comparison")]
    assert use["n_clients"].dropna().mod(5).eq(0).all()
    refused = use[use["measure"] == "effect"]
    assert refused["estimate"].isna().all() and refused["refused_because"].str.contains("vóór de intake").all()
    joint = road.out["out_effects__joint"]
    assert joint["vector"].unique().tolist() == ["comparison/effect/all/all"]
    measures = out.set_index("estimate_id").loc[joint["estimate_id"].unique(), ["subject", "measure"]]
    assert set(map(tuple, measures.to_numpy())) == {("zrm", "effect"), *((one, "effect_ancova") for one in USED)}


@pytest.mark.parametrize("headline", ["difference", "ancova"])
def test_the_report_shows_use_at_an_equal_start_and_says_so(headline: str) -> None:
    found = compared(headline)
    evictions = found.out["out_effects__estimates"].query("subject == 'events' and measure == 'effect_ancova'")
    shown = f"−{abs(100 * evictions['estimate'].iloc[0]):.4g}".replace(".", ",")
    assert f"Huisuitzetting (keer per 100 mensen per jaar) {shown} " in found.cause
    assert "Uren van het team (uur per persoon) −" in found.cause
    assert "Een verschil in verandering is daar dus niet te maken." in found.cause
    assert "Houdt de vergelijking stand bij de scores? ja" in found.cause
    assert "Alleen scores worden zo vergeleken" not in found.cause
    assert not words_not_allowed(found.cause, Stamp.COMPARISON)


def test_the_mkba_takes_one_quantity_per_use_and_draws_it_with_the_scores(road: Road) -> None:
    effects = quantities(road).effects
    evictions = effect_on(road, "events", "event")
    assert evictions.refused is None and evictions.mean == pytest.approx(-AVOIDED, abs=0.15)
    assert evictions.stamp is Stamp.COMPARISON
    at = [one.id for one in effects.effects].index(evictions.id)
    others = np.delete(effects.covariance[at], at)
    assert effects.covariance[at, at] > 0 and (others != 0).sum() > 3


def test_a_line_of_the_mkba_binds_to_avoided_evictions(road: Road) -> None:
    row = bound(road)
    assert row.missing is None
    assert row.effect is not None and row.effect.about["measure"] == "effect_ancova"


def test_a_comparison_that_the_data_cannot_carry_gives_the_mkba_a_reason_and_no_quantity() -> None:
    starts = {1: "2021-02-01", **dict.fromkeys(range(2, 8))}
    found = compared("difference", starts)
    assert "1 teams met" in found.cause
    assert "minstens 2 nodig" in str(bound(found).missing)


def bound(found: Road) -> LineRow:
    """The line of an MKBA that counts evictions."""
    data = mkba_case.case()
    data["prices"][0]["unit"] = "event"
    mkba_case.line(data, "nights")["quantity"] |= {"what": "huisuitzetting", "unit": "event"}
    table = line_table(mkba_case.model(data), mkba_case.packs(), quantities(found))
    return next(row for row in table.rows if row.line.id == "nights")


def test_a_kind_of_solution_chosen_after_the_first_year_is_no_outcome_of_it(road: Road) -> None:
    who = people(STARTS)
    use = use_of(who)
    later = use["trajectories"].assign(started_on=use["trajectories"]["started_on"] + pd.Timedelta(days=500))
    use["trajectories"] = pd.concat([use["trajectories"], later.assign(solution_kind="individual")], ignore_index=True)
    found = travelled(with_views(records(who, STARTS) | use), study(COMPARISON % "difference"))
    kinds = [one.rows(design="comparison", subject="solutions", measure="effect_ancova") for one in (found, road)]
    pd.testing.assert_frame_equal(*(one.reset_index(drop=True) for one in kinds))
