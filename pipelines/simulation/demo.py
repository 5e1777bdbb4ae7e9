"""The place of `wijkbaat demo`: a directory of the user's own with the studies that ship, as the README names them."""

from __future__ import annotations

import shutil
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.storage.house import HOUSE

DEMO_STUDY = Path("studies") / "voorbeeldstad"
# What a newcomer reads or changes: studies and trees to start from, and the pages that explain their files.
SHIPPED = ("studies", "docs")


def lay_out_demo(place: Path) -> Path:
    """Put the shipped studies in `place` and return the study of the demo; what already stands there stays as it is."""
    if place.exists() and any(place.iterdir()) and not (place / DEMO_STUDY).is_dir():
        raise StudyError(f"In '{place}' staat al iets anders. Geef met --to een nieuwe map op voor de demo.")
    for name in SHIPPED:
        if not (place / name).exists():
            shutil.copytree(HOUSE / name, place / name, ignore=shutil.ignore_patterns("decisions"))
    return place / DEMO_STUDY
