"""Every table of a run in the hands of one reader, those of teams too: which small counts do they tell together?

    python -m benchmarks.all_tables home/rijnstad home/voorbeeldstad

Each home holds a run of a study. Half a minute of processor for rijnstad, one for voorbeeldstad. The attack is that of
tests/trust/every_table.py; a count that is told ends with code 1.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import duckdb
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "trust"))  # its files call each other by their own names

import every_table  # noqa: E402
from meaning_of_tables import FAMILIES  # noqa: E402

from data_contracts.protection import Thresholds  # noqa: E402

TEAMS = "core_teams__register__current"


def attacked(home: Path, thresholds: Thresholds | None = None) -> pd.DataFrame:
    """Every small count that is hidden in this home, with how closely it is told."""
    tables = home / "closed" / "tables"
    made = [name for name in FAMILIES if (tables / f"{name}.parquet").is_file()]
    released = {name: _shown(home, name) for name in made}
    exact = {name: _frame(tables / f"est_{name.removeprefix('out_')}.parquet") for name in made}
    teams = _frame(tables / f"{TEAMS}.parquet").dropna(subset="team_type")
    types = dict(zip(teams["team"].astype(str), teams["team_type"].astype(str), strict=True))
    return every_table.told([released], exact, types, thresholds=thresholds)


def _shown(home: Path, name: str) -> pd.DataFrame:
    """What stands in the release, and in that of each team for its own circle."""
    release = (home / "released" / "CURRENT").read_text(encoding="utf-8").strip()
    places = [home / "released" / release, *sorted((home / "restricted").glob(f"*/{release}"))]
    files = [place / "tables" / f"{name}.parquet" for place in places]
    return pd.concat([_frame(file) for file in files if file.is_file()]).drop_duplicates(ignore_index=True)


def _frame(path: Path) -> pd.DataFrame:
    return duckdb.read_parquet(str(path)).df()


def main() -> None:
    """One line per home."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("homes", type=Path, nargs="+")
    n_told = 0
    for home in arguments.parse_args().homes:
        found = attacked(home)
        close = every_table.narrow(found)
        n_told += len(close)
        print(f"{home.name}: {len(found)} small counts that are hidden, {len(close)} told within the rounding")
        print(close.to_string() + "\n" if len(close) else "", end="", flush=True)
    raise SystemExit(1 if n_told else 0)


if __name__ == "__main__":
    main()
