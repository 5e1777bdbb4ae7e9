"""The same tables at our gate, in acro and in pytauargus: is any small cell that they hide shown by us?

    python -m venv /tmp/acro && /tmp/acro/bin/pip install acro==1.0.2
    python -m venv /tmp/tau && /tmp/tau/bin/pip install pytauargus==0.6.0
    python -m benchmarks.side_by_side --acro /tmp/acro/bin/python --tau /tmp/tau/bin/python --out docs/side_by_side.md

They pin other versions of what we use, so each runs in an environment of its own. Teams by better, equal or worse, with
one row per client: the only kind of table that all three make. A cell that one of them hides because it is small and
that we show ends with code 1.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from pipelines.storage.house import commit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "trust"))  # its files call each other by their own names

from municipality import change_table, clients  # noqa: E402
from plain_ledger import released  # noqa: E402

TABLES, LEAST = 40, 10
PARTS = {"up": "n_up", "equal": "n_equal", "down": "n_down"}
Cells = dict[tuple[int, str, str], int]  # table, team, part -> people, of what is hidden or shown
_ACRO = """
import json, logging, sys, warnings
import pandas as pd
warnings.filterwarnings("ignore"); logging.disable(50)
from acro import ACRO
hidden, acro = [], ACRO(suppress=True)
for at, rows in enumerate(json.load(open(sys.argv[1]))):
    people = pd.DataFrame(rows)
    made = acro.crosstab(people["team"], people["step"])
    for team in made.index:
        hidden += [[at, team, step] for step in made.columns if pd.isna(made.loc[team, step])]
json.dump(hidden, open(sys.argv[2], "w"))
"""
_TAU = """
import json, sys
import pytauargus
hidden = []
for at, rows in enumerate(json.load(open(sys.argv[1]))):
    made = pytauargus.protect(rows, tables=["team", "step"], response="one", safety_rules="FREQ(10,30)")
    cells = [one for one in made.tables[0].rows if one["status"] != "S"]
    hidden += [[at, one["team"].strip(), one["step"].strip()] for one in cells]
json.dump(hidden, open(sys.argv[2], "w"))
"""
_PAGE = """# Side by side with acro and pytauargus

Written by `python -m benchmarks.side_by_side` at commit {commit}; first seed {seed}; {tables} tables of
six teams of 1 to 59 people by better, equal or worse: {cells} cells, of which {small} are of 1 to {most} people. acro
{acro}, pytauargus {tau}, each in an environment of its own, with the same threshold of ten;
pytauargus with optimal secondary suppression on exact totals, acro without any,
we with rounding to five and the audit.

| | hides | of the small | hidden by it, and small, and shown by us (asked: 0) | cells that stand |
|---|---|---|---|---|
{lines}
What each shows of a cell differs: acro and pytauargus print exact counts, we print them rounded. acro hides no second
cell, so beside a true total a hidden one follows by subtraction; of teams that reach ten nowhere we show one group,
`overig`, and such a team counts as hidden here.
"""


def tables(seed: int) -> list[pd.DataFrame]:
    """People with a team and a step, per table."""
    return [clients(seed + at, np.random.default_rng(seed + at).integers(1, 60, 6).tolist()) for at in range(TABLES)]


def stepped(people: pd.DataFrame) -> pd.Series:
    """Better, equal or worse."""
    return pd.Series(np.sign(people["after"] - people["before"]), people.index).map({1: "up", 0: "equal", -1: "down"})


def counts(towns: list[pd.DataFrame]) -> Cells:
    """Everybody who is in a cell."""
    found: Cells = {}
    for at, people in enumerate(towns):
        sizes = people.groupby(["team", stepped(people).rename("step")]).size()
        found |= {(at, str(team), str(step)): int(n) for (team, step), n in sizes.items()}
    return found


def hidden_by_us(towns: list[pd.DataFrame], cells: Cells) -> set[tuple[int, str, str]]:
    """Cells of which no number stands in our table."""
    found = set()
    for at, people in enumerate(towns):
        out = released(change_table(people)).frame.set_index("slice_value")
        for table, team, step in (one for one in cells if one[0] == at):
            if team not in out.index or pd.isna(out.loc[team, PARTS[step]]):
                found.add((table, team, step))
    return found


def hidden_by(python: Path, code: str, towns: list[pd.DataFrame], scratch: Path) -> set[tuple[int, str, str]]:
    """Cells that another package hides, in its own environment."""
    rows = [pd.DataFrame({"team": one["team"], "step": stepped(one), "one": 1}).to_dict("records") for one in towns]
    asked, told = scratch / "asked.json", scratch / "told.json"
    asked.write_text(json.dumps(rows), encoding="utf-8")
    call = [str(python), "-c", code, str(asked), str(told)]
    subprocess.run(call, cwd=scratch, check=True, capture_output=True)  # pytauargus writes logs where it stands
    return {(at, team, step) for at, team, step in json.loads(told.read_text(encoding="utf-8"))}


def version(python: Path, package: str) -> str:
    """Of a package in its environment."""
    code = f"import importlib.metadata as m; print(m.version('{package}'))"
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Make the tables three times, write the page, and end with code 1 when we show what another finds too small."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--acro", type=Path, required=True, help="python with acro")
    arguments.add_argument("--tau", type=Path, required=True, help="python with pytauargus")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--out", type=Path)
    told = arguments.parse_args()
    towns = tables(told.seed)
    cells = counts(towns)
    small = {cell for cell, n in cells.items() if n < LEAST}
    with tempfile.TemporaryDirectory() as folder:
        hidden = {
            "acro": hidden_by(told.acro, _ACRO, towns, Path(folder)),
            "pytauargus": hidden_by(told.tau, _TAU, towns, Path(folder)),
            "wijkbaat": hidden_by_us(towns, cells),
        }
    hidden = {name: one & cells.keys() for name, one in hidden.items()}
    ours = hidden["wijkbaat"]
    lines = "".join(
        f"| {name} | {len(one)} | {len(one & small)} | {len((one & small) - ours)} | {len(cells) - len(one)} |\n"
        for name, one in hidden.items()
    )
    text = _PAGE.format(
        commit=commit(),
        seed=told.seed,
        tables=TABLES,
        cells=len(cells),
        small=len(small),
        most=LEAST - 1,
        acro=version(told.acro, "acro"),
        tau=version(told.tau, "pytauargus"),
        lines=lines,
    )
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    print(text)
    raise SystemExit(1 if any((one & small) - ours for one in hidden.values()) else 0)


if __name__ == "__main__":
    main()
