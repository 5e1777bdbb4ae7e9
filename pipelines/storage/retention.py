"""Raw text of deliveries and lists of its rows are kept no longer than the study says; the account of rows stays."""

from __future__ import annotations

import datetime as dt
import shutil

from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.table_hash import hash_beside


def forget_raw(home: Home, raw_days: int, today: dt.date) -> int:
    """Delete the raw tables of deliveries received more than `raw_days` ago; returns how many files went.

    A figure that was traced to such a delivery goes with it, whole; the command makes it again from what is left.
    """
    gone = 0
    for receipt in Receipts(home.receipts).all():
        if today - dt.date.fromisoformat(receipt.received_on) > dt.timedelta(days=raw_days):
            for path in home.tables.glob(f"raw_*/{receipt.key}.parquet"):
                path.unlink()
                hash_beside(path).unlink(missing_ok=True)
                gone += 1
            for path in home.traces.glob(f"*/{receipt.key}.csv"):
                gone += len(list(path.parent.iterdir()))
                shutil.rmtree(path.parent)
    return gone
