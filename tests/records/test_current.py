"""One table over deliveries of different age."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from pipelines.records.current import current_table
from pipelines.records.laid import laid
from pipelines.storage.tables import StoredTable


def stored(directory: Path, name: str, deliveries: dict[str, str]) -> StoredTable:
    """A table with one file per delivery, written from a SELECT."""
    folder = directory / name
    folder.mkdir()
    paths = []
    for delivery, query in deliveries.items():
        paths.append(folder / f"{delivery}.parquet")
        duckdb.sql(query).write_parquet(str(paths[-1]))
    return StoredTable(name, tuple(paths))


def test_a_delivery_from_before_a_column_existed_has_nothing_in_it(tmp_path: Path) -> None:
    case = "SELECT {client}::BIGINT AS client_no, 1::SMALLINT AS team_no, DATE '2022-03-01' AS started_on"
    case += ", NULL::DATE AS ended_on, 8.5::DECIMAL(9,2) AS hours, NULL::VARCHAR AS solution_kind"
    new = ", NULL::DATE AS registered_on, true AS has_plan, NULL::DATE AS evaluated_on, false AS question_answered"
    cases = {"a": case.format(client=1), "b": case.format(client=2) + new}
    team = "SELECT 1::SMALLINT AS team_no, 'Team Noord' AS team"
    nobody = "SELECT 1::BIGINT AS client_no, 1::BIGINT AS client_no_new WHERE false"
    ready = laid(
        duckdb.connect(),
        list(cases),
        stored(tmp_path, "core_teams__register", dict.fromkeys(cases, team)),
        stored(tmp_path, "core_clients__bridge", dict.fromkeys(cases, nobody)),
        pd.DataFrame({"name": ["Team Noord"], "team_no": [1]}),
    )
    found = current_table(ready, stored(tmp_path, "core_cases__trajectories", cases))
    assert found.project("client_no, has_plan").fetchall() == [(1, None), (2, True)]


def test_a_file_of_a_delivery_that_is_not_named_is_not_opened(tmp_path: Path) -> None:
    both = stored(tmp_path, "numbers", {"a": "SELECT 1 AS n", "b": "SELECT 2 AS n"})
    both.paths[1].write_bytes(b"not a table at all")
    assert both.of(["a"]).frame()["n"].tolist() == [1]
    assert both.of([]).paths == ()
