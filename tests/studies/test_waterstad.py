"""Waterstad: two suppliers, two editions, new pseudonyms and merged teams; what was planted in it comes out.

The functions that the assets call, without Dagster and without the gate, which takes most of a minute here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import empty_frame
from data_contracts.core import CORE, TEAMS_CURRENT
from data_contracts.mapping import Mapping
from data_contracts.study import Slice, Study
from data_contracts.vocabulary import COMPARABLE_ACROSS_EDITIONS, Instrument
from data_contracts.yaml_file import read_model
from indicators.change import change_by_domain
from indicators.panel import Panel
from indicators.staggered_estimates import staggered_estimates
from indicators.transitions import series, transitions
from pipelines import clients
from pipelines.current import all_teams, current_table, with_episodes
from pipelines.intake import core
from pipelines.intake.teams import numbered
from pipelines.outcomes import client_frame, with_outcomes
from pipelines.panel import instrument_panel
from pipelines.tables import StoredTable, TableStore
from tests.intake.taking_in import take_in

WATERSTAD = Path(__file__).parents[2] / "studies" / "waterstad"


@dataclass(frozen=True)
class Waterstad:
    """The study with everybody in one group, its panel, and the effect of the new approach per life domain."""

    study: Study
    panel: Panel
    effects: pd.DataFrame

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(pair.moment_from, pair.moment_to) for pair in self.study.moment_pairs]


@pytest.fixture(scope="module")
def waterstad(tmp_path_factory: pytest.TempPathFactory) -> Waterstad:
    study = read_model(WATERSTAD / "study.yaml", Study).model_copy(update={"slices": [Slice(name="all")]})
    mapping = read_model(WATERSTAD / "mapping.yaml", Mapping)
    taken = take_in(WATERSTAD / "deliveries" / "waterstad", study, mapping)
    connection, store = taken.connection, TableStore(tmp_path_factory.mktemp("waterstad"))

    def stored(table: str, rows: pd.DataFrame) -> StoredTable:
        store.keep(store.write(CORE[table], rows))
        return store.stored(table)

    registers = stored("core_teams__register", numbered(taken.register))
    bridge = core.plain_table(connection, taken.raws["bridge"], taken.delivery, "bridge", taken.rules).df()
    bridges, teams = stored("core_clients__bridge", bridge), all_teams(registers, connection)
    delivered = stored("core_zrm__assessments", taken.assessments)
    together = current_table(connection, delivered, registers, bridges, teams)
    listed = [domain.value for domain in study.life_domains]
    with_episodes(connection, together, listed, study.new_episode_after_months).to_view("assessments")
    kept = teams[list(TEAMS_CURRENT.columns)].drop_duplicates("team_no")
    for view, table, rows in (
        ("teams", "core_teams__register__current", kept),
        ("trajectories", "core_cases__trajectories__current", None),
        ("attributes", "core_clients__attributes__current", None),
        ("ladder", "core_ladder__scores__current", None),
        ("use", "core_clients__use", None),
    ):
        found = stored(table, empty_frame(CORE[table]) if rows is None else rows)
        found.relation(connection).to_view(view)
    connection.table("trajectories").project("client_no, ended_on").to_view("ended")
    groups = clients.groups(connection).df()
    clients.changes(connection, study.replicate_days).to_view("changes")
    frame, changed, _ = with_outcomes(connection, client_frame(groups))
    effects = staggered_estimates(frame, changed).estimates
    panel = instrument_panel(connection, groups, study, Instrument.ADULT).panel
    return Waterstad(study, panel, effects[effects["measure"] == "effect"].set_index("life_domain"))


def test_finances_moves_by_the_approach_and_no_other_comparable_domain_does(waterstad: Waterstad) -> None:
    found = waterstad.effects.loc[[one.value for one in COMPARABLE_ACROSS_EDITIONS if one in waterstad.effects.index]]
    assert found["estimate"].notna().all() and len(found) > 6
    clear = found[(found["ci_low"] > 0) | (found["ci_high"] < 0)]
    assert clear.index.tolist() == ["finances"] and clear["ci_low"].iloc[0] > 0


def test_clients_of_both_suppliers_are_one_person(waterstad: Waterstad) -> None:
    editions = pd.Series(waterstad.panel.edition).groupby(waterstad.panel.client_no).nunique()
    assert (editions > 1).sum() == 120


def crossing_pairs(panel: Panel, pairs: list[tuple[str, str]]) -> pd.Series:
    """Per life domain the clients whose two moments lie in different editions."""

    def n_pairs(one: Panel) -> pd.Series:
        return transitions(one, pairs).groupby(["life_domain", "moment_to"])["n_clients"].sum()

    found = n_pairs(panel)
    within = sum(
        n_pairs(panel.only(panel.edition == edition)).reindex(found.index, fill_value=0)
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
    headline = [domain.value for domain in waterstad.study.design.headline_domains]
    change = change_by_domain(transitions(waterstad.panel, waterstad.pairs), headline)
    assert (change.query("moment_to == 'last'")["p_adjusted"] < 0.05).all()
