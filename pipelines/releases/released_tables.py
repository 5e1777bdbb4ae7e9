"""The tables of a release, read back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from data_contracts.errors import StudyError
from pipelines.storage.tables import StoredTable


def tables_of(release: Path, names: Sequence[str]) -> Mapping[str, pd.DataFrame]:
    """Tables of a release by name, from its directory; StudyError when an older version made it."""
    paths = {name: release / "tables" / f"{name}.parquet" for name in names}
    if not all(path.is_file() for path in paths.values()):
        raise StudyError(f"Publicatie '{release.name}' is van een oudere versie. Maak haar opnieuw met wijkbaat run.")
    return {name: StoredTable(name, (path,)).frame() for name, path in paths.items()}
