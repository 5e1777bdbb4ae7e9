"""`make bench-quarters`: rijnstad delivered in eight quarters, each published, and how much of it is shown anew.

A cell is free when against every state of it that was shown nobody, or at least the threshold of people, contributes
otherwise; it is judged where every earlier state showed its figures. Shown anew is a free cell with figures of now.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.gate.earlier import json_of_rows
from data_contracts.gate.ledger import STATE, Before
from data_contracts.gate.specs import SPECS
from data_contracts.protection import Thresholds
from data_contracts.study import Study
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status
from data_contracts.vocabulary.field import ALL
from data_contracts.yaml_file import read_model
from pipelines.releases.ledger import TEAM_ROWS, before
from pipelines.releases.people import NOW, PEOPLE
from pipelines.storage.home import Home
from tests.living.rijnstad_quarters import DAYS, cut, quarterly_study

_COMMAND = "from pipelines.cli import main; main()"
_HEAD = """# Eight quarters of one municipality

Written by `make bench-quarters` (seed {seed}). `tests/living/rijnstad_quarters.py` cuts rijnstad's files by date into
eight complete quarterly deliveries; in each quarter some scores of an earlier one are put right and some people are in
no file any more. Every quarter is read and published by `wijkbaat run` in one home.

A cell is *free* when, against every state of it that was ever shown, nobody or at least the threshold of people
contributes otherwise; asked is that at least 95 % of these are shown anew. *Held* is the share of the cells with
figures that show an earlier figure, because a few people lie between; *oldest* is how many quarters the oldest of these
has stood.

| quarter | seconds of processor | free cells | shown anew |
|---|---|---|---|
"""
_SLICES = """
## Held, per slice, after the last quarter

| slice | cells with figures | held | oldest, in quarters |
|---|---|---|---|
"""


def main() -> None:
    """Run the quarters one after the other and write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--quarters", type=int, default=len(DAYS))
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = _page(Path(folder), asked.seed, asked.quarters)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def _page(folder: Path, seed: int, n_quarters: int) -> str:
    study, home, inbox = quarterly_study(folder), Home(folder / "home"), folder / "inbox"
    thresholds, rows, cells = read_model(study / "study.yaml", Study).thresholds, [], pd.DataFrame()
    for at, place in enumerate(cut(folder / "all", seed)[:n_quarters]):
        shutil.move(place, inbox / place.name)
        seconds = _published(study, home, inbox, f"{DAYS[at] + pd.Timedelta(days=14):%Y-%m-%d}")
        cells = _cells(home, thresholds)
        free = cells[cells["is_free"] & cells["was_shown"]]
        share = f"{free['is_anew'].mean():.1%}" if len(free) else ""
        rows.append(f"| {DAYS[at]:%Y}, {DAYS[at].quarter} | {seconds:.0f} | {len(free)} | {share} |")
        print(rows[-1], flush=True)
    shown = cells[cells["shows"]]
    held = [
        f"| {name} | {len(own)} | {own['is_held'].mean():.1%} | {own['quarters'].fillna(0).max():.0f} |"
        for name, own in shown.groupby("slice")
    ]
    return _HEAD.format(seed=seed) + "\n".join(rows) + "\n" + _SLICES + "\n".join(held) + "\n"


def _published(study: Path, home: Home, inbox: Path, as_of: str) -> float:
    """Seconds of processor of one run."""
    start = os.times()
    order = ["run", str(study), "--home", str(home.root), "--deliveries", str(inbox), "--as-of", as_of, "--json"]
    subprocess.run([sys.executable, "-c", _COMMAND, *order], check=True, stdout=subprocess.DEVNULL)
    end = os.times()
    return end.children_user + end.children_system - start.children_user - start.children_system


def _cells(home: Home, thresholds: Thresholds) -> pd.DataFrame:
    """Per cell of the last release: is_free, was_shown, is_anew, shows, is_held, quarters since it was first shown."""
    states = before(home, home.tables / str(PEOPLE.name) / f"{NOW}.parquet")
    releases = states.entries.sort_values("released_on", kind="stable")["release_id"].unique()
    now = releases[-1]
    frames = [_rows(home, name, now) for name in SPECS]
    cells = pd.concat(frames, ignore_index=True).astype({"table_name": "str", "key": "str"})
    earlier = _earlier(states, now, thresholds)
    cells = cells.merge(earlier, on=["table_name", "key"], how="left", validate="one_to_one")
    number = {release: at for at, release in enumerate(releases)}
    since = cells["held_from"].map(number)
    return cells.assign(
        is_free=cells["is_free"].eq(True),
        was_shown=cells["was_shown"].eq(True),
        shows=cells["status"].isin(SHOWS_FIGURES),
        is_held=cells["status"] == Status.HELD,
        is_anew=cells["status"].isin([Status.RELEASED, Status.BANDED]),
        quarters=(number[now] - since),
    )


def _rows(home: Home, name: str, release: str) -> pd.DataFrame:
    """table_name, key, slice, status and held_from of every row that left the gate, those of named teams too."""
    spec = SPECS[name]
    places = [home.released / release / "tables" / f"{name}.parquet", home.tables / TEAM_ROWS / f"{name}.parquet"]
    frame = pd.concat([duckdb.read_parquet(str(one)).df() for one in places if one.exists()], ignore_index=True)
    parts = {"slice": frame.get("slice", ALL), "status": frame["status"], "held_from": frame.get("held_from")}
    return pd.DataFrame({"table_name": name, "key": json_of_rows(frame[spec.key])} | parts)


def _earlier(states: Before, now: str, thresholds: Thresholds) -> pd.DataFrame:
    """Per cell: is_free and was_shown, over the states of before the last release."""
    known = states.entries[states.entries["release_id"] != now].merge(states.distances, on=STATE, how="left")
    domain = [json.loads(key).get("life_domain", ALL) for key in known["key"]]
    limit = pd.Series([thresholds.of(one) for one in domain], known.index)
    free = pd.Series(True, known.index)
    for name in ("n_differ", "n_beside"):
        differ = (known[name] + known["n_gone"]).astype("float64")
        free &= differ.eq(0) | differ.ge(limit)
    found = known.assign(is_free=free & known["is_known"], was_shown=known["status"].isin(SHOWS_FIGURES))
    return found.groupby(["table_name", "key"], as_index=False)[["is_free", "was_shown"]].all()


if __name__ == "__main__":
    main()
