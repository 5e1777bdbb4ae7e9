"""`make bench-calibration`: are the chances that we print true? Worlds of which the truth was drawn, page by page.

python -m benchmarks.calibration [--quick] [--cycles N] [--minutes M] [--store FILE] [--out docs/calibration.md]
A cycle is 18 municipalities. What is done stays in the store: the same command goes on where it was broken off.
python -m benchmarks.calibration --by-command N [--store FILE] [--out docs/calibration_by_command.md]
Are they the same through the command line? N of these municipalities as files, by `wijkbaat run`, to the cent.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.calibration import by_command_page
from tests.calibration.page import page
from tests.calibration.store import run, table_of

CYCLES, QUICK = 334, 10


def main() -> None:
    """Ask, and write the page."""
    arguments = argparse.ArgumentParser(prog="benchmarks.calibration", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help=f"{QUICK} cycles")
    arguments.add_argument("--cycles", type=int, default=CYCLES)
    arguments.add_argument("--minutes", type=float, default=60.0)
    arguments.add_argument("--workers", type=int, default=2)
    arguments.add_argument("--by-command", type=int, default=0, metavar="N")
    arguments.add_argument("--store", type=Path)
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    if asked.by_command:
        store = asked.store or Path("home/calibration_by_command.jsonl")
        text = by_command_page.page(by_command_page.run_by_command(store, asked.by_command))
    else:
        store = asked.store or Path("home/calibration.jsonl")
        run(store, QUICK if asked.quick else asked.cycles, asked.workers, 60 * asked.minutes)
        text = page(table_of(store))
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
