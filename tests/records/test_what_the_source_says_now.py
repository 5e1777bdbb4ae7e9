"""After a complete delivery the current table holds what that delivery holds; an addition adds and corrects."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data_contracts.contract import sql_columns
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import CORE
from pipelines.records.again import Again, again
from pipelines.records.current import current_table
from pipelines.records.laid import Laid, laid
from pipelines.storage.tables import StoredTable
from tests.records.test_current import stored

NOBODY = "SELECT 1::BIGINT AS client_no, 1::BIGINT AS client_no_new WHERE false"
TEAM = "SELECT 1::SMALLINT AS team_no, 'Team Noord' AS team"
TEAMS = pd.DataFrame({"name": ["Team Noord"], "team_no": [1]})
COMPLETE = Delivers(kind="complete", period_by="started_on")


def rows(table: str, *records: dict[str, object]) -> str:
    """A SELECT of a core table's rows from what is given; the rest is empty."""
    kinds = sql_columns(CORE[table])
    one = "SELECT {}"
    parts = [
        one.format(", ".join(f"{_text(record.get(name))}::{kind} AS {name}" for name, kind in kinds.items()))
        for record in records
    ]
    return " UNION ALL ".join(parts)


def _text(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"


def current(
    directory: Path, table: str, deliveries: dict[str, str], delivers: Delivers | None = None
) -> duckdb.DuckDBPyRelation:
    return current_table(*tables(directory, table, deliveries), delivers)


def tables(directory: Path, table: str, deliveries: dict[str, str]) -> tuple[Laid, StoredTable]:
    """The deliveries laid ready, and the table."""
    teams = stored(directory, "core_teams__register", dict.fromkeys(deliveries, TEAM))
    bridges = stored(directory, "core_clients__bridge", dict.fromkeys(deliveries, NOBODY))
    ready = laid(duckdb.connect(), list(deliveries), teams, bridges, TEAMS)
    return ready, stored(directory, table, deliveries)


def provision(client: int, started: str, amount: int) -> dict[str, object]:
    record = {"client_no": client, "product": "begeleiding", "law": "wmo", "started_on": started}
    return record | {"amount_eur": amount}


# Everybody has one provision of 1,000 euros in the third quarter; then 2 people are erased, 1 start date is corrected
# and 1 person is new.
Q3 = [provision(client, f"2025-{client % 9 + 1:02d}-05", 1_000) for client in range(20)]
Q4 = [*Q3[:17], provision(17, "2025-09-20", 1_000), provision(90, "2025-12-01", 1_000)]


def euros(directory: Path, delivers: Delivers | None) -> tuple[int, int]:
    table = "core_provisions__use"
    found = current(directory, table, {"q3": rows(table, *Q3), "q4": rows(table, *Q4)}, delivers)
    n_rows, amount = found.aggregate("count(*), sum(amount_eur)").fetchall()[0]
    return n_rows, int(amount)


def test_after_a_complete_delivery_the_table_holds_what_that_delivery_holds(tmp_path: Path) -> None:
    assert euros(tmp_path, COMPLETE) == (19, 19_000)


@pytest.mark.parametrize("delivers", [None, Delivers(kind="addition")])
def test_an_addition_and_an_undeclared_delivery_take_nothing_away(tmp_path: Path, delivers: Delivers | None) -> None:
    assert euros(tmp_path, delivers) == (22, 22_000)


def test_a_complete_delivery_of_one_year_leaves_the_other_years_as_they_were(tmp_path: Path) -> None:
    table = "core_provisions__use"
    old = rows(table, provision(1, "2024-03-01", 1), provision(2, "2025-03-01", 1), provision(3, "2025-03-31", 1))
    new = rows(table, provision(2, "2025-03-02", 5), provision(4, "2025-12-30", 5))
    found = current(tmp_path, table, {"a": old, "b": new}, COMPLETE).project("client_no, amount_eur::INTEGER")
    assert found.fetchall() == [(1, 1), (2, 5), (4, 5)]


def test_of_running_records_a_complete_delivery_takes_away_what_would_have_been_running(tmp_path: Path) -> None:
    table = "core_cases__trajectories"

    def case(client: int, started: str, ended: str | None) -> dict[str, object]:
        return {"client_no": client, "team_no": 1, "started_on": started, "ended_on": ended}

    old = rows(table, case(1, "2020-01-01", "2020-06-30"), case(2, "2024-01-01", None), case(3, "2024-05-01", None))
    new = rows(table, case(3, "2024-05-01", "2025-02-01"), case(4, "2025-04-01", None))
    active = Delivers(kind="complete", period_by="active")
    found = current(tmp_path, table, {"a": old, "b": new}, active).project("client_no, ended_on::VARCHAR")
    assert found.fetchall() == [(1, "2020-06-30"), (3, "2025-02-01"), (4, None)]


# One provision that the system numbers; its start day was corrected from the first year to the second.
FIRST, SECOND = provision(1, "2024-06-01", 1) | {"record_no": 7}, provision(1, "2025-02-01", 5) | {"record_no": 7}
OTHER = [provision(2, f"{year}-0{month}-01", 9) for year in (2024, 2025) for month in (1, 9)]
CORRECTED = {
    "a": rows("core_provisions__use", FIRST, *OTHER[:2]),
    "b": rows("core_provisions__use", SECOND, *OTHER[2:]),
}


def test_a_record_that_is_gone_does_not_come_back_as_it_was_before_its_correction(tmp_path: Path) -> None:
    table = "core_provisions__use"
    for name in "bc":
        (tmp_path / name).mkdir()
    corrected = current(tmp_path / "b", table, CORRECTED, COMPLETE).project("client_no, amount_eur::INTEGER")
    assert sorted(corrected.fetchall()) == [(1, 5), *[(2, 9)] * 4]
    removed = CORRECTED | {"c": rows(table, *OTHER[2:])}
    assert current(tmp_path / "c", table, removed, COMPLETE).project("client_no").fetchall() == [(2,)] * 4


def test_a_record_that_came_back_after_it_was_gone_stands(tmp_path: Path) -> None:
    table = "core_provisions__use"
    back = CORRECTED | {"c": rows(table, *OTHER[2:]), "d": rows(table, FIRST, *OTHER[:2])}
    found = current(tmp_path, table, back, COMPLETE).project("client_no, amount_eur::INTEGER")
    assert sorted(found.fetchall()) == [(1, 1), *[(2, 9)] * 4]


def assessment(client: int, day: str, **scores: int | None) -> dict[str, object]:
    head = {"client_no": client, "assessed_on": day, "date_kind": "assessed", "delivery": "d", "team_no": 1}
    return head | {"edition": "zrm_2013", "rater_type": "professional", "episode_id": 1} | scores


def test_one_domain_corrected_in_a_long_file_leaves_the_other_domains(tmp_path: Path) -> None:
    table = "core_zrm__assessments"
    old = rows(table, assessment(1, "2025-01-10", finances=2, housing=3), assessment(2, "2025-01-10", finances=1))
    new = rows(table, assessment(1, "2025-01-10", finances=4))
    found = current(tmp_path, table, {"a": old, "b": new}).project("client_no, finances, housing")
    assert found.fetchall() == [(1, 4, 3), (2, 1, None)]


def test_a_correction_by_the_client_or_in_another_edition_is_another_record(tmp_path: Path) -> None:
    table = "core_zrm__assessments"
    old = rows(table, assessment(1, "2025-01-10", finances=2))
    own = rows(table, assessment(1, "2025-01-10", finances=4) | {"rater_type": "client"})
    found = current(tmp_path, table, {"a": old, "b": own}).project("rater_type, finances")
    assert sorted(found.fetchall()) == [("client", 4), ("professional", 2)]


def test_a_corrected_day_of_an_assessment_takes_the_withdrawn_score_away(tmp_path: Path) -> None:
    table = "core_zrm__assessments"
    old = rows(table, assessment(1, "2025-01-10", finances=2), assessment(1, "2025-06-10", finances=3))
    new = rows(table, assessment(1, "2025-01-10", finances=2), assessment(1, "2025-05-10", finances=3))
    later = rows(table, assessment(2, "2025-06-20", finances=1))
    whole = Delivers(kind="complete", period_by="assessed_on")
    found = current(tmp_path, table, {"a": old, "b": f"{new} UNION ALL {later}"}, whole).project("assessed_on::VARCHAR")
    assert found.fetchall() == [("2025-01-10",), ("2025-05-10",), ("2025-06-20",)]


def beside(directory: Path, new: list[dict[str, object]], delivers: Delivers | None) -> Again:
    table = "core_provisions__use"
    two = tables(directory, table, {"q3": rows(table, *Q3), "q4": rows(table, *new)})
    return again(*two, delivers)


def test_an_undeclared_delivery_is_measured_and_named(tmp_path: Path) -> None:
    found = beside(tmp_path, Q4, None)
    assert (found.n_before, found.n_again, found.n_new, found.n_changed) == (20, 17, 2, 0)
    assert "17 van de 20" in found.sentence
    assert "lijkt een volledige levering" in found.sentence


ADDED = [provision(client, "2025-10-01", 1) for client in range(40, 70)]
SPREAD = [*ADDED, provision(99, "2025-01-01", 1)]


@pytest.mark.parametrize(("new", "kind"), [(Q4, "addition"), (SPREAD, "complete")])
def test_a_delivery_that_is_not_what_was_declared_is_told(
    tmp_path: Path, new: list[dict[str, object]], kind: str
) -> None:
    found = beside(tmp_path, new, Delivers(kind=kind, period_by="started_on"))
    assert "voorzieningen" in found.disagreement
    assert "geleverd worden, maar van de 20" in found.disagreement


@pytest.mark.parametrize(("new", "kind"), [(ADDED, "addition"), (Q4, "complete")])
def test_a_delivery_that_is_what_was_declared_goes_on(tmp_path: Path, new: list[dict[str, object]], kind: str) -> None:
    assert not beside(tmp_path, new, Delivers(kind=kind, period_by="started_on")).disagreement
