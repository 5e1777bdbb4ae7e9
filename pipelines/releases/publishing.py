"""From out_ tables to a release: what is in it, and the ledger that remembers it."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
import tempfile
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data_contracts.gate.admission import delivery_label
from data_contracts.tables.logic import LOGIC_TABLES
from data_contracts.tables.mkba import MKBA_TABLES
from data_contracts.tables.released import RELEASED_TABLES
from data_contracts.vocabulary.reasons import RefusalKind, refusal_kind
from mkba.binding.bound_lines import line_table
from mkba.binding.released_quantities import released_quantities
from pipelines.releases.csv_text import csv_text
from pipelines.releases.ledger import CELLS, CUT_SHORT, TEAM_ROWS, join, remember
from pipelines.releases.people import NOW, PEOPLE
from pipelines.releases.release import Release, decide, publish
from pipelines.storage.home import Home
from pipelines.storage.house import commit
from pipelines.storage.journal import LAST, all_or_nothing
from pipelines.storage.platform import short_connection, write_whole
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.stopping import say
from pipelines.storage.tables import TableStore
from pipelines.study.checking import parameter_packs, study_mkba, study_tree
from pipelines.study.workplace import Workplace
from reports.reading import reading_files
from reports.released.facts import Facts, Refusal
from reports.released.source import Source
from reports.workbook.book import mkba_workbook

OUT_CONTRACTS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema for schema in (*RELEASED_TABLES.values(), *LOGIC_TABLES.values(), *MKBA_TABLES.values())
}
OUT_TABLES = list(OUT_CONTRACTS)
_PACKAGES = ("wijkbaat", "pandas", "numpy", "duckdb", "scipy", "highspy", "plotly", "vl-convert-python", "typst")


def make_release(place: Workplace) -> Release:
    """Write the release of the out_ tables as they lie now; the same content is the same release."""
    store, home = TableStore(place.home.tables), place.home
    with home.lock():
        tables = {name: store.stored(name).frame() for name in OUT_TABLES}
        as_of = place.as_of or _received_on(place)
        files = table_files(tables) | documents(place, tables, as_of)
        made = publish(home, files, team_files(team_rows(store)), manifest_facts(place) | audit_cut_short(store), as_of)
        cells = store.stored(CELLS, ["all"]).frame()
        now, on = store.path(str(PEOPLE.name), NOW), dt.date.fromisoformat(as_of)
        made = entered(home, made, cells, now, on, ask=place.files.study.approval == "required")
        say(f"Afgebroken. Publicatie {made.name} was toen al gemaakt; zie wijkbaat release list.")
    return made


def entered(home: Home, made: Release, cells: pd.DataFrame, now: Path, on: dt.date, *, ask: bool) -> Release:
    """A release that was written, with its cells and people waiting; approved at once where the study asks nobody."""
    with all_or_nothing(home.root):
        write_whole(home.closed / LAST, made.name.encode())
        if made.status != "concept":
            return made
        remember(home, made.name, cells, now, on)
        if ask:
            return made
        join(home, made.name)
        return decide(home, made.name, "approve", "wijkbaat", "de studie vraagt geen goedkeuring", on)


def audit_cut_short(store: TableStore) -> dict[str, object]:
    """Tables that hide more than may be needed, and in how many blocks; nothing where the audit came to its end."""
    cut_short = store.stored(CELLS, [CUT_SHORT]).frame()
    blocks = {str(table): int(n) for table, n in zip(cut_short["table_name"], cut_short["blocks"], strict=True)}
    return {"audit_cut_short": blocks} if blocks else {}


def _received_on(place: Workplace) -> str:
    """The day on which the last delivery that counts was received: documents do not carry the clock."""
    return max(receipt.received_on for receipt in Receipts(place.home.receipts).accepted())


def manifest_facts(place: Workplace) -> dict[str, object]:
    """What the manifest says beside the files: which study, which deliveries, which versions."""
    return {
        "municipality": place.files.study.municipality,
        "study_sha256": place.files.sha256,
        "deliveries": delivery_labels(place, Receipts(place.home.receipts).accepted()),
        "refused": sorted(delivery_labels(place, Receipts(place.home.receipts).refused())),
        "seed": place.seed,
        "versions": versions(),
    }


def delivery_labels(place: Workplace, receipts: list[Receipt]) -> list[str]:
    """What these deliveries are called outside the closed zone."""
    return [delivery_label(receipt.key, place.files.study.municipality) for receipt in receipts]


def versions() -> dict[str, str]:
    """The software that made a release; the same figures need the same versions."""
    found = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return found | {"commit": commit(), "python": platform.python_version()}


def table_files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every released table as Parquet for machines and as CSV for a Dutch spreadsheet."""
    files = {}
    for name, frame in tables.items():
        files[f"tables/{name}.parquet"] = parquet_bytes(frame)
        files[f"tables/{name}.csv"] = csv_text(frame).encode("utf-8-sig")
    return files


def team_rows(store: TableStore) -> dict[str, pd.DataFrame]:
    """The rows of named teams that the gate kept apart, by the name of their out_ table."""
    names = [path.stem for path in sorted((store.root / TEAM_ROWS).glob("*.parquet"))]
    return {name: store.stored(TEAM_ROWS, [name]).frame() for name in names}


def team_files(rows: dict[str, pd.DataFrame]) -> dict[str, dict[str, bytes]]:
    """Per team the files with its own rows; a table in which it has none is not there."""
    teams = sorted({str(team) for frame in rows.values() for team in frame["slice_value"]})
    found = {}
    for team in teams:
        own = {name: frame[frame["slice_value"] == team].reset_index(drop=True) for name, frame in rows.items()}
        found[team] = table_files({name: frame for name, frame in own.items() if len(frame)})
    return found


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as Parquet; the same frame gives the same bytes."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "table.parquet"
        short_connection().from_df(frame).write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def documents(place: Workplace, tables: dict[str, pd.DataFrame], as_of: str) -> dict[str, bytes]:
    """What people read (reports/reading.py), and mkba.xlsx."""
    facts, model, tree = report_facts(place, as_of), study_mkba(place.files), study_tree(place.files)
    lines = None
    if model is not None:
        lines = line_table(model, parameter_packs(), released_quantities(place.files.study.design, tables))
    read = reading_files(Source(facts, tables, tree, model))
    return read | {"mkba.xlsx": mkba_workbook(facts, tables, lines)}


def report_facts(place: Workplace, as_of: str) -> Facts:
    """What the report says about the study and the run beside the figures."""
    study, receipts = place.files.study, Receipts(place.home.receipts)
    refused, incomplete = receipts.refused(), [receipt for receipt in receipts.accepted() if receipt.aside]
    manifest = manifest_facts(place)
    return Facts(
        municipality=study.municipality,
        title=study.title,
        question=study.question,
        as_of=dt.date.fromisoformat(as_of),
        needs_approval=study.approval == "required",
        design=study.design.kind,
        headline_measure=study.design.headline_measure,
        declared_on=study.design.declared_on,
        new_approach=study.design.new_approach,
        headline_domains=tuple(domain.value for domain in study.design.headline_domains),
        replicate_days=study.replicate_days,
        moment_pairs=tuple((pair.moment_from, pair.moment_to) for pair in study.moment_pairs),
        editions=tuple(edition.value for edition in study.editions),
        thresholds=study.thresholds,
        deliveries=tuple(delivery_labels(place, receipts.accepted())),
        refused=tuple(
            [
                Refusal(label, refusal_kind(receipt.refused_kind))
                for receipt, label in zip(refused, delivery_labels(place, refused), strict=True)
            ]
            + [Refusal(label, RefusalKind.FILE_ASIDE) for label in delivery_labels(place, incomplete)]
        ),
        seed=place.seed,
        versions=tuple(versions().items()),
        study_hash=str(manifest["study_sha256"])[:16],
        contact=study.contact,
        compared_with=study.design.comparison.against if study.design.comparison else None,
        started_on=study.design.started_on,
        reliability=study.reliability,
        municipal_series=study.design.municipal_series,
    )
