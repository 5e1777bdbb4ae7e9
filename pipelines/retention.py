"""Raw text of deliveries is kept no longer than the study says; the account of its rows stays."""

from __future__ import annotations

import datetime as dt

from pipelines.home import Home
from pipelines.intake.receipts import Receipts


def forget_raw(home: Home, raw_days: int, today: dt.date) -> int:
    """Delete the raw tables of deliveries received more than `raw_days` ago; returns how many files went."""
    gone = 0
    for receipt in Receipts(home.receipts).all():
        if today - dt.date.fromisoformat(receipt.received_on) > dt.timedelta(days=raw_days):
            for path in home.tables.glob(f"raw_*/{receipt.key}.parquet"):
                path.unlink()
                gone += 1
    return gone
