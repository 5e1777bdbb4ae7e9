"""What one release costs to put into words: every surface of a study, made again from the tables of its home.

python -m benchmarks.surfaces STUDY HOME, after a run in that home; prints the processor seconds and the pages.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pymupdf

from pipelines.releases.documents import documents
from pipelines.releases.released_tables import OUT_TABLES
from pipelines.storage.home import Home
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import Workplace, read_study

AS_OF, SEED, MOST_SECONDS = "2026-01-31", 1, 6.0


def main(study: Path, home: Path) -> int:
    """Print how long the surfaces took; 1 where that is more than `MOST_SECONDS`."""
    place = Workplace(read_study(study), Home(home), AS_OF, SEED)
    store = TableStore(place.home.tables)
    tables = {name: store.stored(name).frame() for name in OUT_TABLES}
    began = time.process_time()
    files = documents(place, tables, AS_OF)
    took = time.process_time() - began
    pages = {name: len(pymupdf.open(stream=data)) for name, data in files.items() if name.endswith(".pdf")}
    print(f"{study.name}: {len(files)} files in {took:.1f} processor seconds; pages {pages}")
    return int(took > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
