"""What the command tells of each delivery, by delivery and file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.intake import ACCOUNTING, QUARANTINE
from pipelines.run import account_of
from pipelines.storage.tables import TableStore


def _taken_in(store: TableStore, key: str, accepted: int, quarantined: int) -> None:
    row = dict.fromkeys(ACCOUNTING.columns, 0) | {"delivery": key, "table_name": "assessments", "file": "zrm.csv"}
    row |= {"rows": accepted + quarantined, "accepted": accepted, "quarantined": quarantined}
    account = pd.DataFrame([row]).astype(empty_frame(ACCOUNTING).dtypes.to_dict())
    told = {"table_name": "assessments", "file": "zrm.csv", "part": 1, "reason": "score_out_of_range"}
    aside = [told | {"row_number": at} for at in range(1, quarantined + 1)]
    rows = pd.DataFrame(aside, columns=list(QUARANTINE.columns)).astype(empty_frame(QUARANTINE).dtypes.to_dict())
    for schema, frame in ((ACCOUNTING, account), (QUARANTINE, rows)):
        written = store.write(schema, frame, key)
        store.keep(written)


def test_two_deliveries_with_a_file_of_one_name_each_have_their_account(tmp_path: Path) -> None:
    store = TableStore(tmp_path)
    _taken_in(store, "k1-11111111", accepted=171, quarantined=1)
    _taken_in(store, "k2-22222222", accepted=1, quarantined=0)
    told = [account_of(store, key)["files"]["zrm.csv"] for key in ("k1-11111111", "k2-22222222")]
    assert [one["rows"] for one in told] == [172, 1]
    assert [sum(one["quarantined"].values()) for one in told] == [1, 0]
