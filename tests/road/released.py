"""Tables of releases of the shipped studies, as their runs made them: what a conversation starts from.

When a released table gets another form: python -m tests.road.released STUDY RELEASE, with the directory of a release.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from pipelines.storage.tables import StoredTable

HERE = Path(__file__).parent
STUDIES = HERE.parents[1] / "studies"
ANSWERS = HERE / "answers"


def released(study: str, names: Iterable[str]) -> dict[str, pd.DataFrame]:
    """The tables with these names, of the release of this study."""
    return {name: StoredTable(name, (HERE / study / f"{name}.parquet",)).frame() for name in names}


if __name__ == "__main__":
    for kept in (HERE / sys.argv[1]).glob("*.parquet"):
        shutil.copyfile(Path(sys.argv[2]) / "tables" / kept.name, kept)
