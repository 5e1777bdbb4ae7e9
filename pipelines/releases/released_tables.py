"""Which tables a release has, and those of one read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import StudyError
from data_contracts.tables.logic import LOGIC_TABLES
from data_contracts.tables.mkba import MKBA_TABLES
from data_contracts.tables.released import RELEASED_TABLES
from pipelines.storage.tables import StoredTable

OUT_CONTRACTS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema for schema in (*RELEASED_TABLES.values(), *LOGIC_TABLES.values(), *MKBA_TABLES.values())
}
OUT_TABLES = list(OUT_CONTRACTS)


def tables_of(release: Path, names: Sequence[str]) -> Mapping[str, pd.DataFrame]:
    """Tables of a release by name, from its directory; StudyError when an older version made it."""
    paths = {name: release / "tables" / f"{name}.parquet" for name in names}
    if not all(path.is_file() for path in paths.values()):
        raise StudyError(f"Publicatie '{release.name}' is van een oudere versie. Maak haar opnieuw met wijkbaat run.")
    return {name: StoredTable(name, (path,)).frame() for name, path in paths.items()}
