"""Every contract accepts an empty table; pandera and SQL count the same broken rules."""

from types import ModuleType

import duckdb
import pandas as pd
import pandera.pandas as pa
import pytest

from data_contracts.contract import broken_rules, empty_frame, require, sql_columns
from data_contracts.errors import ContractBroken
from data_contracts.gate.ledger import LEDGER
from data_contracts.tables import core, estimate_companions, estimates, logic, released, released_companions

EVERY = {
    **core.CORE,
    **estimates.ESTIMATE_TABLES,
    **estimate_companions.COMPANION_TABLES,
    **released.RELEASED_TABLES,
    LEDGER.name: LEDGER,
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
            (1::BIGINT, DATE '2024-01-01', 'classic', 3::TINYINT, NULL::BIGINT),
            (1, DATE '1920-01-01', 'unknown', 7, 12),
            (NULL, DATE '2024-01-01', 'classic', NULL, NULL)
        ) t(client_no, assessed_on, ladder_variant, ladder_step, record_no)"""
    )
    return connection.table("ladder")


def test_pandera_and_sql_count_the_same_broken_rules() -> None:
    relation = ladder(duckdb.connect())
    in_sql = broken_rules(core.LADDER, relation)
    assert in_sql == broken_rules(core.LADDER, relation.df())
    assert sum(in_sql.values()) == 5


def test_doubles_are_counted_in_both_engines() -> None:
    frame = pd.DataFrame({"client_no": [7, 7], "client_key": ["demo-1", "demo-2"]})
    relation = duckdb.connect().from_df(frame)
    assert broken_rules(core.KEYS, relation)["unique(client_no)"] == 2
    assert broken_rules(core.KEYS, frame)


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
