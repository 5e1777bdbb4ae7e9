"""How much a file may ask for. One place, so that the check before reading and the child that reads agree."""

from __future__ import annotations

MAX_FILE_BYTES = 2 * 1024**3
# A workbook or zip that is larger, or inflates beyond this, is a bomb or a mistake.
MAX_ZIP_BYTES, MAX_INFLATED_BYTES, MAX_RATIO, MAX_PARTS = 100 * 1024**2, 600 * 1024**2, 200, 500
# Below this nothing can go wrong, so that a small and very regular file is no suspect.
SMALL_BYTES = 16 * 1024**2
# Cells of one file between the outermost filled ones: a reader reserves room for each, filled or not.
MAX_CELLS = 30_000_000
# Of a workbook that a person edits, a balance or a tree: these have some thousands.
MAX_BOOK_CELLS = 1_000_000
# Characters of all cells together once strings that are shared are written out.
MAX_CHARACTERS = 1024**3
# More columns than any export has; the engine needs seconds for thousands of them.
MAX_SHEETS, MAX_COLUMNS = 200, 2_000
