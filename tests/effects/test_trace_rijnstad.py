"""Rijnstad: its figures follow from the rows of its delivery, read with nothing but their line numbers."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from indicators.change.domains import change_by_domain
from indicators.counts.transitions import transitions
from indicators.designs.effect_tables import compared_clients
from indicators.staggered.estimates import staggered_estimates
from pipelines.assets.defs import intake
from pipelines.assets.table_asset import made_in_turn
from pipelines.intake.door import key_of
from pipelines.intake.opening import accept
from pipelines.records.outcomes import client_outcomes
from pipelines.records.panel import zrm_panel
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.study.workplace import Workplace, read_study
from pipelines.tracing.effects import people_of_effect
from pipelines.tracing.kept import as_list
from pipelines.tracing.people import Followed, people_of_change
from pipelines.tracing.source_rows import source_rows
from tests.effects.road import travelled_to_clients
from tests.effects.shipped import delivered
from tests.flow.tracing import before_and_after, effect_again

RIJNSTAD = Path(__file__).parents[2] / "studies" / "rijnstad"
DELIVERY = RIJNSTAD / "deliveries" / "rijnstad"
READ = ("teams", "assessments", "trajectories", "bridge")
FINANCES = {"subject": "zrm", "life_domain": "finances", "slice": "all", "slice_value": "all"}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """A home that took in what these figures rest on."""
    home = Home(tmp_path_factory.mktemp("rijnstad"))
    home.prepare()
    place, key = Workplace(read_study(RIJNSTAD), home, None, 1), key_of(DELIVERY)
    Receipts(home.receipts).receive(key, DELIVERY.name, DELIVERY, dt.date(2026, 1, 31))
    parts = [*(intake._raw(table) for table in READ), intake._CORE[0], intake._plain("bridge")]
    list(made_in_turn(parts, place, key))
    accept(place, key)
    return place


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    study, connection = delivered("rijnstad", tmp_path_factory)
    travelled_to_clients(connection, study)
    return connection


def rows_of(place: Workplace, followed: Followed, *, with_teams: bool = False) -> pd.DataFrame:
    return as_list(source_rows(place, connect(), followed, with_teams=with_teams).rows)


def test_the_shares_that_rose_and_fell_follow_from_the_listed_rows(
    place: Workplace, views: duckdb.DuckDBPyConnection
) -> None:
    study = place.files.study
    followed = people_of_change(views, study, {**FINANCES, "moment_from": "first", "moment_to": "last"})
    scores = before_and_after(DELIVERY, rows_of(place, followed), "Financiën")
    change = scores["after"] - scores["before"]
    panel = zrm_panel(views, views.table("groups").df(), study, "professional")
    table = change_by_domain(transitions(panel, [("first", "last")], study.replicate_days), ["finances"])
    row = table[(table["life_domain"] == "finances") & (table["slice"] == "all")].iloc[0]
    assert (change > 0).mean() == row["n_up"] / row["n_clients"]
    assert (change < 0).mean() == row["n_down"] / row["n_clients"]
    assert change.mean() == pytest.approx(row["mean_change"], abs=1e-12)


def test_the_effect_on_finances_follows_from_the_listed_rows_and_all_rows_are_accounted_for(
    place: Workplace, views: duckdb.DuckDBPyConnection
) -> None:
    study = place.files.study
    row = {**FINANCES, "what": "all", "unit": "point", "design": "staggered", "measure": "effect"}
    rows = rows_of(place, people_of_effect(views, study, row), with_teams=True)
    found = client_outcomes(views, ["finances"])
    finances = next(one.change for one in found.scored if one.change.life_domain == "finances")
    estimate = staggered_estimates(compared_clients(found, study.design), [finances]).estimates.iloc[0]
    assert effect_again(DELIVERY, rows, "Financiën") == pytest.approx(estimate["estimate"], abs=1e-12)
    for name, of_file in rows.groupby("bestand"):
        n_lines = len((DELIVERY / str(name)).read_bytes().splitlines())
        assert sorted(of_file["regel"]) == list(range(2, n_lines + 1))
    assert (rows["rol"] == "precies dubbel").sum() == 37
