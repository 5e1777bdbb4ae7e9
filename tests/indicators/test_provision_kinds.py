"""Preliminary beside granted, per life domain and year, and the shift between the first and the last year."""

from __future__ import annotations

import json

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from data_contracts.contract import broken_rules
from data_contracts.tables.provision_kinds import KINDS, SHIFT
from indicators.counts.provision_kinds import by_life_domain, kind_contributions
from indicators.counts.provision_shift import shift_contributions, shift_of_kinds
from pipelines.records.provision_kinds import provisions_given

# client, day, life domain, kind
PROVISIONS = (
    (1, "2022-01-01", "finances", "preliminary"),
    (1, "2022-05-01", "finances", "individual"),  # both in one year: the heaviest counts
    (1, "2022-06-01", "housing", "preliminary"),
    (2, "2022-12-31", "finances", "preliminary"),
    (2, "2023-01-01", "finances", "preliminary"),
    (3, "2022-02-01", None, "individual"),
    (4, "2022-02-01", "finances", None),  # nobody says what kind: not in these counts
    (5, "2024-02-01", "finances", "individual"),  # no longer in view then
    (6, "2022-02-01", "finances", "individual"),  # of no team and never in view
)


def given(rows: tuple[tuple[int, str, str | None, str | None], ...] = PROVISIONS) -> pd.DataFrame:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE provisions (client_no BIGINT, started_on DATE, life_domain VARCHAR, provision_kind VARCHAR)"
    )
    connection.executemany("INSERT INTO provisions VALUES (?, ?, ?, ?)", rows)
    connection.execute(
        """CREATE TABLE groups AS SELECT client_no::BIGINT AS client_no, 1::SMALLINT AS team_no,
            DATE '2023-12-31' AS in_view_until FROM range(1, 6) t(client_no)"""
    )
    return provisions_given(connection)


def counted(table: pd.DataFrame) -> dict[tuple[str, int], list[int]]:
    return {
        (row["life_domain"], row["year"]): [row["n_clients"], row["n_preliminary"], row["n_individual"]]
        for row in table.to_dict("records")
    }


def test_each_client_counts_once_per_life_domain_and_year_with_the_heaviest_kind() -> None:
    table = by_life_domain(given())
    assert broken_rules(KINDS, table) == {}
    assert counted(table) == {
        ("finances", 2022): [2, 1, 1],
        ("finances", 2023): [1, 1, 0],
        ("housing", 2022): [1, 1, 0],
        ("not_told", 2022): [1, 0, 1],
        ("all", 2022): [3, 1, 2],
        ("all", 2023): [1, 1, 0],
    }


def test_where_no_life_domain_is_named_only_all_together_is_counted() -> None:
    table = by_life_domain(given(((1, "2022-01-01", None, "individual"), (2, "2022-01-01", None, "preliminary"))))
    assert counted(table) == {("all", 2022): [2, 1, 1]}


def test_without_kinds_there_is_nothing() -> None:
    nothing = given(((1, "2022-01-01", "finances", None),))
    assert by_life_domain(nothing).empty and shift_of_kinds(nothing, lambda _: 1).empty
    assert not [*kind_contributions(nothing), *shift_contributions(nothing, lambda _: 1)]


def test_the_ledger_sees_everybody_of_a_count_with_the_kind() -> None:
    added = {
        one.outcome: dict(zip(one.client_no, one.contribution, strict=True)) for one in kind_contributions(given())
    }
    assert added['["provision_kind", "finances", "2022"]'] == {1: 1, 2: 0}
    assert len(added) == 6


def drawn(of_domain: dict[str, tuple[float, float]], n: int = 60, teams: int = 6) -> pd.DataFrame:
    """Per life domain n other people in each of two years, of whom such shares have preliminary provisions alone."""
    frames = []
    for at, (domain, shares) in enumerate(of_domain.items()):
        for year, share in zip((2021, 2024), shares, strict=True):
            light = np.arange(n) < round(share * n)
            client = np.arange(n) + 1000 * at + 10_000 * year
            frames.append(pd.DataFrame({"client_no": client, "year": year, "life_domain": domain, "light": light}))
    rows = pd.concat(frames, ignore_index=True)
    rows = pd.concat([rows, rows.assign(life_domain="all")], ignore_index=True)
    return rows.assign(team_no=rows["client_no"] % teams, is_individual=~rows["light"])


def test_the_shift_of_other_people_in_both_years_is_a_difference_of_two_shares() -> None:
    rows = drawn({"finances": (0.25, 0.5)}).assign(team_no=pd.NA)
    table = shift_of_kinds(rows, lambda _: 10).set_index("life_domain")
    assert broken_rules(SHIFT, table.reset_index()) == {}
    row = table.loc["finances"]
    se = np.sqrt((0.25 * 0.75 / 60 + 0.5 * 0.5 / 60) * 120 / 119)
    assert row["shift"] == pytest.approx(0.25)
    assert row["shift_high"] - row["shift_low"] == pytest.approx(2 * stats.t.ppf(0.975, 119) * se)
    assert (row["year_from"], row["year_to"], row["n_clients"]) == (2021, 2024, 60)
    assert row["p_adjusted"] == pytest.approx(2 * 2 * stats.t.sf(0.25 / se, 119))  # Holm over two equal rows


def test_the_same_people_in_both_years_make_a_narrower_margin_where_few_of_them_change() -> None:
    rows = drawn({"finances": (0.25, 0.5)}).assign(team_no=pd.NA)
    again = rows.assign(client_no=rows["client_no"] % 1000)
    width = [
        (table["shift_high"] - table["shift_low"]).iloc[0]
        for table in (shift_of_kinds(rows, lambda _: 10), shift_of_kinds(again, lambda _: 10))
    ]
    assert width[1] < 0.8 * width[0]
    assert shift_of_kinds(again, lambda _: 10)["n_clients"].tolist() == [60, 60]


def test_teams_that_moved_each_their_own_way_widen_the_margin_and_teams_alike_never_narrow_it() -> None:
    rows = drawn({"finances": (0.5, 0.5)})
    by_client = shift_of_kinds(rows.assign(team_no=pd.NA), lambda _: 10).iloc[0]
    apart = rows.assign(team_no=rows["light"].astype(int) + 2 * (rows["year"] == 2024))
    for teams, wider in ((rows, False), (apart, True)):
        row = shift_of_kinds(teams, lambda _: 10).iloc[0]
        assert (row["shift_high"] > 1.2 * by_client["shift_high"]) == wider
        assert row["shift_high"] >= by_client["shift_high"] - 1e-12


def test_a_kind_of_few_people_in_either_year_is_too_few_to_say_anything() -> None:
    """Also where the other counts are large: the shift would tell how few there were."""
    rows = drawn({"finances": (0.1, 0.5), "mental_health": (0.3, 0.5), "housing": (0.3, 0.5)})
    found = shift_of_kinds(rows, lambda domain: 20 if domain == "mental_health" else 10).set_index("life_domain")
    assert found["refused_because"].dropna().to_dict() == {"finances": "too_few", "mental_health": "too_few"}
    assert found["shift"].notna().to_dict() == {"all": True, "finances": False, "mental_health": False, "housing": True}


def test_where_the_same_people_have_the_same_in_both_years_there_is_no_margin_and_nothing_is_said() -> None:
    rows = [(client, client % 4, "all", year, client % 2 == 0) for client in range(60) for year in (2022, 2023)]
    frame = pd.DataFrame(rows, columns=["client_no", "team_no", "life_domain", "year", "is_individual"])
    (row,) = shift_of_kinds(frame, lambda _: 10).to_dict("records")
    assert row["refused_because"] == "too_few" and np.isnan(row["shift"]) and np.isnan(row["shift_low"])


def test_a_year_of_few_people_is_no_end_of_the_shift_and_one_year_has_none() -> None:
    rows = drawn({"finances": (0.3, 0.5)})
    stray = rows[rows["year"] == 2024].head(3).assign(year=1999, client_no=[1, 2, 3], life_domain="all")
    found = shift_of_kinds(pd.concat([stray, rows], ignore_index=True), lambda _: 10)
    assert found["year_from"].unique().tolist() == [2021]
    assert shift_of_kinds(rows[rows["year"] == 2024], lambda _: 10).empty


@pytest.mark.slow
def test_where_nothing_shifts_about_one_town_in_twenty_says_that_something_does() -> None:
    """Any of five life domains, each with teams that differ; the margin of each holds zero in 95 of 100."""
    rng = np.random.default_rng(5)
    told, held = [], []
    for _ in range(150):
        rows = drawn(
            dict.fromkeys(("finances", "housing", "adl", "social_network", "justice"), (0.5, 0.5)), n=80, teams=8
        )
        rows = rows[rows["life_domain"] != "all"].reset_index(drop=True)
        chance = np.clip(0.4 + 0.1 * rng.standard_normal(8), 0.1, 0.9)
        rows["is_individual"] = rng.random(len(rows)) > chance[rows["team_no"].astype(int)]
        found = shift_of_kinds(pd.concat([rows, rows.assign(life_domain="all")], ignore_index=True), lambda _: 10)
        found = found[found["life_domain"] != "all"]
        told.append((found["p_adjusted"] < 0.05).any())
        held.append(((found["shift_low"] <= 0) & (found["shift_high"] >= 0)).mean())
    assert np.mean(told) <= 0.09 and np.mean(held) >= 0.94


def test_who_was_in_either_year_adds_what_it_was_in_both() -> None:
    rows = drawn({"finances": (0.25, 0.5)})
    again = rows.assign(client_no=rows["client_no"] % 1000)
    added = {json.loads(one.outcome)[1]: one for one in shift_contributions(again, lambda _: 10)}
    one = added["finances"]
    assert json.loads(one.outcome) == ["provision_shift", "finances", "2021", "2024"]
    assert len(one.client_no) == 60 and len(set(one.contribution)) == 3  # light twice, heavy then light, heavy twice
