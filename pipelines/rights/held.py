"""What is held about some people, for the key holder who answers a request (AVG 15). Never to a log or a release."""

from __future__ import annotations

from typing import Any

import duckdb

from pipelines.releases.ledger_links import place_of, whole_links
from pipelines.releases.states import spans
from pipelines.rights.known import People, literal, people_named
from pipelines.rights.named_people import Named
from pipelines.rights.tables import NUMBERS, table_name, tables_of
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.restricted_people import restricted_clients

_OURS = (
    "closed_gate__people",
    "closed_gate__contributions",
    "closed_gate__logic_contributions",
)  # hashes and codes: told as a number


def held(home: Home, named: Named) -> dict[str, Any]:
    """Per table the rows about these people, and in how many figures of how many releases they count.

    Who is unknown or was erased is only counted: of them nothing is held.
    """
    with home.lock():
        connection = connect(home.work)
        people = people_named(connection, home, named.pseudonyms)
        return {
            "people": people.n_people,
            "unknown": len(people.unknown),
            "erased": len(people.erased),
            "restricted": len(people.client_nos & restricted_clients(home)),
            "pseudonyms": dict(people.pseudonyms),
            "tables": _rows(connection, home, people),
            "figures": _figures(connection, home, people),
        }


def _rows(connection: duckdb.DuckDBPyConnection, home: Home, people: People) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    numbers = "client_no IN (SELECT unnest($numbers::BIGINT[]))"
    texts = "trim({}) IN (SELECT unnest($texts::VARCHAR[]))"
    given = {"numbers": sorted(people.client_nos), "texts": sorted(people.pseudonyms)}
    for path in tables_of(home):
        table = table_name(home, path)
        columns = connection.sql(f"SELECT * FROM {literal([path])}").columns
        conditions = [numbers.replace("client_no", name, 1) for name in NUMBERS if name in columns]
        conditions += [texts.format(name) for name in ("client_key", "client_key_new") if name in columns]
        if not conditions or table in _OURS or table.endswith("__current"):
            continue
        query = f"SELECT * FROM {literal([path])} WHERE {' OR '.join(conditions)}"
        used = {name: value for name, value in given.items() if f"${name}" in query}
        rows = connection.execute(query, used).fetchall()
        delivery = {"delivery": path.stem} if path.stem != table else {}
        found.setdefault(table, []).extend(
            delivery | {name: _plain(value) for name, value in zip(columns, row, strict=True) if value is not None}
            for row in rows
        )
    return {table: rows for table, rows in found.items() if rows}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | str) else str(value)


def _figures(connection: duckdb.DuckDBPyConnection, home: Home, people: People) -> dict[str, int]:
    """Per published release the number of figures to which these people contribute."""
    releases = [link.release for link in whole_links(home) if link.people]
    if not releases:
        return {}
    known = spans([place_of(home, one, "people") for one in releases])
    rows = connection.execute(
        f"""SELECT n, count(DISTINCT outcome) FROM ({known}) k, generate_series(since, until - 1) AS s(n)
        WHERE list_contains($numbers::BIGINT[], client_no) AND contribution IS NOT NULL AND slice_value IS NULL
        GROUP BY n ORDER BY n""",
        {"numbers": sorted(people.client_nos)},
    ).fetchall()
    return {releases[n - 1]: count for n, count in rows}
