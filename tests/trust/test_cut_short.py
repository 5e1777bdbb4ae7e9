"""What the researcher is told when the audit ran out of steps: in the manifest, in the terminal and in --json."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipelines.commands import summary
from pipelines.releases.ledger import CELLS, CUT_SHORT
from pipelines.releases.publishing import audit_cut_short
from pipelines.run import Outcome
from pipelines.storage.platform import short_connection
from pipelines.storage.tables import TableStore


def kept(directory: Path, rows: list[tuple[str, int]]) -> TableStore:
    store = TableStore(directory)
    path = store.path(CELLS, CUT_SHORT)
    path.parent.mkdir(parents=True)
    frame = pd.DataFrame(rows, columns=["table_name", "blocks"]).astype({"table_name": "str", "blocks": "int64"})
    short_connection().from_df(frame).write_parquet(str(path))
    return store


def test_the_manifest_names_the_tables_in_which_the_audit_was_cut_short(tmp_path: Path) -> None:
    store = kept(tmp_path, [("out_change__by_domain", 3)])
    assert audit_cut_short(store) == {"audit_cut_short": {"out_change__by_domain": 3}}


def test_the_manifest_is_silent_where_the_audit_came_to_its_end(tmp_path: Path) -> None:
    assert audit_cut_short(kept(tmp_path, [])) == {}


def test_the_terminal_says_where_more_is_hidden_and_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    summary.show(Outcome(cut_short={"out_change__by_domain": 1}))
    told = " ".join(capsys.readouterr().out.split())
    assert "out_change__by_domain" in told
    assert "niet klaar in 1 blok van de tabel" in told
    assert "nooit minder" in told
    assert "study.yaml" in told


def test_json_carries_it_too() -> None:
    assert summary.as_json(Outcome(cut_short={"out_care__use": 2}))["audit_cut_short"] == {"out_care__use": 2}
