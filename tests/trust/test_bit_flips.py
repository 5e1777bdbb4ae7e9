"""A disk that changes one bit of a table in the closed zone is noticed before the table is read."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import MachineFault
from data_contracts.tables.core import KEYS
from pipelines.storage.tables import TableStore

FLIPS = 60


def written(root: Path, n_clients: int = 5000) -> TableStore:
    store = TableStore(root)
    keys = pd.DataFrame(
        {"client_no": np.arange(1, n_clients + 1), "client_key": [f"demo-{n}" for n in range(n_clients)]}
    )
    store.keep(store.write(KEYS, keys))
    return store


def flipped(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at // 8] ^= 1 << at % 8
    path.write_bytes(content)


def test_none_of_sixty_flipped_bits_is_read_as_data(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311  not for secrets
    noticed = 0
    for flip in range(FLIPS):
        store = written(tmp_path / str(flip))
        path = store.path(str(KEYS.name))
        flipped(path, chance.randrange(path.stat().st_size * 8))
        with pytest.raises(MachineFault, match="niet meer zoals zij is geschreven"):
            store.stored(str(KEYS.name))
        noticed += 1
    assert noticed == FLIPS


def test_a_table_that_is_written_again_is_good_again(tmp_path: Path) -> None:
    store = written(tmp_path)
    flipped(store.path(str(KEYS.name)), 999)
    written(tmp_path, 100)
    assert len(store.stored(str(KEYS.name)).frame()) == 100


def test_a_process_killed_between_hash_and_table_leaves_the_old_table_good(tmp_path: Path) -> None:
    store = written(tmp_path)
    path = store.path(str(KEYS.name))
    old = path.read_bytes()
    written(tmp_path, 100)
    path.write_bytes(old)  # the new hash stands there, the old table still
    assert len(store.stored(str(KEYS.name)).frame()) == 5000


def test_a_table_from_before_there_were_hashes_is_read(tmp_path: Path) -> None:
    store = written(tmp_path)
    next(tmp_path.glob(".*.sha256")).unlink()
    assert len(store.stored(str(KEYS.name)).frame()) == 5000
