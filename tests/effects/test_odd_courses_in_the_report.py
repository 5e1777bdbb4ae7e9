"""Clients with two teams at once or a return: the figures without them, and coming back as relapse."""

from __future__ import annotations

from dataclasses import replace

import duckdb
import numpy as np
import pandas as pd
import pytest

from data_contracts.tables import core
from indicators.designs.effect_tables import effect_tables
from pipelines.records import clients
from pipelines.records.courses import courses
from pipelines.records.outcomes import client_outcomes
from tests.effects.invented import like, people, records
from tests.effects.road import Road, as_view, study, travelled, with_views

STARTS = {1: "2021-02-01", 2: "2021-08-01", 3: "2022-02-01", 4: "2022-08-01", **dict.fromkeys(range(5, 10))}
STAGGERED = "kind: staggered, new_approach: Proef"
COMPARISON = "kind: comparison, new_approach: Proef, comparison: {against: never_started, headline: %s}"
N_TWO_TEAMS, N_BACK = 80, 60


def with_odd_courses(n_two_teams: int = N_TWO_TEAMS, n_back: int = N_BACK) -> dict[str, pd.DataFrame]:
    """Trajectories of eight months; some run beside one of another team, some clients come back in a new episode."""
    who = people(STARTS)
    ended = who["intake"] + pd.Timedelta(days=240)
    stays = pd.DataFrame({"client_no": who["client_no"], "team_no": who["team_no"], "started_on": who["intake"]})
    stays = stays.assign(ended_on=ended)
    second = stays.head(n_two_teams).assign(
        team_no=9, started_on=lambda rows: rows["started_on"] + pd.Timedelta(days=9)
    )
    tables = records(who, STARTS)
    first = tables["assessments"].drop_duplicates("client_no")
    again = first.iloc[-n_back:] if n_back else first.head(0)
    again = again.assign(assessed_on=again["assessed_on"] + pd.Timedelta(days=720), episode_id=2)
    last, rng = tables["assessments"].drop_duplicates("client_no", keep="last"), np.random.default_rng(5)
    for months in (16, 26):
        moved = {name: (last[name] + rng.integers(-1, 2, len(last))).clip(1, 5) for name in ("finances", "housing")}
        last = last.assign(assessed_on=first["assessed_on"].to_numpy() + pd.Timedelta(days=30 * months), **moved)
        tables["assessments"] = pd.concat([tables["assessments"], last])
    away = tables["assessments"]["client_no"].isin(again["client_no"]) & (
        tables["assessments"].groupby("client_no").cumcount() == 3
    )
    seen = pd.concat([tables["assessments"][~away], again]).sort_values(["client_no", "assessed_on"])
    return tables | {
        "assessments": seen.reset_index(drop=True),
        "trajectories": like(core.TRAJECTORIES_CURRENT, pd.concat([stays, second], ignore_index=True)),
    }


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return with_views(with_odd_courses())


@pytest.fixture(scope="module")
def odd(connection: duckdb.DuckDBPyConnection) -> Road:
    return travelled(connection, study(STAGGERED))


def rows_of(found: Road, design: str, measure: str) -> pd.DataFrame:
    return found.rows(design=design, measure=measure, subject="zrm").set_index("life_domain")


@pytest.mark.parametrize(
    ("design", "kind", "measure"),
    [
        (STAGGERED, "staggered", "effect"),
        (COMPARISON % "difference", "comparison", "effect"),
        (COMPARISON % "ancova", "comparison", "effect_ancova"),
        ("kind: series, new_approach: Proef, started_on: 2021-07-01", "series", "effect"),
    ],
    ids=["staggered", "difference", "ancova", "series"],
)
def test_the_line_without_them_is_the_same_estimator_on_the_others(design: str, kind: str, measure: str) -> None:
    tables = with_odd_courses()
    plain = range(N_TWO_TEAMS + 1, len(people(STARTS)) - N_BACK + 1)
    kept = {name: rows[rows["client_no"].isin(plain)] for name, rows in tables.items() if "client_no" in rows}
    others = with_views(tables | {name: rows.reset_index(drop=True) for name, rows in kept.items()})
    everybody, alone = (travelled(one, study(design)) for one in (with_views(tables), others))
    for of_design, of_measure in (("before_after", "mean_change"), (kind, measure)):
        figures = ["estimate", "se", "ci_low", "ci_high", "n_clients"]
        without = rows_of(everybody, of_design, f"{of_measure}_plain_courses")[figures].astype(float)
        assert without["estimate"].notna().all()
        pd.testing.assert_frame_equal(without, rows_of(alone, of_design, of_measure)[figures].astype(float))
        assert (without["estimate"] != rows_of(everybody, of_design, of_measure)["estimate"]).all()


def test_every_other_row_stays_what_it_was(odd: Road, connection: duckdb.DuckDBPyConnection) -> None:
    known = courses(connection, odd.study)
    nobody = replace(known, odd=frozenset(), returns=known.returns.assign(returned=np.nan))
    found = client_outcomes(connection, ["finances", "housing"])
    plain = effect_tables(found, nobody, odd.study, seed=1)
    rows = odd.est["est_effects__estimates"]
    is_new = rows["measure"].str.contains("plain_courses|or_return")
    assert is_new.sum() == 6
    pd.testing.assert_frame_equal(rows[~is_new].reset_index(drop=True), plain["est_effects__estimates"])
    for table in ("est_effects__joint", "est_effects__design", "est_effects__who_is_missing"):
        pd.testing.assert_frame_equal(odd.est[table], plain[table])


def test_the_report_shows_both_and_says_when_they_are_close(odd: Road) -> None:
    assert "Mensen bij twee teams, en mensen die terugkwamen" in odd.cause
    assert "Het verschil met en zonder deze mensen" in odd.cause
    assert "met terugkomen als terugval" in odd.cause
    lasting = rows_of(odd, "monitoring", "lasting_24")["estimate"]
    assert (rows_of(odd, "monitoring", "lasting_24_or_return")["estimate"] < lasting).all()


def test_a_few_with_an_odd_course_change_no_page() -> None:
    few = travelled(with_views(with_odd_courses(n_two_teams=5, n_back=4)), study(STAGGERED))
    assert not few.est["est_effects__estimates"]["measure"].str.contains("plain_courses|or_return").any()
    assert "Mensen bij twee teams, en mensen die terugkwamen" not in few.report


def test_an_outcome_that_few_of_them_have_is_refused_and_counts_everybody() -> None:
    tables = with_odd_courses(n_two_teams=12, n_back=0)
    is_odd = tables["assessments"]["client_no"] <= 4
    tables["assessments"].loc[is_odd, "housing"] = pd.NA
    found = travelled(with_views(tables), study("kind: before_after"))
    rows = rows_of(found, "before_after", "mean_change_plain_courses")
    assert np.isfinite(rows.loc["finances", "estimate"]) and np.isnan(rows.loc["housing", "estimate"])
    assert rows.loc["housing", "refused_because"].startswith("Te weinig mensen")
    assert rows.loc["housing", "n_clients"] == rows_of(found, "before_after", "mean_change").loc["housing", "n_clients"]
    assert "De verandering met en zonder deze mensen" in found.cause and "Te weinig mensen met deze" in found.cause


def came_back(tables: dict[str, pd.DataFrame]) -> int:
    """How many count as returned, by these records."""
    connection = with_views(tables)
    as_view(connection, "groups", core.GROUPS, clients.groups(connection).df())
    return int(courses(connection, study(STAGGERED)).returns["returned"].notna().sum())


def test_who_was_never_closed_did_not_come_back() -> None:
    tables = with_odd_courses()
    never_closed = tables["trajectories"].assign(ended_on=pd.NaT).astype(tables["trajectories"].dtypes.to_dict())
    assert came_back(tables) == N_BACK
    assert came_back(tables | {"trajectories": never_closed}) == 0
    # Without any trajectory the gap is all that is known.
    assert came_back({name: rows for name, rows in tables.items() if name != "trajectories"}) == N_BACK


def test_with_and_without_differ_by_people_enough_to_be_a_figure_themselves(odd: Road) -> None:
    exact = odd.est["est_effects__estimates"].set_index("measure")
    out = odd.out["out_effects__estimates"]
    for measure in ("mean_change", "effect"):
        everybody, plain = (exact.loc[[name], "n_clients"] for name in (measure, f"{measure}_plain_courses"))
        assert (everybody.to_numpy() - plain.to_numpy() >= odd.study.thresholds.clients).all()
        shown = out[out["measure"] == f"{measure}_plain_courses"]
        assert (shown["n_clients"] % 5 == 0).all() and shown["estimate"].mul(100).round(6).mod(1).eq(0).all()
