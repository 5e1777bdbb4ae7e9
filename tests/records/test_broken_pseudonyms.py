"""The same assessment under two pseudonyms: a delivery with other keys is stopped, a few of them are counted."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import empty_frame
from data_contracts.tables.core import ASSESSMENTS, BRIDGE, DOMAIN_COLUMNS
from data_contracts.yaml_file import read_model
from indicators.simulation.municipality import simulate
from indicators.simulation.settings import SimulationSettings
from pipelines.records.broken_pseudonyms import broken_pseudonyms, compared, n_under_two_pseudonyms
from pipelines.storage.tables import StoredTable

VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad" / "simulation.yaml"
LIMIT = 0.05
NEW_KEY = 1_000_000
Deliveries = dict[str, pd.DataFrame]


@cache
def assessments(seed: int = 1, n_clients: int = 1500) -> pd.DataFrame:
    """Every assessment of an invented municipality, as core_zrm__assessments."""
    settings = read_model(VOORBEELDSTAD, SimulationSettings).model_copy(update={"n_clients": n_clients})
    found = simulate(settings, seed).assessments
    known = found.reindex(columns=["team", "assessed_on", *DOMAIN_COLUMNS])
    return known.assign(
        client_no=pd.factorize(found["client_key"])[0], edition="zrm_2017", rater_type="professional", file="zrm.csv"
    )


def until_summer(rows: pd.DataFrame) -> pd.DataFrame:
    """What an earlier delivery held."""
    return rows[rows["assessed_on"] < "2024-07-01"]


def under_new_keys(rows: pd.DataFrame, share: float = 1.0) -> pd.DataFrame:
    """The same rows, with new pseudonyms for the first `share` of the clients."""
    is_new = rows["client_no"] < share * (rows["client_no"].max() + 1)
    return rows.assign(client_no=rows["client_no"] + NEW_KEY * is_new)


def stored(directory: Path, deliveries: Deliveries, bridge: pd.DataFrame | None = None) -> tuple[StoredTable, ...]:
    """The tables of the assessments and of the bridge, one file per delivery."""
    paths = []
    columns = [name for name in empty_frame(ASSESSMENTS) if name in assessments() or name == "delivery"]
    for name, frame in deliveries.items():
        whole = frame.assign(delivery=name)[columns]
        paths.append(directory / f"{name}.parquet")
        duckdb.from_df(whole).project("* REPLACE (assessed_on::DATE AS assessed_on)").write_parquet(str(paths[-1]))
    path = directory / "bridge.parquet"
    duckdb.from_df(empty_frame(BRIDGE) if bridge is None else bridge).write_parquet(str(path))
    return StoredTable("assessments", tuple(paths)), StoredTable("bridge", (path,))


def test_a_later_delivery_under_other_keys_is_broken_and_under_the_same_keys_it_is_not(tmp_path: Path) -> None:
    rows = assessments()
    stable = stored(tmp_path, {"2024": until_summer(rows), "2025": rows})
    assert broken_pseudonyms(duckdb.connect(), *stable, LIMIT) is None
    assert n_under_two_pseudonyms(duckdb.connect(), *stable) == 0
    broken = stored(tmp_path, {"2024": until_summer(rows), "2025": under_new_keys(rows)})
    assert broken_pseudonyms(duckdb.connect(), *broken, LIMIT) == pytest.approx(1.0, abs=0.001)


def test_one_month_in_common_is_enough_to_see_it(tmp_path: Path) -> None:
    rows = assessments()
    later = under_new_keys(rows[rows["assessed_on"] >= "2024-06-01"])
    assert broken_pseudonyms(duckdb.connect(), *stored(tmp_path, {"a": until_summer(rows), "b": later}), LIMIT)


def test_a_home_with_an_apostrophe_and_one_from_before_files_were_kept_are_read(tmp_path: Path) -> None:
    home = tmp_path / "'s-Hertogenbosch"
    home.mkdir()
    rows = assessments()
    tables, bridge = stored(home, {"2024": until_summer(rows), "2025": under_new_keys(rows)})
    old = duckdb.read_parquet(str(tables.paths[0])).project("* EXCLUDE (file)").df()
    duckdb.from_df(old).project("* REPLACE (assessed_on::DATE AS assessed_on)").write_parquet(str(tables.paths[0]))
    assert broken_pseudonyms(duckdb.connect(), tables, bridge, LIMIT) == pytest.approx(1.0, abs=0.001)
    assert compared(duckdb.connect(), StoredTable("assessments", ()), StoredTable("bridge", ())) == []


def test_a_bridge_makes_it_whole_again(tmp_path: Path) -> None:
    rows = assessments()
    new = under_new_keys(rows)
    keys = pd.DataFrame({"client_no": rows["client_no"], "client_no_new": new["client_no"]}).drop_duplicates()
    bridged = stored(tmp_path, {"2024": until_summer(rows), "2025": new}, keys)
    assert broken_pseudonyms(duckdb.connect(), *bridged, LIMIT) is None
    assert n_under_two_pseudonyms(duckdb.connect(), *bridged) == 0
    half = stored(tmp_path, {"2024": until_summer(rows), "2025": new}, keys[keys["client_no"] % 2 == 0])
    assert broken_pseudonyms(duckdb.connect(), *half, LIMIT) == pytest.approx(0.5, abs=0.1)


def test_a_few_are_counted_as_people_and_do_not_stop_the_delivery(tmp_path: Path) -> None:
    rows = assessments()
    few = under_new_keys(rows, share=0.02)
    tables = stored(tmp_path, {"2024": until_summer(rows), "2025": few})
    in_both = until_summer(rows).loc[lambda seen: seen["client_no"] < 30]
    scored = in_both[DOMAIN_COLUMNS].notna().sum(axis=1) >= 6
    assert broken_pseudonyms(duckdb.connect(), *tables, LIMIT) is None
    assert n_under_two_pseudonyms(duckdb.connect(), *tables) == in_both.loc[scored, "client_no"].nunique()
    more = stored(tmp_path, {"2024": until_summer(rows), "2025": under_new_keys(rows, share=0.08)})
    assert broken_pseudonyms(duckdb.connect(), *more, LIMIT)


def test_two_files_of_one_delivery_are_held_side_by_side(tmp_path: Path) -> None:
    old, moved = assessments(), under_new_keys(until_summer(assessments())).assign(file="nieuw_systeem.csv")
    both = stored(tmp_path, {"levering": pd.concat([until_summer(old), moved])})
    assert broken_pseudonyms(duckdb.connect(), *both, LIMIT) == pytest.approx(1.0, abs=0.001)


def three_everywhere(rows: pd.DataFrame) -> pd.DataFrame:
    """A sixth of the forms filled in with 3 on every life domain."""
    hasty = np.random.default_rng(2).random(len(rows)) < 1 / 6
    scores = rows[DOMAIN_COLUMNS]
    return rows.assign(**scores.mask(scores.notna() & hasty[:, None], 3))


def by_the_month(rows: pd.DataFrame) -> pd.DataFrame:
    """Every date the first of its month, and a sixth of the forms in haste."""
    first = rows["assessed_on"].dt.to_period("M").dt.start_time
    return three_everywhere(rows).assign(assessed_on=first)


@pytest.mark.parametrize("made", [lambda rows: rows, three_everywhere, by_the_month], ids=["plain", "haste", "months"])
@pytest.mark.parametrize("seed", [1, 2])
def test_other_people_who_are_alike_raise_nothing(
    tmp_path: Path, made: Callable[[pd.DataFrame], pd.DataFrame], seed: int
) -> None:
    rows = made(assessments(seed, 4000))
    north = rows["team"] < "Wijkteam H"
    for deliveries in (
        {"stable-a": until_summer(rows), "stable-b": rows},
        {"north": rows[north], "south": rows[~north]},
        {"few": rows[rows["client_no"] % 20 == 0], "many": rows[rows["client_no"] % 20 > 0]},
        {"teams": rows.assign(file=rows["team"])},
        {"first": until_summer(rows), "then": rows.drop(until_summer(rows).index)},
    ):
        tables = stored(tmp_path, deliveries)
        assert broken_pseudonyms(duckdb.connect(), *tables, LIMIT) is None
        assert (n_under_two_pseudonyms(duckdb.connect(), *tables) or 0) < 10


def test_what_is_expected_by_chance_is_about_what_is_seen(tmp_path: Path) -> None:
    rows = assessments(1, 4000)
    # Six life domains, so that many are alike, and every date the first of its month.
    six = ["finances", "work_education", "time_use", "housing", "social_network", "community_participation"]
    few = rows.assign(**dict.fromkeys(set(DOMAIN_COLUMNS) - set(six), pd.array([pd.NA] * len(rows), dtype="Int8")))
    few["assessed_on"] = few["assessed_on"].dt.to_period("M").dt.start_time
    is_even = rows["client_no"] % 2 == 0
    for one in compared(duckdb.connect(), *stored(tmp_path, {"a": few[is_even], "b": few[~is_even]})):
        assert one.n_other > 40
        assert one.n_by_chance == pytest.approx(one.n_other, abs=3 * one.n_other**0.5)
