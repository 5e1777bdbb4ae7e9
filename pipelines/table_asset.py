"""An asset that is a table with a contract: written beside its place, checked, then put in place.

Assets hand each other files, not values: no IO manager, nothing pickled, and two tables can meet in one engine.
"""

# No `from __future__ import annotations` here: Dagster reads the annotations of the asset function as types.
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import DeliveryRefused
from pipelines.home import Home
from pipelines.intake.opening import refuse
from pipelines.intake.receipts import Receipts
from pipelines.platform import connect
from pipelines.tables import StoredTable, TableStore, Value, Written
from pipelines.workplace import Workplace, read_study

deliveries = dg.DynamicPartitionsDefinition(name="delivery")
# Plain eager() waits for every delivery, also a refused one; this one uses the deliveries that are there.
when_something_new_arrives = dg.AutomationCondition.eager().without(~dg.AutomationCondition.any_deps_missing())
PER_DELIVERY: set[str] = set()


class WorkplaceResource(dg.ConfigurableResource):
    """Where the study and the home are, the date that documents carry, and the seed."""

    study: str
    home: str
    as_of: str | None = None
    seed: int = 1

    def open(self) -> Workplace:
        """The study, read and checked, and its home."""
        return Workplace(read_study(Path(self.study)), Home(Path(self.home)), self.as_of, self.seed)


@dataclass(frozen=True, slots=True)
class Task:
    """What a table is made from: the workplace, the tables it reads, an engine, and the delivery where there is one."""

    place: Workplace
    tables: dict[str, StoredTable]
    connection: duckdb.DuckDBPyConnection
    delivery_key: str

    def relation(self, table: str) -> duckdb.DuckDBPyRelation:
        """A table that this one reads, in the task's engine."""
        return self.tables[table].relation(self.connection)

    def frame(self, table: str) -> pd.DataFrame:
        """A small table that this one reads, as a frame."""
        return self.relation(table).df()


def table_asset(
    schema: pa.DataFrameSchema, group: str, reads: list[str], *, per_delivery: bool = False, **settings: Any
) -> Callable[[Callable[[Task], Value]], dg.AssetsDefinition]:
    """Decorate a function from Task to the table `schema.name`, which reads the tables named in `reads`.

    The check 'contract' blocks what lies behind it in the same run; its metadata are counts per rule, never values.
    """
    name = str(schema.name)
    if per_delivery:
        PER_DELIVERY.add(name)

    def decorate(make: Callable[[Task], Value]) -> dg.AssetsDefinition:
        def asset(context: dg.AssetExecutionContext, workplace: WorkplaceResource):  # type: ignore[no-untyped-def]
            place = workplace.open()
            key = context.partition_key if per_delivery else ""
            written = made(schema, make, place, reads, key)
            return dg.MaterializeResult(metadata={"rows": written.rows}, check_results=[_verdict(name, written)])

        return dg.asset(
            name=name,
            description=make.__doc__,
            group_name=group,
            deps=reads,
            check_specs=[
                dg.AssetCheckSpec("contract", asset=name, blocking=True, description="Houdt zich aan haar contract.")
            ],
            partitions_def=deliveries if per_delivery else None,
            automation_condition=None if per_delivery else when_something_new_arrives,
            **settings,
        )(asset)

    return decorate


def made(
    schema: pa.DataFrameSchema, make: Callable[[Task], Value], place: Workplace, reads: list[str], key: str = ""
) -> Written:
    """Make one table and put it in place when it keeps its contract."""
    store = TableStore(place.home.tables)
    accepted = [receipt.key for receipt in Receipts(place.home.receipts).accepted()]
    tables = {
        name: store.stored(name, ([key] if key else accepted) if name in PER_DELIVERY else None) for name in reads
    }
    with place.home.lock():
        try:
            written = store.write(schema, make(Task(place, tables, connect(place.home.work), key)), key or None)
        except DeliveryRefused as refused:
            refuse(place, key, str(refused))
            raise
        if not written.broken:
            store.keep(written)
    return written


def _verdict(name: str, written: Written) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=name, check_name="contract", passed=not written.broken, metadata=dict(written.broken)
    )
