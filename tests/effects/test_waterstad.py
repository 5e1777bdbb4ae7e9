"""Waterstad: two suppliers, two editions, new pseudonyms, merged teams and few of them; what was planted comes out."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest

from data_contracts.vocabulary.field import COMPARABLE_ACROSS_EDITIONS, Instrument
from indicators.change.adjusted import with_adjusted
from indicators.change.domains import change_by_domain
from indicators.counts.funnel import series
from indicators.counts.panel import Panel
from indicators.counts.transitions import transitions
from pipelines.records.panel import instrument_panel
from tests.effects.road import Road, travelled
from tests.effects.shipped import delivered
from tests.spec.panels import only
from tests.surfaces.paper import on_paper, require_room


@dataclass(frozen=True)
class Waterstad:
    """The road of its estimates, and its panel with everybody in one group."""

    road: Road
    panel: Panel

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(pair.moment_from, pair.moment_to) for pair in self.road.study.moment_pairs]


@pytest.fixture(scope="module")
def waterstad(tmp_path_factory: pytest.TempPathFactory) -> Waterstad:
    study, connection = delivered("waterstad", tmp_path_factory)
    road = travelled(connection, study)
    connection.table("trajectories").project("client_no, ended_on").to_view("ended")
    everybody = study.model_copy(update={"slices": []})
    groups = connection.table("groups").df()
    return Waterstad(road, instrument_panel(connection, groups, everybody, Instrument.ADULT).panel)


def test_finances_moves_by_the_approach_and_no_other_comparable_domain_demonstrably_does(waterstad: Waterstad) -> None:
    effects = waterstad.road.rows(subject="zrm", measure="effect").set_index("life_domain")
    found = effects.loc[[one.value for one in COMPARABLE_ACROSS_EDITIONS if one in effects.index]]
    assert found["estimate"].notna().all() and len(found) > 6
    demonstrable = [json.loads(text)["demonstrable"]["holds"] for text in found["assumptions"]]
    assert found.index[demonstrable].tolist() == ["finances"] and found.loc["finances", "ci_low"] > 0


def test_its_intervals_are_honest_about_six_teams_of_which_two_merged(waterstad: Waterstad) -> None:
    effects = waterstad.road.rows(design="staggered", subject="zrm")
    finances = effects[(effects["life_domain"] == "finances") & (effects["measure"] == "effect")].iloc[0]
    teams = json.loads(finances["assumptions"])["teams"]
    assert (teams["started"], teams["total"]) == (3, 5)
    assert teams["degrees_of_freedom"] < 4
    assert set(effects.loc[effects["refused_because"].isna(), "stamp"]) == {"comparison"}
    wide = effects[(effects["measure"] == "effect") & effects["estimate"].notna()]
    assert ((wide["ci_high"] - wide["ci_low"]) / 2 > 3 * wide["se"]).all()
    assert "Het zijn zo weinig teams dat dit niet als sterke vergelijking telt." in waterstad.road.cause


def test_clients_of_both_suppliers_are_one_person(waterstad: Waterstad) -> None:
    editions = pd.Series(waterstad.panel.edition).groupby(waterstad.panel.client_no).nunique()
    assert (editions > 1).sum() == 120


def crossing_pairs(panel: Panel, pairs: list[tuple[str, str]]) -> pd.Series:
    """Per life domain the clients whose two moments lie in different editions."""

    def n_pairs(one: Panel) -> pd.Series:
        return transitions(one, pairs).groupby(["life_domain", "moment_to"])["n_clients"].sum()

    found = n_pairs(panel)
    within = sum(
        n_pairs(only(panel, panel.edition == edition)).reindex(found.index, fill_value=0)
        for edition in range(len(panel.editions))
    )
    return (found - within).groupby("life_domain").max()


def test_no_pair_of_a_domain_that_is_not_comparable_crosses_the_editions(waterstad: Waterstad) -> None:
    # Work and schooling of 2017 laid in the column of Dagbesteding of 2013, as a careless mapping would.
    scores = dict(waterstad.panel.scores)
    scores["daytime_activities"] = np.maximum(scores["daytime_activities"], scores["work_education"])
    careless = replace(waterstad.panel, scores=scores)
    crossing = crossing_pairs(careless, waterstad.pairs)
    assert (crossing[~crossing.index.isin(waterstad.panel.comparable)] <= 0).all()
    assert (crossing[crossing.index.isin(waterstad.panel.comparable)] > 0).all()
    as_if_comparable = replace(careless, comparable=careless.comparable | {"daytime_activities"})
    assert crossing_pairs(as_if_comparable, waterstad.pairs)["daytime_activities"] > 0


def test_a_line_in_time_has_one_edition(waterstad: Waterstad) -> None:
    lines = series(waterstad.panel)
    known = {
        str(edition): {domain for domain in waterstad.panel.scores if waterstad.panel.scores[domain][rows].any()}
        for edition in waterstad.panel.editions
        if (rows := waterstad.panel.edition == waterstad.panel.editions.index(edition)).any()
    }
    for edition, rows in lines.groupby("edition"):
        assert set(rows["life_domain"]) <= known[str(edition)]
    assert lines["edition"].nunique() == 2


def test_everybody_who_is_measured_twice_seems_to_improve_on_every_domain(waterstad: Waterstad) -> None:
    # The reason that a change is not called an effect: only finances is one, see above.
    headline = [domain.value for domain in waterstad.road.study.design.headline_domains]
    change = with_adjusted(change_by_domain(transitions(waterstad.panel, waterstad.pairs)), headline)
    assert (change.query("moment_to == 'last'")["p_adjusted"] < 0.05).all()


def test_waterstad_fits_on_two_pages_for_the_council_and_at_most_twelve_for_the_report(waterstad: Waterstad) -> None:
    require_room(on_paper(waterstad.road.source))
