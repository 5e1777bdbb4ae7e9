"""An asset that is a table with a contract: written beside its place, checked, then put in place.

Assets hand each other files, not values: no IO manager, nothing pickled, and two tables can meet in one engine.
"""

# No `from __future__ import annotations` here: Dagster reads the annotations of the asset function as types.
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import dagster as dg
import duckdb
import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import DeliveryRefused, OurBug, WijkbaatError
from data_contracts.tables.core import is_delivered
from data_contracts.tables.meanings import meaning
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.opening import refuse
from pipelines.releases.step_keys import read_tables, step_key
from pipelines.releases.steps_done import done_before, keep_done
from pipelines.rights.term import require_term
from pipelines.storage.clock import utc_day
from pipelines.storage.home import Home
from pipelines.storage.machine import machine_fault
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import connect
from pipelines.storage.table_hash import put_in_place
from pipelines.storage.tables import StoredTable, TableStore, Told, Value, Written
from pipelines.study.workplace import Workplace, read_study

deliveries = dg.DynamicPartitionsDefinition(name="delivery")


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
    """What a table is made from: the workplace, the tables it reads, an engine, and the delivery where there is one.

    `opened` are the files of that delivery, from the first part of the step that opens them.
    """

    place: Workplace
    tables: dict[str, StoredTable]
    connection: duckdb.DuckDBPyConnection
    delivery_key: str
    opened: dict[str, OpenedFiles]

    def relation(self, table: str) -> duckdb.DuckDBPyRelation:
        """A table that this one reads, in the task's engine."""
        return self.tables[table].relation(self.connection)

    def keep_beside(self, table: str, name: str, rows: pd.DataFrame) -> None:
        """Keep rows in the closed zone that belong to this table but are no table of their own."""
        path = self.place.home.tables / table / f"{name}.parquet"
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        write_parquet(self.connection.from_df(rows), unfinished)
        put_in_place(unfinished, path)

    def frame(self, table: str) -> pd.DataFrame:
        """A small table that this one reads, as a frame."""
        return self.relation(table).df()


Make = Callable[[Task], Value]
# What a person should look at in a table that is in place: whether there is nothing, and the counts, by delivery.
Asked = Callable[[Workplace, str], tuple[bool, dict[str, int | str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a step: its contract, the tables that it reads, the function that makes it, and what is asked of it.

    `asked` is the check 'ordinary' of the asset: it does not block, because the step itself stops.
    """

    schema: pa.DataFrameSchema
    reads: tuple[str, ...]
    make: Make
    asked: Asked | None = None

    @property
    def schemas(self) -> tuple[pa.DataFrameSchema, ...]:
        """The contract of its one table."""
        return (self.schema,)

    def values(self, task: Task) -> dict[str, Value]:
        """The table by its name."""
        return {str(self.schema.name): self.make(task)}


@dataclass(frozen=True, slots=True)
class Together:
    """Tables of a step that come out of one computation: `make` gives them all by name."""

    schemas: tuple[pa.DataFrameSchema, ...]
    reads: tuple[str, ...]
    make: Callable[[Task], dict[str, Value]]
    asked: Asked | None = None

    def values(self, task: Task) -> dict[str, Value]:
        """The tables by their names."""
        return self.make(task)


def table_assets(step: str, parts: Sequence[Part | Together], group: str) -> dg.AssetsDefinition:
    """The tables of one subject, made one after the other in one step; each is an asset with the check 'contract'.

    The check's metadata are counts per rule, never values. After a broken contract the step makes nothing more. One
    step for many tables, because a step costs Dagster more than most tables cost us.
    """
    names = [str(schema.name) for part in parts for schema in part.schemas]
    (per_delivery,) = {is_delivered(name) for name in names}
    checks = [
        dg.AssetCheckSpec("contract", asset=name, blocking=True, description="Houdt zich aan haar contract.")
        for name in names
    ]
    asked = {str(part.schemas[0].name): part.asked for part in parts if part.asked}
    words = "Wijkt niet sterk af van wat er was, of iemand heeft gezegd dat het klopt."
    checks += [dg.AssetCheckSpec("ordinary", asset=name, description=words) for name in asked]

    @dg.multi_asset(
        name=step,
        specs=[spec for part in parts for spec in _specs(part, group)],
        check_specs=checks,
        partitions_def=deliveries if per_delivery else None,
    )
    def assets(  # type: ignore[no-untyped-def]
        context: dg.AssetExecutionContext,
        workplace: dg.ResourceParam[WorkplaceResource],
        told: dg.ResourceParam[Told],
    ):
        key = context.partition_key if per_delivery else ""
        place = workplace.open()
        made = made_in_turn(parts, place, key, told) if key else made_once(step, parts, place, told)
        for written in made:
            results = [_verdict(written)]
            counts: dict[str, int | float | str] = {
                "unchanged": written.unchanged,
                "seconds": round(written.seconds, 2),
            }
            if written.hidden is not None:
                counts["hidden"] = written.hidden
            if written.table in asked and not written.broken:
                passed, found = asked[written.table](workplace.open(), key)
                counts |= found
                results.append(_ordinary(written.table, passed, found))
            metadata = {"rows": written.rows, **counts}
            yield dg.MaterializeResult(asset_key=written.table, metadata=metadata, check_results=results)

    return assets


def _specs(part: Part | Together, group: str) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            str(schema.name),
            deps=list(part.reads),
            group_name=group,
            description=meaning(str(schema.name)),
            skippable=True,
        )
        for schema in part.schemas
    ]


def quiet(table: str, delivery: str | None, rows: int, seconds: float) -> None:
    """Tell nobody: Dagster's own pages show what was made."""


def made_once(step: str, parts: Sequence[Part | Together], place: Workplace, told: Told = quiet) -> Iterator[Written]:
    """What `made_in_turn` makes; where the same was made before and still stands, that, and nothing is done."""
    reads = _reads(parts)
    with place.home.lock():
        require_term(place, utc_day())
        before = done_before(place, step)
        if before is not None:
            store = TableStore(place.home.tables)
            for name, rows in before.rows.items():
                path = store.path(name)
                yield Written(name, path, path, rows, {}, unchanged=True)
            return
        key, found = step_key(place, step, reads), dict[str, int]()
        for written in made_in_turn(parts, place, told=told):
            yield written
            if written.broken:
                return
            found[written.table] = written.rows
        keep_done(place, step, reads, key, found)


def _reads(parts: Sequence[Part | Together]) -> tuple[str, ...]:
    """The tables that a step reads and does not make itself."""
    own = {str(schema.name) for part in parts for schema in part.schemas}
    return tuple(sorted({name for part in parts for name in part.reads} - own))


def made_in_turn(
    parts: Sequence[Part | Together], place: Workplace, key: str = "", told: Told = quiet
) -> Iterator[Written]:
    """Make the parts of a step one after the other, under one lock; after a broken contract nothing more is made.

    They share an engine: starting one takes longer than many a table does.
    """
    opened: dict[str, OpenedFiles] = {}
    with place.home.lock(), connect(place.home.work) as connection:
        require_term(place, utc_day())
        try:
            for part in parts:
                task = Task(place, read_tables(place, part.reads, key), connection, key, opened)
                for written in _made(part, task, told):
                    yield written
                    if written.broken:
                        return
        finally:
            for files in opened.values():
                files.forget()


def _made(part: Part | Together, task: Task, told: Told) -> list[Written]:
    """Make the tables of a part and put each in place; the first that breaks its contract is not, and is the last."""
    bug: WijkbaatError | None = None
    try:
        return _in_place(part, task, TableStore(task.place.home.tables), told)
    except DeliveryRefused as refused:
        refuse(task.place, task.delivery_key, refused)
        raise
    except WijkbaatError:
        raise
    except Exception as error:
        bug = machine_fault(error) or OurBug(error)
    raise bug  # out here it carries nothing of the error: Dagster prints and keeps what it is given


def _in_place(part: Part | Together, task: Task, store: TableStore, told: Told) -> list[Written]:
    started, found = time.perf_counter(), []
    values = part.values(task)
    for schema in part.schemas:
        written = store.write(schema, values[str(schema.name)], task.delivery_key or None)
        found.append(written)
        if written.broken:
            break
        store.keep(written)
        now = time.perf_counter()
        found[-1] = replace(written, seconds=now - started)
        told(written.table, task.delivery_key or None, written.rows, now - started)
        started = now
    return found


def _ordinary(table: str, passed: bool, counts: dict[str, int | str]) -> dg.AssetCheckResult:
    warning = dg.AssetCheckSeverity.WARN
    return dg.AssetCheckResult(
        asset_key=table, check_name="ordinary", passed=passed, severity=warning, metadata=dict(counts)
    )


def _verdict(written: Written) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=written.table, check_name="contract", passed=not written.broken, metadata=dict(written.broken)
    )
