"""What intake costs in processor seconds, beside another checkout of this repository: 30,000 invented clients.

    make bench-intake PEER=../older      or: python -m benchmarks.intake --peer ../older

The peer is another checkout with its own `.venv`. Each takes in the same delivery in a process of its own, by turns;
the process that opens the files counts. Twice: what a run does, with Dagster and the tables written, and the reading
alone, as the tests of intake do it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
STUDY = "studies/voorbeeldstad"
# Both run in either checkout, so they use only what both have.
CLOCK = """
import os, sys
from contextlib import contextmanager
from pathlib import Path
def processor_seconds():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
"""
RUN = """
import pipelines.run as run
@contextmanager
def stage(self, name):
    started = processor_seconds()
    yield
    if name == "intake":
        print(processor_seconds() - started, flush=True)
        os._exit(0)
run.Outcome.stage = stage
run.run(run.Order(Path(sys.argv[1]), Path(sys.argv[3]), Path(sys.argv[2]), "2026-01-31"))
"""
READING = """
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
try:
    from data_contracts.mapping.file import Mapping
except ImportError:
    from data_contracts.mapping import Mapping
from tests.intake.taking_in import take_in
study, mapping = (read_model(Path(sys.argv[1]) / f"{one}.yaml", model) for one, model in
                  (("study", Study), ("mapping", Mapping)))
started = processor_seconds()
take_in(Path(sys.argv[2]), study, mapping)
print(processor_seconds() - started)
"""


def output_of(checkout: Path, code: str, *arguments: object) -> str:
    """The last line that Python code prints in a checkout."""
    python = Path(sys.executable) if checkout == ROOT else checkout / ".venv" / "bin" / "python"
    command = [str(python), "-c", code, *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": str(checkout)},
        text=True,
        capture_output=True,
        check=True,
    )
    return ended.stdout.splitlines()[-1]


def main() -> None:
    """Print the least of three turns per checkout, and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peer", type=Path, required=True)
    parser.add_argument("--clients", type=int, default=30_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / "home"
        simulate = "from pipelines.cli import main; main()"
        output_of(ROOT, simulate, "simulate", STUDY, "--home", home, "--clients", given.clients)
        delivery = home / "inbox" / "voorbeeldstad"
        for what, code in (("intake of a run", RUN), ("reading alone", READING)):
            found: dict[Path, list[float]] = {given.peer.resolve(): [], ROOT: []}
            for turn in range(3):
                for at, (checkout, seconds) in enumerate(found.items()):
                    seconds.append(float(output_of(checkout, CLOCK + code, STUDY, delivery, f"{made}/{at}-{turn}")))
            before, now = (min(seconds) for seconds in found.values())
            print(f"{what:<16} {before:6.2f} s there {now:6.2f} s here   ratio {now / before:.2f}")


if __name__ == "__main__":
    main()
