"""From CSV to release: 30,000 invented clients, seconds per stage and peak memory, beside the bare scan.

    make bench                 or: python -m benchmarks.chain --clients 30000

The whole chain runs in a process of its own, so that its peak memory is its own; the scan reads every column of every
delivered CSV once with DuckDB, which is the least that any program must do.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
STUDY = ROOT / "studies" / "voorbeeldstad"


def wijkbaat(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=True)


def bare_scan(delivery: Path, scratch: Path) -> float:
    """Seconds to read every cell of every CSV of the delivery as text; recoding to UTF-8 is not counted."""
    connection, seconds = duckdb.connect(), 0.0
    for path in sorted(delivery.glob("*.csv")):
        copy = scratch / path.name
        copy.write_text(path.read_text(encoding="windows-1252"), encoding="utf-8")
        started = time.perf_counter()
        rows = connection.read_csv(str(copy), sep=";", header=True, all_varchar=True)
        longest = ", ".join(f"max(length(#{at}))" for at in range(1, len(rows.columns) + 1))
        connection.sql(f"SELECT {longest} FROM rows").fetchall()
        seconds += time.perf_counter() - started
    return seconds


def main() -> None:
    """Print one line per stage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--clients", type=int, default=30_000)
    n_clients = parser.parse_args().clients
    with tempfile.TemporaryDirectory() as directory:
        home = Path(directory) / "home"
        wijkbaat("simulate", str(STUDY), "--home", str(home), "--clients", str(n_clients))
        delivery = home / "inbox" / "voorbeeldstad"
        size = sum(path.stat().st_size for path in delivery.iterdir()) / 1e6
        scan = bare_scan(delivery, Path(directory))
        started = time.perf_counter()
        found = json.loads(wijkbaat("run", str(STUDY), "--home", str(home), "--as-of", "2026-01-31", "--json").stdout)
        whole = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
    rows = sum(counts["rows"] for files in found["accounting"].values() for counts in files.values())
    print(f"{n_clients} clients, {rows} rows, {size:.0f} MB of CSV")
    print(f"{'bare scan':<12} {scan:8.2f} s   1.0 x")
    for stage, seconds in found["seconds"].items():
        print(f"{stage:<12} {seconds:8.2f} s {seconds / scan:5.1f} x")
    print(f"{'whole':<12} {whole:8.2f} s {whole / scan:5.1f} x   peak memory {peak:.2f} GB")


if __name__ == "__main__":
    main()
