"""A release and its tables, read back: which it has, and nothing of it is believed before its manifest was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data_contracts.errors import OlderRelease, StudyError
from data_contracts.tables.logic import LOGIC_TABLES
from data_contracts.tables.mkba import MKBA_TABLES
from data_contracts.tables.released import RELEASED_TABLES
from pipelines.releases.release import current, releases, require_unchanged
from pipelines.storage.home import Home
from pipelines.storage.tables import StoredTable
from pipelines.storage.whole import MANIFEST

OUT_CONTRACTS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema for schema in (*RELEASED_TABLES.values(), *LOGIC_TABLES.values(), *MKBA_TABLES.values())
}
OUT_TABLES = list(OUT_CONTRACTS)
OF_OLDER_VERSION = "Publicatie '{release}' is van een oudere versie. Maak haar opnieuw met wijkbaat run."


def tables_of(release: Path, names: Sequence[str]) -> Mapping[str, pd.DataFrame]:
    """Tables of a release by name, from its directory; OlderRelease when an older version made it."""
    paths = {name: release / "tables" / f"{name}.parquet" for name in names}
    if not all(path.is_file() for path in paths.values()):
        raise OlderRelease(OF_OLDER_VERSION.format(release=release.name))
    return {name: StoredTable(name, (path,)).frame() for name, path in paths.items()}


def released_directory(place: Path) -> Path:
    """The directory of a release, whole as it was made: this one, or that of the release that counts in a home."""
    directory = place if (place / MANIFEST).is_file() else _counts_now(place)
    require_unchanged(directory)
    return directory


def _counts_now(place: Path) -> Path:
    home = Home(place)
    if not home.released.is_dir():
        raise StudyError(f"'{place}' is geen publicatie en geen home. Noem bijvoorbeeld home/rijnstad.")
    home.settle()
    name = current(home)
    if name is None:
        known = ", ".join(str(one.directory) for one in releases(home)) or "geen"
        raise StudyError(f"In '{place}' geldt nog geen publicatie. Noem er zelf een; er zijn: {known}.")
    return home.released / name
