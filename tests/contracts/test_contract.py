"""Every contract accepts an empty table; pandera and SQL count the same broken rules."""

from types import ModuleType

import duckdb
import pandas as pd
import pandera.pandas as pa
import pytest
from pandera.errors import SchemaErrors

from data_contracts.contract import (
    broken_rules,
    column,
    contract,
    day,
    empty_frame,
    flag,
    integer,
    number,
    require,
    share,
    sql_columns,
    text,
)
from data_contracts.errors import ContractBroken
from data_contracts.gate.ledger import LEDGER
from data_contracts.plainly_kept import plainly_kept
from data_contracts.tables import core, estimate_companions, estimates, for_whom, logic, released, released_companions

EVERY = {
    **core.CORE,
    **estimates.ESTIMATE_TABLES,
    **estimate_companions.COMPANION_TABLES,
    **released.RELEASED_TABLES,
    LEDGER.name: LEDGER,
    for_whom.FOR_WHOM.name: for_whom.FOR_WHOM,
}


@pytest.mark.parametrize(
    ("module", "listed"),
    [
        (core, core.CORE),
        (estimates, estimates.ESTIMATE_TABLES),
        (estimate_companions, estimate_companions.COMPANION_TABLES),
        (released, released.RELEASED_TABLES),
        (released_companions, released.RELEASED_TABLES),
        (logic, logic.LOGIC_TABLES),
    ],
)
def test_every_contract_of_a_file_is_in_its_list(module: ModuleType, listed: dict[str, pa.DataFrameSchema]) -> None:
    written = {str(one.name) for one in vars(module).values() if isinstance(one, pa.DataFrameSchema)}
    assert written <= listed.keys()


@pytest.mark.parametrize("name", sorted(EVERY))
def test_an_empty_table_keeps_its_contract_in_both_engines(name: str) -> None:
    schema = EVERY[name]
    columns = ", ".join(f"{column} {kind}" for column, kind in sql_columns(schema).items())
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE empty_one ({columns})")
    assert broken_rules(schema, connection.table("empty_one")) == {}
    assert broken_rules(schema, empty_frame(schema)) == {}


def ladder(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
    connection.execute(
        """CREATE TABLE ladder AS SELECT * FROM (VALUES
            (1::BIGINT, DATE '2024-01-01', 'classic', 3::TINYINT, NULL::TINYINT, NULL::BIGINT),
            (1, DATE '1920-01-01', 'unknown', 7, 0, 12),
            (NULL, DATE '2024-01-01', 'classic', NULL, 5, NULL)
        ) t(client_no, assessed_on, ladder_variant, ladder_step, ambition_step, record_no)"""
    )
    return connection.table("ladder")


def test_pandera_and_sql_count_the_same_broken_rules() -> None:
    relation = ladder(duckdb.connect())
    in_sql = broken_rules(core.LADDER, relation)
    assert in_sql == broken_rules(core.LADDER, relation.df())
    assert sum(in_sql.values()) == 6


def test_doubles_are_counted_in_both_engines() -> None:
    frame = pd.DataFrame({"client_no": [7, 7], "client_key": ["demo-1", "demo-2"]})
    relation = duckdb.connect().from_df(frame)
    assert broken_rules(core.KEYS, relation)["unique(client_no)"] == 2
    assert broken_rules(core.KEYS, frame)


@pytest.mark.parametrize(
    ("rows", "doubles"),
    [
        ("(1, 'a'), (1, 'b'), (2, 'a')", 0),  # in order
        ("(2, 'a'), (1, 'b'), (1, 'a')", 0),
        ("(1, 'a'), (1, 'b'), (1, 'b'), (1, 'b')", 3),  # in order but for the double itself
        ("(1, 'a'), (1, 'b'), (2, 'a'), (1, 'a')", 2),
        ("(1, 'a'), (1, 'a')", 2),
        ("(1, 'a')", 0),
    ],
)
def test_doubles_are_found_in_any_order_and_none_where_there_are_none(rows: str, doubles: int) -> None:
    schema = contract("demo", {"number": column("INTEGER"), "word": text()}, key=["number", "word"])
    relation = duckdb.connect().sql(f"SELECT * FROM (VALUES {rows}) t(number, word)")
    assert broken_rules(schema, relation) == ({"unique(number, word)": doubles} if doubles else {})
    assert broken_rules(schema, relation.filter("false")) == {}


def test_a_missing_column_is_named() -> None:
    relation = duckdb.connect().sql("SELECT 1::BIGINT AS client_no")
    assert any(rule.startswith("client_key") for rule in broken_rules(core.KEYS, relation))


def test_the_message_holds_counts_and_no_value() -> None:
    frame = pd.DataFrame({"client_no": [1], "client_key": ["demo-secret"]})
    schema = pa.DataFrameSchema({**core.KEYS.columns, "client_key": pa.Column(str, pa.Check.isin(["a"]))}, name="demo")
    with pytest.raises(ContractBroken) as caught:
        require(schema, frame)
    assert "demo-secret" not in str(caught.value)
    assert "1 x client_key" in str(caught.value)


def test_a_table_has_one_file_per_delivery_until_deliveries_come_together() -> None:
    delivered = {name for name in EVERY if core.is_delivered(str(name))}
    together = {f"{name}__current" for name in delivered} & set(EVERY)
    assert {"core_zrm__assessments", "core_intake__accepted", "core_clients__bridge"} <= delivered
    assert core.is_delivered("raw_zrm__assessments")
    assert len(together) > 8
    assert not together & delivered
    assert not {"core_clients__groups", "core_clients__use", "est_change__transitions"} & delivered


ROAD = contract(
    "road",
    {
        "name": text(),
        "kind": text("street", "lane", nullable=True),
        "houses": integer(0, 90),
        "length_km": number(0, nullable=True),
        "share_paved": share(),
        "is_open": flag(),
        "opened_on": day(nullable=True),
    },
    key=["name"],
)
OLD = pd.Timestamp("1950-01-01")


def roads(**changes: object) -> pd.DataFrame:
    """Two roads that keep the contract; with `changes` the first one may not."""
    day_of = pd.Timestamp("2024-01-01")
    first = {"name": "A", "kind": "lane", "houses": 3, "length_km": 1.5, "share_paved": 1.0, "is_open": True}
    second = {"name": "B", "kind": None, "houses": 0, "length_km": None, "share_paved": None, "is_open": False}
    return pd.DataFrame([first | {"opened_on": day_of} | changes, second | {"opened_on": None}])


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"houses": 3.0}, True),
        ({"kind": None}, True),
        ({"name": None}, False),
        ({"name": "B"}, False),
        ({"kind": "alley"}, False),
        ({"houses": -1}, False),
        ({"houses": 91}, False),
        ({"houses": 3.5}, False),
        ({"houses": None}, False),
        ({"houses": "three"}, False),
        ({"length_km": -0.1}, False),
        ({"length_km": float("nan")}, True),
        ({"share_paved": 1.01}, False),
        ({"is_open": None}, False),
        ({"is_open": 7}, False),
        ({"opened_on": OLD}, False),
        ({"closed_on": OLD}, False),
    ],
)
def test_a_quick_look_says_of_no_frame_that_it_keeps_a_contract_where_pandera_says_that_it_does_not(
    changes: dict[str, object], holds: bool
) -> None:
    frame = roads(**changes)
    try:
        ROAD.validate(frame, lazy=True)
        said = True
    except SchemaErrors:
        said = False
    assert said is holds
    assert (plainly_kept(ROAD, frame) is not None) is holds
    assert (broken_rules(ROAD, frame) == {}) is holds


def test_a_quick_look_gives_the_types_that_pandera_gives() -> None:
    typed = plainly_kept(ROAD, roads())
    assert typed is not None
    pd.testing.assert_frame_equal(typed, ROAD.validate(roads()))


def test_a_rule_over_whole_rows_or_of_an_unknown_kind_is_left_to_pandera() -> None:
    whole = contract("road", dict(ROAD.columns), rows=pa.Check(lambda frame: frame["houses"] < 9, error="few"))
    odd = contract("road", dict(ROAD.columns) | {"houses": column("INTEGER", pa.Check.ne(4))})
    assert [plainly_kept(one, roads()) for one in (whole, odd)] == [None, None]
    assert broken_rules(whole, roads(houses=9)) == {"few": 1}
    assert broken_rules(odd, roads(houses=4)) == {"houses: not_equal_to(4)": 1}
