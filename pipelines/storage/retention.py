"""Raw text of deliveries and lists of its rows are kept no longer than the study says; the account of rows stays."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.table_hash import hash_beside


def forget_raw(home: Home, raw_days: int, today: dt.date) -> int:
    """Delete the raw tables of deliveries received more than `raw_days` ago; returns how many files went.

    A figure that was traced to such a delivery goes with it, whole; the command makes it again from what is left. Where
    nothing is past its term the lock is left alone.
    """
    if not any(True for _ in _past(home, raw_days, today)):
        return 0
    gone = 0
    with home.lock():
        for path in list(_past(home, raw_days, today)):
            if path.suffix == ".parquet":
                path.unlink()
                hash_beside(path).unlink(missing_ok=True)
                gone += 1
            elif path.parent.exists():
                gone += len(list(path.parent.iterdir()))
                shutil.rmtree(path.parent)
    return gone


def _past(home: Home, raw_days: int, today: dt.date) -> Iterator[Path]:
    """Raw tables, and lists of rows in a traced figure, of deliveries that were received too long ago."""
    for receipt in Receipts(home.receipts).all():
        if today - dt.date.fromisoformat(receipt.received_on) > dt.timedelta(days=raw_days):
            yield from home.tables.glob(f"raw_*/{receipt.key}.parquet")
            yield from home.traces.glob(f"*/{receipt.key}.csv")
