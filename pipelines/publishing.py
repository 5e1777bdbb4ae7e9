"""From out_ tables to a release: what is in it, and the ledger that remembers it."""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import platform
import tempfile
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data_contracts.logic_tables import LOGIC_TABLES
from data_contracts.mkba_tables import MKBA_TABLES
from data_contracts.released import RELEASED_TABLES
from mkba.binding import line_table
from pipelines.checking import parameter_packs, study_mkba, study_tree
from pipelines.defs.gate import CELLS
from pipelines.defs.mkba import released_quantities
from pipelines.intake.opening import aside_words
from pipelines.intake.receipts import Receipts
from pipelines.ledger import join, remember
from pipelines.platform import short_connection, write_whole
from pipelines.release import Release, decide, publish, status_of
from pipelines.tables import TableStore
from pipelines.workplace import Workplace
from reports.facts import Facts, Refusal
from reports.html import report_html
from reports.workbook import mkba_workbook

OUT_CONTRACTS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema for schema in (*RELEASED_TABLES.values(), *LOGIC_TABLES.values(), *MKBA_TABLES.values())
}
OUT_TABLES = list(OUT_CONTRACTS)
LAST = "last_release"
_PACKAGES = ("wijkbaat", "pandas", "numpy", "duckdb", "scipy", "plotly")


def make_release(place: Workplace) -> Release:
    """Write the release of the out_ tables as they lie now; the same content is the same release."""
    store, home = TableStore(place.home.tables), place.home
    with home.lock():
        tables = {name: store.stored(name).frame() for name in OUT_TABLES}
        as_of = place.as_of or _received_on(place)
        files = table_files(tables) | documents(place, tables, as_of)
        made = publish(home, files, manifest_facts(place), as_of)
        cells = store.stored(CELLS, ["all"]).frame()
        if status_of(home, made.name) == "concept":
            remember(home, made.name, cells, dt.date.fromisoformat(as_of))
            if place.files.study.approval == "none":
                join(home, made.name)
                made = decide(
                    home,
                    made.name,
                    "approve",
                    "wijkbaat",
                    "de studie vraagt geen goedkeuring",
                    dt.date.fromisoformat(as_of),
                )
        write_whole(home.closed / LAST, made.name.encode())
    return made


def _received_on(place: Workplace) -> str:
    """The day on which the last delivery that counts was received: documents do not carry the clock."""
    return max(receipt.received_on for receipt in Receipts(place.home.receipts).accepted())


def manifest_facts(place: Workplace) -> dict[str, object]:
    """What the manifest says beside the files: which study, which deliveries, which versions."""
    return {
        "municipality": place.files.study.municipality,
        "study_sha256": place.files.sha256,
        "deliveries": [receipt.key for receipt in Receipts(place.home.receipts).accepted()],
        "refused": sorted(receipt.name for receipt in Receipts(place.home.receipts).refused()),
        "seed": place.seed,
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """The software that made a release; the same figures need the same versions."""
    found = {name: importlib.metadata.version(name) for name in _PACKAGES}
    return found | {"python": platform.python_version()}


def table_files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every released table as Parquet for machines and as CSV for a Dutch spreadsheet."""
    files = {}
    for name, frame in tables.items():
        files[f"tables/{name}.parquet"] = parquet_bytes(frame)
        text = frame.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
        files[f"tables/{name}.csv"] = b"\xef\xbb\xbf" + text.encode("utf-8")
    return files


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as Parquet; the same frame gives the same bytes."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "table.parquet"
        short_connection().from_df(frame).write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def documents(place: Workplace, tables: dict[str, pd.DataFrame], as_of: str) -> dict[str, bytes]:
    """report.html and mkba.xlsx."""
    facts, model = report_facts(place, as_of), study_mkba(place.files)
    lines = None
    if model is not None:
        lines = line_table(model, parameter_packs(), released_quantities(place.files.study, tables))
    html = report_html(facts, tables, study_tree(place.files), model)
    return {"report.html": html.encode("utf-8"), "mkba.xlsx": mkba_workbook(facts, tables, lines)}


def report_facts(place: Workplace, as_of: str) -> Facts:
    """What the report says about the study and the run beside the figures."""
    study, receipts = place.files.study, Receipts(place.home.receipts)
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
        deliveries=tuple(receipt.name for receipt in receipts.accepted()),
        refused=(
            *(Refusal(receipt.name, receipt.refused_because) for receipt in receipts.refused()),
            *(Refusal(receipt.name, words) for receipt in receipts.accepted() for words in aside_words(receipt)),
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
