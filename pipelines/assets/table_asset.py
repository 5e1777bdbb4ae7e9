"""An asset that is a table with a contract: written beside its place, checked, then put in place.

Assets hand each other files, not values: no IO manager, nothing pickled, and two tables can meet in one engine.
"""

# No `from __future__ import annotations` here: Dagster reads the annotations of the asset function as types.
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import dagster as dg
import duckdb
import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import DeliveryRefused, OurBug, WijkbaatError
from pipelines.intake.opening import refuse
from pipelines.storage.home import Home
from pipelines.storage.machine import machine_fault
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.table_hash import put_in_place
from pipelines.storage.tables import StoredTable, TableStore, Value, Written
from pipelines.study.workplace import Workplace, read_study

deliveries = dg.DynamicPartitionsDefinition(name="delivery")
# Plain eager() waits for every delivery, also a refused one; this one uses the deliveries that are there.
when_something_new_arrives = dg.AutomationCondition.eager().without(~dg.AutomationCondition.any_deps_missing())
PER_DELIVERY: set[str] = set()


@dataclass(frozen=True, slots=True)
class WorkplaceResource:
    """Where the study and the home are, the date that documents carry, and the seed: those of this process.

    Not a resource with configuration: who starts a run says nothing about where it reads and publishes.
    """

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

    def keep_beside(self, table: str, name: str, rows: pd.DataFrame) -> None:
        """Keep rows in the closed zone that belong to this table but are no table of their own."""
        path = self.place.home.tables / table / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        self.connection.from_df(rows).write_parquet(str(unfinished))
        put_in_place(unfinished, path)

    def frame(self, table: str) -> pd.DataFrame:
        """A small table that this one reads, as a frame."""
        return self.relation(table).df()


Make = Callable[[Task], Value]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a step: its contract, the tables that it reads, and the function that makes it."""

    schema: pa.DataFrameSchema
    reads: tuple[str, ...]
    make: Make

    @property
    def name(self) -> str:
        """The table's name, which is the asset's too."""
        return str(self.schema.name)


def table_asset(
    schema: pa.DataFrameSchema, group: str, reads: list[str], *, per_delivery: bool = False
) -> Callable[[Make], dg.AssetsDefinition]:
    """Decorate a function from Task to the table `schema.name`, which reads the tables named in `reads`."""

    def decorate(make: Make) -> dg.AssetsDefinition:
        return table_assets(str(schema.name), [Part(schema, tuple(reads), make)], group, per_delivery=per_delivery)

    return decorate


def table_assets(step: str, parts: list[Part], group: str, *, per_delivery: bool = False) -> dg.AssetsDefinition:
    """Tables made one after the other in one step; each is an asset with the blocking check 'contract'.

    The check's metadata are counts per rule, never values. After a broken contract the step makes nothing more.
    """
    if per_delivery:
        PER_DELIVERY.update(part.name for part in parts)
    condition = None if per_delivery else when_something_new_arrives
    specs = [
        dg.AssetSpec(
            part.name,
            deps=list(part.reads),
            group_name=group,
            description=part.make.__doc__,
            automation_condition=condition,
            skippable=True,
        )
        for part in parts
    ]
    checks = [
        dg.AssetCheckSpec("contract", asset=part.name, blocking=True, description="Houdt zich aan haar contract.")
        for part in parts
    ]

    @dg.multi_asset(name=step, specs=specs, check_specs=checks, partitions_def=deliveries if per_delivery else None)
    def assets(context: dg.AssetExecutionContext, workplace: dg.ResourceParam[WorkplaceResource]):  # type: ignore[no-untyped-def]
        place = workplace.open()
        key = context.partition_key if per_delivery else ""
        for part in parts:
            written = made(part, place, key)
            yield dg.MaterializeResult(
                asset_key=part.name, metadata={"rows": written.rows}, check_results=[_verdict(part.name, written)]
            )
            if written.broken:
                return

    return assets


def tables_at_once(
    step: str, schemas: list[pa.DataFrameSchema], group: str, reads: list[str], make: Callable[[Task], dict[str, Value]]
) -> dg.AssetsDefinition:
    """Tables that come out of one computation: `make` gives them all by name."""
    made_once: dict[str, Value] = {}

    def part_of(schema: pa.DataFrameSchema, first: bool) -> Part:
        def one(task: Task) -> Value:
            if first:
                made_once.update(make(task))
            return made_once.pop(str(schema.name))  # nothing of a run stays behind for the next

        one.__doc__ = make.__doc__
        return Part(schema, tuple(reads), one)

    return table_assets(step, [part_of(schema, at == 0) for at, schema in enumerate(schemas)], group)


def made(part: Part, place: Workplace, key: str = "") -> Written:
    """Make one table and put it in place when it keeps its contract."""
    store = TableStore(place.home.tables)
    accepted = [receipt.key for receipt in Receipts(place.home.receipts).accepted()]
    tables = {
        name: store.stored(name, ([key] if key else accepted) if name in PER_DELIVERY else None) for name in part.reads
    }
    bug: WijkbaatError | None = None
    with place.home.lock():
        try:
            task = Task(place, tables, connect(place.home.work), key)
            written = store.write(part.schema, part.make(task), key or None)
        except DeliveryRefused as refused:
            refuse(place, key, refused)
            raise
        except WijkbaatError:
            raise
        except Exception as error:
            bug = machine_fault(error) or OurBug(error)
        else:
            if not written.broken:
                store.keep(written)
            return written
    raise bug  # out here it carries nothing of the error: Dagster prints and keeps what it is given


def _verdict(name: str, written: Written) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=name, check_name="contract", passed=not written.broken, metadata=dict(written.broken)
    )
