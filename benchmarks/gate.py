"""What the gate costs in processor seconds, beside another checkout of this repository, and whether the tables agree.

    make bench-gate PEER=../older        or: python -m benchmarks.gate --peer ../older

The peer is another checkout with its own `.venv`. Each study goes from its delivery to a release in either checkout,
one after the other and from that checkout's own study folder, for the form of a study has changed; then the gate's
audited tables are made once more apart. Plafondstad, where nine of ten scores are the highest, runs here only: it is
what the limit on the audit's steps is for.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
STUDIES = ("studies/voorbeeldstad", "studies/rijnstad")
CEILING = "benchmarks/plafondstad"
CEILING_SECONDS = 60
AS_OF = "2026-01-31"
COMMAND = "from pipelines.cli import main; main()"
# Runs in either checkout, so it uses only what both have.
GATE = """
import json, sys, time
from pathlib import Path
import duckdb
from data_contracts.contract import empty_frame
from data_contracts.gate import disclosure, ledger
from data_contracts.gate.asked import rows_that_may_leave
from data_contracts.gate.specs import SPECS
from data_contracts.study import Study
from data_contracts.yaml_file import read_model

study, tables = read_model(Path(sys.argv[1]) / "study.yaml", Study), Path(sys.argv[2]) / "closed" / "tables"
def frame(name):
    return duckdb.sql(f"SELECT * FROM read_parquet('{tables / name}.parquet')").df()
teams = frame("core_teams__register__current").dropna(subset="team_type")
types = {str(team): str(kind) for team, kind in zip(teams["team"], teams["team_type"])}
nothing = ledger.Before() if hasattr(ledger, "Before") else empty_frame(ledger.LEDGER)
frames = {}
for name, spec in SPECS.items():
    exact = frame(spec.source.name)
    exact = exact.astype({key: str(column.dtype) for key, column in spec.source.columns.items()})
    frames[name] = rows_that_may_leave(name, exact, study.slices, [])
given = (study.thresholds, study.slices, nothing)
started = time.process_time()
if hasattr(disclosure, "release_tables"):
    released = disclosure.release_tables(frames, *given, team_types=types)
else:
    released = {name: disclosure.release_table(name, one, *given, team_types=types) for name, one in frames.items()}
seconds = time.process_time() - started
cut_short = sum(getattr(one.summary, "cut_short", 0) for one in released.values())
print(json.dumps({"seconds": seconds, "cut_short": cut_short}))
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """Processor seconds of a whole run and of its gate, and the bytes of the released tables."""

    run: float
    gate: float
    cut_short: int
    tables: dict[str, str]


def processor_seconds() -> float:
    """Of all children that ended so far."""
    times = os.times()
    return times.children_user + times.children_system


def output_of(checkout: Path, code: str, *arguments: str) -> str:
    """What Python code prints in a checkout, on one thread."""
    python = Path(sys.executable) if checkout == ROOT else checkout / ".venv" / "bin" / "python"
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(checkout)}
    command = [str(python), "-c", code, *arguments]
    return subprocess.run(command, cwd=checkout, env=alone, text=True, stdout=subprocess.PIPE, check=True).stdout


def cost(checkout: Path, study: Path, home: Path) -> Cost:
    """One study from delivery to release in a checkout, and its gate alone."""
    delivered = [] if (study / "simulation.yaml").exists() else ["--deliveries", str(study / "deliveries")]
    if not delivered:
        output_of(checkout, COMMAND, "simulate", str(study), "--home", str(home))
    before = processor_seconds()
    order = ["run", str(study), "--home", str(home), "--as-of", AS_OF, *delivered, "--json"]
    # An older checkout may let DuckDB draw a progress bar first.
    said = output_of(checkout, COMMAND, *order).splitlines()[-1]
    directory = Path(json.loads(said)["release"]["directory"])
    run = processor_seconds() - before
    gate = json.loads(output_of(checkout, GATE, str(study), str(home)))
    manifest = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    tables = {one["path"]: one["sha256"] for one in manifest["files"] if one["path"].startswith("tables/")}
    return Cost(run, gate["seconds"], gate["cut_short"], tables)


def main() -> None:
    """One line per study: seconds here and in the peer, and how many tables are the same to the byte."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peer", type=Path, help="another checkout with its own .venv")
    peer = parser.parse_args().peer
    print(f"{'processor seconds':<28} {'here':>8} {'peer':>8} {'times':>6}")
    with tempfile.TemporaryDirectory() as directory:
        for study in STUDIES:
            name = Path(study).name
            here = cost(ROOT, ROOT / study, Path(directory) / f"{name}-here")
            if peer is None:
                print(f"{name + ': gate':<28} {here.gate:8.1f}\n{name + ': whole run':<28} {here.run:8.1f}")
                continue
            there = cost(peer.resolve(), peer.resolve() / study, Path(directory) / f"{name}-peer")
            differ = sorted(path for path, digest in here.tables.items() if there.tables.get(path) != digest)
            print(f"{name + ': gate':<28} {here.gate:8.1f} {there.gate:8.1f} {there.gate / here.gate:6.1f}")
            print(f"{name + ': whole run':<28} {here.run:8.1f} {there.run:8.1f} {there.run / here.run:6.1f}")
            print(f"  {len(here.tables) - len(differ)} of {len(here.tables)} table files the same to the byte")
            print("".join(f"  other bytes: {path}\n" for path in differ), end="", flush=True)
        ceiling = cost(ROOT, ROOT / CEILING, Path(directory) / "plafondstad")
    print(f"{'plafondstad: gate':<28} {ceiling.gate:8.1f}   {ceiling.cut_short} blocks cut short")
    assert ceiling.gate <= CEILING_SECONDS, "the gate keeps a municipality at the ceiling waiting"


if __name__ == "__main__":
    main()
