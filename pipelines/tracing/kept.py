"""A trace as files in the closed zone: the list of rows per delivery, and the account without rounding."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd

from data_contracts.vocabulary.names import folded
from pipelines.releases.csv_text import csv_text
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.tracing.figures import Figure
from pipelines.tracing.told import PARTS, SOURCES
from pipelines.tracing.trace import Trace

ACCOUNT = "herleiding.txt"
_HEADS = {
    "source": "soort",
    "file": "bestand",
    "row_number": "regel",
    "client_no": "client_no",
    "part": "rol",
    "reason": "reden",
}


def directory_of(home: Home, figure: Figure) -> Path:
    """Where the trace of a figure lies."""
    return home.traces / re.sub(r"[^a-z0-9]+", "_", folded(figure.key))


def keep(home: Home, trace: Trace, account: str) -> None:
    """Write a trace for its owner only, in the place of an earlier one: <delivery>.csv and the exact account."""
    directory = directory_of(home, trace.figure)
    shutil.rmtree(directory, ignore_errors=True)
    for path in (home.traces, directory):
        path.mkdir(mode=0o700, exist_ok=True)
    rows = as_list(trace.source.rows)
    files = {
        f"{delivery}.csv": csv_text(rows[trace.source.rows["delivery"] == delivery])
        for delivery in trace.source.rows["delivery"].unique()
    }
    for name, text in {**files, ACCOUNT: account}.items():
        write_whole(directory / name, text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8"))
        (directory / name).chmod(0o600)


def as_list(rows: pd.DataFrame) -> pd.DataFrame:
    """Source rows as a Dutch reader meets them: soort, bestand, regel, client_no, rol, reden."""
    words = rows.assign(source=rows["source"].map(SOURCES), part=rows["part"].map(PARTS))
    return words[list(_HEADS)].rename(columns=_HEADS)
